"""The rules by which a group sees its own answers and nobody sees one person's.

Answers are shown in batches. A batch is made of everybody who has answered and is in no batch yet,
as soon as these are at least k people (5, or more if the workshop says so); its counts are then
fixed for ever, and all that is ever shown of a question is the sum of its batches. What is
guaranteed, of each question, against somebody who sees everything that is shown at every moment:

1. Silence. Until their batch is made, what a person says, changes or takes back changes nothing
   that is shown: batches are made by how many have answered, never by what they said. This holds
   also against somebody who knows the answers of all the others.
2. Permanence. After that, nothing that the person does changes what is shown: no change of mind, no
   withdrawal, no second answer. This too holds against somebody who knows all the others.
3. Exchange. If any two people of a batch had given each other's answers, everything that is ever
   shown would be the same. So a batch says how many of at least k people said what, and not who;
   no difference between two looks is about fewer than k people.
4. Doubt. No batch says that all in it agree: if all agree, or all but one, the same is shown. So of
   everybody there is another answer that they may have given. A share of nobody is "nearly none",
   and a share of everybody is "nearly all".

A workshop's k can be raised at any time: what waits then waits for more people, and what fewer
people than that said is not shown until enough have, by numbers that are fixed already. Lowered it
can be only while nobody has joined (`store.workshop_settings`), and each batch has at least the k
of its time, so neither changes what a batch says or whom a difference is about.

"Prefer not to say" is counted like any answer. A question is counted on its own and as a whole:
there are no subgroups, no filters and no tables of one question by another, so there is nothing to
subtract. Texts are shown if their authors chose "my group", in batches too, in an order that has
nothing to do with who wrote when. A batch of texts is shown whole or, once an author changes or
takes back one of them, never again: an erased text is gone, and nobody can tell which it was. That
a trainer chooses which texts of a batch the room sees alters none of this: they go together, too.

What is not guaranteed. Whoever knows the answers of others in a batch learns more about the rest of
it, and whoever knows all but one (k - 1 people who tell each other, or one person who joins k - 1
times) knows the last one. The only one in a batch who disagrees sees that the others agree. Counts
tell that somebody is likely to have said what most said. That a person has answered at all is not
hidden from who counts the people. A text may give away its author by what it says.

Threshold and rounding of extremes are the usual output rules of statistical disclosure control
(A. Hundepool et al., "Statistical Disclosure Control", Wiley 2012, chapters 4 and 5); fixing
batches is their answer to differences between publications.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from myths.errors import WorkshopError
from myths.store import Batch, GroupAnswer
from myths.vocabulary import FEWEST, Reader, Reason

DECLINED = "declined"


@dataclass(frozen=True)
class Share:
    """How many chose an option; `percent` (1 to 99) only where `level` is "some"."""

    option: str
    level: Literal["nearly none", "some", "nearly all"]
    percent: int | None


@dataclass(frozen=True)
class GroupText:
    """A text that a group may see; `key` is its answer's, by which a trainer approves it."""

    key: str
    text: str


@dataclass(frozen=True)
class Shares:
    """What a group sees of a question: nothing (`people` is 0, no shares) or every option.

    `fewest` is how many people must have answered.
    """

    people: int
    shares: tuple[Share, ...]
    fewest: int = FEWEST


def next_counts(answers: Sequence[GroupAnswer], batches: Sequence[Batch], k: int) -> Batch | None:
    """Make the next batch of numbers, or None while too few wait. Raises WorkshopError for k."""
    waiting = _waiting(answers, batches, _is_counted, k)
    return Batch(len(waiting), _doubtful(waiting), _keys(waiting)) if waiting else None


def next_texts(answers: Sequence[GroupAnswer], batches: Sequence[Batch], k: int) -> Batch | None:
    """Make the next batch of texts, or None while too few wait. Raises WorkshopError for k."""
    waiting = _waiting(answers, batches, _is_for_group, k)
    return Batch(len(waiting), {}, _keys(waiting)) if waiting else None


def shares(batches: Sequence[Batch], *, options: Sequence[str], k: int = FEWEST) -> Shares:
    """Add up the batches: a share for each of `options` and what was chosen, and for "declined".

    Of fewer than k people nothing is shown, also if k was raised since they answered.
    """
    people = sum(batch.people for batch in batches)
    if people < k:
        return Shares(0, (), k)
    counts: Counter[str] = Counter()
    for batch in batches:
        counts.update(batch.counts)
    names = dict.fromkeys([*options, *sorted(counts), DECLINED])
    return Shares(people, tuple(_share(name, counts[name], people) for name in names), k)


def texts(
    answers: Sequence[GroupAnswer], batches: Sequence[Batch], *, k: int = FEWEST
) -> list[tuple[GroupText, ...]]:
    """Return the texts of each batch of k people or more that is still whole, mixed."""
    now = {each.person: each for each in answers if _is_for_group(each)}
    shown = []
    for batch in batches:
        whole = [now[who] for who, key in batch.members.items() if _stands(now, who, key)]
        if k <= len(whole) == batch.people:
            shown.append(_mixed([GroupText(each.key, each.text or "") for each in whole]))
    return shown


def _waiting(
    answers: Sequence[GroupAnswer],
    batches: Sequence[Batch],
    fit: Callable[[GroupAnswer], bool],
    k: int,
) -> list[GroupAnswer]:
    """Return everybody who fits and is in no batch yet, or nobody while these are too few."""
    if k < FEWEST:
        raise WorkshopError(
            f"Results of {k} people cannot be shown, because one could tell who said what: set "
            f"{FEWEST} or more.",
            reason=Reason.UNFIT,
        )
    seen = {person for batch in batches for person in batch.members}
    waiting = [each for each in answers if fit(each) and each.person not in seen]
    return waiting if len(waiting) >= k else []


def _is_counted(answer: GroupAnswer) -> bool:
    return answer.value is not None or answer.declined


def _is_for_group(answer: GroupAnswer) -> bool:
    """Return whether it has a text for the group: "evaluation" does not mean the room."""
    return bool(answer.text) and answer.reader == Reader.GROUP


def _keys(members: Sequence[GroupAnswer]) -> dict[int, str]:
    return {each.person: each.key for each in members}


def _doubtful(members: Sequence[GroupAnswer]) -> Mapping[str, int]:
    """Count the answers; one who disagrees alone is counted with the others."""
    counts = Counter(DECLINED if each.declined else f"{each.value:g}" for each in members)
    most, number = counts.most_common(1)[0]
    return {most: len(members)} if number >= len(members) - 1 else dict(counts)


def _share(option: str, count: int, people: int) -> Share:
    percent = round(100 * count / people)
    if percent < 1:
        return Share(option, "nearly none", None)
    if percent > 99:
        return Share(option, "nearly all", None)
    return Share(option, "some", percent)


def _stands(now: Mapping[int, GroupAnswer], person: int, key: str) -> bool:
    return person in now and now[person].key == key


def _mixed(words: Sequence[GroupText]) -> tuple[GroupText, ...]:
    """Put texts in an order that only the texts decide, the same at every look."""
    return tuple(sorted(words, key=lambda each: hashlib.sha256(each.text.encode()).digest()))
