"""The texts of a module in the order of its page, as one audience meets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from myths.catalog import Interface
from myths.studio.entry_fields import EntryFields
from myths.studio.entry_list import MODULE_LISTS, PRACTICE
from myths.studio.field_set import FieldGroup, FieldSet, FieldTool
from myths.vocabulary import Audience, Step
from myths.yaml_text import Place, YamlText

_OWN = {"prompts": "practice", "reflections": "reflection"}  # the keys of what it is asked


class ModuleFields(EntryFields):
    """The fields of a module. With `can_build`, entries can be added, moved and removed."""

    lists = MODULE_LISTS

    def __init__(
        self,
        words: YamlText,
        plan: YamlText,
        ui: Interface,
        *,
        audience: str = Audience.MIXED,
        can_build: bool = True,
    ) -> None:
        super().__init__(words, plan, ui, can_build=can_build)
        self._audience = audience

    def groups(self) -> list[FieldGroup]:
        """Return the fields, step by step."""
        made: Mapping[Step, Iterator[FieldSet]] = {
            Step.VIEW: self._view(),
            Step.FACTS: self._facts(),
            Step.CHECK: self._check(),
            Step.STORY: self._story(),
            Step.WRITE: self._write(),
            Step.AGAIN: self._again(),
        }
        return [
            FieldGroup(str(step), str(self._ui.steps[step]), tuple(sets), str(step))
            for step, sets in made.items()
        ]

    def _view(self) -> Iterator[FieldSet]:
        yield self._one("line", "title", ("title",))
        yield self._one("paragraph", "question", ("question",))
        yield self._one("prose", "note", ("note",))
        ratings = self._ratings("rated")
        for number, each in enumerate(ratings):
            yield self._said(each, self._w.ratings_fixed if number == len(ratings) - 1 else "")

    def _facts(self) -> Iterator[FieldSet]:
        yield self._one("prose", "core", ("core",))
        yield self._one("prose", "myth", ("myth",))
        yield self._one("line", "misleads_name", ("misleads", "name"))
        yield self._one("prose", "misleads_text", ("misleads", "text"))
        facts = self._names("facts")
        for number, name in enumerate(facts, start=1):
            legend = self._w.numbered.format(what=self._w.label_fact, n=number)
            note = self._w.facts_fixed if number == len(facts) else ""
            yield self._fact(("facts", name), legend, note)
        yield from self._entries("boxes")
        yield self._one("prose", "treaty", ("treaty",))
        yield self._fact(("takeaway",), self._w.label_takeaway)

    def _check(self) -> Iterator[FieldSet]:
        yield self._one("paragraph", "recall_question", ("recall", "question"))
        yield from self._entries("options")
        letters = {each: each.upper() for each in self._list("options").ids(self._plan)}
        yield self._chosen("recall_correct", ("recall", "correct"), letters)

    def _story(self) -> Iterator[FieldSet]:
        cases = self._list("cases")
        has_own = self._audience in cases.ids(self._plan)
        place: Place = ("cases", self._audience) if has_own else ("vignette",)
        kinds = dict(cases.parts)
        fields = tuple(self._field(kinds[key], f"story_{key}", (*place, key)) for key in kinds)
        yield FieldSet(
            self._id(place),
            fields,
            legend=self._for_audience(self._w.label_story, has_own=has_own),
            note=self._w.story_of_all if not has_own and self._is_special else "",
            tools=self._own_tools("cases", has_own=has_own),
        )
        yield from self._asked("prompts")
        yield self._one("paragraph", "card", ("card",))
        yield self._typed("number", "minutes", ("discussion_minutes",))

    def _write(self) -> Iterator[FieldSet]:
        yield from self._asked("reflections")

    def _again(self) -> Iterator[FieldSet]:
        yield from (self._said(each) for each in self._ratings("remarks"))
        yield self._one("paragraph", "plan_if", ("commitment", "if"))
        yield self._one("paragraph", "plan_then", ("commitment", "then"))

    def _asked(self, name: str) -> Iterator[FieldSet]:
        """Yield a list of questions, with what the audience is asked in place of one of them."""
        has_own = self._audience in self._list("audiences").ids(self._plan)
        own: Place = ("audiences", self._audience, _OWN[name])
        for each in self._entries(name):
            is_practice = each.id == self._id((name, PRACTICE))
            if not is_practice or not self._is_special:
                yield each
                continue
            (field_,) = each.fields
            label = self._for_audience(field_.label, has_own=has_own)
            field_ = self._field("paragraph", name, own, label) if has_own else field_
            yield FieldSet(
                each.id,
                (field_,),
                note="" if has_own else self._w.question_of_all,
                tools=self._own_tools("audiences", has_own=has_own),
            )

    @property
    def _is_special(self) -> bool:
        return self._audience != Audience.MIXED

    def _for_audience(self, words: str, *, has_own: bool) -> str:
        audience = self._ui.audience[self._audience]
        return self._w.label_audience.format(what=words, audience=audience) if has_own else words

    def _own_tools(self, name: str, *, has_own: bool) -> tuple[FieldTool, ...]:
        """Return the button with which an audience gets words of its own, or those of all again."""
        if not self._is_special or not self._can_build:
            return ()
        if has_own:
            act = {"do": "remove", "list": name, "id": self._audience}
            return (FieldTool(act, self._w[f"disown_{name}"]),)
        audience = self._ui.audience[self._audience]
        label = {
            "cases": self._w.own_cases.format(audience=audience),
            "audiences": self._w.own_audiences.format(audience=audience),
        }[name]
        return (FieldTool({"do": "own", "list": name, "id": self._audience}, label),)

    def _ratings(self, key: str) -> list[tuple[str, Place]]:
        """Return the label and the place of each statement, or of each remark on one."""
        found: list[tuple[str, Place]] = []
        for each in self._plan.get(("ratings",)) or []:
            if isinstance(each, dict) and (key == "rated" or each.get("fact")):
                place = "ratings" if key == "rated" else key
                found.append((f"{key}_{each.get('keyed')}", (place, str(each.get("id")))))
        return found

    def _said(self, labelled: tuple[str, Place], note: str = "") -> FieldSet:
        label, place = labelled
        return self._one("paragraph", label, place, note=note)
