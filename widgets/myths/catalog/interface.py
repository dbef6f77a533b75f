"""The words of buttons and labels: ui/<language>.yml, with those that every item needs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from myths.catalog.words import Words, fault


def _counted(scale: dict[str, str]) -> dict[str, str]:
    if list(scale) != [str(point) for point in range(1, len(scale) + 1)]:
        raise fault("the points are not counted from 1", 'write the keys "1", "2", "3" in order')
    return scale


Scale = Annotated[dict[str, Words], Field(min_length=2), AfterValidator(_counted)]
FivePoints = Annotated[Scale, Field(min_length=5, max_length=5)]


class ModuleQuestions(BaseModel):
    """Section `module`: what every module asks, and other words of its page."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Words]

    confidence_question: Words
    confidence_low: Words
    confidence_high: Words
    reason_question: Words
    commitment_if: Words
    commitment_then: Words


class Interface(BaseModel):
    """Section -> key -> words; `components` is divided once more."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, dict[str, Words]]

    rating_scale: FivePoints
    scale_agree: Scale
    scale_extent: Scale
    scale_done: Scale
    module: ModuleQuestions
    components: dict[str, dict[str, Words]] = {}

    def sections(self) -> Mapping[str, Mapping[str, Any]]:
        """Return all words as read-only mappings."""
        return _frozen(self.model_dump())


def _frozen(words: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(
        {key: _frozen(inner) if isinstance(inner, dict) else inner for key, inner in words.items()}
    )
