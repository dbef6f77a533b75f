"""What is still to be written is shown to nobody, and told place by place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog import Library
from myths.errors import ContentError

TEXT = "modules/wasps/text.en.yml"


@pytest.fixture
def draft(content: Path, edit) -> Path:
    """The sample with a second module, which is a draft and whole."""
    shutil.copytree(content / "modules/bees", content / "modules/wasps")
    edit("modules/wasps/module.yml", "slug: bees", "slug: wasps")
    edit("series.yml", "modules: [bees]", "modules: [bees, {slug: wasps, status: draft}]")
    return content


def told(content: Path) -> list[str]:
    return [f"{each.severity}: {each}" for each in catalog.check_drafts(content)]


def test_a_draft_is_no_module_of_the_series_and_can_be_read_by_who_writes_it(draft: Path):
    words = catalog.load(draft)
    assert words.series.modules == ("bees",)
    assert words.series.drafts == ("wasps",)
    assert words.series.walk() == ("start", "bees")
    assert words.series.walk(["wasps", "bees"]) == ("start", "bees")
    with pytest.raises(ContentError, match="no module 'wasps'"):
        words.module("wasps")
    assert words.module("wasps", drafts=True).title == "Bees"


def test_a_draft_that_is_whole_is_said_to_be_ready(draft: Path, complaints):
    assert complaints() == []
    (said,) = told(draft)
    assert "series.yml:1: the page of 'wasps' is written, and the module is still a draft" in said
    assert "write 'wasps' alone in its place, and people see it" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (TEXT, "title: Bees", "title: 'TO WRITE: a name'", ":1: title is still to be written (a n"),
        (TEXT, "text: For fun", "text: 'TO WRITE:'", "recall.options.a.text is still to be wri"),
        (TEXT, "terms: [dies]", "terms: ['TO WRITE: x']", "facts.b2.terms.0 is still to be writt"),
        ("modules/wasps/module.yml", '"1", ', '"TO WRITE: an article", ', "treaty.0 is still"),
        (TEXT, "title: Bees\n", "", "no words for 'title'; add them"),
        ("modules/wasps/guide.en.md", "- b1: danger\n", "", "the fact 'b1' is not named"),
    ],
)
def test_what_is_missing_is_an_error_of_the_draft_alone(
    draft, edit, complaints, file, old, new, said
):
    edit(file, old, new)
    assert complaints() == []
    errors = [each for each in told(draft) if each.startswith("error")]
    assert len(errors) == 1
    assert said in errors[0]


def test_a_mark_in_a_guide_is_a_warning_with_its_line(draft: Path, edit):
    edit("modules/wasps/guide.en.md", "Listen.", "TO WRITE: what you do")
    assert any("guide.en.md:21: this is still to be written (what you" in e for e in told(draft))
    assert all(each.startswith("warning") for each in told(draft))


def test_a_file_of_a_draft_that_is_missing_or_broken_is_told(draft: Path, complaints):
    (draft / "modules/wasps/module.yml").unlink()
    (draft / TEXT).write_text("title: [", "utf-8")
    said = told(draft)
    assert complaints() == []
    assert any("module.yml:1: the file is missing" in each for each in said)
    assert any("text.en.yml:1: this is not YAML" in each for each in said)


@pytest.mark.parametrize("file", ["modules/bees/text.en.yml", "pages/start/text.en.yml"])
def test_a_mark_where_people_look_is_refused(content: Path, edit, complaints, file: str):
    library = Library(content)
    old = library.load().module("bees").title
    edit(file, "title: ", "title: TO WRITE ")
    edit(file, "title: TO WRITE", 'title: "TO WRITE: a name" #')
    assert any(
        f"{file}:1: title is still to be written (a name); write it" in e for e in complaints()
    )
    assert library.load().module("bees").title == old
    assert [each.id for each in library.faults] == ["title"]


def test_a_draft_with_marks_is_not_taken_over_as_a_module(draft: Path, edit):
    edit(TEXT, "title: Bees", "title: 'TO WRITE: a name'")
    library = Library(draft)
    edit("series.yml", "{slug: wasps, status: draft}", "wasps")
    assert library.load().series.modules == ("bees",)
    assert "title is still to be written" in str(library.faults[0])
    edit(TEXT, "'TO WRITE: a name'", "Wasps")
    assert library.load().series.modules == ("bees", "wasps")
    assert library.faults == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "modules: [bees]",
            "modules: [{slug: bees, status: draft}]",
            "all modules are drafts; one",
        ),
        ("modules: [bees]", "modules: [bees, bees]", "modules.1: 'bees' stands in the list twice"),
        ("status: draft}", "status: ready}", "modules.1.status cannot be 'ready'; known here: dr"),
        (
            "status: draft}",
            "state: draft}",
            "unknown key 'modules.1.state'; did you mean 'status'?",
        ),
        (
            "full-day: {modules: [bees]}",
            "full-day: {modules: [wasps]}",
            "'wasps' is a draft; take it",
        ),
    ],
)
def test_what_cannot_stand_in_the_series_is_told(draft: Path, edit, complaints, old, new, said):
    if old == "modules: [bees]":
        edit("series.yml", "modules: [bees, {slug: wasps, status: draft}]", "modules: [bees]")
    edit("series.yml", old, new)
    assert any(said in each for each in complaints()), complaints()


def test_notebooks_of_a_draft_are_read_as_all_others(draft: Path, tmp_path: Path):
    import nbformat

    for slug in ("wasps", "flies"):
        cell = nbformat.v4.new_code_cell(f'import myths\nmodule = myths.Module("{slug}")')
        book = nbformat.v4.new_notebook(cells=[cell])
        nbformat.write(book, tmp_path / f"01_{slug}.ipynb")
    found = catalog.check(draft, notebooks=tmp_path, calls={"Module": ["rate"], "Page": []})
    assert [each.message for each in found if each.cell] == ["no module is called 'flies'"]


def test_a_support_line_that_is_still_to_be_written_is_left_out_and_told(
    content: Path, edit, complaints
):
    edit("support/xx.yml", '"116 999"', '"TO WRITE: the number"')
    (said,) = complaints()
    assert "support/xx.yml:4: phone of the line 'bee-line' is still to be written" in said
    assert "until then participants do not see it" in said
    (country,) = catalog.load(content).support
    assert country.lines == ()
    assert catalog.load(content).support_list("xx").asks


def test_two_support_lines_with_one_id_are_told(content: Path, complaints):
    path = content / "support/xx.yml"
    lines = path.read_text("utf-8").partition("lines:\n")[2]
    path.write_text(path.read_text("utf-8") + lines, "utf-8")
    assert any("two lines have the id 'bee-line'" in each for each in complaints())
