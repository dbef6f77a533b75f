from __future__ import annotations

import json

import pytest
from myths.errors import CodingError
from myths.evaluation import Coding
from myths.evaluation.coding.codebook import load

from tests.evaluation.coding.coders import book, coder

GOOD = """\
# ours
- id: gap
  changed: 2026-03-10
  name: A gap
  definition: Names what is missing.
"""


def test_a_code_may_have_versions_and_the_latest_counts(tmp_path):
    coding = Coding(tmp_path)
    coding.add("gap", name="Gap", definition="Names a gap.", include=["No one calls."])
    coding.add("gap", name="Gap", definition="Names a gap in the local work.")
    assert coding.codebook()[["code", "version"]].to_numpy().tolist() == [["gap", 1], ["gap", 2]]
    assert load(tmp_path / "codebook.yml").current["gap"].version == 2


def test_adding_leaves_lines_and_comments_as_they_are(tmp_path):
    (tmp_path / "codebook.yml").write_text(GOOD)
    Coding(tmp_path).add("ask", name="Ask", definition="Wants to ask her: first.")
    text = (tmp_path / "codebook.yml").read_text()
    assert text.startswith(GOOD)
    assert load(tmp_path / "codebook.yml").current["ask"].definition == "Wants to ask her: first."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD + "  colour: red\n", "codebook.yml:6: unknown key 'colour'"),
        (GOOD.replace("  name: A gap\n", ""), "codebook.yml:2: no 'name'; add a line"),
        (GOOD.replace("id: gap", "id: A Gap"), "codebook.yml:2: 'id' must be small letters"),
        (GOOD.replace("2026-03-10", "soon"), "codebook.yml:3: 'changed' does not fit"),
        (GOOD + GOOD, "codebook.yml:7: 'gap' has version 1 here; it must be 2"),
        (GOOD + "\t- x\n", "codebook.yml:6: this is no YAML"),
        ("gap: a code\n", "codebook.yml:1: a codebook is a list"),
        ("- gap\n", "codebook.yml:1: a code is a list of 'key: value'"),
        (GOOD + "  include: [!!python/name:os.system x]\n", "codebook.yml:6: this is no YAML"),
    ],
)
def test_a_badly_edited_codebook_is_told_by_its_line_and_not_changed(text, told, tmp_path):
    path = tmp_path / "codebook.yml"
    path.write_text(text)
    for act in (Coding(tmp_path).codebook, lambda: coder(tmp_path)):
        with pytest.raises(CodingError) as fault:
            act()
        assert told in str(fault.value)
        assert str(fault.value).count("\n") == 0
    with pytest.raises(CodingError):
        Coding(tmp_path).add("new", name="New", definition="New.")
    assert path.read_text() == text


def test_other_encodings_are_told_by_their_line(tmp_path):
    (tmp_path / "codebook.yml").write_bytes(GOOD.encode() + "  # für".encode("latin-1"))
    with pytest.raises(CodingError, match=r"codebook\.yml:6: this is not UTF-8"):
        Coding(tmp_path).codebook()


def test_a_text_stays_linked_to_the_version_it_was_coded_with(tmp_path):
    book(tmp_path, "gap")
    ada = coder(tmp_path)
    first, second = ada.texts[:2]
    ada.toggle(first.id, "gap")
    Coding(tmp_path).add("gap", name="Gap", definition="Something narrower.")
    ada.toggle(second.id, "gap")
    assert ada.entry(first.id).codes[0].version == 1
    assert ada.entry(second.id).codes[0].version == 2
    assert [ada.is_older(text.id) for text in (first, second)] == [True, False]
    ada.confirm(first.id)
    assert ada.entry(first.id).codes[0].version == 1
    assert not ada.is_older(first.id)


def test_a_version_that_was_coded_with_cannot_change_silently(tmp_path):
    book(tmp_path, "gap", "ask")
    ada = coder(tmp_path)
    ada.toggle(ada.texts[0].id, "gap")
    path, sheet = tmp_path / "codebook.yml", (tmp_path / "ada.jsonl").read_text()
    for old, new in (("Says gap", "Says something else"), ("- id: gap", "- id: rest")):
        before = path.read_text()
        path.write_text(before.replace(old, new))
        with pytest.raises(CodingError, match=r"codebook\.yml:4: version 1 of 'gap' stood here"):
            ada.toggle(ada.texts[1].id, "ask")
        path.write_text(before)
    assert (tmp_path / "ada.jsonl").read_text() == sheet
    ada.toggle(ada.texts[1].id, "ask")
    assert len(json.loads((tmp_path / "ada.jsonl").read_text().splitlines()[0])["codebook"]) == 2


def test_a_code_that_does_not_fit_is_refused(tmp_path):
    for code, name in (("Gap", "Gap"), ("gap", ""), ("gap", "x" * 61)):
        with pytest.raises(CodingError, match="does not fit"):
            Coding(tmp_path).add(code, name=name, definition="Names a gap.")
    assert not (tmp_path / "codebook.yml").exists()
