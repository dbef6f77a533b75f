"""A coder at work: every step is in the coder's file before it is told, and can be undone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from myths.errors import CodingError
from myths.evaluation.coding import codebook, coder_file
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.coder_file import MEMO_LIMIT, CodedText, CoderFile, Mark
from myths.evaluation.coding.texts import FreeText

BOOK = "codebook.yml"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")


@dataclass(frozen=True)
class _Step:
    """What undoing needs: the entry of a text before and after."""

    text: str
    before: CodedText | None
    after: CodedText | None


class Coder:
    """One coder's texts, in an order of their own, and what was decided about them.

    `Coding.coder` opens one. Before each step the files are read anew, so that nothing is lost if
    they were edited by hand or in a second window; a fault in them stops the step and nothing is
    written.

    Attributes
    ----------
    name : str
        The coder's, and of the file.
    texts : list of FreeText
        Each with its `id`, `question`, `words` and `language`.
    book : Codebook
        The codes, as they were when the files were last read.
    sheet : CoderFile
        What was decided, as it was then.

    Raises
    ------
    CodingError
        By all methods where a file has a fault, and where a step cannot be done; then nothing is
        changed.

    Examples
    --------
    >>> import myths, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> coding = myths.Coding(folder, db=myths.rehearsal_data(), rehearsal=True)
    >>> coding.add("doubt", name="Doubt", definition="Says what somebody doubts.")
    >>> coder = coding.coder("ada")
    >>> text = coder.texts[0]
    >>> coder.toggle(text.id, "doubt")
    True
    >>> coder.undo() == text.id
    True
    >>> coder.none(text.id)
    True
    >>> len(coder.texts) - coder.undecided()
    1
    """

    def __init__(
        self, folder: Path, name: str, texts: Iterable[FreeText], *, seed: int = 1
    ) -> None:
        if not _NAME.fullmatch(name):
            raise CodingError(
                f"'{name}' cannot name a file: use up to 30 small letters, digits and '-', "
                "and begin with a letter."
            )
        self.name = name
        self._path = folder / f"{name}.jsonl"
        self._book_path = folder / BOOK
        self._seed = seed
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self.look()
        order = f"{self.sheet.seed}/{name}/"
        self.texts = sorted(
            texts, key=lambda text: hashlib.sha256((order + text.id).encode()).digest()
        )
        self._by_id: Mapping[str, FreeText] = {text.id: text for text in self.texts}

    def look(self) -> None:
        """Read both files as they are now."""
        self.book: Codebook = codebook.load(self._book_path)
        if self._path.exists():
            self.sheet: CoderFile = coder_file.load(self._path, self.book)
        else:
            self.sheet = CoderFile(self._path, self.name, self._seed)

    def entry(self, text: str) -> CodedText | None:
        """Return what was decided about a text as it is now; None if nothing was."""
        entry = self.sheet.entries.get(text)
        return entry if entry and entry.answered_at == self._text(text).answered_at else None

    def undecided(self) -> int:
        """How many texts have neither a code nor "no code fits"."""
        return sum(not ((entry := self.entry(t.id)) and entry.decided) for t in self.texts)

    def is_older(self, text: str) -> bool:
        """Return whether a text was decided before the codebook was last changed."""
        entry = self.entry(text)
        return entry is not None and entry.decided and entry.edition < self.book.edition

    def toggle(self, text: str, code: str) -> bool:
        """Put a code to the whole text, or take it away with its passages; True if put there."""
        entry = self._begin(text)
        kept = tuple(mark for mark in entry.codes if mark.code != code)
        given = len(kept) == len(entry.codes)
        codes = (*kept, self._mark(code)) if given else kept
        self._decide(entry, codes=codes, none=False)
        return given

    def passage(self, text: str, code: str, start: int, end: int) -> str:
        """Put a code to code points `start` up to before `end`; returns the passage.

        White space at its ends is left out.
        """
        entry, words = self._begin(text), self._text(text).words
        part = words[start:end]
        start += len(part) - len(part.lstrip())
        end = start + len(part.strip())
        if not 0 <= start < end <= len(words):
            raise CodingError("No words are chosen; choose some words of the text first.")
        mark = self._mark(code).model_copy(update={"start": start, "end": end})
        others = (m for m in entry.codes if m.code != code or m.start is not None)
        codes = tuple(sorted({*others, mark}, key=self._place))
        self._decide(entry, codes=codes, none=False)
        return words[start:end]

    def remove(self, text: str, code: str, start: int, end: int) -> None:
        """Take a code away from one passage."""
        entry = self._begin(text)
        codes = tuple(m for m in entry.codes if (m.code, m.start, m.end) != (code, start, end))
        self._decide(entry, codes=codes)

    def none(self, text: str) -> bool:
        """Decide that no code fits, or take that back; True if decided. Codes of the text go."""
        entry = self._begin(text)
        self._decide(entry, codes=(), none=not entry.none)
        return not entry.none

    def confirm(self, text: str) -> None:
        """Confirm a decision under today's codebook; its codes keep their versions."""
        self._decide(self._begin(text))

    def memo(self, text: str, words: str) -> None:
        """Keep a note beside a text; an empty one goes."""
        words = words.encode("utf-8", "replace").decode("utf-8").strip()
        if len(words) > MEMO_LIMIT:
            raise CodingError(
                f"A memo has at most {MEMO_LIMIT} characters; this one has {len(words)}."
            )
        entry = self._begin(text)
        if words != entry.memo:
            self._keep(entry.model_copy(update={"memo": words}), self.sheet.entries.get(text))

    def undo(self) -> str | None:
        """Take the last step back; returns the text that it was about, None if there is none."""
        return self._turn(self._done, self._undone, back=True)

    def redo(self) -> str | None:
        """Do the last step again that was taken back; returns its text, None if there is none."""
        return self._turn(self._undone, self._done, back=False)

    @property
    def can_undo(self) -> bool:
        """There is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """There is a step to do again."""
        return bool(self._undone)

    def finish(self) -> None:
        """Declare that every text is decided; from then on the codes stand."""
        self._open()
        if left := self.undecided():
            raise CodingError(
                f"{left} of {len(self.texts)} texts are not decided yet; give each a code, or say "
                "that no code fits. Then declare that you have finished."
            )
        self._write(replace(self.sheet, finished=datetime.now(UTC).replace(microsecond=0)))

    def reopen(self) -> None:
        """Take back that one has finished, as long as the others' codes were not to be seen."""
        self.look()
        if self.sheet.finished and not is_blind(self._path.parent):
            raise CodingError(
                "All coders have finished and may have seen each other's codes, so these codes "
                "stand. To code on, begin a sheet under another name."
            )
        self._write(replace(self.sheet, finished=None))

    def others(self, text: str) -> Mapping[str, list[str]]:
        """Return the names of the codes that others gave to a text; nothing until all finished."""
        folder, said = self._path.parent, {}
        if not is_blind(folder):
            for path in sheets(folder):
                if path != self._path:
                    entry = coder_file.load(path, self.book).entries.get(text)
                    codes = dict.fromkeys(mark.code for mark in entry.codes) if entry else {}
                    said[path.stem] = [self.book.current[code].name for code in codes]
        return said

    def _text(self, text: str) -> FreeText:
        try:
            return self._by_id[text]
        except KeyError:
            raise CodingError(f"There is no text '{text}' to be coded here.") from None

    def _open(self) -> None:
        self.look()
        if self.sheet.finished:
            raise CodingError("You have declared that you have finished, so the codes stand.")

    def _begin(self, text: str) -> CodedText:
        """Return the entry to change: the one there is, or a new one for this version."""
        self._open()
        return self.entry(text) or CodedText(text=text, answered_at=self._text(text).answered_at)

    def _mark(self, code: str) -> Mark:
        if code not in self.book.current:
            raise CodingError(f"{self._book_path} has no code '{code}'; add it there first.")
        return Mark(code=code, version=self.book.current[code].version)

    def _place(self, mark: Mark) -> tuple[int, int, int]:
        return (list(self.book.current).index(mark.code), mark.start or 0, mark.end or 0)

    def _decide(self, entry: CodedText, **values: object) -> None:
        values |= {"edition": self.book.edition}
        self._keep(entry.model_copy(update=values), self.sheet.entries.get(entry.text))

    def _keep(self, entry: CodedText, before: CodedText | None) -> None:
        self._write(self.sheet.with_entry(entry.text, entry))
        self._done.append(_Step(entry.text, before, self.sheet.entries.get(entry.text)))
        self._undone.clear()

    def _turn(self, steps: list[_Step], other: list[_Step], *, back: bool) -> str | None:
        self._open()
        if not steps:
            return None
        step = steps[-1]
        stands, wanted = (step.after, step.before) if back else (step.before, step.after)
        if self.sheet.entries.get(step.text) != stands:
            raise CodingError(
                "That text was changed elsewhere since, so the step cannot be undone or redone; "
                "change the codes of the text instead."
            )
        self._write(self.sheet.with_entry(step.text, wanted))
        other.append(steps.pop())
        return step.text

    def _write(self, changed: CoderFile) -> None:
        changed = replace(changed, codebook=self.book.fingerprints)
        changed.save()
        self.sheet = changed


def sheets(folder: Path) -> list[Path]:
    """List the coders' files of a folder."""
    return sorted(path for path in folder.glob("*.jsonl") if not path.name.startswith("."))


def is_blind(folder: Path) -> bool:
    """Return whether codes must stay hidden: until two or more coders have all finished."""
    found = sheets(folder)
    return len(found) < 2 or not all(coder_file.is_finished(path) for path in found)
