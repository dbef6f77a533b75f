"""The sheets of a coding: whose they are, what of them may be seen now, and forgetting."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import Self

import pandas as pd
from sqlalchemy import make_url

from myths.errors import CodingError
from myths.evaluation.coding import (
    blindness,
    code_tables,
    codebook,
    coder_file,
    quote_check,
    step_history,
)
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.coder_file import CoderFile
from myths.evaluation.coding.open_sheet import BOOK
from myths.evaluation.coding.texts import readable
from myths.evaluation.survey import Address, Choice, Survey
from myths.store import listed
from myths.vocabulary import SheetRole

Coders = str | Collection[str] | None
_USUAL = Path("data/coding")


class SheetFolder:
    """A folder with sheets of coders; `CodingFolder` adds the codebook and the desk."""

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
    def of(cls, survey: Survey, folder: str | PathLike[str] | None = None) -> Self:
        """Open the coding of the texts of one reading, which all its tables are then made from."""
        coding = cls(folder, db=survey.db)
        coding._read = lambda: survey
        return coding

    def set_role(self, name: str, role: str) -> None:
        """Change what a sheet that is there is for, as `role` of `coder` tells.

        Parameters
        ----------
        name : str
            The coder's.
        role : {"coder", "trial", "agreed"}
            The new one.

        Raises
        ------
        CodingError
            If there is no such sheet or role, or a file has a fault.

        Examples
        --------
        >>> dan = coding.coder("dan")
        >>> dan.memo(dan.texts[0].id, "A first try.")
        >>> coding.set_role("dan", "trial")
        """
        if role not in SheetRole.words():
            raise CodingError(
                f"There is no role {role!r}: choose from {', '.join(SheetRole.words())}."
            )
        (sheet,) = self._sheets([name])
        replace(sheet, role=SheetRole(role)).save()

    def working(self) -> list[str]:
        """Name the coders who have not finished once; until then no codes are told.

        Returns
        -------
        list of str
            Their names.

        Raises
        ------
        CodingError
            If a file has a fault.

        Examples
        --------
        >>> coding.working()
        []
        """
        return blindness.working(self.folder)

    def is_told(self) -> bool:
        """Return whether codes are told: there are blind coders, and each has finished once.

        Raises
        ------
        CodingError
            If a file has a fault.

        Examples
        --------
        >>> coding.is_told()
        True
        """
        return bool(blindness.finished(self.folder, self._book()))

    def is_finished(self) -> bool:
        """Return whether there are coders, and all have finished with all texts that there are now.

        Raises
        ------
        CodingError, StoreError, WorkshopError
            As the class tells.

        Examples
        --------
        >>> coding.is_finished()
        True
        """
        coders = blindness.finished(self.folder, self._book())
        table = self._readable()
        return bool(coders) and len(blindness.told(coders, table)) == len(table)

    def forget(self) -> int:
        """Take out of every file what is about texts that can no longer be read.

        Do this after somebody has withdrawn: memos may hold what they wrote. It looks at the whole
        database, whatever `workshop`, `audience` and `items` are.

        Returns
        -------
        int
            How many entries of sheets were taken out.

        Raises
        ------
        CodingError
            If no coded text is found in the database, since then it is likely to be another one.

        Examples
        --------
        >>> coding.forget()  # nobody has withdrawn
        0
        """
        table = readable(Survey(self._read().db, rehearsal=True).tables.answers)
        known = dict(zip(table["id"], table["answered_at"], strict=True))
        changed, kept, gone = [], 0, 0
        for each in self._sheets(None):
            entries = {i: e for i, e in each.entries.items() if known.get(i) == e.answered_at}
            kept += len(entries)
            gone += len(each.entries) - len(entries)
            steps = [step for step in step_history.load(each.path) if step.text in known]
            changed.append((replace(each, entries=entries), steps))
        if gone and not kept:
            raise CodingError(
                f"None of the texts coded in {self.folder} is in this database. If it is the "
                "right one and all were withdrawn, delete the coders' files."
            )
        quotes = quote_check.kept(self.folder, known)
        for sheet, steps in changed:
            sheet.save({step_history.place(sheet.path): step_history.written(steps), **quotes})
        return gone

    def coders(self) -> pd.DataFrame:
        """Count how far each coder has come.

        Returns
        -------
        pandas.DataFrame
            One row per coder, who is its index:

            - role : category, coder, trial or agreed
            - texts : Int64, to be coded by this coder
            - decided : Int64, of these, with a code or with the word that none fits
            - finished : datetime64[us, UTC], when this was declared; NaT if it was not, or if texts
              came since

        Raises
        ------
        CodingError, StoreError, WorkshopError
            As the class tells.

        Examples
        --------
        >>> done = coding.coders()
        >>> (done["decided"] == done["texts"]).all()
        np.True_
        """
        coders = blindness.finished(self.folder, self._book())
        table, dtypes = self._readable(), {"texts": "Int64", "decided": "Int64"}
        rows = {}
        for each in self._sheets(None):
            texts = blindness.part(table, each, coders)
            done = [entry for _, entry in code_tables.decided(texts, each)]
            whole = len(done) == len(texts) and all(entry.stands for entry in done)
            finished = each.finished if whole else None
            rows[each.coder] = (str(each.role), len(texts), len(done), finished)
        columns = ["role", "texts", "decided", "finished"]
        dtypes["role"] = "category"
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(dtypes)
        frame["finished"] = pd.to_datetime(frame["finished"], utc=True).astype(
            "datetime64[us, UTC]"
        )
        return frame.rename_axis("coder")

    def _readable(self) -> pd.DataFrame:
        return readable(self._read().tables.answers, self._items)

    def _book(self) -> Codebook:
        return codebook.load(self.folder / BOOK)

    def _sheets(self, names: Collection[str] | None) -> list[CoderFile]:
        paths = blindness.sheets(self.folder)
        if names is not None:
            known = [path.stem for path in paths]
            if absent := [name for name in names if name not in known]:
                raise CodingError(
                    f"{self.folder} has no sheet of '{absent[0]}'; it has {', '.join(known)}."
                )
            paths = [path for path in paths if path.stem in names]
        book = self._book()
        return [coder_file.load(path, book) for path in paths]

    def _seen(
        self, names: Coders, *, agreed: bool = False, table: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, list[CoderFile]]:
        """Return the texts whose codes may be told, and the chosen sheets of blind coders.

        `agreed`: the agreed sheet, too. Trial sheets are seen at any time, by themselves.
        """
        table = self._readable() if table is None else table
        every = self._sheets([names] if isinstance(names, str) else names)
        if names is not None and all(each.role == SheetRole.TRIAL for each in every):
            return table, every
        chosen = [each for each in every if each.role == SheetRole.CODER]
        if names is not None and len(chosen) < len(every):
            other = next(each for each in every if each not in chosen)
            raise CodingError(
                f"The sheet of '{other.coder}' has the role {str(other.role)!r}: name blind coders "
                "only, or trial sheets only."
            )
        if working := self.working():
            raise CodingError(
                f"Not finished yet: {', '.join(working)}. Coders work without knowing of each "
                "other's codes, so these are told when all have declared that they have finished. "
                f"A sheet that shall not count becomes a trial: set_role({working[0]!r}, 'trial')."
            )
        told = blindness.told(blindness.finished(self.folder, self._book()), table)
        return told, [*chosen, *(self._agreed() if agreed else [])]

    def _agreed(self) -> list[CoderFile]:
        found = [each for each in self._sheets(None) if each.role == SheetRole.AGREED]
        if len(found) > 1:
            raise CodingError(
                f"{found[0].coder} and {found[1].coder} are both agreed sheets: make one of them a "
                f"trial, with set_role({found[1].coder!r}, 'trial')."
            )
        return found


def usual_folder(db: Address) -> Path:
    """Find the usual folder: beside the SQLite file, if there is one."""
    file: str | None = "" if db is None else fspath(db)
    if file and "://" in file:
        file = make_url(file).database if file.startswith("sqlite") else None
    if not file:
        return _USUAL
    return Path(file).expanduser().parent / "coding"
