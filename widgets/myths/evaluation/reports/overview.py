"""The first sections: in short, how it was done, and who is there and who is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from myths.evaluation.disclosure.bands import enough, stepped
from myths.evaluation.figures.flow_chart import people_left
from myths.evaluation.reports.blocks import (
    Block,
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    PictureBlock,
)
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import begun, paragraphs, table
from myths.evaluation.words import EvaluationWords, filled, joined
from myths.vocabulary import Mode

_SURE = 0.05  # the usual bound of a p value


def warnings(found: Findings) -> list[Block]:
    """Write first what must be known before anything is read or passed on."""
    notes: list[Block] = []
    words, says = found.words, found.words.report
    if found.people["rehearsal"].any():
        notes.append(NoteBlock(says.rehearsal))
    if found.withdraw_until >= found.day:
        notes.append(NoteBlock(says.still_open.format(date=words.day(found.withdraw_until))))
    if held := found.draft.held:
        dates = dict.fromkeys(words.day(each.at.date()) for rows in held.values() for each in rows)
        waiting = says.waiting.format(dates=" · ".join(dates), n=len(held), k=found.k)
        notes.append(ParagraphBlock(waiting))
    return notes


def short(found: Findings) -> list[Block]:
    """Write the main things in a few sentences."""
    words, says = found.words, found.words.report.short
    means = [row.mean for row in found.rows if row.primary and row.mean is not None]
    rated = found.pairs[found.pairs["primary"] & (found.pairs["status"] == "complete")]
    texts = [
        says.people.format(
            people=stepped(len(found.people), words, k=found.k),
            workshops=words.numbers.workshops.of(len(found.opened)),
            paired=begun(stepped(rated["participant"].nunique(), words, k=found.k)),
        )
    ]
    if means:
        closer, away = sum(mean < 0 for mean in means), sum(mean > 0 for mean in means)
        same = len(means) - closer - away
        texts.append(says.toward.format(all=len(means), closer=closer, away=away, same=same))
        tested = [p for _, p in found.tested]
        sure = sum(p < _SURE for p in tested)
        texts.append(says.tested.format(tested=len(tested), sure=sure) if tested else says.untested)
    return [
        HeadingBlock(words.report.headings.short),
        *map(ParagraphBlock, texts),
        NoteBlock(says.caution),
    ]


def design(found: Findings) -> list[Block]:
    """Return how it was done, and whom the workshops were for."""
    words, says = found.words, found.words.report
    blocks: list[Block] = [HeadingBlock(says.headings.design), *paragraphs(says.design)]
    told = [
        joined("", [audience, f" ({words.numbers.workshops.of(count)})"])
        for audience, count in found.audiences.items()
    ]
    if told:
        blocks.append(ParagraphBlock(filled(says.audiences, audiences=joined("; ", told))))
    return blocks


def people(found: Findings) -> list[Block]:
    """Show who joined, who was left at each step, and why pairs are missing."""
    words, says = found.words, found.words.report.people
    first, last = min(found.opened.values()), max(found.opened.values())
    summary = says["workshops_day" if first == last else "workshops"].format(
        people=stepped(len(found.people), words, k=found.k),
        workshops=words.numbers.workshops.of(len(found.opened)),
        first=words.day(first),
        last=words.day(last),
    )
    blocks: list[Block] = [
        HeadingBlock(words.report.headings.people),
        ParagraphBlock(summary),
        ParagraphBlock(says.apart.format(people=begun(stepped(found.apart, words, k=found.k)))),
        *table(words, "workshops", _workshops(found), k=found.k),
        ParagraphBlock(says.languages.format(languages=_languages(found))),
    ]
    if (found.people["mode"] == Mode.PAPER).any():
        blocks.append(ParagraphBlock(says.modes.format(modes=_modes(found))))
    modules = found.leaving[found.leaving["joined"] >= found.k]
    if len(modules):
        blocks += [ParagraphBlock(says.steps.format(k=found.k)), *_left(found, modules)]
    if unasked := _unasked(found):
        blocks.append(ParagraphBlock(filled(says.unasked, modules=joined(", ", unasked))))
    return blocks


def _workshops(found: Findings) -> list[list[str | int]]:
    words = found.words
    sizes = found.people["workshop"].value_counts(sort=False)
    sizes = sizes.reindex(list(found.rooms), fill_value=0)
    shown = enough([int(size) for size in sizes], k=found.k)
    rows: list[list[str | int]] = [
        [name, words.day(found.opened[code]), stepped(int(size), words, k=found.k)]
        for (code, name), size, visible in zip(found.rooms.items(), sizes, shown, strict=True)
        if visible
    ]
    hidden = int(sum(size for size, visible in zip(sizes, shown, strict=True) if not visible))
    if hidden >= found.k:
        rows.append([words.report.people.smaller, "", stepped(hidden, words, k=found.k)])
    return rows


def _languages(found: Findings) -> str:
    sizes = found.people["language"].value_counts()
    return ", ".join(_sized(sizes, found.words.language_name, found.words, k=found.k))


def _modes(found: Findings) -> str:
    words, says = found.words, found.words.report.people
    names = {Mode.PAGE: says.mode_page, Mode.PAPER: says.mode_paper}
    sizes = found.people["mode"].value_counts().reindex(list(names))  # not by size, which tells
    return ", ".join(_sized(sizes, lambda mode: names[Mode(mode)], words, k=found.k))


def _sized(
    sizes: pd.Series[int], name: Callable[[str], str], words: EvaluationWords, *, k: int
) -> Iterator[str]:
    """Name groups of people, with their number where that tells about nobody."""
    shown = enough([int(size) for size in sizes], k=k)
    for (group, size), visible in zip(sizes.items(), shown, strict=True):
        told = name(str(group))
        yield f"{told} ({stepped(int(size), words, k=k)})" if visible else told


def _left(found: Findings, rows: pd.DataFrame) -> Iterator[Block]:
    """Draw who left: of the whole series, then of each module to the same scale."""
    series = rows["module"] == ""
    widest = int(rows["joined"].max())
    words, titles = found.words, found.content.titles
    yield PictureBlock(people_left(rows[series], words, k=found.k))
    figure = people_left(
        rows[~series], words, titles, name="attrition-modules", widest=widest, k=found.k
    )
    yield PictureBlock(figure)


def _unasked(found: Findings) -> list[str]:
    """Name the modules in which no workshop was asked both times."""
    rated = found.pairs[found.pairs["primary"]]
    never = (rated["status"] == "never asked twice").groupby(rated["module"], observed=True).all()
    return [found.title(module) for module in never.index[never]]
