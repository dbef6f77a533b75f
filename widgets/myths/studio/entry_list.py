"""The lists of a module or page that a trainer may make longer, shorter or order anew."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from myths.studio.text_field import Kind
from myths.yaml_text import Place, YamlText

PRACTICE = "practice"  # the question about one's own work
_MOST_WORDS, _LONGEST = 3, 24  # of a name that is made of the words of a question
_SMALL = {"a", "an", "and", "the", "of", "to", "in", "is", "it", "do", "does", "you", "your"}


@dataclass(frozen=True)
class EntryList:
    """A list: where its names stand in the structure file, and its words in each language's.

    `parts` are what an entry has, each with its kind; one without a name is a text by itself.
    `least` and `most` are how many there may be. `after` is the key behind which the words stand
    where there were none. People have given answers to entries that are `answered`. Entries are
    named by letters if they are `lettered`, and by audiences if it is `of_audiences`.
    """

    name: str
    plan: Place
    words: Place
    parts: tuple[tuple[str, Kind], ...] = (("", "paragraph"),)
    least: int = 0
    most: int = 12
    after: str = ""
    answered: bool = False
    lettered: bool = False
    of_audiences: bool = False

    def ids(self, plan: YamlText) -> list[str]:
        """Return the names of what is in it, in their order."""
        found = plan.get(self.plan)
        return [str(each) for each in found] if isinstance(found, list) else []

    def obstacle(self, plan: YamlText, name: str) -> str:
        """Return why an entry cannot be removed: "least", "practice" or "correct"; empty if it can.

        There would be too few, an audience is asked in its place, or it is the right answer.
        """
        if len(self.ids(plan)) <= self.least:
            return "least"
        if (
            self.name in ("prompts", "reflections")
            and name == PRACTICE
            and plan.get(("audiences",))
        ):
            return "practice"
        is_right = self.lettered and plan.get(("recall", "correct")) == name
        return "correct" if is_right else ""

    def new_id(self, words: str, *, taken: Collection[str]) -> str:
        """Make a name of the words of a new entry, which none of the `taken` ones is."""
        if self.lettered:
            return next((each for each in string.ascii_lowercase if each not in taken), "")
        latin = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        said = [each for each in re.findall("[a-z0-9]+", latin) if each not in _SMALL]
        name = "_".join(said[:_MOST_WORDS])[:_LONGEST].strip("_") or self.name
        number, found = 1, name
        while found in taken:
            number += 1
            found = f"{name}_{number}"
        return found


_TEXT: tuple[str, Kind] = ("text", "prose")

MODULE_LISTS = (
    EntryList("prompts", ("prompts",), ("prompts",), least=4, most=6),
    EntryList("reflections", ("reflections",), ("reflections",), least=2, most=3, answered=True),
    EntryList(
        "options",
        ("recall", "options"),
        ("recall", "options"),
        (("text", "paragraph"), ("feedback", "prose")),
        least=2,
        most=6,
        answered=True,
        lettered=True,
    ),
    EntryList("boxes", ("boxes",), ("boxes",), (("heading", "line"), _TEXT), after="facts"),
    EntryList(
        "cases",
        ("cases",),
        ("cases",),
        (("title", "line"), _TEXT, ("next", "prose")),
        after="commitment",
        of_audiences=True,
    ),
    EntryList(
        "audiences",
        ("audiences",),
        ("audiences",),
        (("practice", "paragraph"), ("reflection", "paragraph")),
        after="commitment",
        answered=True,
        of_audiences=True,
    ),
)
PAGE_LISTS = (
    EntryList("reflections", ("reflections",), ("reflections",), least=1, most=6, answered=True),
)
