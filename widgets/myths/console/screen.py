"""What the projector shows: how to join, a step, a question with a count, what the room answered.

Nothing on it is private or for the staff: it is what everybody in the room may see anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from myths import components, live
from myths.catalog import AGREEMENT, Catalog, Item
from myths.console import wall
from myths.console.led_step import LedStep
from myths.console.offers import shown
from myths.console.plan import LedPart, here, is_vote, parts
from myths.console.room_lead import FOLDER
from myths.console.room_results import MOST, result
from myths.live import told
from myths.store import Store
from myths.vocabulary import Kind, Scene, SeriesPage, Step

_LONGEST = 60  # letters of an option that there is room for


class ProjectorScreen:
    """The screen of one workshop; `notebooks` as in RoomLead.

    Raises WorkshopError (reason "unknown") and StoreError.
    """

    def __init__(
        self, store: Store, code: str, words: Catalog, notebooks: Path | None = None
    ) -> None:
        self._store, self._code, self._words, self._notebooks = store, code, words, notebooks
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
        part, step = here(parts(self._words, self._workshop, self._notebooks), state)
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
            "organiser": self._words.organiser,
            "joined": self._there.joined,
            "answered": self._there.answered,
            "left": told(state)["left"],
            "vote": self._voted(part),
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

    def _voted(self, part: LedPart) -> dict[str, Any]:
        """Return what the room is asked, or was last: sentences to rate, or one question."""
        votes = (vote for step in part.steps for vote in step.votes)
        led = next((each for each in votes if is_vote(self._state.vote, part, each)), None)
        items = led.items if led else ()
        rated = all(each.keyed for each in items)
        return {
            "items": [each.question for each in items],
            "alone": "" if rated else items[0].question,
            "ends": _ends(items[0]) if items else None,
            "options": _listed(items[0]) if led and led.own else [],
        }

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
        if step.kind == Step.VIEW:
            return {"question": module.question}
        if step.kind == Step.FACTS:
            return {"core": module.core}
        if step.kind == Step.STORY:
            return {"prompts": list(module.prompts.values())}
        return {}

    def _result(self, part: LedPart) -> dict[str, Any] | None:
        """Return the result that is shown, if one is. Raises StoreError."""
        page, _, name = self._state.detail.partition("/")
        if self._scene() != Scene.RESULTS or page != part.slug:
            return None
        item = part.item(name)
        if item is None:
            return None
        found = live.group_change(self._store, self._code, self._state, page, name)
        return result(part, item, found)


def _ends(item: Item) -> tuple[str, str] | None:
    """Return the ends of the scale on which something is rated."""
    is_scale = item.kind == Kind.RATING and item.options
    return (item.options[0].label, item.options[-1].label) if is_scale else None


def _listed(item: Item) -> list[str]:
    """Return the options of a choice, if there is room for them: they are on the phones too."""
    labels = [option.label for option in item.options]
    fit = len(labels) <= MOST and all(len(each) <= _LONGEST for each in labels)
    return labels if fit and item.kind == Kind.CHOICE else []
