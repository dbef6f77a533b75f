"""The notebook of a new module: the run sheet of another one, about the new."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from myths.errors import ContentError

_HEAD = re.compile(r"^# .*", re.MULTILINE)


def run_sheet(path: Path, *, like: str, slug: str, title: str) -> bytes:
    """Return the notebook at `path`, which is about `like`, as one about another module.

    It has cells of its own, and nothing that a cell once showed. Raises ContentError if it cannot
    be read.
    """
    try:
        book: Any = json.loads(path.read_text("utf-8"))
        cells = [_cell(cell, like=like, slug=slug) for cell in book["cells"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise ContentError(
            f"{path} cannot be copied ({fault!s:.100}): run `myths check`, which says how to "
            "mend it, or leave out --like."
        ) from fault
    first = next((cell for cell in cells if cell["cell_type"] == "markdown"), None)
    if first:
        words = _HEAD.sub(f"# {title} · by the 45-minute clock", "".join(first["source"]), count=1)
        first["source"] = words.splitlines(keepends=True)
    known = ("kernelspec", "language_info")
    metadata = {key: book["metadata"][key] for key in known if key in book["metadata"]}
    made = {**book, "cells": cells, "metadata": metadata}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _cell(cell: Mapping[str, Any], *, like: str, slug: str) -> dict[str, Any]:
    source = "".join(cell["source"]).replace(f"modules/{like}/", f"modules/{slug}/")
    if cell["cell_type"] == "code":
        quoted = rf"(Module\(\s*)([\"']){re.escape(like)}\2"
        source = re.sub(quoted, rf"\g<1>\g<2>{slug}\g<2>", source)
    tags = {"tags": cell["metadata"]["tags"]} if cell["metadata"].get("tags") else {}
    made = {**cell, "id": uuid4().hex[:8], "metadata": tags}
    made["source"] = source.splitlines(keepends=True)
    if cell["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": []}
    return made
