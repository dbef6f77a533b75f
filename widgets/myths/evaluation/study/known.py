"""What the program knows of a study: what is asked, what was planned, who took part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from myths import catalog
from myths.catalog import Catalog, consent_version
from myths.evaluation.reports.findings import Findings
from myths.evaluation.stats.precision import SETS, SHARED, precision
from myths.evaluation.stats.simulation import SPREAD
from myths.evaluation.words import EvaluationWords
from myths.store import Workshop
from myths.vocabulary import WRITTEN, Reader, SeriesPage, SheetRole


@dataclass(frozen=True)
class StudyPlan:
    """How many workshops there are to be, with how many people that answer both times in each."""

    rooms: int
    people: int
    tests: int = 7
    sets: int = SETS

    def shown(self, says: EvaluationWords) -> dict[str, Any]:
        """Simulate it, and return what the plan of analysis shows. Raises EvaluationError."""
        table = precision(self.rooms, self.people, tests=self.tests, sets=self.sets)
        shares = table[["power", "power_holm"]]
        numbers = table[["mean", "half_width", "half_width_most"]]
        return {
            "rooms": says.count(self.rooms),
            "people": says.count(self.people),
            "sets": says.count(self.sets),
            "tests": says.count(self.tests),
            "shared": says.decimal(SHARED, places=1),
            "spread": says.decimal(SPREAD, places=1),
            "rows": [
                [
                    *("-" if pd.isna(each) else says.decimal(each, places=2) for each in row),
                    *("-" if pd.isna(each) else _percent(each, says) for each in some),
                ]
                for row, some in zip(
                    numbers.itertuples(index=False), shares.itertuples(index=False), strict=True
                )
            ],
        }


def _percent(share: float, says: EvaluationWords) -> str:
    return says.numbers.percent.format(n=f"{share:.0%}".removesuffix("%"))


def asked(content: Catalog) -> list[dict[str, str]]:
    """List the primary statement of each module, as it is asked today."""
    modules = [content.module(slug) for slug in content.series.modules]
    return [
        {
            "title": each.title,
            "question": each.primary.question,
            "wording": each.primary.wording,
        }
        for each in modules
    ]


def consent(content: Catalog, agreed: Sequence[str]) -> dict[str, Any]:
    """Return what people read and agree to, and which of the versions `agreed` to are today's."""
    start, asks = content.page(SeriesPage.START), content.ui.join
    others = [catalog.load(content.folder, language=code) for code in content.series.languages]
    today = {consent_version(each): content.language_name(each.language) for each in others}
    return {
        "version": consent_version(content),
        "agreed": [{"version": each, "language": today.get(each, "")} for each in agreed],
        "sections": list(start.sections.values()),
        "agree": start.agree,
        "question": asks.contributes,
        "answers": [asks.contributes_yes, asks.contributes_no],
        "dates": asks.dates,
    }


def told(found: Findings, workshops: Iterable[Workshop]) -> dict[str, Any]:
    """Return who took part, in the report's own steps, so that nothing more can be learned."""
    words, days = found.words, found.opened.values()
    rooms = [each for each in workshops if each.code in found.rooms]
    written = found.said[found.said["kind"].isin(WRITTEN) & ~found.said["declined"].fillna(False)]
    readable = written[written["reader"] == Reader.EVALUATION]
    return {
        "day": words.day(found.day),
        "workshops": words.numbers.workshops.of(len(found.rooms)),
        "first": words.day(min(days)),
        "last": words.day(max(days)),
        "audiences": "; ".join(
            f"{name} ({words.numbers.workshops.of(count)})"
            for name, count in found.audiences.items()
        ),
        "languages": ", ".join(map(words.language_name, found.languages)),
        "modules": ", ".join(found.title(each) for each in found.leaving["module"] if each),
        "joined": found.steps.told(len(found.people), words),
        "apart": found.steps.told(found.apart, words),
        "written": _texts(written, found),
        "readable": _texts(readable, found),
        "coders": _coders(found),
        "withdraw_until": words.day(found.withdraw_until),
        "erased_on": words.day(max(each.erasing_date for each in rooms)),
        **_steps(found),
    }


def _steps(found: Findings) -> dict[str, str]:
    """Return how many came how far in any module, as the report's picture has it."""
    series = found.leaving[found.leaving["module"] == ""]
    if series.empty or (row := series.iloc[0])["joined"] < found.k:
        return dict.fromkeys(("before", "complete", "followup"), "")
    steps = {name: found.steps.told(int(row[name]), found.words) for name in ("before", "complete")}
    later = found.steps.told(int(row["followup"]), found.words) if row["asked_back"] else ""
    return {**steps, "followup": later}


def _texts(texts: pd.DataFrame, found: Findings) -> str:
    """Return how many texts there are, if they are of enough people."""
    if texts["participant"].nunique() < found.k:
        return found.words.numbers.too_few_to_tell
    return found.steps.told(len(texts), found.words)


def _coders(found: Findings) -> str:
    """Return how many have coded the texts blind; empty as long as they have not finished."""
    if found.coding is None or found.coding.working():
        return ""
    sheets = found.coding.coders()
    blind = int((sheets["role"] == SheetRole.CODER).sum()) if len(sheets) else 0
    return found.words.count(blind) if blind else ""
