"""A country begins with a place for each kind of line, shown once it is written and checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from myths import catalog
from myths.cli import main
from myths.errors import ContentError
from myths.languages import country_name
from myths.scaffold import begin_country
from myths.vocabulary import SupportKind

from tests.catalog import sample_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return sample_content.copy(tmp_path / "content")


def test_it_has_a_place_for_each_kind_of_line_and_the_name_of_the_country(content: Path):
    path = begin_country(content, "AX")
    words = path.read_text("utf-8")
    assert path == content / "support/ax.yml"
    assert words.startswith("# Support lines: Åland Islands.")
    assert all(f"kind: {kind}\n" in words for kind in SupportKind)
    assert "who can call it in Åland Islands" in words


def test_the_command_names_the_file_and_what_to_do(content: Path):
    done = CliRunner().invoke(main, ["new-country", "at", "--content", str(content)])
    assert done.exit_code == 0, done.output
    assert str(content / "support/at.yml") in done.output
    assert "`myths check` says what is missing" in done.output


def test_check_says_of_each_line_what_is_missing_and_nobody_sees_any(content: Path):
    begin_country(content, "at")
    found = [each for each in catalog.check(content) if "support/at.yml" in each.file]
    assert {each.severity for each in found} == {"warning"}
    assert len(found) == len(SupportKind)
    assert "name, for, phone, hours of the line 'emergency' is still to be written" in str(found[0])
    listed = catalog.load(content).support_list("at")
    assert (listed.lines, listed.asks) == ((), True)


def test_a_line_is_shown_once_it_is_written_and_checked(content: Path):
    path = begin_country(content, "at")
    words = path.read_text("utf-8")
    for hint, said in (
        ("TO WRITE: the line for women who live with violence", "Women's line"),
        ("TO WRITE: whom it is for", "Women"),
        ("TO WRITE: when it is open, such as: Day and night", "Always"),
        ("TO WRITE: the number, such as +49 30 1234", "+43 1 23"),
    ):
        head, mark, rest = words.partition("  - id: women\n")
        words = head + mark + rest.replace(hint, said, 1)
    path.write_text(words, "utf-8")
    assert any("nobody has checked +43 1 23" in str(each) for each in catalog.check(content))
    assert catalog.load(content).support_list("at").lines == ()
    path.write_text(words.replace("checked: null", "checked: 2026-11-29"), "utf-8")
    (line,) = catalog.load(content).support_list("at").lines
    assert (line.name, line.phone, line.checked) == ("Women's line", "+43 1 23", date(2026, 11, 29))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("xx", "xx.yml is there already: write into it"),
        ("eu", "'eu' is no country"),
        ("zz", "'zz' is no country"),
        ("uk", "'gb' for the United Kingdom"),
        ("001", "is no country"),
        ("../at", "is no country"),
    ],
)
def test_what_is_no_country_or_is_there_is_refused(
    content: Path, code: str, told: str, monkeypatch
):
    if code == "xx":  # the country of the sample
        monkeypatch.setattr("myths.scaffold.new_country.country_name", lambda *_: "Nowhere")
    before = {path: path.read_bytes() for path in content.rglob("*.*")}
    with pytest.raises(ContentError, match=told):
        begin_country(content, code)
    assert {path: path.read_bytes() for path in content.rglob("*.*")} == before


def test_a_country_is_called_as_unicode_calls_it():
    assert country_name("pl", "en") == "Poland"
    assert country_name("AT", "de") == "Österreich"
    assert country_name("xk", "en") == "Kosovo"
    assert [country_name(code, "en") for code in ("un", "xa", "", "a", "??")] == [""] * 5
