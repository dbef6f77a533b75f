"""Coding free texts: the tables that the codebook and the coders' sheets of a folder give."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from myths.evaluation.coding import agreement, code_tables, quote_check, quotes
from myths.evaluation.coding.folder import CodingFolder
from myths.evaluation.coding.sheet_folder import Coders
from myths.evaluation.coding.texts import readable


class Coding(CodingFolder):
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
        By all methods that read texts, as `answers` does.

    Examples
    --------
    The examples of the methods go on from here.

    >>> import myths, tempfile
    >>> coding = myths.Coding(
    ...     tempfile.mkdtemp(), db=myths.rehearsal_data(), rehearsal=True, items=["risk.learned"]
    ... )
    >>> coding.add("doubt", name="Doubt", definition="Says what somebody doubts.")
    >>> for name, sign in {"ada": "doubt", "ben": "doubt that"}.items():
    ...     coder = coding.coder(name)
    ...     for text in coder.texts:
    ...         if sign in text.words:
    ...             _ = coder.toggle(text.id, "doubt")
    ...         else:
    ...             _ = coder.none(text.id)
    ...     coder.finish()
    """

    def codes(self, coders: Coders = None) -> pd.DataFrame:
        """List the codes that were given, each to a text or to a passage, beside the answers.

        A text that a coder found no code for has one row without a code; an undecided one has none.
        Texts that were changed or taken back since are left out.

        Parameters
        ----------
        coders : str or collection of str, optional
            Whose; None is all blind coders and what was agreed. Nothing is told until every blind
            coder has finished once, and then the codes of each text once all who have it in their
            part have finished with it. Trial sheets are told at any time, if they are named.

        Returns
        -------
        pandas.DataFrame
            One row per code given, and then the columns of `answers`:

            - coder, role, code : category
            - name : string
            - version : Int64, of the code when it was given
            - start, end : Int64, code points; NA for the whole text
            - passage, memo : string

        Raises
        ------
        CodingError
            If a coder is unknown or still at work, or a file has a fault.
        StoreError, WorkshopError
            As the class tells.

        Examples
        --------
        >>> codes = coding.codes("ada")
        >>> codes.loc[codes["code"] == "doubt", "text"].str.contains("doubt").all()
        np.True_
        """
        told, sheets = self._seen(coders, agreed=coders is None)
        return code_tables.codes(told, sheets, self._book())

    def codes_of(self, answers: pd.DataFrame, coders: Coders = None) -> pd.DataFrame:
        """Return the table of `codes` and what was agreed for answers that were read already.

        Parameters
        ----------
        answers : pandas.DataFrame
            Some rows of `myths.answers`.
        coders
            Of these blind coders only.

        Returns
        -------
        pandas.DataFrame
            As `codes` gives it.

        Raises
        ------
        CodingError
            As `codes` does.

        Examples
        --------
        >>> answers = myths.answers(myths.rehearsal_data(), rehearsal=True)
        >>> len(coding.codes_of(answers)) == len(coding.codes())
        True
        """
        texts = readable(answers, self._items)
        told, sheets = self._seen(coders, agreed=True, table=texts)
        return code_tables.codes(told, sheets, self._book())

    def settled(self, coders: Coders = None) -> pd.DataFrame:
        """List the codes that count, of each text: what was agreed, else what all its coders gave.

        A text that has no such code has one row without a code.

        Parameters
        ----------
        coders : str or collection of str, optional
            Of these blind coders only.

        Returns
        -------
        pandas.DataFrame
            One row per text and code, and then the columns of `answers`:

            - code : category
            - name : string

        Raises
        ------
        CodingError, StoreError, WorkshopError
            As `codes` does.

        Examples
        --------
        >>> people = coding.settled().groupby("code", observed=True)["participant"].nunique()
        >>> int(people["doubt"]) > 0
        True
        """
        told, sheets = self._seen(coders, agreed=True)
        return code_tables.settled(code_tables.codes(told, sheets, self._book()))

    def agreement(self, coders: Coders = None, *, language: str | None = None) -> pd.DataFrame:
        """Compute for each code how far blind coders agree whether it is in a text (yes or no).

        What was agreed afterwards has no part in it. Coders may have different parts of the texts:
        those that two or more decided on are compared.

        Parameters
        ----------
        coders
            Some blind coders, or some trial sheets; None is all blind coders.
        language : str, optional
            Of the texts in this language only, to see whether a code holds in each; None is all.

        Returns
        -------
        pandas.DataFrame
            One row per code, whose id is its index:

            - name : string
            - texts : Int64, judged by two or more
            - all, some, none : Int64, in how many of these all, some or none of them gave the code
            - alpha : Float64, Krippendorff's alpha, at most 1; NA for fewer than 10 texts that two
              coders judged, and where it cannot be told from chance
            - alpha_low, alpha_high : Float64, ends of its 95 % interval, a bootstrap over texts; NA
              for fewer than 30 texts, and where it cannot be told
            - note : string, why not, and what to bear in mind

        Raises
        ------
        CodingError, StoreError, WorkshopError
            As `codes` does.

        References
        ----------
        Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of
        Pennsylvania.

        Zapf, A., Castell, S., Morawietz, L. and Karch, A. (2016). BMC Medical Research Methodology
        16, 93. doi:10.1186/s12874-016-0200-9.

        Examples
        --------
        >>> row = coding.agreement().loc["doubt"]
        >>> row["all"] + row["some"] + row["none"] == row["texts"]
        np.True_
        """
        told, sheets = self._seen(coders)
        told = told if language is None else told[told["language"] == language]
        return agreement.agreement(told.reset_index(drop=True), sheets, self._book())

    def disagreements(self, coders: Coders = None) -> pd.DataFrame:
        """List the texts and codes where coders differ, for them to talk about.

        Parameters
        ----------
        coders
            As in `agreement`.

        Returns
        -------
        pandas.DataFrame
            One row per text and code, with a boolean for each coder under the coder's name, NA if
            not judged, and the memo of each as a string, under "memo of ada":

            - code : category
            - name : string
            - module, item, phase, language : category
            - text : string

        Raises
        ------
        CodingError, StoreError, WorkshopError
            As `codes` does.

        Examples
        --------
        >>> table = coding.disagreements()
        >>> (table["ada"] != table["ben"]).all()
        np.True_
        """
        return agreement.disagreements(*self._seen(coders), self._book())

    def quotes(
        self,
        coders: Coders = None,
        *,
        n: int = 3,
        k: int = quotes.K,
        seed: int = 1,
        approved: bool = False,
        authors: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Draw some texts for each code, to be quoted in a report.

        A text is drawn only if the code is `settled`; if in its workshop enough people have texts
        with that code in the same language; and if neither another text of its author was drawn
        nor one of the same words. There is nothing in the table to tell who wrote it or where, nor
        in which module.

        Parameters
        ----------
        coders
            As in `settled`.
        n : int
            Draw up to so many for each code.
        k : int
            So many people must have texts with the code in one workshop and language; 5 or more.
        seed : int
            The same seed draws the same texts.
        approved : bool
            Only those that were approved. Else all but those that must not be printed.
        authors : collection of str, optional
            As if there were only these participants; None is all.

        Returns
        -------
        pandas.DataFrame
            One row per quote:

            - code : category
            - name : string
            - language : category
            - quote : string, the whole text
            - look_first : string, what in it may point to a person, NA if nothing was found; this
              is a guess, so read every quote before you print it

        Raises
        ------
        CodingError
            For a smaller `k`, and as `codes` does.
        StoreError, WorkshopError
            As the class tells.

        Examples
        --------
        >>> len(coding.quotes())  # in one language no five people of a workshop have the code
        0
        """
        found, checked = self.settled(coders), quote_check.load(self.folder)
        if authors is not None:
            found = found[found["participant"].isin(list(authors))]
        return quotes.quotes(found, checked, n=n, k=k, seed=seed, approved=approved)
