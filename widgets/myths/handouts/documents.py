"""Which documents there are, each made of its content and its template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from myths import document
from myths.catalog import Catalog
from myths.errors import ContentError
from myths.handouts.cover import PaperCover
from myths.handouts.guide import guide_content
from myths.handouts.leaflet import leaflet_content
from myths.handouts.prose import nodes
from myths.handouts.sheet import PaperSheet
from myths.store import PrintedSet, Workshop
from myths.vocabulary import SeriesPage

_FOLDER = Path(__file__).parent


def module_documents(
    catalog: Catalog, slug: str, *, audience: str, country: str, day: date
) -> dict[str, bytes]:
    """Return a module's guide and sheet as PDFs, by the names of their files."""
    module = catalog.module(slug, audience=audience)
    sheet = PaperSheet(catalog, module, country=country).content()
    return {
        f"{slug}-guide.pdf": document.render(
            _FOLDER / "guide.typ", guide_content(catalog, module), day=day
        ),
        f"{slug}-sheet.pdf": document.render(_FOLDER / "sheet.typ", sheet, day=day),
    }


def paper_sets_document(
    catalog: Catalog,
    workshop: Workshop,
    modules: Iterable[str],
    people: Iterable[PrintedSet],
    *,
    day: date,
) -> dict[str, bytes]:
    """Return the covers and sheets of all people as one PDF, by the name of its file.

    It holds everybody's recovery codes: whoever prints it deletes it then.
    """
    sheets = [
        PaperSheet(
            catalog, catalog.module(slug, audience=workshop.audience), country=workshop.country
        ).content()
        for slug in modules
    ]
    content = {
        "title": catalog.ui.handout.cover,
        "language": catalog.language,
        "cover": PaperCover(catalog, workshop).content(),
        "people": [{"number": each.number, "recovery": each.recovery} for each in people],
        "sheets": sheets,
    }
    pdf = document.render(_FOLDER / "paper-sets.typ", content, day=day)
    return {f"sheets-{workshop.code}.pdf": pdf}


def questions_document(catalog: Catalog, *, day: date) -> dict[str, bytes]:
    """Return the card with the questions to ask any programme, by the name of its file."""
    section = catalog.page(SeriesPage.CLOSING).section("questions")
    content = {
        "title": section.heading,
        "language": catalog.language,
        "inner": nodes(section.text),
    }
    return {"questions.pdf": document.render(_FOLDER / "questions.typ", content, day=day)}


def leaflet_document(catalog: Catalog, *, country: str, day: date) -> dict[str, bytes]:
    """Return the leaflet of the whole series, by the name of its file: two pages to fold.

    Raises ContentError if the words do not fit.
    """
    content = leaflet_content(catalog, country=country)
    try:
        pdf = document.render(_FOLDER / "leaflet.typ", content, day=day)
    except document.UnfitError as fault:
        raise ContentError(
            "The words do not fit on the two sides of the leaflet: shorten `core` or `takeaway` in "
            "the longest modules, or name fewer support lines."
        ) from fault
    return {"leaflet.pdf": pdf}
