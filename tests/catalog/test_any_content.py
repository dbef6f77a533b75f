"""Whatever stands in a file, the answer is content or a clear fault, never a crash."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from myths import catalog
from myths.catalog.words import Words
from myths.errors import ContentError
from pydantic import TypeAdapter, ValidationError

from tests.catalog import sample_content

HERE = sample_content.HERE
FILES = [
    "ui/en.yml",
    *sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.*") if path.is_file()),
]

PLAIN: TypeAdapter[str] = TypeAdapter(Words)
_KEYS = st.sampled_from(["a", "title", "slug", "ratings", "facts", "recall", "1", "~", "\u00e9"])
_MARKS = st.sampled_from(['"', "'", "|", ">", "&a", "*a", "!!x", "<b>", "---", "...", "%YAML", "?"])
_ODD = st.sampled_from(["\u202e", "\x00", "\U0001f41d", "# x"])
_JOINS = st.sampled_from(["\n", "\n  ", ": ", ", ", "- ", "[", "]", "{", "}", " ", "\t", "\r"])
_YAML = st.lists(_KEYS | _MARKS | _ODD | _JOINS, max_size=40).map("".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_content.copy(tmp_path_factory.mktemp("any") / "content")


def _use(folder: Path) -> None:
    for problem in catalog.check(folder):
        assert problem.line >= 1
        assert str(problem)
    with contextlib.suppress(ContentError):
        loaded = catalog.load(folder)
        loaded.module("bees")
        loaded.page("start")
        loaded.guide("bees")
        assert loaded.ui
        assert loaded.support


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(FILES),
    st.one_of(st.binary(max_size=200), _YAML.map(str.encode)),
)
def test_any_bytes_in_any_file(folder: Path, file: str, raw: bytes):
    kept = (folder / file).read_bytes()
    try:
        (folder / file).write_bytes(raw)
        _use(folder)
    finally:
        (folder / file).write_bytes(kept)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_any_damage_to_a_good_file(folder: Path, file: str, data: st.DataObject):
    kept = (folder / file).read_bytes()
    start = data.draw(st.integers(0, len(kept)))
    end = data.draw(st.integers(start, min(len(kept), start + 60)))
    piece = data.draw(st.one_of(st.text(max_size=8), _YAML)).encode("utf-8", "replace")
    try:
        (folder / file).write_bytes(kept[:start] + piece + kept[end:])
        _use(folder)
    finally:
        (folder / file).write_bytes(kept)


@given(st.text())
def test_any_words_in_a_plain_field_hold_no_markup(words: str):
    with contextlib.suppress(ValidationError):
        assert not re.search(r"<[A-Za-z/!?]", PLAIN.validate_python(words))
