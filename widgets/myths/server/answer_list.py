"""What a participant said, in words: for the page that shows it, and as a file to keep."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from myths.catalog import Catalog, ModuleContent, PageContent
from myths.store import AnswerVersion, Inquiry
from myths.vocabulary import RATED, WRITTEN, Kind, Mode, Phase, page_path


@dataclass(frozen=True)
class ListedAnswer:
    """One answer as people read it; `text` is theirs, `words` are the content's, one is empty.

    `scale` says what the ends of a scale of numbers mean.
    """

    version: AnswerVersion
    question: str
    phase: str
    words: str
    scale: str
    text: str
    reader: str


@dataclass(frozen=True)
class AnsweredRow:
    """What was answered to one question: before, after, at the follow-up."""

    answers: Sequence[ListedAnswer]

    @property
    def question(self) -> str:
        """Return the question as it was asked first."""
        return self.answers[0].question

    @property
    def item(self) -> str:
        """Return what was asked."""
        return self.answers[0].version.item

    @property
    def is_one_text(self) -> bool:
        """Return whether it is a text of one time on a page, of which a time says nothing."""
        first, *more = self.answers
        return not more and first.version.kind in WRITTEN and first.version.mode != Mode.PAPER

    @property
    def is_line(self) -> bool:
        """Return whether it fits one line: ratings of one statement in the same words."""
        return all(
            each.version.kind in RATED and each.question == self.question for each in self.answers
        )


@dataclass(frozen=True)
class AnsweredPart:
    """A module or page with answers; `path` is empty for one that the series no longer has."""

    slug: str
    path: str
    title: str
    answers: Sequence[ListedAnswer]

    @property
    def rows(self) -> list[AnsweredRow]:
        """Put together what was answered to one question."""
        grouped = groupby(self.answers, key=lambda answer: answer.version.item)
        return [AnsweredRow(list(answers)) for _, answers in grouped]


def parts(
    versions: Iterable[AnswerVersion], words: Catalog, modules: Iterable[str] = ()
) -> list[AnsweredPart]:
    """Sort answers as the pages have them: by module, question, phase, and then by time.

    `modules` are those of the workshop in their order; others that the series has come after them.
    """
    by_module: dict[str, list[AnswerVersion]] = {}
    for each in versions:
        by_module.setdefault(each.module, []).append(each)
    series = dict.fromkeys([*words.series.walk(modules), *words.series.modules])
    known = [slug for slug in series if slug in by_module]
    gone = [slug for slug in by_module if slug not in series]
    return [
        AnsweredPart(
            slug=slug,
            path="" if slug in gone else page_path(slug),
            title=slug if slug in gone else _content(slug, words).title,
            answers=[_answer(each, words) for each in _in_order(by_module[slug], slug, words)],
        )
        for slug in [*known, *gone]
    ]


def as_json(found: Iterable[AnsweredPart], questions: Iterable[Inquiry]) -> str:
    """Write answers as JSON: {"answers": [...], "questions": [...]}, times in UTC.

    The questions are those to the trainer, which have no time.
    """
    rows = [
        {
            "module": answer.version.module,
            "item": answer.version.item,
            "phase": answer.version.phase,
            "kind": answer.version.kind,
            "question": answer.question,
            "value": answer.version.answer.value,
            "label": _whole(answer),
            "text": answer.version.answer.text,
            "declined": answer.version.answer.declined,
            "reader": answer.version.answer.reader,
            "answered_at": answer.version.at.isoformat(timespec="seconds"),
            "current": answer.version.current,
            "mode": answer.version.mode,
        }
        for part in found
        for answer in part.answers
    ]
    asked = [
        {"text": each.text, "page": each.page, "step": each.step, "state": each.state}
        for each in questions
    ]
    told = {"answers": rows, "questions": asked}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_text(found: Iterable[AnsweredPart], questions: Sequence[Inquiry], words: Catalog) -> str:
    """Write answers as plain text, an empty line between two of them."""
    lines = [*_lines(found, words)]
    if questions:
        lines += ["", "", words.ui.own.questions]
    for each in questions:
        lines += ["", each.text, words.ui.ask[f"state_{each.state}"]]
    return "\n".join(lines) + "\n"


def _lines(found: Iterable[AnsweredPart], words: Catalog) -> Iterator[str]:
    own, readers = words.ui.own, words.ui.components.reflection.readers
    yield own.heading
    for part in found:
        yield from ("", "", part.title)
        for answer in part.answers:
            yield from ("", f"{answer.phase}: {answer.question}", answer.text or _whole(answer))
            if answer.reader:
                yield f"{readers} {answer.reader}"
            earlier = "" if answer.version.current else f" ({own['earlier']})"
            yield f"{answer.version.at:%Y-%m-%d %H:%M} UTC{earlier}"


def _content(slug: str, words: Catalog) -> ModuleContent | PageContent:
    return words.module(slug) if slug in words.series.modules else words.page(slug)


def _in_order(versions: list[AnswerVersion], slug: str, words: Catalog) -> list[AnswerVersion]:
    """Sort by the place on the page; what is no longer there comes last."""
    known = slug in (*words.series.modules, *words.series.pages)
    items = [item.id for item in _content(slug, words).items] if known else []
    items += dict.fromkeys(each.item for each in versions if each.item not in items)
    phases = Phase.words()
    return sorted(versions, key=lambda each: (items.index(each.item), phases.index(each.phase)))


def _answer(version: AnswerVersion, words: Catalog) -> ListedAnswer:
    reader = version.answer.reader
    return ListedAnswer(
        version=version,
        question=str(version.words.get("question", version.item)),
        phase=_when(version, words),
        words=_in_words(version, words),
        scale=_scale(version, words),
        text=version.answer.text or "",
        reader=words.ui.components.reflection[f"reader_{reader}"] if reader else "",
    )


def _when(version: AnswerVersion, words: Catalog) -> str:
    """Return when it was answered, in words, and if it was on paper.

    A recall question has a first try and a last.
    """
    own = words.ui.own
    when = str(own[version.phase])
    if version.kind == Kind.RECALL:
        when = own.first if version.phase == Phase.BEFORE else own.last
    return f"{when} ({own.from_paper})" if version.mode == Mode.PAPER else when


def _in_words(version: AnswerVersion, words: Catalog) -> str:
    if version.answer.declined:
        return words.ui.components.question.decline
    if not version.opened:
        return words.ui.own.unopened
    if version.answer.value is None:
        return ""
    number = f"{version.answer.value:g}"
    return str((version.words.get("options") or {}).get(number, number))


def _scale(version: AnswerVersion, words: Catalog) -> str:
    """Return what the ends of the numbers mean, where a number was chosen."""
    options, ends = version.words.get("options"), version.words.get("ends")
    if not options or not ends or version.answer.value is None:
        return ""
    first, *_, last = options
    return words.ui.own.scale.format(first=first, low=ends[0], last=last, high=ends[1])


def _whole(answer: ListedAnswer) -> str:
    return f"{answer.words} {answer.scale}".strip()
