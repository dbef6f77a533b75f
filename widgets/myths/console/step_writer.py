"""The steps that a page has, as its notebook shows them: which begin there, and what they ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from myths.catalog import (
    AGREEMENT,
    MODULE_STEPS,
    RATED_STEPS,
    Catalog,
    Html,
    Item,
    ModuleContent,
    NotebookCall,
    NotebookHeading,
    PageContent,
    own_question,
    scales,
)
from myths.console.led_step import LedStep, LedVote
from myths.errors import ContentError
from myths.store import Workshop
from myths.vocabulary import Kind, Phase, SeriesPage, SharedItem, Step

_WHOLE = "page"  # what a page begins with that has no step yet
_PHASES = (Phase.BEFORE, Phase.AFTER)  # in which a room votes

# With which methods of a page a step begins, and which show nothing in a workshop of ten minutes;
# what is shown then tests/server/test_led_steps.py compares with the pages themselves.
_PAGE = {"agreement": Step.AGREE, "changes": Step.MINE, "plans": Step.MINE}
_CLOSING = _PAGE | {"title": Step.KEEP, "rate": Step.LOOK, "reflect": Step.LOOK}
_LONG_MODULE = ("recall", "vignette", "reflect", "change", "commit")
_LONG_PAGE = ("facts", "rate", "reflect", "agreement", "changes")


@dataclass
class _StepParts:
    """A step while it is written."""

    slug: str
    title: str
    kind: str = ""
    votes: list[LedVote] = field(default_factory=list)
    texts: list[Item] = field(default_factory=list)
    facts: dict[str, Html] = field(default_factory=dict)


class StepWriter:
    """Writes the steps of one page of a workshop. Raises ContentError."""

    def __init__(self, catalog: Catalog, workshop: Workshop, slug: str) -> None:
        self._catalog, self._slug, self._short = catalog, slug, workshop.short
        self._module: ModuleContent | None = None
        self._page: PageContent | None = None
        if slug in catalog.series.modules:
            self._module = catalog.module(slug, audience=workshop.audience)
            self._items = self._module.items
        else:
            self._page = catalog.page(slug)
            self._items = self._page.items
        self._steps: list[_StepParts] = []
        self._begun: Counter[str] = Counter()

    def write(self, outline: Iterable[NotebookCall | NotebookHeading]) -> tuple[LedStep, ...]:
        """Return the steps, in their order; a page that has none is one without a name."""
        for each in outline:
            if isinstance(each, NotebookHeading):
                self._begun["part"] += 1
                self._steps.append(_StepParts(f"part-{self._begun['part']}", each.words))
            elif not self._is_left_out(each):
                self._begin(self._step_of(each))
                self._fill(each)
        if [each.slug for each in self._steps] in ([], [_WHOLE]):
            self._steps = self._steps or [_StepParts(_WHOLE, "")]
            self._steps[0].slug = ""
        return tuple(
            LedStep(
                each.slug, each.title, each.kind, tuple(each.votes), tuple(each.texts), each.facts
            )
            for each in self._steps
        )

    def _is_left_out(self, call: NotebookCall) -> bool:
        """Return whether a section shows nothing, as the workshop is a short one."""
        if not self._short:
            return False
        if self._module:
            return call.method in _LONG_MODULE or _phase(call) not in ("", Phase.BEFORE)
        is_kept = self._page is None or not call.args or call.args[0] in self._page.short
        return call.method in _LONG_PAGE or (call.method == "section" and not is_kept)

    def _step_of(self, call: NotebookCall) -> str:
        """Return which step begins with a section, if one does."""
        if self._module:
            if call.method == "rate":
                return RATED_STEPS.get(_phase(call), "")
            return MODULE_STEPS.get(call.method, "")
        if call.method == "section":
            step = str(call.named.get("step", ""))
            return step if step in Step.words() else ""
        return (_CLOSING if self._slug == SeriesPage.CLOSING else _PAGE).get(call.method, "")

    def _begin(self, kind: str) -> None:
        """Begin a step as the page does, unless it has begun already."""
        if kind and not (self._steps and self._steps[-1].kind == kind):
            self._begun[kind] += 1
            again = f"-{self._begun[kind]}" if self._begun[kind] > 1 else ""
            self._steps.append(_StepParts(kind + again, self._catalog.ui.steps[kind], kind))
        elif not self._steps:
            self._steps.append(_StepParts(_WHOLE, ""))

    def _fill(self, call: NotebookCall) -> None:
        """Note what a section asks the room, has it write, or tells in facts."""
        step, module, page = self._steps[-1], self._module, self._page
        if call.method == "ask":
            step.votes += self._own(call)
        elif module and call.method == "rate" and _phase(call) in _PHASES:
            sure = self._of(Kind.CONFIDENCE)
            step.votes.append(LedVote(_phase(call), module.statements, sure))
        elif module and call.method == "recall":
            step.votes.append(LedVote(Phase.AFTER, self._of(Kind.RECALL)))
        elif module and call.method == "reading":
            step.facts |= {name: fact.text for name, fact in module.facts.items()}
        elif module and call.method == "reflect":
            step.texts += [each for each in self._of(Kind.TEXT) if each.id != SharedItem.REASON]
        elif page and call.method == "facts":
            step.facts |= {name: fact.text for name, fact in page.facts.items()}
        elif page and call.method in ("agreement", "reflect") and step.kind:
            agreed = call.method == "agreement"
            texts = self._of(Kind.TEXT)
            step.texts += [each for each in texts if (each.id == AGREEMENT) == agreed]

    def _own(self, call: NotebookCall) -> list[LedVote]:
        """Return the vote on a trainer's own question, if a room can vote on it."""
        phase = call.named.get("phase") or Phase.AFTER
        try:
            item = own_question(
                *call.args,
                module=self._slug,
                language=self._catalog.language,
                taken=[each.id for each in self._items],
                scales=scales(self._catalog.ui),
                **{name: value for name, value in call.named.items() if name != "phase"},
            )
        except (ContentError, TypeError):  # the page shows nothing of it
            return []
        is_voted = item.kind != Kind.TEXT and phase in _PHASES
        return [LedVote(Phase(phase), (item,), own=True)] if is_voted else []

    def _of(self, kind: Kind) -> tuple[Item, ...]:
        return tuple(each for each in self._items if each.kind == kind)


def _phase(call: NotebookCall) -> str:
    """Return the phase of a rating; empty for any other section."""
    if call.method != "rate":
        return ""
    return str(call.args[0] if call.args else call.named.get("phase", ""))
