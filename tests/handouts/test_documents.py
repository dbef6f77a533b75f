"""What is printed can be read by everybody: tagged, in its language, with every word in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from myths import catalog, handouts
from myths.catalog import plain
from myths.languages import long_date
from myths.store import PrintedSet, open_store
from myths.vocabulary import Audience, Kind

CATALOG = catalog.load()
DAY = date(2026, 1, 31)
needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")


def made(slug: str) -> dict[str, bytes]:
    return handouts.module_documents(
        CATALOG, slug, audience=Audience.MIXED, country="eu", day=DAY
    ) | handouts.questions_document(CATALOG, day=DAY)


def text(pdf: bytes, folder: Path) -> str:
    """The words of a document, spaces and signs left out: a reader may part them elsewhere."""
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    return letters(done.stdout)


def letters(words: str) -> str:
    return re.sub(r"\W+", "", words.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff"))


@pytest.fixture(scope="module", params=CATALOG.series.modules)
def module(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_document_is_tagged_with_its_title_and_language(module: str):
    for name, pdf in made(module).items():
        assert b"pdfuaid:part" in pdf, name
        for tag in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"/DisplayDocTitle true"):
            assert tag in pdf, (name, tag)


@needs_pdftotext
def test_the_sheet_has_each_question_option_and_fact_and_no_field_for_a_name(module, tmp_path):
    content = CATALOG.module(module)
    told = text(made(module)[f"{module}-sheet.pdf"], tmp_path)
    for item in (*content.statements, *(i for i in content.items if i.kind != Kind.RATING)):
        for words in (item.question, *(option.label for option in item.options)):
            assert letters(words) in told, words
    for fact in (*content.facts.values(), content.takeaway):
        assert letters(plain(fact.text)) in told
    for statement in content.statements:
        assert told.count(letters(statement.question)) >= 2  # before and after
    assert letters(CATALOG.ui.handout.number) in told
    assert "yourname" not in told.lower()


@needs_pdftotext
def test_who_reads_by_headings_and_paragraphs_finds_each_part(module, tmp_path):
    file = tmp_path / "sheet.pdf"
    file.write_bytes(made(module)[f"{module}-sheet.pdf"])
    command = ["pdfinfo", "-struct-text", str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    tagged = re.findall(r'^ *(H[12]|P|LBody|TD) .*?\n((?: +".*"\n)+)', told, re.MULTILINE)
    found = {(tag, letters("".join(re.findall(r'"(.*)"', words)))) for tag, words in tagged}
    content, sections = CATALOG.module(module), CATALOG.ui.sections
    for words in (sections.rate_before, sections.core, sections.recall, content.vignette.title):
        assert ("H1", letters(words)) in found, words
    for item in content.statements:
        assert ("P", letters(item.question)) in found, item.question


@needs_pdftotext
def test_the_guide_is_whole_and_gives_the_answers_that_paper_does_not(module, tmp_path):
    told = text(made(module)[f"{module}-guide.pdf"], tmp_path)
    headings = re.findall(r"<h2>(.*?)</h2>", CATALOG.guide(module).whole)
    assert headings
    (recall,) = (each for each in CATALOG.module(module).items if each.kind is Kind.RECALL)
    feedback = [plain(option.feedback or "") for option in recall.options]
    for words in (*map(plain, headings), *feedback):
        assert letters(words) in told, words


@needs_pdftotext
def test_the_card_has_all_ten_questions_on_one_page(tmp_path):
    pdf = handouts.questions_document(CATALOG, day=DAY)["questions.pdf"]
    asked = re.findall(r"<li>(.*?)</li>", CATALOG.page("closing").section("questions").text, re.S)
    told = text(pdf, tmp_path)
    assert len(asked) == 10
    assert all(letters(plain(each)) in told for each in asked)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


@needs_pdftotext
def test_a_set_has_the_persons_number_on_each_page_and_their_code_on_the_strip_alone(tmp_path):
    workshop = open_store(f"sqlite:///{tmp_path}/room.sqlite", create=True).open_workshop()
    people = [PrintedSet("K7QF2", "AAAA-BBBB-CCCC"), PrintedSet("M2P0X", "DDDD-EEEE-FFFF")]
    made = handouts.paper_sets_document(CATALOG, workshop, ["risk", "harm"], people, day=DAY)
    (name, pdf) = made.popitem()
    assert name == f"sheets-{workshop.code}.pdf"
    for tag in (b"pdfuaid:part", b"/StructTreeRoot", b"/Lang", b"/DisplayDocTitle true"):
        assert tag in pdf
    (tmp_path / "set.pdf").write_bytes(pdf)
    command = ["pdftotext", str(tmp_path / "set.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = told.split("\f")[:-1]
    for other, each in zip(people[::-1], people, strict=True):
        mine = [page for page in pages if each.number in page]
        assert not any(other.number in page for page in mine)
        assert [page for page in pages if each.recovery in page] == mine[:1]
        (cover, *sheets) = mine
        assert CATALOG.ui.handout.cover_strip in cover
        for title in ("Risk", "Harm"):
            assert any(CATALOG.ui.handout.sheet + " · " + title in page for page in sheets)
    assert len([page for page in pages if page.strip()]) == sum(
        each.number in page for each in people for page in pages
    )


@needs_pdftotext
def test_before_they_write_people_read_who_reads_it_and_choose_twice(tmp_path):
    workshop = open_store(f"sqlite:///{tmp_path}/room.sqlite", create=True).open_workshop()
    people = [PrintedSet("K7QF2", "AAAA-BBBB-CCCC")]
    made = handouts.paper_sets_document(CATALOG, workshop, ["risk"], people, day=DAY)
    told = text(made.popitem()[1], tmp_path)
    start, ui = CATALOG.page("start"), CATALOG.ui
    for words in (
        *(ui.handout.cover_typist, ui.handout.cover_hand, ui.handout.keep, ui.handout.cover_box),
        *(start.agree, ui.handout.may_be_typed, ui.join.contributes, ui.handout.cover_consent),
        ui.handout.cover_use.format(date=long_date(workshop.pooling_date, "en")),
        *(ui.handout.cover_safe, ui.privacy.ask, plain(start.section("consent").text)),
    ):
        assert letters(words) in told, words


def test_the_hash_of_what_people_agree_to_changes_with_every_word_of_it(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/room.sqlite", create=True)
    first, other = (store.open_workshop(zone="UTC", pool_days=days) for days in (30, 31))
    cover = handouts.PaperCover(CATALOG, first)
    assert cover.consent == handouts.PaperCover(CATALOG, first).consent
    assert cover.consent != handouts.PaperCover(CATALOG, other).consent


def test_the_same_content_gives_the_same_bytes():
    assert made("risk") == made("risk")
