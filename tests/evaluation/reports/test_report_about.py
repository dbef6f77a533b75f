"""Who reports stands in the title block; the report as Markdown, to be edited."""

from __future__ import annotations

import re
from pathlib import Path

import myths
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from myths.cli import main
from myths.errors import EvaluationError
from myths.evaluation.reports.blocks import PictureBlock, TableBlock

from tests.evaluation.reports.reading import DAY, table

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9V9z"/></svg>'
ABOUT = """
organisation: Support & counsel *North*
project: Working together
grant: 101-12345
contact: evaluation@example.org
licence: CC BY 4.0
logo: logo.svg
"""


@pytest.fixture
def about(tmp_path) -> Path:
    (tmp_path / "logo.svg").write_text(LOGO)
    file = tmp_path / "about.yml"
    file.write_text(ABOUT)
    return file


def test_the_title_block_is_in_the_page_and_in_the_document(about, file, store):
    made = myths.report(file, day=DAY, about=about)
    page = made.html()
    for line in ("Support &amp; counsel *North*", "Working together", "101-12345", "CC BY 4.0"):
        assert line in page
    assert "Funder&#39;s number" in page
    assert page.count("<img") == 1
    assert "img-src data:" in page
    assert not re.findall(r'src="(?!data:)', page)
    assert made.pdf().count(b"/S/Figure") == 1


def test_without_one_nothing_is_left_open(file, store):
    page = myths.report(file, day=DAY).html()
    assert not re.findall(r"<img|<dl>|img-src|class=\"project\"", page)


def test_a_logo_alone_has_a_name(about, file, store):
    about.write_text("logo: logo.svg")
    made = myths.report(file, day=DAY, about=about)
    assert 'alt="Logo"' in made.html()
    assert made.pdf().startswith(b"%PDF")


def test_a_number_is_taken_as_it_is_written(about, file, store):
    about.write_text("grant: 2026")
    assert "2026" in myths.report(file, day=DAY, about=about).html()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("organization: X", "organization: .* It may have organisation, project"),
        ("- X", "It may have"),
        ("organisation: [X]", "organisation: "),
        ("a: {", "is not as it should be"),
        ("logo: absent.png", "absent.png cannot be read"),
        ("logo: about.yml", "logo: about.yml is no SVG, PNG or JPEG"),
        (f"project: {'x' * 300}", "project: "),
    ],
)
def test_a_fault_in_the_title_block_is_told(words, told, about, file, store):
    about.write_text(words)
    with pytest.raises(EvaluationError, match=told):
        myths.report(file, about=about)


def test_a_title_block_that_is_not_there_is_told_by_the_command(file, store, tmp_path):
    command = ["report", "--db", f"sqlite:///{file}", "--about", str(tmp_path / "absent.yml")]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 1
    assert "absent.yml cannot be read" in told.output


def test_every_statement_stands_behind_the_name_of_its_module(full):
    for caption in ("How far people moved on the myths", "From before to the follow-up"):
        names = {row[0].partition(": ")[0] for row in table(full, caption)}
        assert names >= {"Risk", "Women's support services", "Focus on men", "Mediation"}
    told = full.figures["before-after-myth-en"].alternative
    assert told.startswith("“Risk: ")


def test_the_first_picture_has_a_line_for_each_myth(full):
    rows = table(full, "How far people moved on the myths")
    lines = full.figures["summary"].alternative.splitlines()
    assert len(lines) == sum(row[2] != "not given" for row in rows)
    assert lines[0].startswith("Risk (English): the mean change was ")


def test_how_to_read_a_picture_is_told_once(full):
    hows = [b.figure.how_to_read for b in full.text.blocks if isinstance(b, PictureBlock)]
    whole = [how for how in hows if not how.startswith("As the picture")]
    assert len(whole) == len(set(whole)) < len(hows)
    titles = {b.figure.title for b in full.text.blocks if isinstance(b, PictureBlock)}
    for how in set(hows) - set(whole):
        assert how.removeprefix("As the picture “").removesuffix("”.") in titles


def test_the_report_as_markdown_is_the_same_report(full, tmp_path):
    files = {path.name: path for path in full.save(tmp_path / "report", kinds=["md"])}
    page = files["report.md"].read_text("utf-8")
    head, body = page.removeprefix("---\n").split("---\n", 1)
    assert "title: What people thought before and after" in head
    assert "lang: en" in head
    parsed = MarkdownIt("commonmark").enable("table").parse(body)
    blocks = full.text.blocks
    tables = [b for b in blocks if isinstance(b, TableBlock)]
    assert [t.type for t in parsed].count("table_open") == len(tables)
    assert [t.type for t in parsed].count("tr_open") == sum(len(b.rows) + 1 for b in tables)
    images = [child for t in parsed for child in t.children or () if child.type == "image"]
    assert [image.attrs["src"] for image in images] == [
        f"report-{b.figure.name}.png" for b in blocks if isinstance(b, PictureBlock)
    ]
    assert all(files[image.attrs["src"]].read_bytes()[:4] == b"\x89PNG" for image in images)
    assert not [t for t in parsed if t.type.startswith("html")]


def test_words_that_look_like_signs_stay_words(about, file, store, tmp_path):
    (made,) = myths.report(file, day=DAY, about=about).save(tmp_path / "report.md")
    assert r"Support & counsel \*North\*" in made.read_text("utf-8")


def test_the_command_writes_markdown(file, store, tmp_path):
    command = [
        "report",
        "--db",
        f"sqlite:///{file}",
        "--out",
        str(tmp_path / "r"),
        "--format",
        "md",
    ]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 0, told.output
    assert told.output.split() == [str(tmp_path / "r.md")]
