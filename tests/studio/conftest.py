"""A trainer's own files, the form on them, and what is published of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from myths import catalog
from myths.studio import DraftEditor, Publication

from tests.small_edition import copy_small_edition

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
UI = catalog.load(CONTENT).ui

Opened = Callable[..., "Form"]


class Form:
    """A form as somebody has it open: what they see, type, and press."""

    def __init__(self, open_: Callable[[], DraftEditor]) -> None:
        self._open = open_
        editor = open_()
        self.fields = {name: field.value for name, field in editor.fields.items()}
        self.was = {name: field.mark for name, field in editor.fields.items() if not field.is_new}

    def press(self, do: str, **about: Any) -> DraftEditor:
        """Press a button; returns what the form then is."""
        editor = self._open()
        editor.act({"do": do, **about, "fields": self.fields, "was": self.was})
        return editor

    def check(self) -> dict[str, Any]:
        """What is said of what was typed."""
        return self._open().check({"do": "check", "fields": self.fields, "was": self.was})


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(CONTENT, tmp_path / "content")


@pytest.fixture
def opened(content: Path) -> Opened:
    """Opens a form on the copy."""

    def open_(part: str = "risk", **options: Any) -> Form:
        return Form(lambda: DraftEditor(content, UI, part=part, **options))

    return open_


def texts(folder: Path) -> dict[str, str]:
    """All files of a content, but for the journal."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.*"))
        if path.is_file() and ".studio" not in path.parts
    }


@dataclass(frozen=True)
class Draft:
    """Files that a trainer changes; `folder` holds all of them, and what is published."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def notebooks(self) -> Path:
        return self.folder / "notebooks" / "participants"

    @property
    def published(self) -> Path:
        return self.folder / "published"

    def publication(self, **options: Any) -> Publication:
        """Anew, as another program has it."""
        return Publication(self.content, self.notebooks, self.published, **options)

    def put(self) -> None:
        """Publish it without any check, which takes a while."""
        publication = self.publication()
        publication._put(publication.draft, "publish")

    def words(self, file: str, old: str, new: str) -> None:
        path = self.content / file
        words = path.read_text("utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), "utf-8")

    def title(self, title: str) -> None:
        """Change something harmless."""
        path = self.content / "modules/harm/text.en.yml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join([f"title: {title}\n", *lines[1:]]), "utf-8")

    def cells(self, name: str, *codes: str) -> None:
        """Put cells at the end of a notebook."""
        path = self.notebooks / name
        book = nbformat.read(path, as_version=4)
        book.cells += [nbformat.v4.new_code_cell(code) for code in codes]
        nbformat.write(book, path)

    def last(self, name: str) -> int:
        """The number of the last cell of a notebook."""
        return len(nbformat.read(self.notebooks / name, as_version=4).cells)


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    folder = tmp_path / "workshop"
    copy_small_edition(folder)
    return Draft(folder)


def state(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def served(draft: Draft) -> str:
    """The title that participants read."""
    content = draft.publication().served_content
    return (content / "modules/harm/text.en.yml").read_text("utf-8").splitlines()[0]


def record(draft: Draft, number: int) -> Any:
    return json.loads((draft.published / str(number) / "publication.json").read_text("utf-8"))
