"""The files of open data: the rows, a README, and two codebooks.

The codebooks are DDI-Codebook 2.5, which archives of social research ask for, and a Frictionless
Data Package 2.0, which programs read. Nothing in them is of a finer time than the day on which they
were made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from myths.evaluation.data.audiences import audiences
from myths.evaluation.data.wordings import codebook_of
from myths.evaluation.exports.archive import sizes_and_hashes
from myths.evaluation.exports.contents import ExportColumn, ExportTable, named
from myths.evaluation.exports.documentation import PROFILE, resource, templates
from myths.evaluation.exports.flat import write_csv
from myths.evaluation.exports.open_rows import OpenRows
from myths.evaluation.exports.questions import asked
from myths.evaluation.exports.spool import WORDING
from myths.evaluation.exports.target import MAKER, MANIFEST
from myths.evaluation.words import EvaluationWords
from myths.vocabulary import Kind

_BOOK = ["module", "item", "kind", "language", "wording"]
_QUESTIONS = ["module", "item", "kind", "keyed", "language", "question", "labels", "correct"]


@dataclass(frozen=True, eq=False)
class OpenFiles:
    """All that is written of `rows`; `questions` are those of the store."""

    rows: OpenRows
    questions: pd.DataFrame
    words: EvaluationWords
    k: int
    years: tuple[int, int]
    made_up: bool

    def write(self, folder: Path) -> None:
        """Write everything into an empty folder."""
        people, questions = self._people, self._questions
        write_csv(folder, (people, questions), lambda _: None)
        about = self._about | {"people": people, "asked": self._asked}
        for name, template in (("README.md", "md"), ("codebook.xml", "xml")):
            text = templates.get_template(f"open_data.{template}.j2").render(about)
            (folder / name).write_text(text, "utf-8", newline="\n")
        found = sizes_and_hashes(folder, "*.csv")
        package = {
            "$schema": PROFILE,
            "name": "myths-open-data",
            "title": about["title"],
            "description": (folder / "README.md").read_text("utf-8"),
            "resources": [
                resource(path, found[path], table, self.words)
                for path, table in (("people.csv", people), ("questions.csv", questions))
            ],
        }
        _write(folder / "datapackage.json", package)
        manifest = {
            "made_by": MAKER,
            "made_on": f"{datetime.now(UTC).date()}",
            "data_as_of": f"{self.years[1]}-01-01",
            "version": version("myths"),
            "made_up": self.made_up,
            "k": self.k,
            "rows": people.rows,
            "smallest_combination": self.rows.smallest,
            "alone_in_what_others_may_know": self.rows.alone,
            "unique_on_all_answers": self.rows.unique,
            "found_by_two_answers": round(self.rows.found, 2),
            "files": sizes_and_hashes(folder, "*"),
        }
        _write(folder / MANIFEST, manifest)

    def measured(self, people: int) -> list[str]:
        """Return what was measured, for who makes it of so many `people` to choose from."""
        says, about = self.words.open_data.notes, self._about
        number = self.words.count(people)
        return [
            says.kept.format(rows=about["rows"], people=number, share=about["kept"]),
            says.known.format(smallest=about["smallest"], alone=about["alone"]),
            says.unique.format(unique=about["unique"], rows=about["rows"]),
            says.read,
            says.consent,
        ]

    @cached_property
    def _about(self) -> dict[str, Any]:
        """What README and codebook say of the whole."""
        rows, words = self.rows, self.words
        first, last = self.years
        return {
            "words": words.open_data,
            "language": words.language,
            "title": words.open_data.title.format(title=words.export.title),
            "made_up": self.made_up,
            "first_year": first,
            "last_year": last,
            "years": f"{first}" if first == last else f"{first} - {last}",
            "rows": words.count(len(rows.known)),
            "questions": words.count(len(rows.answers.columns)),
            "k": words.count(self.k),
            "smallest": words.count(rows.smallest),
            "alone": words.count(rows.alone),
            "unique": words.count(rows.unique),
            "unique_share": self._percent(rows.unique / len(rows.known), 2),
            "found": self._percent(rows.found, 2),
            "kept": self._percent(rows.kept, 1),  # coarse, for it is about what is not here
        }

    def _percent(self, share: float, places: int) -> str:
        return self.words.numbers.percent.format(n=f"{100 * round(share, places):.0f}")

    @cached_property
    def _people(self) -> ExportTable:
        frame = pd.concat([self.rows.known, self.rows.answers], axis=1)
        says, titles = self.words.open_data.columns, self.words.export.columns
        spoken = frame["language"].dropna().unique()
        known = [
            ExportColumn("row", "integer", says.row),
            ExportColumn("group", "integer", says.group),
            ExportColumn(
                "audience",
                "string",
                **named("audience", audiences(self.words.language), self.words),
            ),
            ExportColumn("country", "string", says.country),
            ExportColumn(
                "language",
                "string",
                titles.language,
                words={str(each): self.words.language_name(each) for each in spoken},
            ),
        ]
        table = [*known, *(self._answer(str(each)) for each in self.rows.answers)]
        return _table("people", frame, table, self.words.open_data.tables.people)

    def _answer(self, name: str) -> ExportColumn:
        """Describe a column of answers."""
        module, *item, phase = name.split(".")
        question = self._titles[module, ".".join(item), phase]
        facts = self.words.open_data.facts
        known = {0: facts.wrong, 1: facts.right}
        labels = known if question.kind == Kind.RECALL else question.labels
        whole = pd.api.types.is_integer_dtype(self.rows.answers[name].dtype)
        return ExportColumn(
            name, "integer" if whole else "number", str(question.title), question.kind, labels
        )

    @cached_property
    def _titles(self) -> dict[Any, Any]:
        return {**asked(self.rows.counts, self.questions, self.words)}

    @cached_property
    def _questions(self) -> ExportTable:
        """The table of what was asked, of those wordings that answers here are to."""
        book = codebook_of(self.questions)
        here = {tuple(w[WORDING.index(name)] for name in _BOOK) for w in self.rows.counts}
        keys = book[_BOOK].astype("str").itertuples(index=False, name=None)
        frame = book.loc[[key in here for key in keys], _QUESTIONS].reset_index(drop=True)
        titles = self.words.export.columns
        columns = [
            ExportColumn(name, "integer" if name == "correct" else "string", titles[name])
            for name in _QUESTIONS
        ]
        return _table("questions", frame, columns, self.words.open_data.tables.questions)

    @cached_property
    def _asked(self) -> dict[str, list[tuple[str, str]]]:
        """What each column was asked as, with the language: the most usual wording first."""
        said = self.questions.astype(dict.fromkeys(WORDING, "str")).set_index(WORDING)["words"]
        found: dict[str, list[tuple[str, str]]] = {}
        for wording, _ in self.rows.counts.most_common():
            of = dict(zip(WORDING, wording, strict=True))
            column = f"{of['module']}.{of['item']}.{of['phase']}"
            question = said.loc[wording].get("question") or ""
            found.setdefault(column, []).append((question, of["language"]))
        return found


def _table(name: str, frame: pd.DataFrame, columns: list[ExportColumn], title: str) -> ExportTable:
    return ExportTable(name, frame, tuple(columns), len(frame), lambda: [frame], title)


def _write(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", "utf-8", newline="\n")
