"""A step of a page as a form: what somebody changed in it, and what of that could not be saved.

A page without scripts sends all questions of a step at once, answered or not. What was not touched
is not saved again, whatever was answered meanwhile in another tab or on another device.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from myths.answer import Answer, NewerAnswerError
from myths.catalog import Catalog
from myths.errors import AnswerError, WorkshopError
from myths.pages import PageQuestion
from myths.session import standing
from myths.store import AnswerVersion, Store, standing_of
from myths.vocabulary import Kind, Phase, Reader

DECLINED = "declined"  # the value of the radio "prefer not to say"
_NOTHING = Answer("")
_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class SentAnswer:
    """An answer that a form brings; `item` is the name of its question on the page.

    `stands` is the answer that there is now. It is `stale` if what the form showed is gone: erased,
    or written over elsewhere.
    """

    item: str
    question: PageQuestion
    answer: Answer
    stands: Answer = _NOTHING
    stale: bool = False

    @property
    def words(self) -> str:
        """What is to be read of it; nothing where it clears, or was declined."""
        return self._told(self.answer)

    @property
    def stands_in_words(self) -> str:
        """What is to be read of the answer that stands."""
        return self._told(self.stands)

    def save(self, store: Store, participant: str) -> None:
        """Save it, and with the first answer to recall the first try. Raises what `save` does."""
        if self.stale:
            raise NewerAnswerError
        answer, asked = self.question.rules.check(self.answer), self.question.asked
        if asked.kind == Kind.RECALL and not answer.empty:
            first = replace(answer, key=str(uuid.uuid4()), after=None)
            with suppress(NewerAnswerError, WorkshopError):  # the first try stays
                store.save(participant, replace(asked, phase=Phase.BEFORE.value), first)
        try:
            store.save(participant, asked, answer)
        except WorkshopError as ended:
            raise AnswerError(str(ended), reason=ended.reason) from ended

    def _told(self, answer: Answer) -> str:
        value = f"{answer.value:g}" if isinstance(answer.value, int | float) else ""
        return answer.text or self.question.asked.words["options"].get(value, "")


class AnswerForm:
    """What the fields of a form say.

    A question is called by its item. Its answer is in the field of that name, `reader:<item>` says
    who may read it, and `after:<item>` has the key of the answer that the page showed.
    """

    def __init__(self, fields: Mapping[str, Sequence[bytes]]) -> None:
        self._fields = {
            name: sent[-1].decode("utf-8", "replace") for name, sent in fields.items() if sent
        }

    def __getitem__(self, name: str) -> str:
        """Return what a field says; nothing for one that is not there."""
        return self._fields.get(name, "")

    def texts(self, *, but: Collection[str] = ()) -> Iterator[str]:
        """Yield what was written in answer to questions other than `but`."""
        for name in self._fields:
            item = name.removeprefix("reader:")
            if item != name and item not in but and self[item].strip():
                yield _plain(self[item])

    def changes(
        self,
        questions: Mapping[str, PageQuestion],
        versions: Sequence[AnswerVersion],
        words: Catalog,
    ) -> Iterator[SentAnswer]:
        """Yield what somebody changed of their answers, of which these are all `versions`.

        `words` are those of the page.
        """
        asked = {item: each.asked for item, each in questions.items()}
        known = standing(standing_of(versions), asked, words)
        earlier = {each.answer.key: each.answer for each in versions}
        for item, question in questions.items():
            if item in self._fields:
                stands, after = known.get(item, _NOTHING), self[f"after:{item}"]
                shown = earlier.get(after) if after else _NOTHING
                answer = self._answer(item, question, stands)
                readers = [*question.rules.readers]
                if not any(each and _same(answer, each, readers) for each in (stands, shown)):
                    yield SentAnswer(item, question, answer, stands, stale=shown is None)

    def _answer(self, item: str, question: PageQuestion, stands: Answer) -> Answer:
        """Read an answer as it is, still to be checked."""
        key, after, sent = str(uuid.uuid4()), [self[f"after:{item}"]], self[item]
        if question.rules.limit:
            text = _plain(sent) if sent.strip() else None
            reader = self[f"reader:{item}"] or stands.reader or Reader.ME
            return Answer(key, text=text, reader=reader if text else None, after=after)
        if sent == DECLINED:
            return Answer(key, declined=True, after=after)
        value = int(sent) if _NUMBER.fullmatch(sent) else sent or None
        return Answer(key, value=value, after=after)  # type: ignore[arg-type]  # rules look at it


def _same(sent: Answer, other: Answer, readers: Sequence[str]) -> bool:
    """Return whether a form says what an answer says.

    A page cannot show a reader who is not offered any more; it shows the first one there is.
    """
    if (sent.value, sent.declined) != (other.value, other.declined):
        return False
    shown = other.reader if other.reader in readers else readers[0]
    return _plain(sent.text) == _plain(other.text) and (not sent.text or sent.reader == shown)


def _plain(text: str | None) -> str:
    """Return a text with the ends of lines that we keep; forms send others."""
    return re.sub(r"\r\n?", "\n", text or "")
