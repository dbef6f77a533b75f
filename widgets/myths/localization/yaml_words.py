"""A file of words with other texts in it: comments, order, quotes and all other lines stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from myths import catalog, yaml_file

_VALUES = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}  # to other programs
_WIDTH = 110  # characters, of a line in a folded text
_KINDS = (LiteralScalarString, DoubleQuotedScalarString, SingleQuotedScalarString)


def with_texts(words: str, texts: Mapping[str, str], *, language: str) -> str:
    """Put texts by their ids into the words of a YAML file, with the language's plural forms."""
    return yaml_file.edited(words, lambda tree: _fill(tree, texts, language, ()))


def with_some(there: str, original: str, texts: Mapping[str, str], *, language: str) -> str:
    """Put texts into the words of a file that needs not have all texts of the original.

    It stays as it is `there` if nothing comes into it that it has not, and else is made anew in the
    original's order.
    """
    tree = yaml_file.read_tree(there) if there.strip() else {}
    known = {".".join(place) for place, _ in catalog.leaves(tree, language)}
    if known == set(texts):
        return with_texts(there, texts, language=language)

    def change(tree: Any) -> None:
        _leave_out(tree, texts, ())
        _fill(tree, texts, language, ())

    return yaml_file.edited(original, change)


def _leave_out(node: Any, texts: Mapping[str, str], place: tuple[str, ...]) -> None:
    """Take out of a tree what has none of the texts."""
    for key in [*node]:
        inner = ".".join((*place, str(key)))
        if not any(each == inner or each.startswith(f"{inner}.") for each in texts):
            del node[key]
        elif isinstance(node[key], Mapping) and not catalog.is_plural(node[key]):
            _leave_out(node[key], texts, (*place, str(key)))


def with_spoken(
    words: str, texts: Mapping[str, str], told: Mapping[str, str], *, language: str
) -> str:
    """Put a language into a file of support lines: all words of each line of which some are told.

    `texts` are those that come into it, by line and part, with marks where none is `told` yet.
    """

    def change(tree: Any) -> None:
        for line in tree["lines"]:
            places = {part: f"{line['id']}.{part}" for part in ("name", "for", "hours")}
            if any(told.get(place) for place in places.values()):
                for part, place in places.items():
                    known = line[part]
                    if place in texts and str(known.get(language, "")) != texts[place]:
                        known[language] = _styled(texts[place], next(iter(known.values())))

    return yaml_file.edited(words, change)


def _fill(node: Any, texts: Mapping[str, str], language: str, place: tuple[str, ...]) -> None:
    if catalog.is_plural(node):
        _fill_plural(node, texts, language, place)
        return
    for key, value in node.items():
        inner = (*place, str(key))
        text = texts.get(".".join(inner))
        if isinstance(value, Mapping):
            _fill(value, texts, language, inner)
        elif text is not None and isinstance(value, list):
            known = {" ".join(str(each).split()): each for each in value}
            if text.splitlines() != [*known]:
                value[:] = [known.get(line) or _plain(line) for line in text.splitlines()]
        elif text is not None and str(value).strip() != text.strip():
            node[key] = _styled(text, value)


def _fill_plural(
    node: Any, texts: Mapping[str, str], language: str, place: tuple[str, ...]
) -> None:
    forms = catalog.plural_forms(language)
    other = node["other"]
    for form in [form for form in node if form not in forms]:
        del node[form]
    for form in forms:
        text = texts.get(".".join((*place, form)))
        known = node.get(form)
        if text is not None and known != text:
            style = other if known is None else known
            if form in node:
                node[form] = _styled(text, style)
            else:
                node.insert(len(node) - 1, form, _styled(text, style))


def _styled(text: str, like: Any) -> Any:
    """Write a text as another one is written."""
    if isinstance(like, FoldedScalarString):
        text = text.rstrip("\n") + ("\n" if str(like).endswith("\n") else "")
        folded = FoldedScalarString(text)
        folded.fold_pos = _folds(text)  # ruamel's own mark
        return folded
    if "\n" in text.rstrip("\n"):
        return LiteralScalarString(text.rstrip("\n") + ("\n" if str(like).endswith("\n") else ""))
    for kind in _KINDS:
        if isinstance(like, kind):
            return kind(text)
    return _plain(text)


def _plain(text: str) -> Any:
    """Write words between quotes unless they are plainly words in every YAML."""
    is_plain = text[:1].isalpha() and "#" not in text and ":" not in text
    return text if is_plain and text.lower() not in _VALUES else DoubleQuotedScalarString(text)


def _folds(text: str) -> list[int]:
    """Return the places of the spaces at which a long text goes on in the next line."""
    found, begin, space = [], 0, -1
    for at, sign in enumerate(text):
        if sign == "\n":
            begin, space = at + 1, -1
        elif (
            sign == " "
            and 0 < at < len(text) - 1
            and " \n" not in (text[at - 1], text[at + 1])
            and text[at - 1] not in " \n"
            and text[at + 1] not in " \n"
        ):
            if at - begin > _WIDTH and space > 0:
                found.append(space)
                begin = space + 1
            space = at
    if len(text) - begin > _WIDTH and space > begin:
        found.append(space)
    return found
