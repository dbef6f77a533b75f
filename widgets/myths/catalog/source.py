"""Read a content file as UTF-8 text, or as YAML whose values remember their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.tree import BrokenError, Fault, Tree, YamlPath, hidden
from myths.edition import is_installed, shown

LARGEST = 1_000_000  # bytes; the longest honest file is a fiftieth of this
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a file begins


@dataclass(frozen=True)
class Source:
    """A file as read: `file` as shown to people, its `text`, its `value`, and where things are."""

    file: str
    text: str
    value: Any = None
    lines: dict[YamlPath, int] = field(default_factory=dict)
    bodies: dict[YamlPath, int] = field(default_factory=dict)

    def line(self, place: YamlPath) -> int:
        """Line (from 1) of the key or list entry at `place`, or of what encloses it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines[place] if place else len(self.text.splitlines()) or 1

    def problem(
        self, place: YamlPath, message: str, remedy: str, *, offset: int | None = None
    ) -> Problem:
        """Make a problem about the value at `place`, or `offset` lines into its words."""
        line = self.line(place) if offset is None else self.bodies.get(place, 1) + offset
        return Problem(self.file, line, ".".join(map(str, place)), message, remedy)

    def warning(self, place: YamlPath, message: str, remedy: str) -> Problem:
        """Make a problem that is for the writer to judge."""
        return replace(self.problem(place, message, remedy), severity="warning")


def read_text(path: Path, root: Path) -> Source:
    """Read a UTF-8 file under the content folder `root`.

    ContentProblemsError if it is missing, unreadable, huge, not UTF-8 or holds control characters.
    """
    file = shown(path)
    text, fault = "", None
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        fault = hidden(text)
        if path.stat().st_size > LARGEST:
            fault = Fault(1, (), "the file is larger than 1 MB", "keep only words in it")
    except FileNotFoundError:
        listed = f"add it, or take its name out of {shown(root / 'series.yml')}"
        remedy = "install myths again" if is_installed(path) else listed
        fault = Fault(1, (), "the file is missing", remedy)
        if (longer := path.with_name(f"{path.name}.txt")).exists():
            message = f"the file is missing, but there is {longer.name!r}"
            fault = Fault(1, (), message, "rename it: Windows hides the last part of its name")
    except OSError as error:
        fault = Fault(1, (), f"cannot be read: {error.strerror}", "check the file's rights")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        kind = ", but UTF-16" if raw[:2] in _UTF_16 else ""
        remedy = "save the file as UTF-8: in your editor 'Save as', and there 'Encoding'"
        fault = Fault(line, (), f"this is not UTF-8 text{kind}", remedy)
    if fault:
        raise _problems(file, [fault])
    return Source(file, text)


def read(path: Path, root: Path) -> Source:
    """Read a YAML file under the content folder `root`; ContentProblemsError names the lines."""
    source = read_text(path, root)
    try:
        tree = Tree(source.text)
    except BrokenError as broken:
        raise _problems(source.file, [broken.fault]) from None
    if tree.faults:
        raise _problems(source.file, tree.faults)
    return replace(source, value=tree.value, lines=tree.lines, bodies=tree.bodies)


def _problems(file: str, faults: Iterable[Fault]) -> ContentProblemsError:
    return ContentProblemsError(
        [
            Problem(file, fault.line, ".".join(map(str, fault.place)), fault.message, fault.remedy)
            for fault in faults
        ]
    )
