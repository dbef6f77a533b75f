"""What a file of words must hold: groups of typed keys, and words that go with a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, InstanceOf, ValidationInfo
from pydantic_core import PydanticCustomError

from myths import languages
from myths.catalog.problems import nearest
from myths.catalog.structure import Strict
from myths.catalog.words import check_placeholders, check_plain, fault

_NUMBERS = range(201)  # what is counted on a page: people, characters, minutes


class WordGroup(Strict):
    """Words by their keys, each key a field; an unknown key and a missing one are faults."""

    def __getitem__(self, key: str) -> Any:
        """Return the words of a key that only the running program knows; KeyError without it."""
        for name, field in type(self).model_fields.items():
            if key == (field.alias or name):
                return getattr(self, name)
        raise KeyError(key)

    def flat(self, *only: str) -> dict[str, str]:
        """Return the words as a page's script gets them; groups inside this one stay here.

        Words that go with a number have a key for each form: `left_one`, `left_other`. A script
        that says few of them gets `only` those.
        """
        return dict(self._flat(only))

    def _flat(self, only: Collection[str]) -> Iterator[tuple[str, str]]:
        for name, words in self:
            if only and name not in only:
                continue
            key = type(self).model_fields[name].alias or name
            if isinstance(words, Plural):
                yield from ((f"{key}_{form}", text) for form, text in words.forms.items())
            elif isinstance(words, str):
                yield key, words


@dataclass(frozen=True)
class Plural:
    """Words that go with a number `n`, in the plural forms of a language (CLDR)."""

    language: str
    forms: Mapping[str, str]

    def of(self, n: int) -> str:
        """Return the words for this number, which is written as the language does."""
        form = _locale(self.language).plural_form(n)
        told = languages.number(n, self.language)
        return self.forms.get(form, self.forms["other"]).format(n=told)


def _plural(value: Any, info: ValidationInfo) -> Plural:
    language = str((info.context or {}).get("language", "en"))
    counted = _counted(language)
    if not isinstance(value, dict):
        raise fault("words that go with a number have forms", f"write {', '.join(counted)} below")
    for form in value:
        if form not in (*_locale(language).plural_form.tags, "other"):
            raise fault(f"unknown form {form!r}", nearest(form, counted), place=(form,))
    for form in counted:
        if form not in value:
            raise fault(f"no words for the form {form!r}", "add them", place=(form,))
    return Plural(language, {form: _form(value, form, counted.get(form, 0)) for form in value})


def _form(forms: dict[str, Any], form: str, numbers: int) -> str:
    """Return the words of one form, which may leave out the number if it stands for one only."""
    if not isinstance(forms[form], str):
        raise fault(f"{form}: this must be words", "write them after the colon", place=(form,))
    words = " ".join(forms[form].split())
    try:
        check_plain(words)
        check_placeholders(words, ["n"] if numbers > 1 else [], free=["n"])
    except PydanticCustomError as found:
        told = found.context or {}
        raise fault(f"{form}: {told['message']}", told["remedy"], place=(form,)) from None
    return words


def prose(*names: str) -> AfterValidator:
    """Demand paragraphs of plain words, parted by empty lines, with exactly these placeholders."""

    def check(value: str) -> str:
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", value)]
        text = "\n\n".join(part for part in parts if part)
        check_plain(text)
        check_placeholders(text, names)
        return text

    return AfterValidator(check)


def plural_forms(language: str) -> tuple[str, ...]:
    """Return the forms (CLDR) of words that go with a number on a page, "other" last."""
    return tuple(_counted(language))


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")  # its forms are as good as any


@cache
def _counted(language: str) -> dict[str, int]:
    """Count how many of the numbers on a page have each form, those with "other" last."""
    forms = Counter(_locale(language).plural_form(number) for number in _NUMBERS)
    return {form: forms[form] for form in sorted(forms, key="other".__eq__)} | {
        "other": forms["other"]
    }


Counted = Annotated[InstanceOf[Plural], BeforeValidator(_plural)]
Prose = Annotated[str, prose()]
