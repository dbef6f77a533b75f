"""One myth as a discussion module: a method for each section."""

from __future__ import annotations

from html import escape

from ipywidgets import Widget

from myths import components
from myths.catalog import RATED_STEPS, Item
from myths.errors import ContentError
from myths.module.notebook_page import NotebookPage, options
from myths.vocabulary import Kind, Phase, SharedItem, Step

_SHORT_DISCUSSION = 4  # minutes of the ten, as in the handbook


class Module(NotebookPage):
    """One myth as a discussion module; its methods are its sections, in their usual order.

    Each method returns a widget, which a notebook shows when the call is the last line of a cell.
    On a participant's page the widgets save the answers; in JupyterLab they are a preview, and
    nothing is kept. In a workshop of ten minutes a section that there is no time for returns
    nothing, so its cell shows nothing.

    Parameters
    ----------
    slug : str
        Which module, as its folder in ``content/modules`` is called: ``"risk"``.

    Raises
    ------
    ContentError
        If there is no such module, or its content has a fault.

    Examples
    --------
    >>> import myths
    >>> module = myths.Module("risk")
    >>> ratings = module.rate("before")
    >>> len(ratings.children)  # a lead-in, three statements, the confidence, a reason
    6
    """

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self._level = 3
        self._module = self._catalog.module(
            slug, audience=self._occasion.audience, drafts=self._session.is_preview
        )
        self._content = self._module

    def question(self) -> Widget:
        """Show the myth as a question, what the page speaks of, and that all is a free choice."""
        note = {"kind": "note", "html": self._module.note, "level": 2}
        return self._begins(Step.VIEW, self._title(self._module.question, note))

    def rate(self, phase: str) -> Widget | None:
        """Ask for the private ratings and the confidence, and before also for a reason.

        Parameters
        ----------
        phase : {"before", "after", "retrospective"}
            Answers are paired by it: the same statements are asked again later. "retrospective",
            behind "after", asks how people see now what they thought before, and for the ratings
            alone; it is for the evaluation, and no module has it until a trainer adds it.

        Raises
        ------
        ContentError
            If a module does not rate in that phase.
        """
        if phase not in RATED_STEPS:
            raise ContentError(f"A module rates {', '.join(RATED_STEPS)}, and not {phase!r}.")
        phase = Phase(phase)
        if self._short and phase is not Phase.BEFORE:
            return None
        heading = self._catalog.ui.sections[f"rate_{phase}"]
        intro = self._catalog.ui.sections[f"rate_{phase}_intro"]
        asked = [*self._module.statements]
        if phase is not Phase.RETROSPECTIVE:
            asked += self._items(Kind.CONFIDENCE)
        level = 2 if phase is Phase.BEFORE else 3
        lead = {"kind": "text", "heading": heading, "html": escape(intro), "level": level}
        parts: list[Widget] = [self._reading(lead)]
        parts += [self._rating(item, phase) for item in asked]
        if phase is Phase.BEFORE and not self._short:
            parts.append(self._text(self._module.item(SharedItem.REASON), phase))
        return self._begins(RATED_STEPS[phase], components.PagePart(parts))

    def reading(self) -> Widget:
        """Show the core fact, the myth once, why it misleads, the facts, and the takeaway last."""
        text, sections = self._module, self._catalog.ui.sections
        core = {"kind": "core", "heading": sections.core, "html": text.core}
        takeaway = {"kind": "takeaway", "html": text.takeaway.text}
        if self._short:
            return self._begins(Step.FACTS, self._reading(core, takeaway))
        shown = self._reading(
            core,
            {"kind": "myth", "html": text.myth},
            {"kind": "misleads", "heading": text.misleads.name, "html": text.misleads.text},
            {
                "kind": "facts",
                "heading": sections.facts,
                "items": [{"id": fact, "html": said.text} for fact, said in text.facts.items()],
            },
            *(
                {
                    "kind": "folded" if name in text.folded else "box",
                    "heading": box.heading,
                    "html": box.text,
                    "id": name,
                    "open": name in text.unfolded,
                    **(self._safety(text.safety_language) if name in text.unfolded else {}),
                }
                for name, box in text.boxes.items()
            ),
            {"kind": "folded", "heading": sections.treaty, "html": text.treaty},
            takeaway,
        )
        return self._begins(Step.FACTS, shown)

    def recall(self) -> Widget | None:
        """Ask one question about the facts: keep a first answer, talk, then show the feedback."""
        if self._short:
            return None
        (item,) = self._items(Kind.RECALL)
        feedback = {option.value: option.feedback for option in item.options}
        first = self._session.question(item, Phase.BEFORE)
        recall = components.Recall(
            item.question,
            options(item),
            judge=lambda value: {"right": value == item.correct, "feedback": feedback[value]},
            words=self._words,
            first_item=first["item"],
            keep=first["save"],
            first=first["known"],
            **self._session.question(item, Phase.AFTER),
        )
        self._session.bind(recall, item, Phase.AFTER)

        def follow() -> None:
            recall.show_first(self._session.answer(item, Phase.BEFORE))

        def begin() -> None:
            follow()
            recall.tell_kept()

        self._session.on_begin(begin)
        self._session.on_change(follow)
        heading = self._catalog.ui.sections.recall
        lead = {"kind": "text", "heading": heading, "html": escape(item.lead)}
        return self._begins(Step.CHECK, components.PagePart([self._reading(lead), recall]))

    def vignette(self) -> Widget | None:
        """Show a made-up case from practice, and what happened next, folded."""
        if self._short:
            return None
        case = self._module.vignette
        shown = components.Vignette(
            case.title, case.text, next=case.next, level=self._level, words=self._words
        )
        return self._begins(Step.STORY, shown)

    def discuss(self, *, minutes: int | None = None) -> Widget:
        """Show the prompts for the discussion, what to write on the room's card, and a timer.

        Parameters
        ----------
        minutes : int, optional
            Of the timer; those of the content if left out, and 4 in a workshop of ten minutes.
        """
        prompts, usual = list(self._module.prompts.values()), self._module.discussion_minutes
        if self._short:
            prompts, usual = [self._module.challenge], _SHORT_DISCUSSION
        shown = components.Discussion(
            prompts,
            card=self._module.card,
            minutes=minutes or usual,
            level=self._level,
            words=self._words,
        )
        return self._begins(Step.STORY, shown)

    def reflect(self) -> Widget | None:
        """Ask the reflection questions, answered in writing."""
        if self._short:
            return None
        asked = [item for item in self._items(Kind.TEXT) if item.id != SharedItem.REASON]
        section = components.PagePart([self._text(item, Phase.AFTER, group=True) for item in asked])
        return self._begins(Step.WRITE, section)

    def change(self) -> Widget | None:
        """Show what became of one's own ratings: each that was given again, beside the first."""
        if self._short:
            return None
        module = self._module
        view = components.Change(self._rows(module), options(module.primary), words=self._words)

        def follow() -> None:
            view.rows = self._rows(module)

        self._session.on_change(follow)
        heading = {"kind": "text", "heading": self._catalog.ui.sections.change, "html": ""}
        return self._begins(Step.AGAIN, components.PagePart([self._reading(heading), view]))

    def commit(self) -> Widget | None:
        """Ask for one plan: if … then I will …"""
        if self._short:
            return None
        sections, examples = self._catalog.ui.sections, self._module.commitment
        heading = {
            "kind": "plan",
            "heading": sections.commit,
            "html": escape(sections.commit_intro),
        }
        hint = sections.example
        section = components.PagePart(
            [
                self._reading(heading),
                self._text(
                    self._module.item(SharedItem.COMMITMENT_IF),
                    Phase.AFTER,
                    hint=hint.format(example=examples.situation),
                ),
                self._text(
                    self._module.item(SharedItem.COMMITMENT_THEN),
                    Phase.AFTER,
                    hint=hint.format(example=examples.action),
                ),
            ]
        )
        return self._begins(Step.AGAIN, section)

    def _items(self, *kinds: Kind) -> list[Item]:
        return [item for item in self._module.items if item.kind in kinds]
