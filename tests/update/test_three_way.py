"""Three versions of a YAML file become one, place by place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from myths.update.three_way import UnmergedError, merge

from tests.localization.test_yaml_words import difference

UI = (Path(__file__).parents[2] / "content/ui/en.yml").read_text("utf-8")
BASE = """\
# of the edition
modules: [risk, harm]   # in their order
title: Risk   # the name
facts:
  r1: {text: One., terms: [one]}
  r2: {text: Two., terms: [two]}
lines:
  - id: emergency
    phone: "112"
    checked: null
  - id: children
    phone: "116 111"
"""


def merged(mine: str, newer: str, base: str = BASE) -> tuple[str, list[str], list[str]]:
    found = merge(base.encode(), mine.encode(), newer.encode())
    return found.words, found.taken, found.kept


def changed(old: str, new: str, words: str = BASE) -> str:
    assert old in words
    return words.replace(old, new, 1)


def test_what_each_side_changed_alone_is_in_the_whole():
    mine = changed("title: Risk", "title: Danger")
    newer = changed("text: One.", "text: One thing.")
    words, taken, kept = merged(mine, newer)
    assert words == changed("text: One.", "text: One thing.", mine)
    assert (taken, kept) == (["facts.r1.text"], [])


def test_where_both_changed_the_same_place_ones_own_words_stand_and_are_told():
    mine = changed("title: Risk", "title: Danger")
    newer = changed("title: Risk", "title: Risks", changed("Two.", "Two things."))
    words, taken, kept = merged(mine, newer)
    assert words == changed("Two.", "Two things.", mine)
    assert (taken, kept) == (["facts.r2.text"], ["title"])


def test_both_changed_the_same_to_the_same():
    words = changed("title: Risk", "title: Danger")
    assert merged(words, words) == (words, [], [])


def test_a_new_key_comes_in_behind_the_one_before_it():
    mine = changed("title: Risk", "title: Danger")
    newer = changed("title: Risk   # the name\n", "title: Risk   # the name\nquestion: Why?\n")
    words, taken, _ = merged(mine, newer)
    assert taken == ["question"]
    assert difference(mine, words) == ["+question: Why?"]


def test_what_the_edition_took_out_goes_unless_one_changed_it():
    newer = changed("  r2: {text: Two., terms: [two]}\n", "")
    words, taken, kept = merged(changed("title: Risk", "title: Danger"), newer)
    assert ("r2" in words, taken, kept) == (False, ["facts.r2"], [])
    words, taken, kept = merged(changed("Two.", "Both."), newer)
    assert ("text: Both." in words, taken, kept) == (True, [], ["facts.r2"])


def test_what_one_took_out_stays_out_and_is_told_if_the_edition_changed_it():
    mine = changed("  r2: {text: Two., terms: [two]}\n", "")
    words, taken, kept = merged(mine, changed("title: Risk", "title: Risks"))
    assert ("r2" in words, taken, kept) == (False, ["title"], [])
    words, taken, kept = merged(mine, changed("Two.", "Both."))
    assert ("r2" in words, taken, kept) == (False, [], ["facts.r2"])


def test_lists_whose_entries_have_names_are_merged_entry_by_entry():
    mine = changed("checked: null", "checked: 2026-11-29")
    mine = changed("[risk, harm]", "[risk, {slug: own, status: draft}, harm]", mine)
    newer = changed('"116 111"', '"116 112"') + '  - id: crime\n    phone: "116 006"\n'
    newer = changed("[risk, harm]", "[risk, harm, funding]", newer)
    words, taken, kept = merged(mine, newer)
    found = yaml.safe_load(words)
    assert found["modules"] == ["risk", {"slug": "own", "status": "draft"}, "harm", "funding"]
    assert [each["phone"] for each in found["lines"]] == ["112", "116 112", "116 006"]
    assert "checked: 2026-11-29" in words
    assert sorted(taken) == ["lines.children.phone", "lines.crime", "modules.funding"]
    assert kept == []


@pytest.mark.parametrize("newer", ["[harm, risk]", "{risk: harm}", "[[risk], [harm]]"])
def test_a_list_that_was_put_in_another_order_or_shape_stays_as_it_is_here(newer: str):
    mine = changed("[risk, harm]", "[risk, harm, own]")
    words, _, kept = merged(mine, changed("[risk, harm]", newer))
    assert words == mine
    assert kept == ["modules"]


def test_ones_own_comments_stay():
    mine = changed("# of the edition\n", "# mine\n", changed("# the name", "# my name"))
    newer = changed("Two.", "Both.")
    assert merged(mine, newer)[0] == changed("Two.", "Both.", mine)


def test_a_change_of_one_word_in_the_longest_file_is_one_line():
    mine = changed("exit: Leave now", "exit: Go now", UI)
    newer = changed("button: Join the workshop", "button: Join", UI)
    words, taken, kept = merged(mine, newer, base=UI)
    assert difference(mine, words) == ["-  button: Join the workshop", "+  button: Join"]
    assert (taken, kept) == (["join.button"], [])


@pytest.mark.parametrize("broken", [b"a: [", b"a: 1\na: 2\n", b"\xff\xfe"])
def test_what_is_no_yaml_is_not_merged(broken: bytes):
    for versions in ((broken, b"a: 1", b"a: 2"), (b"a: 1", broken, b"a: 2")):
        with pytest.raises(UnmergedError):
            merge(*versions)


trees = st.recursive(
    st.sampled_from(["x", "y", "z"]),
    lambda inner: st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    max_leaves=6,
)
files = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), trees, min_size=1, max_size=4)


@given(files, files, files)
def test_nothing_of_ones_own_is_lost_and_doing_it_again_changes_nothing(base, mine, newer):
    """Each place that one changed has one's own words, whatever the edition did."""
    told = [yaml.safe_dump(each).encode() for each in (base, mine, newer)]
    found = merge(*told)
    result = yaml.safe_load(found.words)
    for key, value in mine.items():
        if value != base.get(key) and not isinstance(value, dict):
            assert result[key] == value
    for key, value in newer.items():
        if key not in base and key not in mine:
            assert result[key] == value
    again = merge(told[0], found.words.encode(), told[2])
    assert yaml.safe_load(again.words) == result
    assert again.taken == []
