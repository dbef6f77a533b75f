"""What a participant of a rehearsal answers: how they lean, what moved them, and how they click."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from uuid import UUID

from myths.answer import Answer
from myths.catalog import Item
from myths.samples.people import Person
from myths.samples.words import written
from myths.vocabulary import NUMERIC, Keyed, Kind, Phase, Reader

# How often, of a hundred times: an answer, none, "prefer not to say", a changed one, a cleared one.
_HABITS = ("answer", "skip", "decline", "change", "clear")
_WITH_NUMBERS = (84, 5, 4, 6, 1)
_WITH_TEXTS = (52, 38, 3, 6, 1)

# Where people stand on a scale (0 to 1): before, for one point of doubt, and moved by a workshop.
_STANDS = {
    Keyed.MYTH: (0.56, 0.18, -0.20),
    Keyed.FACT: (0.55, -0.14, 0.16),
    Keyed.OVERCORRECTION: (0.36, -0.05, -0.05),
    Kind.CONFIDENCE: (0.50, 0.00, 0.12),
    Kind.RATING: (0.72, -0.08, 0.00),
}
_LASTS = {Phase.BEFORE: 0.0, Phase.AFTER: 1.0, Phase.FOLLOWUP: 0.6}
_OVER_CORRECTS = 0.18  # in so many modules of a person the answer swings too far
_SWING = 0.5
_TRIES, _KNOWS, _LEARNS = 0.94, 0.55, 0.8  # at the question about the facts


def answers(person: Person, item: Item, phase: Phase) -> Iterator[Answer]:
    """Yield what is saved, one after the other: nothing, an answer, or also a later change."""
    dice = person.dice(item.module, item.id, phase)
    if item.correct is not None:
        yield from (Answer(_key(dice), value=float(value)) for value in _tries(person, item, phase))
        return
    weights = {Kind.TEXT: _WITH_TEXTS, Kind.COMMITMENT: _WITH_TEXTS}
    (habit,) = dice.choices(_HABITS, weights.get(item.kind, _WITH_NUMBERS))
    if habit == "decline":
        yield Answer(_key(dice), declined=True)
    elif habit != "skip":
        yield _answer(person, item, phase, dice)
        if habit == "change":
            yield _answer(person, item, phase, dice)
        elif habit == "clear":
            yield Answer(_key(dice))


def _answer(person: Person, item: Item, phase: Phase, dice: Random) -> Answer:
    if item.kind in NUMERIC:
        return Answer(_key(dice), value=float(_chosen(person, item, phase, dice)))
    (reader,) = dice.choices(Reader.words(), (25, 25, 50))
    matter = person.dice(item.module, "plan") if item.kind == Kind.COMMITMENT else dice
    return Answer(_key(dice), text=written(item, matter), reader=reader)


def _tries(person: Person, item: Item, phase: Phase) -> list[int]:
    """Return what is chosen: first alone, which is kept, and later perhaps what is right."""
    dice = person.dice(item.module, item.id, "tries")
    if dice.random() > _TRIES or item.correct is None:
        return []
    knows, learns = dice.random() < _KNOWS, dice.random() < _LEARNS
    first = item.correct if knows else dice.choice(item.options).value
    return [first, item.correct] if phase is Phase.AFTER and learns else [first]


def _chosen(person: Person, item: Item, phase: Phase, dice: Random) -> int:
    values = [option.value for option in item.options]
    start, doubt, moved = _STANDS[item.keyed or item.kind]
    if item.keyed == Keyed.OVERCORRECTION and _swings(person, item.module):
        moved += _SWING
    own = person.dice(item.module, item.id).gauss(0, 0.14)
    stands = start + doubt * person.doubt + own + dice.gauss(0, 0.10)
    stands += moved * person.openness * _LASTS[phase]
    return min(max(round(values[0] + stands * (values[-1] - values[0])), values[0]), values[-1])


def _swings(person: Person, module: str) -> bool:
    return person.dice(module, "swing").random() < _OVER_CORRECTS


def _key(dice: Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))
