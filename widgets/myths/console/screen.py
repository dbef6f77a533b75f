"""What the projector shows: how to join, a step, a question with a count, what the room answered.

Nothing on it is private or for the staff: it is what everybody in the room may see anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from myths import components, live
from myths.catalog import AGREEMENT, Catalog, Item
from myths.console import wall
from myths.console.offers import shown
from myths.console.plan import LedPart, LedStep, here, parts
from myths.console.room_lead import FOLDER
from myths.console.view import AGREEING, BOTH, asked, percent
from myths.live import Shares, told
from myths.store import Store
from myths.vocabulary import Keyed, Kind, Scene, SeriesPage, Step

_NONE = Shares(0, ())


class ProjectorScreen:
    """The screen of one workshop. Raises WorkshopError (reason "unknown") and StoreError."""

    def __init__(self, store: Store, code: str, words: Catalog) -> None:
        self._store, self._code, self._words = store, code, words
        self._workshop = store.workshop(code, joinable=False)
        self._state = store.live_state(code)
        self._there = store.attendance(code, vote=self._state.vote)
        self._inquiry = self._asked()
        self._cards = wall.cards(live.wall(store, code, self._state), self._state.approved)

    @property
    def mark(self) -> str:
        """Return what tells that the screen is other than before."""
        there = self._there
        written = f"{bool(self._inquiry)}-{len(self._cards)}"
        return f"{self._state.version}-{there.joined}-{there.answered}-{written}"

    def markup(self, *, address: str, square: str) -> str:
        """Return the screen's HTML; `square` is the drawn link to join."""
        ui, state = self._words.ui, self._state
        part, step = here(parts(self._words, self._workshop), state)
        values = {
            "scene": self._scene(),
            "inquiry": self._inquiry,
            "cards": self._cards,
            "asked": self._written(part),
            "code": self._code,
            "address": address,
            "square": square,
            "part": part,
            "step": step,
            "joined": self._there.joined,
            "answered": self._there.answered,
            "left": told(state)["left"],
            "items": [each.question for each in step.items],
            "ends": _ends(step),
            "said": self._said(part, step),
            "result": self._result(part),
            "k": self._workshop.k,
        }
        return components.markup("projector", ui.projector.flat(), folder=FOLDER, **values)

    def _scene(self) -> str:
        """Return what is shown now: the step in place of what was taken back."""
        scene = shown(self._state)
        is_gone: dict[str, bool] = {Scene.INQUIRY: not self._inquiry, Scene.WALL: not self._cards}
        return Scene.STEP if is_gone.get(scene) else scene

    def _written(self, part: LedPart) -> str:
        """Return the question whose answers are on the wall."""
        _, _, name = self._state.detail.partition("/")
        texts = (item for step in part.steps for item in step.texts if item.id == name)
        return next((item.question for item in texts), "")

    def _asked(self) -> str:
        """Return the question that is shown, as long as it is not taken back."""
        if self._state.scene != Scene.INQUIRY:
            return ""
        asked = self._store.inquiries(self._code)
        texts = (each.text for each in asked if each.key == self._state.detail)
        return " ".join(next(texts, "").split())

    def _said(self, part: LedPart, step: LedStep) -> Mapping[str, Any]:
        """Return what is put to the room: a question, a fact, a story, what to talk about."""
        state = self._state
        if state.scene == Scene.FACT:
            facts = next((each.facts for each in part.steps if state.detail in each.facts), {})
            names = list(facts)
            if state.detail in facts:
                number = names.index(state.detail) + 1
                return {"fact": facts[state.detail], "number": number, "total": len(names)}
        if state.scene == Scene.AGREEMENT and part.slug == SeriesPage.CLOSING:
            section = self._words.page(part.slug).section(AGREEMENT)
            taught = self._words.series.taught(self._workshop.modules)
            cards = [self._words.module(slug).card for slug in taught]
            return {"heading": section.heading, "text": section.text, "cards": cards}
        if part.slug not in self._words.series.modules:
            return {}
        module = self._words.module(part.slug, audience=self._workshop.audience)
        story = module.vignette
        if state.scene == Scene.STORY:
            return {"heading": story.title, "text": story.text}
        if state.scene == Scene.OUTCOME:
            return {"heading": story.title, "text": story.next}
        if step.slug == Step.VIEW:
            return {"question": module.question}
        if step.slug == Step.FACTS:
            return {"core": module.core}
        if step.slug == Step.STORY:
            return {"prompts": list(module.prompts.values())}
        return {}

    def _result(self, part: LedPart) -> dict[str, Any] | None:
        """Return the result that is shown, if one is. Raises StoreError."""
        page, _, name = self._state.detail.partition("/")
        if self._scene() != Scene.RESULTS or page != part.slug:
            return None
        item = self._words.module(page, audience=self._workshop.audience).item(name)
        found = live.group_change(self._store, self._code, self._state, page, name)
        phases = [each for each in asked(item) if found.get(each) and found[each].people]
        return {
            "statement": item.question,
            "is_belief": item.keyed == Keyed.MYTH,
            "phases": phases,
            "people": {each: found[each].people for each in phases},
            "rows": [_row(item, label, options, found) for label, options in _groups(item)],
            "two": len(phases) > 1,
            "agreed": {each: percent(found[each], AGREEING) for each in phases if item.keyed},
        }


def _ends(step: LedStep) -> tuple[str, str] | None:
    """Return the ends of the scale on which a step's statements are rated."""
    options = step.items[0].options if step.items and step.items[0].keyed else ()
    return (options[0].label, options[-1].label) if options else None


def _groups(item: Item) -> list[tuple[str, list[str]]]:
    """Return the rows of a result: of a scale who agrees, who does not, and who is between."""
    options = [(option.label, str(option.value), option.value) for option in item.options]
    if item.kind == Kind.CONFIDENCE:
        names = [name for _, name, _ in options]
        return [
            (f"{part[0]} \N{EN DASH} {part[-1]}", part)
            for part in (names[7:], names[4:7], names[:4])
        ]
    if not item.keyed:
        return [(label, [name]) for label, name, _ in options]
    middle = next(label for label, _, value in options if value == 3)
    agree = next(label for label, _, value in options if value == 4)
    other = next(label for label, _, value in options if value == 2)
    return [
        (agree, list(AGREEING)),
        (middle, ["3"]),
        (other, [name for _, name, value in options if value < 3]),
    ]


def _row(item: Item, label: str, options: list[str], found: Mapping[str, Shares]) -> dict[str, Any]:
    """Return how many percent chose some options, by phase."""
    return {
        "label": label,
        "is_agreeing": bool(item.keyed) and "5" in options,
        **{phase: percent(found.get(phase, _NONE), options) for phase in BOTH},
    }
