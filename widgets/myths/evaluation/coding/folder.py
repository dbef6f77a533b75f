"""The folder of a coding: its codebook, the coders at work on their sheets, and forgetting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import Self

import pandas as pd
from sqlalchemy import make_url

from myths.errors import CodingError
from myths.evaluation.coding import code_tables, codebook, coder_file
from myths.evaluation.coding.codebook import Code, Codebook
from myths.evaluation.coding.coder import BOOK, Coder, sheets
from myths.evaluation.coding.coder_file import CoderFile
from myths.evaluation.coding.desk import CodingDesk
from myths.evaluation.coding.texts import readable, texts
from myths.evaluation.survey import Address, Choice, Survey
from myths.store import listed

Coders = str | Collection[str] | None
_USUAL = Path("data/coding")


class CodingFolder:
    """A folder in which texts are coded; `Coding` adds the tables, and tells the parameters."""

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

    def codebook(self) -> pd.DataFrame:
        """List the versions of the codes, in the order in which they were written.

        Returns
        -------
        pandas.DataFrame
            One row per version of a code:

            - code : category
            - version : Int64, from 1
            - changed : datetime64[us], the day
            - name, definition : string
            - include, exclude : string, examples, joined by "; "

        Raises
        ------
        CodingError
            If the codebook has a fault.

        Examples
        --------
        >>> coding.codebook().loc[0, "name"]
        'Doubt'
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

        Texts that were coded stay linked to the version that they were coded with.

        Parameters
        ----------
        code : str
            Its id: small letters, digits and hyphens, as "safety-first".
        name : str
            What tables and the desk call it; at most 60 characters.
        definition : str
            When it is given.
        include, exclude : iterable of str
            Examples of what it is given to, and of what it is not given to.
        changed : datetime.date, optional
            The day of this version; None is today (UTC).

        Raises
        ------
        CodingError
            If the code does not fit, or the codebook has a fault or cannot be written.

        Examples
        --------
        >>> coding.add("trust", name="Trust", definition="Trusts a programme.")
        >>> coding.add("trust", name="Trust", definition="Trusts a programme or its staff.")
        >>> coding.codebook().tail(2)["version"].tolist()
        [1, 2]
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
        """Open a coder's sheet, to code from a program; `desk` shows it to a person.

        Parameters
        ----------
        name : str
            Names a file: use initials or a word, not somebody's full name.
        seed : int
            Shuffles the texts of a new sheet; a sheet that is there keeps its own.

        Returns
        -------
        Coder
            The `texts` in an order of the coder's own, and what is done with them, as
            `toggle(text, code)`, `passage(text, code, start, end)`, `none(text)` and `finish()`.

        Raises
        ------
        CodingError
            If the name cannot name a file, or a file has a fault.

        Examples
        --------
        >>> coder = coding.coder("cy")
        >>> coder.undecided() == len(coder.texts)
        True
        """
        return Coder(self.folder, name, texts(self._read(), self._items), seed=seed)

    def desk(self, name: str, *, seed: int = 1) -> CodingDesk:
        """Show the coding desk to a coder.

        Parameters
        ----------
        name, seed
            As in `coder`.

        Returns
        -------
        CodingDesk
            A widget, shown when the call is the last line of a cell. It saves every step.

        Raises
        ------
        CodingError
            As `coder` does.

        Examples
        --------
        >>> desk = coding.desk("cy")
        >>> [code["name"] for code in desk.codes][0]
        'Doubt'
        """
        return CodingDesk(self.coder(name, seed=seed))

    def is_finished(self) -> bool:
        """Return whether there are coders, and all have declared that they have finished.

        Raises
        ------
        CodingError
            If a file has a fault.

        Examples
        --------
        >>> coding.is_finished()
        True
        """
        found = self._sheets(None)
        return bool(found) and all(each.finished for each in found)

    def forget(self) -> int:
        """Take out of every sheet what is about texts that can no longer be read.

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


def usual_folder(db: Address) -> Path:
    """Find the usual folder: beside the SQLite file, if there is one."""
    file: str | None = "" if db is None else fspath(db)
    if file and "://" in file:
        file = make_url(file).database if file.startswith("sqlite") else None
    if not file:
        return _USUAL
    return Path(file).expanduser().parent / "coding"
