"""Texts for the group as people read them, in batches, from a real store."""

from __future__ import annotations

import pytest
from myths.live import (
    suppression,
)
from myths.store import (
    GroupAnswer,
)

from tests.live.group import Group


def test_texts_are_shown_in_batches_and_only_those_meant_for_the_group(group):
    for person, reader in enumerate(["group", "me", "evaluation", "group", "group", "group"]):
        group.write(person, f"words of {person}", reader)
        assert group.read() == []
    group.write(6, "words of 6")
    [shown] = group.read()
    assert sorted(shown) == [f"words of {person}" for person in (0, 3, 4, 5, 6)]
    assert shown != tuple(sorted(shown))
    assert group.read() == [shown]
    group.write(7, "words of 7")
    assert group.read() == [shown]


def test_a_look_gathers_no_text(group):
    for person in range(9):
        group.write(person, f"words of {person}")
        assert group.read_on() == []
    [shown] = group.read()
    group.write(9, "words of 9")
    assert group.read_on() == [shown]
    assert len(shown) == 9


def test_the_order_of_texts_tells_nothing_about_who_wrote_them(group, url):
    other = Group(url, group.store.open_workshop())
    texts = ["a", "b", "c", "d", "e"]
    for person, text in enumerate(texts):
        group.write(person, text)
        other.write(person, texts[-1 - person])
    assert group.read() == other.read()


@pytest.mark.parametrize("how", ["change", "clear", "keep to oneself", "withdraw"])
def test_a_text_taken_back_takes_its_batch_with_it_for_good(group, how):
    for person in range(10):
        group.write(person, f"words of {person}")
        if person in (4, 9):
            shown = group.read()
    assert [len(batch) for batch in shown] == [5, 5]
    if how == "withdraw":
        group.store.erase_participant(group.name(2))
    else:
        text = {"change": "other words", "clear": None}.get(how, "words of 2")
        group.write(2, text, "me" if how == "keep to oneself" else "group")
    assert group.read() == shown[1:]
    for person in range(10, 14):
        group.write(person, f"words of {person}")
    assert group.read() == shown[1:]


@pytest.mark.parametrize("reader", ["me", "evaluation", None])
def test_the_rules_take_no_text_of_another_reader_even_if_the_store_gives_it(reader):
    texts = [GroupAnswer(n, f"key {n}", None, "mine", False, reader) for n in range(5)]
    assert suppression.next_texts(texts, [], 5) is None
