"""Each way to break a file, and the sentence that a trainer gets for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from myths import catalog
from myths.errors import ContentError

TEXT = "modules/bees/text.en.yml"
PLAN = "modules/bees/module.yml"
GUIDE = "modules/bees/guide.en.md"
PAGE = "pages/start/text.en.yml"

FAULTS = [
    (file, fault["old"], fault["new"], fault["said"])
    for file, faults in yaml.safe_load(Path(__file__).with_name("faults.yml").read_text()).items()
    for fault in faults
]


def test_a_folder_without_faults_has_none(complaints):
    assert complaints() == []


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS)
def test_a_fault_is_told_with_its_place_and_remedy(edit, complaints, file, old, new, said):
    edit(file, old, new)
    told = complaints()
    assert any(file in sentence and said in sentence for sentence in told), told


def test_a_statement_with_a_fact_needs_a_remark(edit, complaints):
    edit(PLAN, "keyed: overcorrection}", "keyed: overcorrection, fact: b1}")
    (told,) = complaints()
    assert f"{TEXT}:47: no words for 'remarks.over'; add them or remove the item" in told


def test_several_faults_are_told_together(edit, complaints):
    edit(TEXT, "title: Bees\n", "")
    edit(PLAN, "slug: bees", "slug: bee")
    edit("support/xx.yml", "free: true", "free: perhaps")
    assert len(complaints()) == 3


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"title: caf\xe9\n", "this is not UTF-8 text; save the file as UTF-8"),
        ("title: Bees\n".encode("utf-16"), "this is not UTF-8 text, but UTF-16; save the file as"),
        (b"title: Bees\n\tquestion: x\n", ":2: a tab stands before the words; put spaces in its"),
        (b"a" * 1_000_001, "the file is larger than 1 MB"),
        (b"[" * 900_000, "nested more than 12 levels deep"),
        (b"- " * 400_000, "nested more than 12 levels deep"),
        (b"", "the file is empty; write something there"),
        (b"# nothing\n", "the file is empty"),
        (b"words", "the file has the wrong type; write a mapping of keys to words"),
        (b"{", "this is not YAML"),
    ],
)
def test_a_file_that_is_no_content_is_told(content: Path, complaints, raw: bytes, said: str):
    (content / TEXT).write_bytes(raw)
    (told,) = complaints()
    assert said in told


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(content: Path, complaints):
    raw = (content / TEXT).read_bytes()
    (content / TEXT).write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert complaints() == []


def test_a_missing_file_and_a_folder_in_its_place_are_told(content: Path, complaints):
    (content / GUIDE).unlink()
    (content / PAGE).unlink()
    (content / PAGE).mkdir()
    told = complaints()
    assert f"content/{GUIDE}:1: the file is missing" in told[0]
    assert f"content/{PAGE}:1: cannot be read" in told[1]


def test_a_missing_folder_is_told(tmp_path: Path):
    with pytest.raises(ContentError, match=r"no content in \S+/nowhere .* --content or MYTHS_CON"):
        catalog.check(tmp_path / "nowhere")


def test_interface_words_are_the_same_in_every_language(content: Path, edit, complaints):
    edit("series.yml", "languages: [en]", "languages: [en, de]")
    words = (content / "ui/en.yml").read_text()
    (content / "ui/de.yml").write_text(words.replace("    exit: Leave now", "    raus: Weg"))
    told = "\n".join(complaints())
    assert ": no words for 'components.quickexit.exit'; add them" in told
    assert ": unknown key 'components.quickexit.raus'" in told
    assert "content/modules/bees/text.de.yml:1: is not there, so people see these words" in told
    assert "content/pages/start/text.de.yml:1: is not there, so people see these words" in told


def test_a_guide_in_another_language_may_translate_its_headings(content: Path, edit, complaints):
    edit("series.yml", "languages: [en]", "languages: [en, de]")
    for path in list(content.rglob("*en.*")):
        words = path.read_text("utf-8").replace("## Aim", "## Ziel").replace(" Aim\n", " Ziel\n")
        path.with_name(path.name.replace("en.", "de.")).write_text(words, "utf-8")
    assert [told for told in complaints() if "; translate " not in told] == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("null", "nobody has checked 116 999, so participants do not see them"),
        ("2025-02-27", "116 999 was last checked on 2025-02-27"),
        ("2026-03-02", "116 999 was last checked on 2026-03-02"),
    ],
)
def test_support_lines_of_unknown_age_are_a_warning(content: Path, edit, day: str, said: str):
    edit("support/xx.yml", "2026-01-31", day)
    (problem,) = catalog.check(content, today=date(2026, 3, 1))
    assert problem.severity == "warning"
    assert problem.line == 2
    assert said in str(problem)


def test_terms_are_found_through_markup_and_in_any_case(edit, complaints):
    edit(TEXT, "terms: [dies]", 'terms: ["A BEE that|wasp"]')
    edit(TEXT, "A bee that", "A *bee*\n      that")
    assert complaints() == []


def test_a_file_that_windows_gave_a_second_ending_is_told(content: Path, complaints):
    (content / TEXT).rename(content / f"{TEXT}.txt")
    told = complaints()
    assert any("there is 'text.en.yml.txt'; rename it" in sentence for sentence in told), told


def test_words_that_were_copied_and_not_translated_are_a_warning(content: Path):
    (content / "series.yml").write_text(
        (content / "series.yml").read_text().replace("languages: [en]", "languages: [en, de]")
    )
    for path in [*content.rglob("*en.yml"), *content.rglob("guide.en.md")]:
        copy = path.with_name(path.name.replace("en.", "de."))
        copy.write_text(path.read_text())
    mended = content / "modules/bees/text.de.yml"
    found = catalog.check(content, today=date(2026, 3, 1))
    assert {each.severity for each in found} == {"warning"}
    said = [str(each) for each in found]
    assert len(said) == 5, said  # one line a file
    assert any("guide.de.md:1: this is the same text as in 'en'; translate it" in s for s in said)
    before = next(s for s in said if "bees/text.de.yml" in s)
    assert "the same words as in 'en': " in before
    mended.write_text(mended.read_text().replace(" the ", " der "))
    after = next(
        str(e) for e in catalog.check(content, today=date(2026, 3, 1)) if "text.de" in str(e)
    )
    assert before != after


@pytest.mark.parametrize(
    ("section", "numbers", "said"),
    [
        ("say", "{view: [1, 2]}", "'What to say' has no paragraph or entry 2, for there are 1"),
        ("objections", "{facts: [3]}", "'Likely objections' has no paragraph or entry 3"),
        ("say", "{view: [0]}", "module.yml:12: guide.say.view.0 has the wrong type"),
        ("say", "{vew: [1]}", "module.yml:12: guide.say.vew cannot be 'vew'; did you mean"),
    ],
    ids=["too many", "objection", "zero", "no step"],
)
def test_a_paragraph_that_the_guide_does_not_have_has_no_step(
    edit, complaints, section: str, numbers: str, said: str
):
    told = f"guide: {{{section}: {numbers}}}\nboxes: [ask]"
    edit("modules/bees/module.yml", "boxes: [ask]", told)
    assert any(said in each for each in complaints()), complaints()


def test_a_guide_with_other_minutes_than_the_console_goes_by_is_told(edit, complaints):
    plan = "{act: rate, step: view, minutes: 40}, {act: facts, step: facts, minutes: 5}"
    edit("series.yml", "routes:", f"plans:\n  45: [{plan}]\nroutes:")
    assert any(
        "guide.en.md" in told and "the plan has the minutes 45; series.yml has 40, 5" in told
        for told in complaints()
    )
