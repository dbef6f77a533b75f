"""The words of a rehearsal: items in the language of a participant, and what people write."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from myths.catalog import Item
from myths.vocabulary import Kind


def spoken(item: Item, language: str) -> Item:
    """Return the item in German where there are German words, else as the content has it."""
    words = _read("words.de.yml")
    if language != "de" or item.module not in words["questions"]:
        return item
    questions = words["questions"]["every-module"] | words["questions"][item.module]
    if item.id not in questions:
        return item
    labels, own = words["labels"], {}
    if item.kind == Kind.RECALL:
        own = dict(enumerate(words["options"][item.module], start=1))
    return replace(
        item,
        language=language,
        question=questions[item.id],
        options=tuple(
            replace(option, label=own.get(option.value) or labels.get(option.label, option.label))
            for option in item.options
        ),
        ends=(labels[item.ends[0]], labels[item.ends[1]]) if item.ends else None,
    )


def written(item: Item, dice: Random) -> str:
    """Draw what somebody writes, in the item's language.

    The two halves of a plan fit each other when drawn with the same dice.
    """
    texts = _read("texts.yml")[item.language]
    if item.kind == Kind.COMMITMENT:
        plan = dice.choice(texts["plans"])
        return str(plan[item.id.removeprefix("commitment.")])
    return str(dice.choice(texts.get(item.id, texts["practice"])))


def remark(dice: Random, *, language: str = "en") -> str:
    """Draw a remark that fits any question, for who knows a question only by its box."""
    texts = _read("texts.yml")[language]
    return str(dice.choice(texts["learned"] + texts["practice"]))


@cache
def _read(name: str) -> Any:
    path = Path(__file__).with_name(name)
    return yaml.safe_load(path.read_text(encoding="utf-8"))
