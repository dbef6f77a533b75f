"""The first sections: in short, how it was done, and who is there and who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from myths.evaluation.disclosure.bands import enough
from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.figures.flow_chart import people_left
from myths.evaluation.figures.summary_chart import summary
from myths.evaluation.reports.blocks import (
    Block,
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    PictureBlock,
)
from myths.evaluation.reports.findings import Findings
from myths.evaluation.reports.phrases import begun, paragraphs, table
from myths.evaluation.words import filled, joined
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
    """Write the main things in a few sentences and one picture, for whoever reads one page."""
    words, says = found.words, found.words.report.short
    first, last = _days(found)
    main = [row for row in found.rows if row.primary]
    means = [row.mean for row in main if row.mean is not None]
    steps, singles = found.steps, found.singles
    gave = [each.given for each in (*singles.reactions, *singles.tries, *singles.recalled)]
    answered = max([_most(found.rows), *(each["participant"].nunique() for each in gave)])
    rated = found.pairs[found.pairs["primary"] & (found.pairs["status"] == "complete")]
    what = says["what_day" if first == last else "what"].format(first=first, last=last)
    who = says.people.format(
        people=begun(steps.at_least(len(found.people), words, certain=answered)),
        workshops=words.numbers.workshops.of(len(found.opened)),
        paired=steps.at_least(rated["participant"].nunique(), words, certain=_most(main)),
    )
    blocks: list[Block] = [
        HeadingBlock(words.report.headings.short),
        ParagraphBlock(what),
        ParagraphBlock(joined(" ", [who, *(block.text for block in whom(found))])),
    ]
    if means:
        closer, away = sum(mean < 0 for mean in means), sum(mean > 0 for mean in means)
        same = len(means) - closer - away
        toward = says.toward.format(all=len(means), closer=closer, away=away, same=same)
        tested = [p for _, p in found.tested]
        sure = sum(p < _SURE for p in tested)
        how = says.tested.format(tested=len(tested), sure=sure) if tested else says.untested
        blocks.append(ParagraphBlock(f"{toward} {how}"))
    blocks.append(NoteBlock(says.caution))
    if means:
        blocks.append(PictureBlock(summary(_main(found), words)))
    return [*blocks, ParagraphBlock(words.report.parts.elsewhere)]


def _most(rows: Sequence[PublishedRow]) -> int:
    """Return how many people have both answers to the question that most have, in any words."""
    people = Counter[tuple[str, str]]()
    for row in rows:
        people[row.module, row.item] += row.n
    return max(people.values(), default=0)


def _main(found: Findings) -> list[PublishedRow]:
    """Return the rows of the myths by the names of their modules, with the language if needed."""
    rows = [row for row in found.rows if row.primary]
    times = Counter(row.module for row in rows)
    named = [(row, found.named(row)) for row in rows]
    return [
        replace(name, question=f"{name.question} ({found.words.language_name(row.language)})")
        if times[row.module] > 1
        else name
        for row, name in named
    ]


def _days(found: Findings) -> tuple[str, str]:
    """Return the first and the last day of a workshop, in words."""
    days = found.opened.values()
    return found.words.day(min(days)), found.words.day(max(days))


def design(found: Findings) -> list[Block]:
    """Return how it was done."""
    says = found.words.report
    return [HeadingBlock(says.headings.design), *paragraphs(says.design)]


def whom(found: Findings) -> list[ParagraphBlock]:
    """Return whom the workshops were for."""
    words, says = found.words, found.words.report
    told = [
        joined("", [audience, f" ({words.numbers.workshops.of(count)})"])
        for audience, count in found.audiences.items()
    ]
    return [ParagraphBlock(filled(says.audiences, audiences=joined("; ", told)))] if told else []


def people(found: Findings) -> list[Block]:
    """Show who joined, who was left at each step, and why pairs are missing."""
    words, says = found.words, found.words.report.people
    first, last = _days(found)
    told = says["workshops_day" if first == last else "workshops"].format(
        people=found.steps.told(len(found.people), words),
        workshops=words.numbers.workshops.of(len(found.opened)),
        first=first,
        last=last,
    )
    blocks: list[Block] = [
        HeadingBlock(words.report.headings.people),
        ParagraphBlock(told),
        ParagraphBlock(says.apart.format(people=begun(found.steps.told(found.apart, words)))),
        *table(words, "workshops", _workshops(found)),
        ParagraphBlock(
            says.languages.format(languages=", ".join(map(words.language_name, found.languages)))
        ),
    ]
    if (found.people["mode"] == Mode.PAPER).any():
        blocks.append(ParagraphBlock(says.modes.format(modes=", ".join(_modes(found)))))
    modules = found.leaving[found.leaving["joined"] >= found.k]
    if len(modules):
        series = modules[modules["module"] == ""]
        blocks.append(ParagraphBlock(says.steps.format(k=found.k)))
        blocks.append(PictureBlock(people_left(series, words, steps=found.steps)))
    if unasked := _unasked(found):
        blocks.append(ParagraphBlock(filled(says.unasked, modules=joined(", ", unasked))))
    return blocks


def _workshops(found: Findings) -> list[list[str | int]]:
    return [[name, found.words.day(found.opened[code])] for code, name in found.rooms.items()]


def _modes(found: Findings) -> Iterator[str]:
    """Name the two ways to answer, with how many joined where that tells about nobody."""
    says = found.words.report.people
    sizes = found.people["mode"].value_counts()
    names = {Mode.PAGE: says.mode_page, Mode.PAPER: says.mode_paper}
    people = [int(sizes.get(mode, 0)) for mode in names]
    for told, size, visible in zip(names.values(), people, enough(people, k=found.k), strict=True):
        yield f"{told} ({found.steps.told(size, found.words)})" if visible else told


def left_by_module(found: Findings) -> list[Block]:
    """Draw who left each module, to the scale of the whole series."""
    rows = found.leaving[found.leaving["joined"] >= found.k]
    if rows.empty:
        return []
    words, titles, widest = found.words, found.content.titles, int(rows["joined"].max())
    modules = rows[rows["module"] != ""]
    figure = people_left(
        modules, words, titles, name="attrition-modules", widest=widest, steps=found.steps
    )
    return [HeadingBlock(words.report.headings.attrition), PictureBlock(figure)]


def _unasked(found: Findings) -> list[str]:
    """Name the modules in which no workshop was asked both times."""
    rated = found.pairs[found.pairs["primary"]]
    never = (rated["status"] == "never asked twice").groupby(rated["module"], observed=True).all()
    return [found.title(module) for module in never.index[never]]
