"""How hard the words are to read: the grade of each text, and the sentences that are too hard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyphen import Pyphen

from myths.catalog.markdown import MarkdownRefusedError, plain, render
from myths.catalog.problems import Problem
from myths.catalog.source import Source
from myths.catalog.tree import YamlPath, texts
from myths.vocabulary import SIMPLE

FEW = 20  # words: a shorter text is one sentence, and its grade says little


@dataclass(frozen=True)
class ReadingLevel:
    """How hard the texts of a language may be.

    `ceilings` are grades by where a text stands, `ceiling` is that of all others. A sentence may
    have `longest` words. One that is not short may be `steepest` grades above its text's ceiling.
    """

    ceiling: float
    ceilings: Mapping[str, float]
    longest: int
    steepest: float


LEVELS = {  # the numbers of the grade were found for English
    "en": ReadingLevel(10.0, {"facts": 8.0, "takeaway": 8.0, "treaty": 12.0}, 30, 8.0),
    f"en{SIMPLE}": ReadingLevel(5.0, {}, 12, 5.0),
}

_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")  # noqa: RUF001  the marks of typography
_BLOCK = re.compile(r"</(?:p|li)>")
_SOURCE = re.compile(r"<a href=\"http.*", re.DOTALL)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001  the apostrophe of typography


def grade(sentences: Sequence[str]) -> float:
    """Return the Flesch-Kincaid grade of English sentences: years at school needed to read them.

    Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of new readability formulas for Navy
    enlisted personnel, Research Branch Report 8-75. Syllables are counted by where a word may be
    hyphenated, which is one too few now and then.
    """
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    syllables = sum(1 + len(_hyphens().positions(word)) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def sentences(markdown: str, *, quoted: bool = True) -> list[str]:
    """List the sentences of a text, without list entries that name a source by its link.

    A quotation is left out if it is not `quoted`: nobody may make it easier to read.
    """
    found = []
    for block in _BLOCK.split(render(markdown)):
        words = plain(block)
        if not quoted:
            words = _QUOTED.sub("", words)
        if not _SOURCE.search(block):
            found += [each for each in _END.split(words) if _WORD.search(each)]
    return found


def hard(source: Source, language: str) -> Iterator[Problem]:
    """Yield a warning for each text above its ceiling, and for each sentence that is too hard.

    Of languages without a level nothing is known.
    """
    level = LEVELS.get(language)
    if level is None:
        return
    for place, text in texts(source.value):
        if "terms" in place:
            continue
        try:
            said = sentences(text, quoted=place[0] != "treaty")
        except MarkdownRefusedError:  # of which it is told where the words are loaded
            continue
        length = sum(len(_WORD.findall(each)) for each in said)
        ceiling = level.ceilings.get(str(place[0]), level.ceiling)
        if said and (length >= FEW or place[0] in level.ceilings):
            reached = round(grade(said), 1)
            if reached > ceiling:
                message = f"this needs {reached} years at school to read"
                remedy = f"at most {ceiling:g}: shorter sentences, shorter words"
                yield source.warning(place, message, remedy)
        for sentence in said:
            yield from _too_hard(source, place, sentence, level.longest, ceiling + level.steepest)


def _too_hard(
    source: Source, place: YamlPath, sentence: str, longest: int, hardest: float
) -> Iterator[Problem]:
    length = len(_WORD.findall(sentence))
    begin = " ".join(sentence.split()[:6])
    if length > longest:
        message = f"a sentence of {length} words ({begin} …)"
        yield source.warning(place, message, "make two or three of it")
    elif length >= FEW / 2 and (reached := grade([sentence])) > hardest:
        message = f"a hard sentence, of grade {reached:.1f} ({begin} …)"
        yield source.warning(place, message, "make two of it, or take shorter words")


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US")
