"""The folder of a coding: its codebook, and the coders at work on their sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime

import pandas as pd

from myths.errors import CodingError
from myths.evaluation.coding import code_tables, codebook, quote_check
from myths.evaluation.coding.codebook import Code
from myths.evaluation.coding.coder import Coder
from myths.evaluation.coding.coder_file import Part
from myths.evaluation.coding.desk import CodingDesk
from myths.evaluation.coding.open_sheet import BOOK
from myths.evaluation.coding.sheet_folder import SheetFolder
from myths.evaluation.coding.texts import texts
from myths.evaluation.survey import spoken
from myths.evaluation.words import words_for
from myths.store import listed


class CodingFolder(SheetFolder):
    """A folder in which texts are coded; `Coding` adds the tables, and tells the parameters."""

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

    def approve(self, quotes: str | Collection[str], *, fit: bool = True) -> None:
        """Write down that somebody has read these quotes, and whether they may be printed.

        A report has only quotes that were approved. A text that its author changes is to be read
        anew.

        Parameters
        ----------
        quotes : str or collection of str
            Whole texts, as `quotes` gives them.
        fit : bool
            False: somebody could be known by them, so they are never drawn again.

        Raises
        ------
        CodingError
            If no text that the evaluation may read has these words, or a file has a fault.

        Examples
        --------
        >>> text = coding.coder("ada").texts[0].words
        >>> coding.approve([text])
        >>> coding.approve(text, fit=False)  # on second thoughts
        """
        quote_check.check(self.folder, self._readable(), listed(quotes) or [], fit=fit)

    def coder(
        self,
        name: str,
        *,
        seed: int = 1,
        role: str | None = None,
        part: Part | None = None,
        languages: Collection[str] | None = None,
    ) -> Coder:
        """Open a coder's sheet, to code from a program; `desk` shows it to a person.

        Parameters
        ----------
        name : str
            Names a file: use initials or a word, not somebody's full name.
        seed : int
            Shuffles the texts of a new sheet; a sheet that is there keeps its own.
        role : {"coder", "trial", "agreed"}, optional
            What a new sheet is for. A coder codes blind; agreement is between coders. A trial
            sheet, to try the codebook, counts for nothing. On the agreed sheet the coders decide
            together where they differ, and its codes are the ones that count. None is what the name
            says if it is one of these, else a coder.
        part : tuple of float, optional
            Which of the texts are a new sheet's, in an order by chance that is the same for all:
            with (0, 0.6) and (0.4, 1) two coders have a fifth of the texts in common. None is all.
        languages : collection of str, optional
            In which languages a new sheet's texts are, as ["de"]: those that the coder reads. None
            is all.

        Returns
        -------
        Coder
            The `texts` in an order of the coder's own, and what is done with them, as
            `toggle(text, code)`, `passage(text, code, start, end)`, `none(text)` and `finish()`.

        Raises
        ------
        CodingError
            If the name cannot name a file, a sheet has another role or part, or a file has a
            fault.

        Examples
        --------
        >>> coder = coding.coder("cy")
        >>> coder.undecided() == len(coder.texts)
        True
        """
        found = texts(self._read(), self._items)
        return Coder(self.folder, name, found, seed=seed, role=role, part=part, languages=languages)

    def desk(
        self,
        name: str,
        *,
        seed: int = 1,
        role: str | None = None,
        part: Part | None = None,
        languages: Collection[str] | None = None,
        language: str | None = None,
    ) -> CodingDesk:
        """Show the coding desk to a coder.

        Parameters
        ----------
        name, seed, role, part, languages
            As in `coder`.
        language : str, optional
            The language of the desk, as "de". None is that of the workshops if all of them have the
            same one and the evaluation has words in it, and else English.

        Returns
        -------
        CodingDesk
            A widget, shown when the call is the last line of a cell. It saves every step.

        Raises
        ------
        CodingError
            As `coder` does.
        EvaluationError
            For a language without words.

        Examples
        --------
        >>> desk = coding.desk("cy")
        >>> [code["name"] for code in desk.codes][0]
        'Doubt'
        """
        with self._read().snapshot() as tables:
            words, _ = words_for(spoken(tables.participants(), tables.workshops()), language)
        coder = self.coder(name, seed=seed, role=role, part=part, languages=languages)
        return CodingDesk(coder, words)
