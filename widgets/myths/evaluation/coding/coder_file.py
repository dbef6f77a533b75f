"""A coder's sheet: one file of JSON lines, a head and then a line for each text in hand.

It holds no words of the participants, so that erasing an answer leaves none behind: a text is named
by its place, and told from a later version of itself by the time at which it was answered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from myths.errors import CodingError
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.text_file import read, write

MEMO_LIMIT = 2000  # code points
_M = TypeVar("_M", bound=BaseModel)


class Mark(BaseModel):
    """A code given to a text, or to the passage from `start` up to before `end` (code points)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    version: int
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _passage(self) -> Mark:
        if (self.start is None) != (self.end is None):
            raise ValueError("a passage needs both 'start' and 'end'")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("a passage ends after its start")
        return self


class CodedText(BaseModel):
    """What a coder decided about a text, under which edition of the codebook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    answered_at: datetime
    edition: int = 0
    codes: tuple[Mark, ...] = ()
    none: bool = False
    memo: Annotated[str, Field(max_length=MEMO_LIMIT)] = ""

    @property
    def decided(self) -> bool:
        """Codes were given, or the coder said that none fits."""
        return bool(self.codes) or self.none

    @property
    def empty(self) -> bool:
        """There is nothing here to keep."""
        return not self.decided and not self.memo


class _FileHead(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    coder: str
    seed: int
    finished: datetime | None = None
    codebook: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoderFile:
    """All that one coder decided; `codebook` has the fingerprints of what was coded with."""

    path: Path
    coder: str
    seed: int = 1
    finished: datetime | None = None
    codebook: tuple[str, ...] = ()
    entries: Mapping[str, CodedText] = field(default_factory=dict)

    def with_entry(self, text: str, entry: CodedText | None) -> CoderFile:
        """Return a sheet in which `entry` stands for the text; None and an empty one remove it."""
        entries = {key: value for key, value in self.entries.items() if key != text}
        if entry is not None and not entry.empty:
            entries[text] = entry
        return replace(self, entries=entries)

    def save(self) -> None:
        """Write the file in one step, the texts in the order of their names."""
        head = _FileHead(
            coder=self.coder, seed=self.seed, finished=self.finished, codebook=self.codebook
        )
        lines = [_line(head.model_dump(mode="json"))]
        for name in sorted(self.entries):
            lines.append(_line(self.entries[name].model_dump(mode="json", exclude_defaults=True)))
        write(self.path, "\n".join(lines) + "\n")


def load(path: Path, book: Codebook) -> CoderFile:
    """Read a coder's sheet; CodingError names the file, the line and the remedy."""
    lines = [(n, line) for n, line in enumerate(read(path).split("\n"), start=1) if line.strip()]
    if not lines:
        raise CodingError(f"{path}:1: the file is empty; put back a copy, or delete it.")
    head = _parsed(_FileHead, path, *lines[0])
    if head.coder != path.stem:
        raise CodingError(
            f"{path}:{lines[0][0]}: this is the sheet of '{head.coder}'; "
            f"call the file {head.coder}.jsonl."
        )
    book.check_grown(head.codebook)
    entries: dict[str, CodedText] = {}
    for number, line in lines[1:]:
        entry = _parsed(CodedText, path, number, line)
        _check(entry, entries, book, f"{path}:{number}")
        entries[entry.text] = entry
    return CoderFile(path, head.coder, head.seed, head.finished, head.codebook, entries)


def is_finished(path: Path) -> bool:
    """Return whether a coder has declared to be finished, reading nothing but the head."""
    text = read(path).lstrip()
    return bool(text) and _parsed(_FileHead, path, 1, text.split("\n")[0]).finished is not None


def _line(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _parsed(kind: type[_M], path: Path, number: int, line: str) -> _M:
    try:
        return kind.model_validate_json(line)
    except ValidationError as faults:
        fault = faults.errors()[0]
        at = ".".join(map(str, fault["loc"]))
        what = f"'{at}': {fault['msg']}" if at else fault["msg"]
        raise CodingError(
            f"{path}:{number}: this line cannot be read ({what}); mend it, or take it out to code "
            "that text again. Nothing was changed."
        ) from faults


def _check(entry: CodedText, known: Mapping[str, CodedText], book: Codebook, place: str) -> None:
    if entry.text in known:
        raise CodingError(f"{place}: '{entry.text}' has a line already; keep one of the two.")
    for mark in entry.codes:
        if not book.has(mark.code, mark.version):
            raise CodingError(
                f"{place}: {book.path.name} has no version {mark.version} of '{mark.code}'; "
                "add it there or take it out here."
            )
    if entry.answered_at.tzinfo is None:
        raise CodingError(f"{place}: 'answered_at' has no time zone; end it with 'Z'.")
