"""The kinds of words a content file may hold, as types that check themselves."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, InstanceOf
from pydantic_core import PydanticCustomError

from myths.catalog.markdown import Html, MarkdownRefusedError, plain, render
from myths.catalog.problems import nearest
from myths.catalog.tree import YamlPath
from myths.vocabulary import LANGUAGE, SLUG

_TAG = re.compile(r"<[a-z/!?]|javascript:", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fault(
    message: str, remedy: str, *, place: YamlPath = (), offset: int | None = None
) -> PydanticCustomError:
    """Make the error that a validator raises about its value.

    `place` leads on from the value to the culprit inside it; `offset` counts lines into its words.
    """
    context = {"message": message, "remedy": remedy, "place": place, "offset": offset}
    return PydanticCustomError("content", "{message}; {remedy}", context)


@cache
def whole(words: str) -> re.Pattern[str]:
    """Make the pattern that finds these words whole, whatever their case and the space between."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def like(pattern: str, expected: str) -> AfterValidator:
    """Demand that the whole text matches `pattern`, which `expected` says in words."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise fault(f"{value!r} cannot stand here", f"write {expected}")
        return value

    return AfterValidator(check)


def having(*names: str) -> AfterValidator:
    """Demand plain words with exactly these placeholders, each `{name}` at least once.

    The page or table that shows them fills these in, and no others.
    """

    def check(value: str) -> str:
        folded = " ".join(value.split())
        check_plain(folded)
        check_placeholders(folded, names)
        return folded

    return AfterValidator(check)


def check_plain(value: str) -> None:
    """Refuse words that are empty, and markup in them."""
    if not value:
        raise fault("the words are empty", "write them or remove the key")
    if _TAG.search(value):
        raise fault("HTML or script is not allowed here", "write plain words")


def check_placeholders(value: str, names: Iterable[str], *, free: Iterable[str] = ()) -> None:
    """Refuse words that lack one of `names`, or hold braces around other than these and `free`."""
    found = set(_PLACEHOLDER.findall(value))
    known = [f"{{{name}}}" for name in (*names, *free)]
    for name in names:
        if name not in found:
            raise fault(f"the placeholder {{{name}}} is missing", "put it where its value belongs")
    for name in sorted(found):
        if f"{{{name}}}" not in known:
            raise fault(f"nothing fills the placeholder {{{name}}}", nearest(f"{{{name}}}", known))
    if re.search("[{}]", _PLACEHOLDER.sub("", value)):
        raise fault("a brace that belongs to no placeholder", "remove it")


def _markdown(value: Any) -> Html:
    if not isinstance(value, str):
        what = "the words are empty" if value is None else "this must be words"
        raise fault(what, "write them in Markdown after the colon")
    try:
        rendered = render(value)
    except MarkdownRefusedError as refused:
        raise fault(refused.message, refused.remedy, offset=refused.offset) from None
    if not plain(rendered):
        raise fault("the words are empty", "write them or remove the key")
    return rendered


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise fault(f"{value!r} stands in the list twice", "remove one or rename it")
        seen.add(value)
    return values


def wording(question: str, labels: Iterable[str]) -> str:
    """Hash what a participant was asked: 12 hex digits that change when any word changes.

    Unicode is composed (NFC) and white space folded first, so layout does not count.
    """
    lines = [" ".join(unicodedata.normalize("NFC", words).split()) for words in (question, *labels)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


Words = Annotated[str, having()]
Markdown = Annotated[InstanceOf[Html], BeforeValidator(_markdown)]
Id = Annotated[str, like("[a-z0-9_]+", "small letters a-z, digits and underscores")]
Slug = Annotated[str, like(SLUG, "small letters a-z, digits, single hyphens")]
Language = Annotated[str, like(LANGUAGE, "a language such as en, pt-BR or en-simple")]
Letter = Annotated[str, like("[a-z]", "one small letter, as in [a, b, c]")]
Ids = Annotated[tuple[Id, ...], AfterValidator(_unique)]
Letters = Annotated[tuple[Letter, ...], AfterValidator(_unique)]
Slugs = Annotated[tuple[Slug, ...], AfterValidator(_unique)]
