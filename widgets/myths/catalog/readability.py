"""How hard the words are to read: the grade of each text, and the sentences that are too hard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pyphen import Pyphen

from myths.catalog.markdown import plain, render
from myths.catalog.problems import Problem
from myths.catalog.source import Source
from myths.catalog.tree import YamlPath, texts

GRADED = "en"  # the numbers of the grade were found for English

CEILINGS = {"facts": 8.0, "takeaway": 8.0, "treaty": 12.0}  # grades, by where a text stands
CEILING = 10.0  # of all other texts
FEW = 20  # words: a shorter text is one sentence, and its grade says little

LONGEST_SENTENCE = 30  # words
STEEPEST = 8.0  # grades by which a sentence that is not short may be above its text's ceiling

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


def hard(source: Source) -> Iterator[Problem]:
    """Yield a warning for each text above its ceiling, and for each sentence that is too hard."""
    for place, text in texts(source.value):
        if "terms" in place:
            continue
        said = sentences(text, quoted=place[0] != "treaty")
        length = sum(len(_WORD.findall(each)) for each in said)
        ceiling = CEILINGS.get(str(place[0]), CEILING)
        if said and (length >= FEW or place[0] in CEILINGS):
            reached = round(grade(said), 1)
            if reached > ceiling:
                message = f"this needs {reached} years at school to read"
                remedy = f"at most {ceiling:g}: shorter sentences, shorter words"
                yield source.warning(place, message, remedy)
        for sentence in said:
            yield from _too_hard(source, place, sentence, ceiling + STEEPEST)


def _too_hard(source: Source, place: YamlPath, sentence: str, hardest: float) -> Iterator[Problem]:
    length = len(_WORD.findall(sentence))
    begin = " ".join(sentence.split()[:6])
    if length > LONGEST_SENTENCE:
        message = f"a sentence of {length} words ({begin} …)"
        yield source.warning(place, message, "make two or three of it")
    elif length >= FEW / 2 and (reached := grade([sentence])) > hardest:
        message = f"a hard sentence, of grade {reached:.1f} ({begin} …)"
        yield source.warning(place, message, "make two of it, or take shorter words")


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US")
