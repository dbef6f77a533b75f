"""What the form of the studio asks for, checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_LONGEST = 40_000  # letters of one text

Name = Annotated[str, Field(max_length=200)]
Typed = Annotated[str, Field(max_length=_LONGEST)]


class EditWish(BaseModel):
    """What a button of the form says, with all that stands in its fields.

    `was` says of each field what it showed when the form was made. `list`, `id` and `by` are about
    an entry of a list, `name` about one field, and `at` is the id of the fields beside the button.
    """

    model_config = ConfigDict(extra="forbid")

    do: Literal[
        "save",
        "check",
        "add",
        "remove",
        "move",
        "own",
        "tried",
        "undo",
        "mine",
        "theirs",
        "restore",
    ]
    list: Annotated[str, Field(max_length=40)] = ""
    id: Annotated[str, Field(max_length=80)] = ""
    by: Literal[-1, 1] = 1
    name: Name = ""
    at: Name = ""
    fields: Annotated[dict[Name, Typed], Field(max_length=1000)] = Field(default_factory=dict)
    was: Annotated[dict[Name, Annotated[str, Field(max_length=40)]], Field(max_length=1000)] = (
        Field(default_factory=dict)
    )
