"""The codebook: what every number and every text in the tables answers, word for word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

import pandas as pd

from myths import catalog
from myths.edition import published_content
from myths.evaluation.progress import progress
from myths.evaluation.survey import Address
from myths.store import opened
from myths.vocabulary import Phase

_DTYPES = {
    "module": "category",
    "item": "category",
    "kind": "category",
    "keyed": "category",
    "phases": "string",
    "language": "category",
    "wording": "category",
    "question": "string",
    "labels": "string",
    "minimum": "Int64",
    "maximum": "Int64",
    "correct": "Int64",
}


@progress("reading")
def codebook(
    db: Address = None, *, source: Literal["both", "store", "content"] = "both"
) -> pd.DataFrame:
    """Return what was or would be asked, word for word, in the order of the series.

    An item whose words changed, or that was asked in two languages, has a row for each wording:
    compare answers across them with care.

    Parameters
    ----------
    db : str or path, optional
        As in `answers`.
    source : {"both", "store", "content"}
        "store" lists what was asked as it was asked then, also in workshops that were erased since
        and in rehearsals; "content" lists what today's content would ask and opens no store; "both"
        joins them. Of a wording that both know, the words and the right option are today's.

    Returns
    -------
    pandas.DataFrame
        One row per item and wording:

        - module, item, kind : category
        - keyed : category, what agreeing means (myth, fact, overcorrection)
        - phases : string, those it was asked in, as "before, after"; empty if never asked
        - language, wording : category, as in `answers`
        - question : string
        - labels : string, as "1 = Strongly disagree; …"
        - minimum, maximum : Int64, the ends of the scale
        - correct : Int64, the right option

    Raises
    ------
    StoreError
        If the database is needed and missing or cannot be read.
    ContentError
        If the content is needed and has a fault.

    Examples
    --------
    >>> import myths
    >>> book = myths.codebook(source="content")
    >>> set(book["keyed"].dropna()) == {"myth", "fact", "overcorrection"}
    True
    """
    asked = None if source == "content" else opened(db).questions()
    return codebook_of(asked, today=source != "store")


def codebook_of(questions: pd.DataFrame | None, *, today: bool = False) -> pd.DataFrame:
    """Return the codebook of some `questions` of a store, and with `today` also of the content."""
    entries = {entry.key: entry for entry in _today()} if today else {}
    for entry in () if questions is None else _asked(questions):
        known = entries.get(entry.key, entry)
        entries[entry.key] = replace(known, phases=known.phases | entry.phases)
    rows = [entry.row() for entry in _in_order(entries.values())]
    return pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)


def labels(options: Mapping[Any, Any], ends: Sequence[str] | None) -> dict[int, str]:
    """Label each number that could be chosen, in order; `ends` are the words at both ends."""
    found = {int(value): str(label) for value, label in sorted(options.items(), key=_number)}
    if ends and found:
        found |= zip((min(found), max(found)), ends, strict=True)
    return found


def _number(option: tuple[Any, Any]) -> int:
    return int(option[0])


@dataclass(frozen=True)
class _CodebookEntry:
    """One wording of an item; `ends` are the words at both ends of a row of numbers."""

    key: tuple[str, str, str, str, str]
    question: str
    options: Mapping[int, str]
    keyed: str | None
    correct: int | None
    ends: tuple[str, str] | None
    phases: frozenset[str] = frozenset()

    def row(self) -> dict[str, Any]:
        """Return the entry as a row of the table."""
        module, item, kind, language, wording = self.key
        values = sorted(self.options)
        said = {v: word for v, word in labels(self.options, self.ends).items() if word != str(v)}
        return {
            "module": module,
            "item": item,
            "kind": kind,
            "keyed": self.keyed,
            "phases": ", ".join(phase for phase in Phase if phase in self.phases),
            "language": language,
            "wording": wording,
            "question": self.question,
            "labels": "; ".join(f"{value} = {label}" for value, label in said.items()),
            "minimum": values[0] if values else None,
            "maximum": values[-1] if values else None,
            "correct": self.correct,
        }


def _today() -> Iterator[_CodebookEntry]:
    folder = published_content()
    series = catalog.load(folder).series
    for language in series.languages:
        content = catalog.load(folder, language=language)
        modules = [content.module(slug).items for slug in series.modules]
        pages = [content.page(slug).items for slug in series.pages]
        for item in chain(*modules, *pages):
            yield _CodebookEntry(
                (item.module, item.id, item.kind, item.language, item.wording),
                item.question,
                {option.value: option.label for option in item.options},
                item.keyed,
                item.correct,
                item.ends,
            )


def _asked(questions: pd.DataFrame) -> Iterator[_CodebookEntry]:
    for asked in questions.to_dict("records"):
        words: dict[str, Any] = asked["words"]
        yield _CodebookEntry(
            (asked["module"], asked["item"], asked["kind"], asked["language"], asked["wording"]),
            words.get("question", ""),
            {int(value): label for value, label in words.get("options", {}).items()},
            words.get("keyed"),
            words.get("correct"),
            words.get("ends"),
            frozenset({asked["phase"]}),
        )


def _in_order(entries: Collection[_CodebookEntry]) -> list[_CodebookEntry]:
    """Bring together what belongs together: by module, then by item, in order of appearance."""
    modules = list(dict.fromkeys(entry.key[0] for entry in entries))
    items = list(dict.fromkeys(entry.key[:2] for entry in entries))
    return sorted(entries, key=lambda e: (modules.index(e.key[0]), items.index(e.key[:2])))
