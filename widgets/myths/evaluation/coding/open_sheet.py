"""A sheet that a coder has before them: its texts, what of it stands, and what may be seen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from myths.errors import CodingError
from myths.evaluation.coding import blindness, codebook, coder_file, step_history
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.coder_file import WHOLE, CodedText, CoderFile, Part, usual_role
from myths.evaluation.coding.step_error import StepError
from myths.evaluation.coding.step_history import CoderStep
from myths.evaluation.coding.texts import FreeText
from myths.store import listed
from myths.vocabulary import SheetRole

BOOK = "codebook.yml"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")


class OpenSheet:
    """A coder's texts and sheet, read and finished; `Coder` adds the steps, and tells of all."""

    def __init__(
        self,
        folder: Path,
        name: str,
        texts: Iterable[FreeText],
        *,
        seed: int = 1,
        role: str | None = None,
        part: Part | None = None,
        languages: Collection[str] | None = None,
    ) -> None:
        if not _NAME.fullmatch(name):
            raise CodingError(
                f"'{name}' cannot name a file: use up to 30 small letters, digits and '-', "
                "and begin with a letter."
            )
        self.name = name
        self._path = folder / f"{name}.jsonl"
        self._book_path = folder / BOOK
        chosen = None if languages is None else tuple(listed(languages) or ())
        self._new = _new(self._path, name, seed, role, part, chosen)
        self.look()
        for word, asked, kept in (
            ("role", role, self.sheet.role),
            ("part", part and tuple(map(float, part)), self.sheet.part),
            ("languages", chosen, self.sheet.languages),
        ):
            if asked is not None and asked != kept:
                raise CodingError(
                    f"The sheet of '{name}' has the {word} {kept}; leave out '{word}', or begin a "
                    "sheet under another name."
                )
        self._done = step_history.load(self._path)
        self._undone: list[CoderStep] = []
        order = f"{self.sheet.seed}/{name}/"
        self.texts = sorted(
            filter(self._is_mine(), texts),
            key=lambda text: hashlib.sha256((order + text.id).encode()).digest(),
        )
        self._by_id: Mapping[str, FreeText] = {text.id: text for text in self.texts}

    def look(self) -> None:
        """Read both files as they are now."""
        self.book: Codebook = codebook.load(self._book_path)
        if self._path.exists():
            self.sheet: CoderFile = coder_file.load(self._path, self.book)
        else:
            self.sheet = self._new

    def entry(self, text: str) -> CodedText | None:
        """Return what was decided about a text as it is now; None if nothing was."""
        entry = self.sheet.entries.get(text)
        return entry if entry and entry.answered_at == self._text(text).answered_at else None

    def undecided(self) -> int:
        """How many texts have neither a code nor "no code fits"."""
        return sum(not ((entry := self.entry(t.id)) and entry.decided) for t in self.texts)

    def is_finished(self) -> bool:
        """Return whether the coder has finished with every text that there is now."""
        return self.sheet.finished is not None and all(self.stands(t.id) for t in self.texts)

    def stands(self, text: str) -> bool:
        """Return whether the coder has finished with a text as it is now."""
        return self.sheet.stands(text, self._text(text).answered_at)

    def is_older(self, text: str) -> bool:
        """Return whether a text was decided before the codebook was last changed."""
        entry = self.entry(text)
        return entry is not None and entry.decided and entry.edition < self.book.edition

    def finish(self) -> None:
        """Declare that every text is decided; from then on the codes stand.

        A sheet to which texts come later is unfinished for these alone, until this is declared
        again.
        """
        self.look()
        if self.texts and self.is_finished():
            raise StepError("refused_finished")
        if left := self.undecided():
            raise StepError("refused_undecided", n=left, count=len(self.texts))
        self._done.clear()
        self._undone.clear()
        mine = {text.id for text in self.texts}
        self._standing(lambda entry: entry.stands or (entry.text in mine and entry.decided))

    def reopen(self) -> None:
        """Take back that one has finished with texts whose codes by others were not to be seen."""
        self.look()
        seen = {text.id for text in self.texts if self._is_seen(text.id)}
        if seen and seen == {text.id for text in self.texts if self.stands(text.id)}:
            raise StepError("refused_seen")
        self._standing(lambda entry: entry.stands and entry.text in seen)

    def others(self, text: str) -> Mapping[str, list[str]]:
        """Return the names of the codes that others gave to a text.

        Nothing until all blind coders have finished with it, this one too; on a trial sheet,
        nothing ever.
        """
        if self.sheet.role == SheetRole.TRIAL or not self._is_seen(text):
            return {}
        said = {}
        for each in self._coders():
            if each.coder != self.name and each.has(text, self._text(text).language):
                codes = dict.fromkeys(mark.code for mark in each.entries[text].codes)
                said[each.coder] = [self.book.current[code].name for code in codes]
        return said

    def _coders(self) -> list[CoderFile]:
        return blindness.finished(self._path.parent, self.book)

    def _is_seen(self, text: str) -> bool:
        """Whether this coder may know what others gave to a text."""
        coders = self._coders()
        if self.sheet.role == SheetRole.CODER and not self.stands(text):
            return False
        known = self._text(text)
        several = sum(each.has(text, known.language) for each in coders) > 1
        return several and _is_told(coders, known)

    def _is_mine(self) -> Callable[[FreeText], bool]:
        if self.sheet.role != SheetRole.AGREED:
            return lambda text: self.sheet.has(text.id, text.language)
        coders = self._coders()
        return lambda text: _is_told(coders, text) and blindness.differ(coders, text.id)

    def _standing(self, stands: Callable[[CodedText], bool]) -> None:
        """Keep these entries standing and no others, and write when that was."""
        entries = {
            name: entry.model_copy(update={"stands": stands(entry)})
            for name, entry in self.sheet.entries.items()
        }
        any_stands = any(entry.stands for entry in entries.values()) or not self.texts
        now = datetime.now(UTC).replace(microsecond=0)
        changed = replace(self.sheet, entries=entries)
        self._write(replace(changed, finished=now if any_stands else None))

    def _text(self, text: str) -> FreeText:
        try:
            return self._by_id[text]
        except KeyError:
            raise CodingError(f"There is no text '{text}' to be coded here.") from None

    def _open(self, text: str) -> None:
        self.look()
        if self.stands(text):
            raise StepError("refused_finished")

    def _write(self, changed: CoderFile, done: list[CoderStep] | None = None) -> None:
        """Write the sheet, and beside it what can be taken back then."""
        done = self._done if done is None else done
        changed = replace(changed, codebook=self.book.fingerprints)
        changed.save({step_history.place(self._path): step_history.written(done)})
        self.sheet, self._done = changed, done


def _is_told(coders: Sequence[CoderFile], text: FreeText) -> bool:
    return blindness.is_told(coders, text.id, text.language, text.answered_at)


def _new(
    path: Path,
    name: str,
    seed: int,
    role: str | None,
    part: Part | None,
    languages: tuple[str, ...] | None,
) -> CoderFile:
    """Return a sheet with nothing on it."""
    if role is not None and role not in SheetRole.words():
        raise CodingError(f"There is no role {role!r}: choose from {', '.join(SheetRole.words())}.")
    low, high = part or WHOLE
    if not 0 <= low < high <= 1:
        raise CodingError(f"part={part} is no part of the texts; write it as (0, 0.6) or (0.4, 1).")
    kind = usual_role(name) if role is None else SheetRole(role)
    return CoderFile(path, name, seed, kind, (float(low), float(high)), languages or ())
