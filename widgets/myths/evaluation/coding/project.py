"""Coding free texts: one folder with a codebook and a sheet for each coder, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from os import PathLike
from pathlib import Path

import pandas as pd

from myths.errors import CodingError
from myths.evaluation.coding import agreement, code_tables, codebook, coder_file, quotes
from myths.evaluation.coding.codebook import Code, Codebook
from myths.evaluation.coding.coder import BOOK, Coder, sheets
from myths.evaluation.coding.coder_file import CoderFile
from myths.evaluation.coding.desk import CodingDesk
from myths.evaluation.coding.folder import usual_folder
from myths.evaluation.coding.texts import readable, texts
from myths.evaluation.survey import Address, Choice, Survey
from myths.store import listed

Coders = str | Collection[str] | None


class Coding:
    """Coding of the texts whose authors let the evaluation read them.

    Each method reads the texts anew; a report makes all its tables of them from one reading.

    Parameters
    ----------
    folder : str or path, optional
        Holds codebook.yml and <coder>.jsonl for each coder; None is `coding` beside the SQLite
        file, else data/coding.
    db, workshop, audience, rehearsal
        As in `answers`.
    items : collection of str, optional
        The questions to code, as "learned" (in every module) or "risk.learned"; None is all.

    Raises
    ------
    CodingError
        By all methods where a file has a fault, naming its line.
    StoreError, WorkshopError
        As `answers` does.

    Examples
    --------
    >>> import myths, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> coding = myths.Coding(folder.name, db=myths.rehearsal_data(), rehearsal=True)
    >>> coding.add("safety", name="Safety", definition="Says that somebody is safer.")
    >>> coder = coding.coder("ada")
    >>> coder.toggle(coder.texts[0].id, "safety")
    True
    >>> coding.codes("ada")["name"].tolist()
    ['Safety']
    >>> folder.cleanup()
    """

    def __init__(
        self,
        folder: str | PathLike[str] | None = None,
        *,
        db: Address = None,
        workshop: Choice = None,
        audience: Choice = None,
        rehearsal: bool = False,
        items: Collection[str] | None = None,
    ) -> None:
        self.folder = Path(folder) if folder is not None else usual_folder(db)
        self._items = listed(items)
        survey = Survey(db, workshop, audience, rehearsal=rehearsal)
        self._read: Callable[[], Survey] = partial(replace, survey)  # each time anew

    @classmethod
    def of(cls, survey: Survey, folder: str | PathLike[str] | None = None) -> Coding:
        """Open the coding of the texts of one reading, which all its tables are then made from."""
        coding = cls(folder, db=survey.db)
        coding._read = lambda: survey
        return coding

    def codebook(self) -> pd.DataFrame:
        """One row per version of a code, in the order in which they were written.

        Columns: code: category; version: Int64; changed: datetime64[us]; name, definition,
        include, exclude (examples): string.
        """
        return code_tables.versions(self._book())

    def add(
        self,
        code: str,
        *,
        name: str,
        definition: str,
        include: Iterable[str] = (),
        exclude: Iterable[str] = (),
        changed: date | None = None,
    ) -> None:
        """Write a new code into the codebook, or the next version of one that is there.

        `code` is its id, as "safety-first"; `include` and `exclude` are examples of what it is
        given to and not given to; `changed` is today unless given. Texts that were coded stay
        linked to the version that they were coded with.
        """
        latest = self._book().current.get(code)
        version = latest.version + 1 if latest else 1
        try:
            fresh = Code(
                id=code,
                version=version,
                changed=changed or datetime.now(UTC).date(),
                name=name,
                definition=definition,
                include=tuple(include),
                exclude=tuple(exclude),
            )
        except ValueError as fault:
            raise CodingError(
                f"The code '{code}' does not fit: its id is small letters, digits and '-'; it "
                "needs a name of at most 60 characters, and a definition."
            ) from fault
        codebook.add(self.folder / BOOK, fresh)

    def coder(self, name: str, *, seed: int = 1) -> Coder:
        """Return a coder's sheet, its texts in an order of their own; `seed` shuffles a new one.

        `name` names a file: use initials or a word, not somebody's full name.
        """
        return Coder(self.folder, name, texts(self._read(), self._items), seed=seed)

    def desk(self, name: str, *, seed: int = 1) -> CodingDesk:
        """Show the coding desk to a coder; options as in `coder`."""
        return CodingDesk(self.coder(name, seed=seed))

    def is_finished(self) -> bool:
        """Return whether there are coders, and all have declared that they have finished."""
        found = self._sheets(None)
        return bool(found) and all(each.finished for each in found)

    def coders(self) -> pd.DataFrame:
        """One row per coder: texts, decided (Int64) and finished (datetime64[us, UTC], or NaT)."""
        table, dtypes = self._readable(), {"texts": "Int64", "decided": "Int64"}
        rows = {
            each.coder: (
                len(table),
                sum(1 for _ in code_tables.standing(table, each)),
                each.finished,
            )
            for each in self._sheets(None)
        }
        columns = ["texts", "decided", "finished"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(dtypes)
        frame["finished"] = pd.to_datetime(frame["finished"], utc=True).astype(
            "datetime64[us, UTC]"
        )
        return frame.rename_axis("coder")

    def codes(self, coders: Coders = None) -> pd.DataFrame:
        """One row per code given: to a text, or to a passage of it; joined with the answer.

        A text that a coder found no code for has one row without a code; an undecided one has none.
        `coders`: one name, at any time; several, or None for all, once these have finished.

        Columns: coder, code: category; name: string; version: Int64 (of the code, when it was
        given); start, end: Int64 (code points, NA for the whole text); passage, memo: string; then
        the columns of `answers`. Texts that were changed or taken back since are left out.
        """
        return code_tables.codes(self._readable(), self._seen(coders), self._book())

    def codes_of(self, answers: pd.DataFrame) -> pd.DataFrame:
        """Return the table of `codes` for some rows of `myths.answers` that were read already."""
        return code_tables.codes(readable(answers, self._items), self._seen(None), self._book())

    def agreement(self, coders: Coders = None) -> pd.DataFrame:
        """One row per code: how far the coders agree whether it is in a text (nominal, yes or no).

        Columns: name: string; texts (judged by two or more): Int64; all, some, none (in how many of
        these all, some or none of the coders gave the code): Int64; alpha, alpha_low, alpha_high
        (the ends of its 95 % interval): Float64, NA where they cannot be told: an alpha takes 10
        texts that two coders judged, an interval 30; note (why not, and what to bear in mind):
        string.

        `coders` as in `codes`. Krippendorff, K. (2011). Computing
        Krippendorff's Alpha-Reliability. University of Pennsylvania. The interval is a bootstrap
        over texts (Zapf et al. 2016, BMC Medical Research Methodology 16, 93).
        """
        return agreement.agreement(self._readable(), self._seen(coders), self._book())

    def disagreements(self, coders: Coders = None) -> pd.DataFrame:
        """One row per text and code where coders differ, for them to talk about.

        Columns: code, name, module, item, phase, language, text; for each coder a boolean under
        the coder's name, NA if not judged; and the memos. `coders` as in `codes`.
        """
        return agreement.disagreements(self._readable(), self._seen(coders), self._book())

    def quotes(
        self, coders: Coders = None, *, n: int = 3, k: int = quotes.K, seed: int = 1
    ) -> pd.DataFrame:
        """Draw up to `n` texts for each code, to be quoted in a report.

        A text is drawn only if every one of the `coders` gave it the code; if in its
        workshop at least `k` people have texts with that code in the same language (`k` is 5 or
        more); and if none of its author's other texts was drawn. There is nothing in the table to
        tell who wrote it or where, nor in which module.

        Columns: code: category; name: string; language: category; quote: string;
        look_first: string, what in a quote may point to a person, NA if nothing was found. It is a
        guess: read every quote before you print it. `coders` as in `codes`.
        """
        seen = self._seen(coders)
        coded = code_tables.codes(self._readable(), seen, self._book())
        return quotes.quotes(coded, len(seen), n=n, k=k, seed=seed)

    def forget(self) -> int:
        """Take out of every sheet what is about texts that can no longer be read; count them.

        Do this after somebody has withdrawn: memos may hold what they wrote. It looks at the whole
        database, whatever `workshop`, `audience` and `items` are. CodingError if no coded text is
        found in it, since then it is likely to be another database.
        """
        table = readable(Survey(self._read().db, rehearsal=True).tables.answers)
        known = dict(zip(table["id"], table["answered_at"], strict=True))
        changed, kept, gone = [], 0, 0
        for each in self._sheets(None):
            entries = {i: e for i, e in each.entries.items() if known.get(i) == e.answered_at}
            kept += len(entries)
            gone += len(each.entries) - len(entries)
            changed.append(replace(each, entries=entries))
        if gone and not kept:
            raise CodingError(
                f"None of the texts coded in {self.folder} is in this database. If it is the "
                "right one and all were withdrawn, delete the coders' files."
            )
        for each in changed:
            each.save()
        return gone

    def _readable(self) -> pd.DataFrame:
        return readable(self._read().tables.answers, self._items)

    def _book(self) -> Codebook:
        return codebook.load(self.folder / BOOK)

    def _sheets(self, names: Collection[str] | None) -> list[CoderFile]:
        paths = sheets(self.folder)
        if names is not None:
            known = [path.stem for path in paths]
            if absent := [name for name in names if name not in known]:
                raise CodingError(
                    f"{self.folder} has no sheet of '{absent[0]}'; it has {', '.join(known)}."
                )
            paths = [path for path in paths if path.stem in names]
        book = self._book()
        return [coder_file.load(path, book) for path in paths]

    def _seen(self, names: Coders) -> list[CoderFile]:
        """Return the sheets that may be seen now: one's own, or everybody's who has finished."""
        if isinstance(names, str):
            return self._sheets([names])
        found = self._sheets(names)
        if working := [each.coder for each in found if each.finished is None]:
            raise CodingError(
                f"Not finished yet: {', '.join(working)}. Coders work without knowing of each "
                "other's codes, so these are told when all have declared that they have finished."
            )
        return found


def found(folder: str | PathLike[str] | None, survey: Survey) -> Coding | None:
    """Return the coding in `folder`; with None, that in the usual one, or None if there is none.

    Raises CodingError if a folder that was named is missing.
    """
    coding = Coding.of(survey, folder)
    if coding.folder.is_dir():
        return coding
    if folder is None:
        return None
    raise CodingError(
        f"There is no folder {coding.folder}: name the folder of the coded texts, or none to take "
        "the usual one."
    )
