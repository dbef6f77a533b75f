"""A trainer's copy is brought to a newer edition, and what they changed stays.

Each file is looked at three ways: as it came, as it is here, and as it comes with the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from myths import files
from myths.edition import (
    ORIGINALS,
    RECORD,
    CopyRecord,
    archive,
    digest,
    edition_files,
    edition_paths,
    read_record,
    record_files,
)
from myths.errors import MythsError
from myths.update.older_form import of_today
from myths.update.three_way import UnmergedError, merge

_BESIDE = ".new"  # the ending of a newer file that is laid beside one's own

Fate = Literal[
    "new",  # the edition has it now
    "newer",  # changed by the edition alone
    "yours",  # changed by the trainer alone
    "merged",  # changed by both, at different places, or at the same where the trainer's stand
    "beside",  # changed by both, and not to be merged
    "older form",  # the trainer's own, in a form that is read no more
    "gone",  # removed by the edition alone
    "kept",  # removed by the edition, changed by the trainer
    "left out",  # removed by the trainer, changed by the edition
]


@dataclass(frozen=True)
class FileChange:
    """What becomes of one file of a copy.

    `content` is what it will be (None: it stays, or goes), `beside` what is laid beside it. `taken`
    are the places of a merged file that come from the edition, `kept` those that both sides
    changed, where the trainer's words stand.
    """

    name: str
    fate: Fate
    content: bytes | None = None
    beside: bytes | None = None
    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def name_beside(self) -> str:
        """What the newer file is called where it is laid beside the trainer's."""
        return f"{self.name}{_BESIDE}"


@dataclass(frozen=True)
class CopyUpdate:
    """A copy and what an update would do to it; `carry_out` does it, whole or not at all."""

    folder: Path
    record: CopyRecord
    newer: Mapping[str, bytes]
    here: Mapping[str, bytes]
    changes: tuple[FileChange, ...] = ()
    today: date = field(default_factory=date.today)

    @classmethod
    def of(cls, folder: Path) -> CopyUpdate:
        """Look at a copy. Raises MythsError if it is none, or of a newer edition than this one."""
        folder = folder.resolve()
        record, newer = read_record(folder), edition_files()
        if _numbers(record.version) > _numbers(version("myths")):
            raise MythsError(
                f"This copy is of version {record.version}, and the program of {version('myths')}: "
                "install the newer program first."
            )
        here = _read(folder, [*record.sums, *newer])
        return cls(folder, record, newer, here, tuple(_changes(record, newer, here)))

    @property
    def is_needed(self) -> bool:
        """Whether a file would be written or removed."""
        return any(
            each.content is not None or each.beside is not None or each.fate == "gone"
            for each in self.changes
        )

    @property
    def lacks_originals(self) -> bool:
        """Whether the copy was made before originals were kept, so that nothing can be merged."""
        return not self.record.originals

    @property
    def backup(self) -> Path:
        """Where all files of the copy are kept as they are now; a name that is free."""
        names = (f"before-update-{self.today}{more}.zip" for more in ("", *_counted()))
        return next(path for name in names if not (path := self.folder / name).exists())

    def carry_out(self) -> Path:
        """Do it, and return the backup of what was there before.

        Raises MythsError if a file cannot be written, or was changed meanwhile; nothing is changed
        then.
        """
        if _read(self.folder, self.here) != self.here:
            raise MythsError(
                "A file of the copy was saved meanwhile, so nothing was changed: close what has it "
                "open, and call `myths update` again."
            )
        backup = self.backup
        contents = {backup: archive(self.here)}
        for each in self.changes:
            if each.content is not None:
                contents[self.folder / each.name] = each.content
            if each.beside is not None:
                contents[self.folder / each.name_beside] = each.beside
        for name, raw in record_files(self.newer).items():  # last: until then it can be done anew
            contents[self.folder / name] = raw
        files.write(contents, unwritten=_unwritten)
        for each in self.changes:
            if each.fate == "gone":
                (self.folder / each.name).unlink(missing_ok=True)
        return backup


def _changes(
    record: CopyRecord, newer: Mapping[str, bytes], here: Mapping[str, bytes]
) -> Iterator[FileChange]:
    for name in sorted({*record.sums, *newer, *here} - {RECORD, ORIGINALS}):
        if not name.endswith(_BESIDE):
            yield from _change(name, record, here.get(name), newer.get(name))


def _change(
    name: str, record: CopyRecord, mine: bytes | None, newer: bytes | None
) -> Iterator[FileChange]:
    """Yield what becomes of a file; nothing if both sides have the same."""
    known = record.sums.get(name)
    if mine == newer:
        return
    if mine is None:
        if known is None:
            yield FileChange(name, "new", newer)
        elif newer is not None and digest(newer) != known:
            yield FileChange(name, "left out")
        return
    if digest(mine) == known:
        yield FileChange(name, "gone" if newer is None else "newer", newer)
        return
    modern = of_today(name, mine)
    if newer is not None and digest(newer) != known:
        yield _both(name, record.originals.get(name), modern, newer)
    elif modern != mine:
        yield FileChange(name, "older form", modern)
    elif known is not None:
        yield FileChange(name, "kept" if newer is None else "yours")


def _both(name: str, base: bytes | None, mine: bytes, newer: bytes) -> FileChange:
    if base is None or not name.endswith(".yml"):
        return FileChange(name, "beside", beside=newer)
    try:
        found = merge(base, mine, newer)
    except UnmergedError:
        return FileChange(name, "beside", beside=newer)
    taken, kept = tuple(found.taken), tuple(found.kept)
    if not taken:  # of an update that was broken off, all may be there
        return FileChange(
            name, "beside" if kept else "yours", beside=newer if kept else None, kept=kept
        )
    beside = newer if kept else None
    return FileChange(name, "merged", found.words.encode(), beside, taken, kept)


def _read(folder: Path, names: Mapping[str, bytes] | list[str]) -> dict[str, bytes]:
    """Read what there is of a copy: these files, the trainer's own beside them, and the record."""
    own = (path.relative_to(folder).as_posix() for path in edition_paths(folder))
    wanted = {*names, *own, RECORD, ORIGINALS, *(f"{name}{_BESIDE}" for name in names)}
    try:
        return {
            name: (folder / name).read_bytes()
            for name in sorted(wanted)
            if (folder / name).is_file()
        }
    except OSError as fault:
        raise MythsError(
            f"{fault.filename} cannot be read ({fault.strerror}), and nothing was changed: see "
            "that the folder is yours."
        ) from fault


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", told)[:3]))


def _counted() -> Iterator[str]:
    return (f"-{number}" for number in range(2, 1000))


def _unwritten(path: Path, fault: OSError) -> MythsError:
    return MythsError(
        f"{path} cannot be written ({fault.strerror}), and nothing was changed: see that there is "
        "room, and that the folder is yours."
    )
