"""Documents are PDF/UA-1 as far as can be seen without veraPDF, and the search finds faults."""

from __future__ import annotations

import myths
import pytest
from myths.evaluation.reports import Report

from tests.evaluation.reports.pdf_structure import PdfStructure
from tests.evaluation.reports.reading import DAY


@pytest.fixture(scope="module")
def document(full: Report) -> bytes:
    return full.pdf()


def test_nothing_is_wrong_with_report_and_appendix(document, full, quoted):
    found = [PdfStructure(each) for each in (document, full.appendix(), quoted.appendix())]
    assert [each.faults() for each in found] == [[], [], []]
    assert [each.catalog["Lang"] for each in found] == ["en"] * 3
    figures = sum(each["S"] == "Figure" for one in found[:2] for each in one.walk())
    assert figures == len(full.figures)


def test_words_in_another_language_are_marked_in_each_document(document, full, quoted):
    """The German statements, and what was written in German."""
    for each in (document, full.appendix(), quoted.appendix()):
        assert PdfStructure(each).languages == {"en", "de"}


def test_a_german_report_is_in_german_and_has_no_fault_and_one_first_page(rehearsed, tmp_path):
    about = tmp_path / "about.yml"
    about.write_text("organisation: Nord\nproject: Gemeinsam\ngrant: 101\nlogo: logo.svg\n")
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="9"/></svg>'
    )
    made = myths.report(rehearsed, rehearsal=True, day=DAY, language="de", about=about)
    found = PdfStructure(made.pdf())
    assert found.faults() == []
    assert found.languages == {"de", "en"}
    headings = [each for each in found.walk() if each["S"] in ("H1", "H2")]
    second = {each["T"]: found.pages.index(found.at(each["Pg"])) for each in headings}
    assert second[made.text.title] == 0
    assert second["Die Ergebnisse"] == 1


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        (b"/S/H2/", b"/S/H3/", "a level of headings is left out"),
        (b"/S/H1/", b"/S/H2/", "the headings begin with"),
        (b"/Marked true", b"/Marked false", "the document is not marked"),
        (b"/Lang(en)", b"", "it has no language"),
        (b"/DisplayDocTitle true", b"/DisplayDocTitle false", "its title is not shown"),
        (b"pdfuaid:part", b"pdfuaid:port", "its description lacks"),
        (b"/Alt<", b"/Alto<", "a figure has no alternative"),
        (b"/Scope/Row", b"", "a head has no scope Row"),
        (b"/Scope/Column", b"", "a head has no scope Column"),
        (b"/S/TH/", b"/S/TD/", "a table's first row is"),
        (b"/S/Figure/", b"/S/Picture/", "Picture is no standard kind"),
        (b"/Tabs/S", b"/Tabs/R", "a page is not walked in the order of the tree"),
        (b"/ToUnicode", b"/ToNothing", "tells no letters"),
        (b"/FontFile", b"/NoneFile", "a font is not in the document"),
    ],
    ids=lambda each: each.decode().strip("/") if isinstance(each, bytes) else "",
)
def test_the_search_finds_what_is_wrong(document, there, instead, fault):
    assert there in document
    broken = PdfStructure(document.replace(there, instead))
    assert any(fault in each for each in broken.faults())


def test_the_search_finds_what_is_drawn_outside_of_all_marks(document):
    found = PdfStructure(document)
    number = found.pages[0]["Contents"].number
    found.streams[number] = found.streams[number].replace(b"EMC", b"EMC EMC", 1)
    assert any("draws what is in no mark" in each for each in found.faults())
