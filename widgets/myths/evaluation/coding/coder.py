"""A coder at work: every step is in the coder's file before it is told, and can be undone."""

from __future__ import annotations

from myths.errors import CodingError
from myths.evaluation.coding.coder_file import MEMO_LIMIT, CodedText, Mark
from myths.evaluation.coding.open_sheet import OpenSheet
from myths.evaluation.coding.step_error import StepError
from myths.evaluation.coding.step_history import CoderStep


class Coder(OpenSheet):
    """One coder's texts, in an order of their own, and what was decided about them.

    `Coding.coder` opens one. Before each step the files are read anew, so that nothing is lost if
    they were edited by hand or in a second window; a fault in them stops the step and nothing is
    written.

    Attributes
    ----------
    name : str
        The coder's, and of the file.
    texts : list of FreeText
        Each with its `id`, `question`, `words` and `language`: those of the sheet's part; on an
        agreed sheet, those that all coders have finished with and on which they differ.
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
            raise StepError("refused_empty")
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
            raise StepError("refused_long", limit=MEMO_LIMIT, n=len(words))
        entry = self._begin(text)
        if words != entry.memo:
            self._keep(entry.model_copy(update={"memo": words}), self.sheet.entries.get(text))

    def undo(self) -> str | None:
        """Take the last step back; returns the text that it was about, None if there is none."""
        return self._turn(self._done, back=True)

    def redo(self) -> str | None:
        """Do the last step again that was taken back; returns its text, None if there is none."""
        return self._turn(self._undone, back=False)

    @property
    def can_undo(self) -> bool:
        """There is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """There is a step to do again."""
        return bool(self._undone)

    def _begin(self, text: str) -> CodedText:
        """Return the entry to change: the one there is, or a new one for this version."""
        self._open(text)
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
        changed = self.sheet.with_entry(entry.text, entry)
        step = CoderStep(text=entry.text, before=before, after=changed.entries.get(entry.text))
        self._write(changed, [*self._done, step])
        self._undone.clear()

    def _turn(self, steps: list[CoderStep], *, back: bool) -> str | None:
        self.look()
        while steps and steps[-1].text not in self._by_id:
            steps.pop()  # of a text that is gone
        if not steps:
            return None
        step = steps[-1]
        self._open(step.text)
        entry = self.sheet.entries.get(step.text)
        if not step.fits(entry, back=back):
            raise StepError("refused_elsewhere")
        done = self._done[:-1] if back else [*self._done, step]
        self._write(self.sheet.with_entry(step.text, step.turned(entry, back=back)), done)
        if back:
            self._undone.append(step)
        else:
            self._undone.pop()
        return step.text
