"""A coder's sheet: one file of JSON lines, a head and then a line for each text in hand.

It holds no words of the participants, so that erasing an answer leaves none behind: a text is named
by its place, and told from a later version of itself by the time at which it was answered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from myths.errors import CodingError
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.text_file import read, write
from myths.vocabulary import SheetRole

MEMO_LIMIT = 2000  # code points
Part = tuple[float, float]  # from and up to before, of all texts in an order by chance
WHOLE: Part = (0.0, 1.0)
_M = TypeVar("_M", bound=BaseModel)


class Mark(BaseModel):
    """A code given to a text, or to the passage from `start` up to before `end` (code points)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    version: int
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _passage(self) -> Mark:
        if (self.start is None) != (self.end is None):
            raise ValueError("a passage needs both 'start' and 'end'")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("a passage ends after its start")
        return self


class CodedText(BaseModel):
    """What a coder decided about a text, under which edition of the codebook.

    It `stands` once the coder has declared to be finished.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    answered_at: datetime
    edition: int = 0
    codes: tuple[Mark, ...] = ()
    none: bool = False
    memo: Annotated[str, Field(max_length=MEMO_LIMIT)] = ""
    stands: bool = False

    @property
    def decided(self) -> bool:
        """Codes were given, or the coder said that none fits."""
        return bool(self.codes) or self.none

    @property
    def empty(self) -> bool:
        """There is nothing here to keep."""
        return not self.decided and not self.memo


class SheetHead(BaseModel):
    """The first line of a sheet; sheets of before there were roles have none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    coder: str
    seed: int
    role: SheetRole | None = None
    part: Part = WHOLE
    languages: tuple[str, ...] = ()
    finished: datetime | None = None
    codebook: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoderFile:
    """All that one coder decided; `codebook` has the fingerprints of what was coded with.

    `finished` is when the coder last declared to be finished; texts may have come since. `part`
    and `languages` say which of the texts are this coder's; without languages, those in any.
    """

    path: Path
    coder: str
    seed: int = 1
    role: SheetRole = SheetRole.CODER
    part: Part = WHOLE
    languages: tuple[str, ...] = ()
    finished: datetime | None = None
    codebook: tuple[str, ...] = ()
    entries: Mapping[str, CodedText] = field(default_factory=dict)

    def has(self, text: str, language: str) -> bool:
        """Return whether a text is in this coder's part: the same for each coder with that part."""
        if self.languages and language not in self.languages:
            return False
        digest = hashlib.sha256(text.encode()).digest()
        return self.part[0] <= int.from_bytes(digest[:6], "big") / 2**48 < self.part[1]

    def stands(self, text: str, answered_at: datetime) -> bool:
        """Return whether the coder has finished with a text as it is now."""
        entry = self.entries.get(text)
        return entry is not None and entry.stands and entry.answered_at == answered_at

    def with_entry(self, text: str, entry: CodedText | None) -> CoderFile:
        """Return a sheet in which `entry` stands for the text; None and an empty one remove it."""
        entries = {key: value for key, value in self.entries.items() if key != text}
        if entry is not None and not entry.empty:
            entries[text] = entry
        return replace(self, entries=entries)

    def save(self, beside: Mapping[Path, str] | None = None) -> None:
        """Write the file in one step, the texts in the order of their names; `beside`, others."""
        head = SheetHead(
            coder=self.coder,
            seed=self.seed,
            role=self.role,
            part=self.part,
            languages=self.languages,
            finished=self.finished,
            codebook=self.codebook,
        )
        unused = set() if self.languages else {"languages"}
        lines = [_line(head.model_dump(mode="json", exclude=unused))]
        for name in sorted(self.entries):
            lines.append(_line(self.entries[name].model_dump(mode="json", exclude_defaults=True)))
        write({self.path: "\n".join(lines) + "\n", **(beside or {})})


def load(path: Path, book: Codebook) -> CoderFile:
    """Read a coder's sheet; CodingError names the file, the line and the remedy."""
    lines = [(n, line) for n, line in enumerate(read(path).split("\n"), start=1) if line.strip()]
    if not lines:
        raise CodingError(f"{path}:1: the file is empty; put back a copy, or delete it.")
    first = _parsed(SheetHead, path, *lines[0])
    if first.coder != path.stem:
        raise CodingError(
            f"{path}:{lines[0][0]}: this is the sheet of '{first.coder}'; "
            f"call the file {first.coder}.jsonl."
        )
    book.check_grown(first.codebook)
    entries: dict[str, CodedText] = {}
    for number, line in lines[1:]:
        entry = _parsed(CodedText, path, number, line)
        _check(entry, entries, book, f"{path}:{number}")
        if first.role is None and first.finished and entry.decided:
            entry = entry.model_copy(update={"stands": True})
        entries[entry.text] = entry
    role = first.role or usual_role(first.coder)
    return CoderFile(
        path,
        first.coder,
        first.seed,
        role,
        first.part,
        first.languages,
        first.finished,
        first.codebook,
        entries,
    )


def head(path: Path) -> SheetHead:
    """Read nothing of a sheet but its head, with its role."""
    text = read(path).lstrip()
    if not text:
        raise CodingError(f"{path}:1: the file is empty; put back a copy, or delete it.")
    found = _parsed(SheetHead, path, 1, text.split("\n")[0])
    return found.model_copy(update={"role": found.role or usual_role(found.coder)})


def usual_role(name: str) -> SheetRole:
    """Return the role of a sheet that was given none: what its name says, or a coder's."""
    return SheetRole(name) if name in SheetRole.words() else SheetRole.CODER


def _line(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _parsed(kind: type[_M], path: Path, number: int, line: str) -> _M:
    try:
        return kind.model_validate_json(line)
    except ValidationError as faults:
        fault = faults.errors()[0]
        at = ".".join(map(str, fault["loc"]))
        what = f"'{at}': {fault['msg']}" if at else fault["msg"]
        raise CodingError(
            f"{path}:{number}: this line cannot be read ({what}); mend it, or take it out to code "
            "that text again. Nothing was changed."
        ) from faults


def _check(entry: CodedText, known: Mapping[str, CodedText], book: Codebook, place: str) -> None:
    if entry.text in known:
        raise CodingError(f"{place}: '{entry.text}' has a line already; keep one of the two.")
    for mark in entry.codes:
        if not book.has(mark.code, mark.version):
            raise CodingError(
                f"{place}: {book.path.name} has no version {mark.version} of '{mark.code}'; "
                "add it there or take it out here."
            )
    if entry.answered_at.tzinfo is None:
        raise CodingError(f"{place}: 'answered_at' has no time zone; end it with 'Z'.")
