"""The files of a folder of content as a trainer changes them: read, saved whole, taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import RLock

from myths import files
from myths.edition import is_installed, own_folder
from myths.errors import ContentError
from myths.studio.journal import JournalEntry, SaveJournal, unwritten

_writing = RLock()  # one save at a time in this program


class ChangedElsewhereError(ContentError):
    """A file is other than it was read: somebody changed it meanwhile. Nothing was written."""


class Draft:
    """The files of a folder of content, by their names in it, as they were when first asked for.

    Raises MythsError where a file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._read: dict[str, bytes | None] = {}

    @property
    def is_read_only(self) -> bool:
        """Return whether nobody should write here, since it belongs to the installed program."""
        return is_installed(self.folder)

    @cached_property
    def shipped(self) -> Draft | None:
        """The edition as it came; None if this is it."""
        own = own_folder() / "content"
        return None if own.resolve() == self.folder or not own.is_dir() else Draft(own)

    @cached_property
    def journal(self) -> SaveJournal:
        """What was saved of late, with an interrupted save brought to its end."""
        with _writing:
            journal = SaveJournal(self.folder)
            if journal.last and not journal.last.is_done:
                self._finish(journal, journal.last)
            return journal

    def names(self, pattern: str) -> list[str]:
        """List the files whose names fit a pattern."""
        return sorted(
            path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern)
        )

    def raw(self, name: str) -> bytes | None:
        """Return a file; None if there is none."""
        if name not in self._read:
            self._read[name] = _bytes(self.folder / name)
        return self._read[name]

    def text(self, name: str) -> str:
        """Return the text of a file. Raises ContentError if there is none, or it is no text."""
        raw = self.raw(name)
        if raw is None:
            raise ContentError(f"There is no file {name}: put it back.")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as fault:
            raise ContentError(f"{name} is not UTF-8 text: save it as UTF-8.") from fault

    def save(
        self,
        contents: Mapping[str, str],
        *,
        changed: Collection[str],
        part: str = "",
        retired: Collection[str] = (),
    ) -> None:
        """Write files that have other texts now, all or none.

        `changed` says what is other: the name of the part, and what its texts are called.
        `retired` are names that nothing new may have in the `part`. Raises ChangedElsewhereError if
        one of the files is not as it was read.
        """
        before = {name: _decoded(self.raw(name)) for name in contents}
        entry = JournalEntry(
            datetime.now(UTC).isoformat(timespec="seconds"),
            tuple(changed),
            before,
            dict(contents),
            is_done=False,
        )
        with _writing:
            self._check_unchanged(before)
            self.journal.retire(part, retired)
            self.journal.add(entry)
            self._write(entry.after)
            self.journal.change_last(replace(entry, is_done=True))

    def undo(self) -> JournalEntry | None:
        """Put back what stood there before the newest save, and return that; None without one.

        Raises ChangedElsewhereError if one of the files has been changed since.
        """
        with _writing:
            last = self.journal.last
            if last is None:
                return None
            self._read.clear()
            self._check_unchanged(last.after)
            self.journal.change_last(last.reversed)
            self._write(last.before)
            self.journal.change_last(None)
            return last

    def _check_unchanged(self, known: Mapping[str, str | None]) -> None:
        for name, text in known.items():
            if _decoded(_bytes(self.folder / name)) != text:
                raise ChangedElsewhereError(f"{name} was changed elsewhere meanwhile.")

    def _finish(self, journal: SaveJournal, entry: JournalEntry) -> None:
        """Bring an interrupted save to its end, unless somebody has changed its files since."""
        now = {name: _decoded(_bytes(self.folder / name)) for name in entry.after}
        is_begun = any(now[name] == text for name, text in entry.after.items())
        if is_begun and all(now[name] in (entry.before[name], entry.after[name]) for name in now):
            self._write(entry.after)
        stays = entry.reversed if entry.is_undo else entry
        is_kept = is_begun != entry.is_undo
        journal.change_last(replace(stays, is_done=True) if is_kept else None)

    def _write(self, contents: Mapping[str, str | None]) -> None:
        written = {
            self.folder / name: text.encode("utf-8", "surrogateescape")
            for name, text in contents.items()
            if text is not None
        }
        files.write(written, unwritten=unwritten, like=self.folder / "series.yml")
        for name, text in contents.items():
            if text is None:
                (self.folder / name).unlink(missing_ok=True)
            self._read[name] = written.get(self.folder / name)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise ContentError(f"{path.name} cannot be read: {fault.strerror}.") from fault


def _decoded(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "surrogateescape")
