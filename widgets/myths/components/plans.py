"""What one person plans, in their own words, to read again, to copy and to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from myths.catalog import ComponentWords
from myths.components.base import Component


class Plans(Component, component="plans"):
    """One plan below the other.

    `rows` are {title, parts: [{label, text}], language?}, the last where it is another than the
    page's; texts are plain. Set `rows` again, as a new list, to
    update the page. With `tools` they can be copied and printed.
    """

    said = frozenset({"copied", "not_copied"})

    rows: traitlets.List[Any] = traitlets.List().tag(markup=True)
    tools = traitlets.Bool(False).tag(markup=True)

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]] = (),
        *,
        words: ComponentWords,
        tools: bool = False,
    ) -> None:
        super().__init__(words=words, rows=[dict(row) for row in rows], tools=tools)
