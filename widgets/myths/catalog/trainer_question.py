"""A trainer's own question: what a notebook asks by itself, as an item like any other."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Collection, Mapping

from myths.catalog.items import Item, Option, number
from myths.catalog.problems import nearest
from myths.catalog.words import wording
from myths.errors import ContentError
from myths.vocabulary import Kind

OWN_KINDS = (Kind.TEXT, Kind.CHOICE, Kind.RATING)
EXAMPLE = 'module.ask("What will you do on Monday?")'
_OPTIONS = 'as in options=["By phone", "By mail"]'
_LETTERS = string.ascii_lowercase
_LONGEST = 40  # letters of a name that is made of the question


class OwnQuestionError(ContentError):
    """A question of a notebook cannot be asked as it is written; `remedy` says what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}; {remedy}")
        self.message, self.remedy = message, remedy


def own_question(
    question: object,
    *,
    module: str,
    language: str,
    taken: Collection[str],
    scales: Mapping[str, tuple[Option, ...]],
    name: object = "",
    kind: object = "",
    options: object = None,
    scale: object = "",
) -> Item:
    """Return the item that a notebook asks; `taken` are the names of the content's own items.

    Raises OwnQuestionError. A name that is not given is made of the question, and the kind is told
    by what is given: `options` make a choice, a `scale` a rating, and neither a text.
    """
    words = _words(question, "a question has no words", f"write them in quotes, as in {EXAMPLE}")
    wanted = _kind(kind, options=options, scale=scale)
    offered: tuple[Option, ...] = ()
    if wanted is Kind.CHOICE:
        offered = _options(options)
    elif wanted is Kind.RATING:
        offered = _scale(scale or "agree", scales)
    called = _name(name) if name else _made_of(words)
    if called in taken:
        raise OwnQuestionError(
            f"{module!r} asks something else by the name {called!r}",
            'give your question another name, as in name="monday"',
        )
    return Item(module, called, wanted, words, language, offered)


def _words(said: object, message: str, remedy: str) -> str:
    words = " ".join(said.split()) if isinstance(said, str) else ""
    if not words:
        raise OwnQuestionError(message, remedy)
    return words


def _kind(kind: object, *, options: object, scale: object) -> Kind:
    told = Kind.CHOICE if options is not None else Kind.RATING if scale else Kind.TEXT
    wanted = kind or told
    if wanted not in OWN_KINDS:
        raise OwnQuestionError(
            f"there is no kind {wanted!r}", nearest(str(wanted), map(str, OWN_KINDS))
        )
    if options is not None and wanted != Kind.CHOICE:
        raise OwnQuestionError(f"a {wanted} has no options", "leave them out, or leave out kind=")
    if scale and wanted != Kind.RATING:
        raise OwnQuestionError(f"a {wanted} has no scale", "leave it out, or leave out kind=")
    return Kind(str(wanted))


def _options(options: object) -> tuple[Option, ...]:
    if not isinstance(options, Mapping | list | tuple) or not 2 <= len(options) <= len(_LETTERS):
        message = f"a choice needs from 2 to {len(_LETTERS)} options"
        raise OwnQuestionError(message, f"list them, {_OPTIONS}")
    if not isinstance(options, Mapping):
        options = dict(zip(_LETTERS, options, strict=False))
    empty = "an option has no words"
    labels = {letter: _words(label, empty, "write them") for letter, label in options.items()}
    for letter in labels:
        if letter not in [*_LETTERS]:
            remedy = 'give each one small letter, as in options={"a": "By phone", "b": "By mail"}'
            raise OwnQuestionError(f"{letter!r} is no letter of an option", remedy)
    if len(set(labels.values())) < len(labels):
        raise OwnQuestionError("two options have the same words", "change or remove one of them")
    return tuple(Option(number(letter), label) for letter, label in labels.items())


def _scale(scale: object, scales: Mapping[str, tuple[Option, ...]]) -> tuple[Option, ...]:
    if not isinstance(scale, str) or scale not in scales:
        raise OwnQuestionError(f"there is no scale {scale!r}", nearest(str(scale), scales))
    return scales[scale]


def _name(name: object) -> str:
    if not isinstance(name, str) or not re.fullmatch("[a-z0-9][a-z0-9_]{0,39}", name):
        remedy = "write small letters a-z, digits and underscores, at most 40"
        raise OwnQuestionError(f"{name!r} cannot be a name", remedy)
    return name


def _made_of(words: str) -> str:
    """Make a name of a question; of one without Latin letters, one that tells it from others."""
    latin = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = "_".join(re.findall("[a-z0-9]+", latin))
    if len(name) > _LONGEST:
        name = name[: _LONGEST + 1].rpartition("_")[0] or name[:_LONGEST]
    return name or f"question_{wording(words, ())}"
