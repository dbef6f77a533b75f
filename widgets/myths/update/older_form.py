"""Files in a form that an earlier version of the program read, brought into today's.

A form is known by its shape. What only a person can write is not made up here: `myths check` names
it, and an update brings in what the edition has for it.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.error import YAMLError

from myths import yaml_file
from myths.catalog import TO_WRITE
from myths.vocabulary import SupportKind

_KINDS = {
    "112": SupportKind.EMERGENCY,
    "116 016": SupportKind.SURVIVORS,
    "116 111": SupportKind.CHILDREN,
    "116 006": SupportKind.CRIME,
}


def of_today(name: str, raw: bytes) -> bytes:
    """Return a file in today's form; as it is if it has that already, or cannot be read."""
    if not (name.startswith("content/support/") and name.endswith(".yml")):
        return raw
    try:
        tree = yaml_file.read_tree(raw.decode("utf-8-sig"))
        lines = [line for line in tree["lines"] if "kind" not in line]
    except (YAMLError, ValueError, TypeError, KeyError):
        return raw
    for line in lines:
        _name_kind(line)
    return yaml_file.written(tree).encode() if lines else raw


def _name_kind(line: Any) -> None:
    """Write whom a support line is for: lines are sorted by it."""
    to_write = f"{TO_WRITE} one of {', '.join(SupportKind.words())}"
    line.insert(min(1, len(line)), "kind", str(_KINDS.get(str(line.get("phone")), to_write)))
