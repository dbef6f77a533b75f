"""The steps that a coder can take back, also after a restart: <coder>.undo beside the sheet.

It holds codes and no memos: whoever deletes a memo must not leave it behind in another file. So a
memo can be taken back as long as the kernel runs.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from myths.evaluation.coding.coder_file import CodedText
from myths.evaluation.coding.text_file import read

_KEPT = 100  # steps


class CoderStep(BaseModel):
    """What undoing needs: the entry of a text before and after; None if there was none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    before: CodedText | None
    after: CodedText | None

    @property
    def is_memo(self) -> bool:
        """The memo was changed, and the decision was not."""
        return _memo(self.before) != _memo(self.after)

    def fits(self, entry: CodedText | None, *, back: bool) -> bool:
        """Return whether what the step changed stands as the step left it, or found it."""
        stands = self.after if back else self.before
        if self.is_memo:
            return _memo(entry) == _memo(stands)
        return _decision(entry) == _decision(stands)

    def turned(self, entry: CodedText | None, *, back: bool) -> CodedText | None:
        """Return the entry with what the step changed put back, or done again."""
        wanted = self.before if back else self.after
        if self.is_memo:
            known = entry or wanted
            return known and known.model_copy(update={"memo": _memo(wanted)})
        if wanted is None:
            wanted = entry and entry.model_copy(update={"codes": (), "none": False, "edition": 0})
        return wanted and wanted.model_copy(update={"memo": _memo(entry)})


_STEPS = TypeAdapter(list[CoderStep])


def load(sheet: Path) -> list[CoderStep]:
    """Read the steps beside a sheet; none where they cannot be read: nothing hangs on them."""
    path = place(sheet)
    try:
        return _STEPS.validate_json(read(path)) if path.exists() else []
    except ValidationError:
        return []


def written(steps: Collection[CoderStep]) -> str:
    """Write the latest decisions as a text, without memos."""
    decisions = [step for step in steps if not step.is_memo][-_KEPT:]
    bare = [
        CoderStep(text=step.text, before=_bare(step.before), after=_bare(step.after))
        for step in decisions
    ]
    return _STEPS.dump_json(bare, exclude_defaults=True).decode() + "\n"


def place(sheet: Path) -> Path:
    """Return the file of the steps beside a sheet."""
    return sheet.with_suffix(".undo")


def _memo(entry: CodedText | None) -> str:
    return entry.memo if entry else ""


def _decision(entry: CodedText | None) -> tuple[object, ...]:
    if entry is None or not entry.decided:
        return ()
    return (entry.answered_at, entry.edition, entry.codes, entry.none)


def _bare(entry: CodedText | None) -> CodedText | None:
    return entry and entry.model_copy(update={"memo": ""})
