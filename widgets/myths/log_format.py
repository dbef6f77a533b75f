"""The log as JSON, a line for each fault, for machines that collect logs.

Such logs are copied to where nobody thinks of who is in them, so a line tells what went wrong in
the program and nothing of what anybody sent: an error's own words can quote it, and so can those of
other people's packages. Of an error stays its kind and where it was raised, of a line of another
package the sentence before anything was put into it. What stands in a line: docs/operators/fleet.md
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath

VARIABLE = "MYTHS_LOG"  # in the environment, so that kernels write as their server does
JSON = "json"
_OWN = "myths"


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON.

    Examples
    --------
    >>> record = logging.LogRecord("asyncio", 40, "", 0, "slow: %s", ("what was typed",), None)
    >>> json.loads(JsonFormatter().format(record))["message"]
    'slow: %s'
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line (logging's hook)."""
        first = getattr(record, "first", record)  # a line that counts is about an earlier one
        is_own = record.name.partition(".")[0] == _OWN
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "message": first.getMessage() if is_own else str(first.msg),
        }
        if first is not record:
            line["more"] = getattr(record, "more", 0)
        if record.exc_info and record.exc_info[1]:
            line["faults"] = list(_faults(record.exc_info[1]))
        return json.dumps(line)


def _faults(error: BaseException | None) -> Iterator[dict[str, object]]:
    """Yield an error and then what led to it, without their words."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        at = [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames]
        yield {"kind": type(error).__name__, "at": at}
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(path: str) -> str:
    """Return the last two parts of a path: the folders above are the operator's own."""
    return "/".join(PurePath(path).parts[-2:])
