"""What was saved of late, with what stood there before: to take it back, also tomorrow.

It is a small file beside the content. It also says how far a save came that was interrupted, and
which names of questions are used up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from myths import files
from myths.errors import MythsError

FOLDER = ".studio"
_NAME = "saves.json"
_MOST, _LARGEST = 40, 2_000_000  # saves, and letters of all of them

Contents = Mapping[str, str | None]  # of files by their names; None where there is none


@dataclass(frozen=True)
class JournalEntry:
    """One save: when, what was changed (its part, then its texts), the files `before` and `after`.

    `is_done` is false while the files are being written, and `is_undo` says that they are being put
    back.
    """

    time: str
    changed: tuple[str, ...]
    before: Contents
    after: Contents
    is_done: bool = True
    is_undo: bool = False

    @property
    def size(self) -> int:
        """How much room it takes."""
        return sum(len(text or "") for each in (self.before, self.after) for text in each.values())

    @property
    def reversed(self) -> JournalEntry:
        """The save that puts everything back."""
        return replace(
            self, before=self.after, after=self.before, is_done=False, is_undo=not self.is_undo
        )


class SaveJournal:
    """The journal of a folder of content. What cannot be read of it counts as empty."""

    def __init__(self, content: Path) -> None:
        self._path = content / FOLDER / _NAME
        self._like = content / "series.yml"
        self.entries, self.retired = _read(self._path)

    @property
    def last(self) -> JournalEntry | None:
        """The newest save."""
        return self.entries[-1] if self.entries else None

    def add(self, entry: JournalEntry) -> None:
        """Keep a save, and of the earlier ones as many as there is room for."""
        self.entries.append(entry)
        while len(self.entries) > _MOST or (
            len(self.entries) > 1 and sum(each.size for each in self.entries) > _LARGEST
        ):
            self.entries.pop(0)
        self._write()

    def change_last(self, entry: JournalEntry | None) -> None:
        """Put another entry in the newest one's place, or take it out."""
        self.entries[-1:] = [entry] if entry else []
        self._write()

    def retire(self, part: str, names: Collection[str]) -> None:
        """Note names that nothing new may have in a part; it is kept with the next save."""
        known = self.retired.setdefault(part, [])
        known += [name for name in names if name not in known]

    def _write(self) -> None:
        told = {"saves": [asdict(each) for each in self.entries], "retired": self.retired}
        content = json.dumps(told).encode()
        files.write({self._path: content}, unwritten=unwritten, like=self._like)


def unwritten(path: Path, fault: OSError) -> MythsError:
    """Return the sentence for a file that cannot be written."""
    return MythsError(
        f"{path.name} cannot be written ({fault.strerror}), and nothing was changed: see that the "
        "folder is there and yours, and that there is room."
    )


def _read(path: Path) -> tuple[list[JournalEntry], dict[str, list[str]]]:
    try:
        told: Any = json.loads(path.read_text("utf-8"))
        entries = [
            JournalEntry(**{**each, "changed": (*each["changed"],)}) for each in told["saves"]
        ]
        retired = {str(part): [*map(str, names)] for part, names in told["retired"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return [], {}
    return entries, retired
