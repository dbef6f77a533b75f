"""Trainers begin modules, support lines and languages by forms: with the key, all or nothing."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths import catalog

from tests.server.conftest import ROOT, Running, Visitor, read, serving

UI = catalog.load(ROOT / "content").ui
WORDS = UI.begin
NEW = "/staff/studio/new"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trainer's own files."""
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def beginning(own: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    renew(own)
    options = ("--content", str(own / "content"), "--notebooks", str(own / "notebooks"))
    with serving(tmp_path_factory.mktemp("store") / "workshop.sqlite", *options) as running:
        yield running


def renew(own: Path) -> None:
    """Have the files as they came."""
    for name in ("content", "notebooks"):
        shutil.rmtree(own / name, ignore_errors=True)
        shutil.copytree(ROOT / name, own / name)


@pytest.fixture
def content(own: Path, beginning: Running) -> Path:
    renew(own)
    return own / "content"


@pytest.fixture
def trainer(beginning: Running, content: Path) -> Iterator[Visitor]:
    with Visitor(beginning) as someone:
        someone.send("/staff/", do="enter", key=beginning.store.new_staff_key())
        yield someone


def everything(content: Path) -> dict[str, bytes]:
    folder = content.parent
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def begin(trainer: Visitor, do: str, **fields: str) -> str:
    """Begin something by its form; returns where that leads."""
    answer = trainer.send(NEW, do=do, **fields)
    assert answer.status_code == 303, read(answer)
    return answer.headers["Location"]


def test_without_the_key_it_is_the_way_in_and_nothing_is_begun(beginning: Running, content: Path):
    before = everything(content)
    with Visitor(beginning) as someone:
        page = someone.get(NEW)
        assert page.headers["Location"] == "/staff/?next=%2Fstaff%2Fstudio%2Fnew"
        assert someone.send(NEW, do="module", name="alcohol").status_code == 403
    assert everything(content) == before


def test_with_the_key_one_comes_where_one_wanted_to_go(beginning: Running):
    with Visitor(beginning) as someone:
        key = beginning.store.new_staff_key()
        answer = someone.send("/staff/", do="enter", key=key, next=NEW)
        assert answer.headers["Location"] == NEW


def test_a_form_of_another_site_begins_nothing(trainer: Visitor, content: Path):
    before = everything(content)
    forged = trainer.http.post(NEW, data={"do": "module", "name": "alcohol"})
    assert forged.status_code == 403
    assert trainer.send(NEW, do="burn").status_code == 404
    assert everything(content) == before


def test_the_studio_leads_there(trainer: Visitor):
    assert f'href="{NEW}"' in trainer.get("/staff/studio").text


def test_a_module_is_begun_and_the_way_leads_to_its_texts(trainer: Visitor, content: Path):
    place = begin(trainer, "module", name="alcohol", title="Alcohol", after="risk", like="")
    page = trainer.get(place)
    assert WORDS.begun.format(title="Alcohol") in read(page)
    assert WORDS.module_write in read(page)
    assert "content/modules/alcohol/guide.en.md" in read(page)
    studio = "/staff/studio?part=alcohol"
    assert f'href="{studio}"' in page.text
    series = catalog.load(content).series
    assert [each.slug for each in series.listed][:3] == ["risk", "alcohol", "womens-services"]
    assert series.drafts == ("alcohol",)
    assert (content.parent / "notebooks/participants/01_alcohol.ipynb").is_file()
    form = read(trainer.get(studio))
    assert UI.studio.unfinished.format(title="Alcohol") in form
    assert "This is still to be written (the belief as a question that people ask)" in form
    draft = trainer.get("/staff/studio/page?part=alcohol")  # as far as it is written
    assert draft.status_code == 200
    assert "TO WRITE: the belief as a question" in read(draft)


def test_a_module_may_begin_with_the_words_of_another(trainer: Visitor, content: Path):
    begin(trainer, "module", name="stalking", like="risk")
    words = (content / "modules/stalking/text.en.yml").read_text("utf-8")
    assert 'title: "TO WRITE: Risk"' in words
    assert "stalking" in read(trainer.get("/staff/"))  # it has no title yet


@pytest.mark.parametrize("name", ["", "Court orders", "court--orders", "../risk", "a" * 60, "ä"])
def test_what_is_no_name_is_told_beside_the_field_and_what_was_typed_stays(
    trainer: Visitor, content: Path, name: str
):
    before = everything(content)
    page = trainer.send(NEW, do="module", name=name, title="Court orders", like="harm")
    assert page.status_code == 400
    assert WORDS.fault_name in read(page)
    assert 'id="name-fault"' in page.text
    assert f'value="{html.escape(name)}"' in page.text
    assert 'value="Court orders"' in page.text
    assert '<option value="harm" selected>' in page.text
    assert everything(content) == before


@pytest.mark.parametrize("name", ["risk", "start"])
def test_a_name_that_is_taken_is_refused(trainer: Visitor, content: Path, name: str):
    before = everything(content)
    page = trainer.send(NEW, do="module", name=name)
    assert page.status_code == 400
    assert WORDS.fault_taken in read(page)
    assert everything(content) == before


def test_what_nobody_can_choose_is_refused_with_a_sentence(trainer: Visitor, content: Path):
    before = everything(content)
    page = trainer.send(NEW, do="module", name="alcohol", after="nothing")
    assert page.status_code == 400
    assert "There is no module" in read(page)
    (content / "modules/alcohol").mkdir()  # of which the series knows nothing
    page = trainer.send(NEW, do="module", name="alcohol")
    assert "is there already: take another name, or remove it" in read(page)
    assert everything(content) == before


def test_support_lines_are_begun_and_the_way_leads_to_them(trainer: Visitor, content: Path):
    page = trainer.get(NEW)
    assert '<option value="at">Austria</option>' in page.text
    page = trainer.get(begin(trainer, "country", country="at"))
    assert WORDS.begun.format(title="Austria") in read(page)
    assert WORDS.country_try in read(page)
    assert 'href="/staff/studio?part=support%2Fat"' in page.text
    assert (content / "support/at.yml").is_file()
    form = read(trainer.get("/staff/studio?part=support/at"))
    assert UI.studio.support_of.format(country="Austria") in form
    assert '<option value="at">' not in trainer.get(NEW).text


@pytest.mark.parametrize("country", ["", "eu", "zz", "../at", "uk"])
def test_what_is_no_country_is_told(trainer: Visitor, content: Path, country: str):
    before = everything(content)
    page = trainer.send(NEW, do="country", country=country)
    assert page.status_code == 400
    assert WORDS.fault_country in read(page)
    assert everything(content) == before


def test_a_language_is_begun_and_the_way_leads_to_its_buttons(trainer: Visitor, content: Path):
    page = trainer.get(begin(trainer, "language", code="fr"))
    assert WORDS.begun.format(title="French") in read(page)
    assert WORDS.language_give.format(code="fr") in read(page)
    assert 'href="/staff/studio?part=ui%2Fpage&amp;language=fr"' in page.text
    assert catalog.load(content).series.languages == ("en", "de", "en-simple", "fr")
    form = trainer.get("/staff/studio?part=ui/page&language=fr")
    assert 'value="TO TRANSLATE: Skip to the content"' in form.text


@pytest.mark.parametrize("code", ["", "en", "de", "xx", "french"])
def test_what_is_no_new_language_is_told(trainer: Visitor, content: Path, code: str):
    before = everything(content)
    page = trainer.send(NEW, do="language", code=code)
    assert page.status_code == 400
    assert WORDS.fault_language in read(page)
    assert everything(content) == before


def test_modules_that_are_still_being_written_are_named_to_the_trainers(
    trainer: Visitor, content: Path
):
    assert WORDS.unfinished_heading not in read(trainer.get("/staff/"))
    begin(trainer, "module", name="alcohol", title="Alcohol")
    page = trainer.get("/staff/")
    assert f"{WORDS.unfinished_heading} {WORDS.unfinished_body} Alcohol" in read(page)
    assert 'href="/staff/studio?part=alcohol"' in page.text
    (content / "series.yml").write_text("modules: [")
    assert trainer.get("/staff/").status_code == 200


def test_a_module_is_shown_once_it_is_written(trainer: Visitor, content: Path):
    begin(trainer, "module", name="stalking", like="risk", after="funding")
    refused = trainer.send(NEW, do="show", show="stalking")
    assert refused.status_code == 400
    assert WORDS.fault_unwritten.format(title="stalking") in read(refused)
    path = content / "modules/stalking/text.en.yml"
    path.write_text(path.read_text("utf-8").replace(f"{catalog.TO_WRITE} ", ""), "utf-8")
    page = trainer.get(begin(trainer, "show", show="stalking"))
    assert WORDS.shown.format(title="Risk") in read(page)  # whose title it has
    assert 'href="/staff/publish"' in page.text
    assert WORDS.unfinished_heading not in read(page)
    assert catalog.load(content).series.modules[-1] == "stalking"


@pytest.mark.parametrize(
    "place",
    ["kind=module&name=risk", "kind=country&name=xx", "kind=language&name=en", "kind=x&name=risk"],
)
def test_what_was_not_begun_is_not_told_as_begun(trainer: Visitor, place: str):
    page = trainer.get(f"{NEW}?{place}")
    assert page.status_code == 200
    assert '<section class="card" role="status">' not in page.text


def test_all_of_it_is_there_in_german(trainer: Visitor, content: Path):
    german = catalog.load(content, language="de").ui
    page = trainer.get(f"{NEW}?language=de")
    assert german.begin.module_body in read(page)
    assert '<option value="at">Österreich</option>' in page.text
    assert '<option value="fr">Französisch</option>' in page.text
