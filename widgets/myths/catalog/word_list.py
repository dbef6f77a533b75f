"""The word list of a language: one thing has one name, and where it is called otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from myths.catalog.problems import Problem, gathering
from myths.catalog.source import Source, read, read_text
from myths.catalog.structure import Strict
from myths.catalog.tree import YamlPath, texts
from myths.catalog.validation import shape
from myths.catalog.words import Words, whole
from myths.languages import full

FILE = "word-list.{}.yml"
_YAML, _MARKDOWN = ("{}.yml", "text.{}.yml"), ("guide.{}.md", "handbook.{}.md")


class WordList(Strict):
    """word-list.<language>.yml: the name of each thing, and the words that are not used for it."""

    say: dict[Words, tuple[Words, ...]]

    def other_names(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield where another name stands in a text, the words found, and the name to use."""
        for name, others in self.say.items():
            for other in others:
                for found in whole(other).finditer(text):
                    yield found.start(), " ".join(found.group().split()), name


def word_list_names(root: Path, language: str) -> tuple[str, ...]:
    """Return the names of things in a language; none if it has no word list.

    Raises ContentProblemsError if that cannot be read.
    """
    path = root / FILE.format(language)
    return tuple(shape(read(path, root), WordList).say) if path.exists() else ()


def check_names(root: Path, language: str, *, within: Path | None = None) -> list[Problem]:
    """List where the words of a language call a thing by another name than its word list.

    `within` is the folder whose words are looked at, if not all are. An easy form without a word
    list has that of its language. One without any is not checked.
    """
    problems: list[Problem] = []
    lists = (root / FILE.format(each) for each in (language, full(language)))
    path = next((each for each in lists if each.exists()), None)
    if path is None:
        return problems
    with gathering(problems):
        words = shape(read(path, root), WordList, language=language)
        for name in (*_YAML, *_MARKDOWN):
            for file in sorted((within or root).rglob(name.format(language))):
                with gathering([]):  # of which was told
                    problems += _named(file, root, words)
    return problems


def _named(file: Path, root: Path, words: WordList) -> Iterator[Problem]:
    if file.suffix == ".md":
        source = read_text(file, root)
        for start, found, name in words.other_names(source.text):
            line = source.text.count("\n", 0, start) + 1
            yield replace(_problem(source, (), found, name), line=line)
        return
    source = read(file, root)
    for place, text in texts(source.value):
        for _, found, name in words.other_names(text):
            yield _problem(source, place, found, name)


def _problem(source: Source, place: YamlPath, found: str, name: str) -> Problem:
    return source.warning(place, f"{found!r} has another name elsewhere", f"say {name!r}")
