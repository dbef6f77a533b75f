"""The leaflet of the whole series: two sides, each folded to three panels."""

from __future__ import annotations

from typing import Any

from myths.catalog import Catalog, ModuleContent
from myths.handouts.prose import nodes
from myths.vocabulary import SeriesPage


def leaflet_content(catalog: Catalog, *, country: str) -> dict[str, Any]:
    """Return all that the template needs; what the modules say is taken from them."""
    ui, words = catalog.ui, catalog.ui.leaflet
    closing, start = catalog.page(SeriesPage.CLOSING), catalog.page(SeriesPage.START)
    questions, credit = closing.section("questions"), closing.section("credits")
    modules = [catalog.module(slug) for slug in catalog.series.modules]
    return {
        "title": words.title,
        "language": catalog.language,
        "words": {**words.flat(), "takeaway": ui.components.reading.takeaway},
        "topics": [module.title for module in modules],
        "myths": [_told(module) for module in modules],
        "questions": {"heading": questions.heading, "inner": nodes(questions.text)},
        "support": {
            "heading": start.section("support").heading,
            "lines": [nodes(line) for line in catalog.support_told(country).values()],
            "ask": ui.support.ask if catalog.support_list(country).asks else "",
        },
        "credits": {"heading": credit.heading, "inner": nodes(credit.text)},
    }


def _told(module: ModuleContent) -> dict[str, Any]:
    """Return the question, the core fact, its example for where there is room, the takeaway."""
    core = [each for each in nodes(module.core) if not isinstance(each, str)]
    return {
        "question": module.question,
        "core": core[:1],
        "example": core[1:],
        "takeaway": nodes(module.takeaway.text),
    }
