"""A module is begun whole or not at all, marked, hidden, and without anybody's answers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import myths
import nbformat
import pytest
import yaml
from myths import catalog
from myths.components import Reading
from myths.errors import ContentError
from myths.scaffold import begin_module
from myths.session_request import SessionRequest

from tests.content.test_run_sheets import run_sheet
from tests.localization.test_yaml_words import difference

ROOT = Path(__file__).parents[2]
FIRST = "01_risk.ipynb"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A trainer's folder, as `myths init` makes it."""
    for name in ("content", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def begin(own: Path, slug: str, **options: str) -> list[str]:
    made = begin_module(own / "content", slug, notebooks=own / "notebooks", **options)
    return [path.relative_to(own).as_posix() for path in made]


def everything(own: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(own.rglob("*")) if path.is_file()}


def cells(path: Path) -> list[tuple[str, str, list[str]]]:
    """Kind, words and tags of each cell, as `run_sheet` has them."""
    return [
        (cell.cell_type, cell.source, cell.metadata.get("tags", []))
        for cell in nbformat.read(path, as_version=4).cells
    ]


def test_all_files_are_there_and_the_series_has_it_as_a_draft(own: Path):
    before = (own / "content/series.yml").read_text("utf-8")
    assert begin(own, "alcohol", after="risk") == [
        "content/modules/alcohol/guide.en.md",
        "content/modules/alcohol/module.yml",
        "content/modules/alcohol/text.en.yml",
        "content/series.yml",
        "notebooks/participants/01_alcohol.ipynb",
    ]
    assert difference(before, (own / "content/series.yml").read_text("utf-8")) == [
        "-modules: [risk, womens-services, only-men, mediation, manipulation, harm, funding]",
        "+modules: [risk, {slug: alcohol, status: draft}, womens-services, only-men, mediation, "
        "manipulation, harm, funding]",
    ]
    assert catalog.load(own / "content").series.drafts == ("alcohol",)


@pytest.mark.parametrize("options", [{}, {"like": "risk"}], ids=["empty", "like"])
def test_a_new_module_disturbs_no_other_and_is_told_text_by_text(own: Path, options):
    before = [str(each) for each in catalog.check(own / "content")]
    begin(own, "alcohol", **options)
    assert [str(each) for each in catalog.check(own / "content")] == before
    words = (own / "content/modules/alcohol/text.en.yml").read_text("utf-8")
    found = catalog.check_drafts(own / "content")
    errors = [each for each in found if each.severity == "error"]
    assert len(errors) == words.count(catalog.TO_WRITE) > 25
    assert all("is still to be written (" in each.message for each in errors)
    assert all(each.file.endswith("guide.en.md") for each in found if each not in errors)


def test_the_run_sheet_has_the_calls_and_comments_of_the_others(own: Path):
    begin(own, "alcohol", title="Alcohol")
    made = cells(own / "notebooks/participants/07_alcohol.ipynb")
    assert made[0][1].startswith("# Alcohol · by the 45-minute clock\n")
    expected = [
        (kind, source.replace("SLUG", "alcohol"), tags) for kind, source, tags in run_sheet("risk")
    ]
    assert made[1:] == expected[1:]
    assert made[0][1].partition("\n")[2] == expected[0][1].partition("\n")[2]
    raw = (own / "notebooks/participants/07_alcohol.ipynb").read_text("utf-8")
    first = (own / f"notebooks/participants/{FIRST}").read_text("utf-8")
    assert set(json.loads(raw)["metadata"]) == set(json.loads(first)["metadata"])
    ids = [cell["id"] for cell in json.loads(raw)["cells"]]
    assert not set(ids) & {cell["id"] for cell in json.loads(first)["cells"]}


def test_a_title_is_written_and_not_marked(own: Path):
    begin(own, "court-orders", title="Court orders: #1")
    module = catalog.load(own / "content").module("court-orders", drafts=True)
    assert module.title == "Court orders: #1"
    assert "# Trainer's guide: Court orders: #1\n" in (
        own / "content/modules/court-orders/guide.en.md"
    ).read_text("utf-8")


def test_a_copy_has_the_structure_and_each_text_of_the_other_marked(own: Path):
    begin(own, "stalking", like="risk")
    home, other = own / "content/modules/stalking", own / "content/modules/risk"
    plans = [(each / "module.yml").read_text("utf-8") for each in (other, home)]
    assert difference(*plans) == ["-slug: risk", "+slug: stalking"]
    texts = [
        catalog.units(each / "text.en.yml", own / "content", language="en")
        for each in (other, home)
    ]
    assert texts[1] == {place: f"TO WRITE: {text}" for place, text in texts[0].items()}
    guide = (home / "guide.en.md").read_text("utf-8")
    assert guide.startswith("# Trainer's guide: Stalking\n")
    assert guide.count("TO WRITE: the words below are those of Risk\n") == 10


def test_a_copied_notebook_keeps_ones_own_cells_and_nothing_that_they_showed(own: Path):
    sheet = own / "notebooks/participants" / FIRST
    book = nbformat.read(sheet, as_version=4)
    asked = nbformat.v4.new_code_cell('module.ask("What will you do on Monday?")')
    asked.outputs = [nbformat.v4.new_output("stream", text="An answer that somebody gave.")]
    asked.execution_count = 4
    book.cells.append(asked)
    book.metadata["widgets"] = {"state": "An answer that somebody gave."}
    nbformat.write(book, sheet)
    begin(own, "stalking", like="risk")
    made = own / "notebooks/participants/07_stalking.ipynb"
    assert "An answer" not in made.read_text("utf-8")
    assert cells(made)[-1][1] == 'module.ask("What will you do on Monday?")'
    assert 'module = myths.Module("stalking")' in cells(made)[1][1]


def test_whoever_writes_it_sees_it_in_a_preview_and_no_page_has_it(own: Path, monkeypatch):
    begin(own, "alcohol")
    monkeypatch.setenv("MYTHS_CONTENT", str(own / "content"))
    assert "the belief as a question that people ask" in myths.Module("alcohol").question().html
    served = SessionRequest(db="sqlite://", content=str(own / "content")).environment()
    for name, told in served.items():
        monkeypatch.setenv(name, told)
    with pytest.raises(ContentError, match="There is no module 'alcohol'"):
        myths.Module("alcohol")


def test_a_module_without_a_drawing_has_rings(own: Path):
    block = {"kind": "title", "heading": "x", "id": "alcohol", "level": 2}
    title = Reading([block], words=catalog.load().ui.components)
    assert '<circle cx="60" cy="60" r="40"/>' in title.html


@pytest.mark.parametrize(
    ("slug", "options", "told"),
    [
        ("risk", {}, "The series has 'risk' already: take another name"),
        ("start", {}, "The series has 'start' already"),
        ("Alcohol", {}, "cannot be the name of a module: write small letters"),
        ("../x", {}, "cannot be the name of a module"),
        ("a" * 41, {}, "cannot be the name of a module"),
        ("alcohol", {"after": "rsk"}, "There is no module 'rsk'; did you mean 'risk'?"),
        ("alcohol", {"like": "start"}, "There is no module 'start'; known here: risk"),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(own: Path, slug, options, told):
    before = everything(own)
    with pytest.raises(ContentError, match=f".*{told.replace('?', '.')}"):
        begin(own, slug, **options)
    assert everything(own) == before


def test_a_folder_or_a_notebook_of_that_name_stays(own: Path):
    (own / "content/modules/alcohol").mkdir()
    with pytest.raises(ContentError, match="modules/alcohol is there already"):
        begin(own, "alcohol")
    (own / "notebooks/participants/77_court.ipynb").write_text("mine")
    with pytest.raises(ContentError, match=r"77_court\.ipynb is there already"):
        begin(own, "court")


def test_a_pattern_that_is_broken_is_told(own: Path):
    (own / "notebooks/participants" / FIRST).write_text("{")
    with pytest.raises(ContentError, match=r"cannot be copied .* run `myths check`"):
        begin(own, "stalking", like="risk")
    begin(own, "alcohol")  # its run sheet is the program's own
    (own / "content/modules/risk/text.en.yml").write_text("title: [")
    with pytest.raises(ContentError, match="this is not YAML"):
        begin(own, "stalking", like="risk")


def test_a_full_disk_leaves_all_as_it_was(own: Path, monkeypatch: pytest.MonkeyPatch):
    before = everything(own)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ContentError, match=r"\(No space left on device\), and nothing was changed"):
        begin(own, "alcohol")
    assert everything(own) == before
    assert not (own / "content/modules/alcohol").exists()


def test_comments_between_the_modules_of_a_list_stay(own: Path):
    path = own / "content/series.yml"
    listed = "modules:   # the seven\n  - risk   # first\n  # then this\n  - harm\n  - funding\n"
    routes = "routes: {}\ntext_limit: 9\npages: [start]\nlanguages: [en]\n"
    path.write_text(listed + routes, "utf-8")
    begin(own, "alcohol", after="harm")
    words = path.read_text("utf-8")
    assert difference(listed + routes, words) == ["+  - {slug: alcohol, status: draft}"]
    assert yaml.safe_load(words)["modules"][2] == {"slug": "alcohol", "status": "draft"}
