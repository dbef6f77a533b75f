"""Every word has a contract: what is missing, unknown or misfilled in any file is named."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from myths import catalog
from myths.catalog import WordFile
from myths.evaluation import WORD_FILES

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
SERIES = catalog.load(CONTENT).series
OPTIONAL = {"sms", "url", "note", "checked"}  # of support lines: not every line has them
UI = "ui/en.yml"
CHECKED = [
    UI,
    *(f"modules/{slug}/text.en.yml" for slug in SERIES.modules),
    *(f"pages/{slug}/text.en.yml" for slug in SERIES.pages),
    *(path.relative_to(CONTENT).as_posix() for path in sorted(CONTENT.glob("support/*.yml"))),
]
ASIDE = {file.path.name: file for file in WORD_FILES}
PLACEHOLDER = re.compile(r"\{\w+\}")

Place = tuple[str | int, ...]
Check = Callable[[Any], list[catalog.Problem]]


@pytest.fixture(params=[*CHECKED, *ASIDE])
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tree(file: str) -> Any:
    path = ASIDE[file].path if file in ASIDE else CONTENT / file
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture
def check(file: str, tmp_path: Path) -> Check:
    """Write a file anew, and say what `myths check` finds in it."""
    folder = tmp_path / "content"
    if file in ASIDE:
        path = tmp_path / "words" / file
        path.parent.mkdir()
        aside: list[WordFile[Any]] = [replace(ASIDE[file], path=path)]
        one_module(folder, SERIES.modules[0])
    else:
        path, aside = folder / file, []
        kind, _, rest = file.partition("/")
        slug = rest.partition("/")[0]
        one_module(folder, slug if kind == "modules" else SERIES.modules[0])
        if kind == "pages":
            shutil.copytree(CONTENT / "pages" / slug, folder / "pages" / slug)
            series = folder / "series.yml"
            series.write_text(series.read_text("utf-8").replace("pages: []", f"pages: [{slug}]"))

    def check(value: Any) -> list[catalog.Problem]:
        path.write_text(yaml.dump(value, Dumper=yaml.CDumper), "utf-8")
        found = catalog.check(folder, files=aside)
        return [p for p in found if p.severity == "error" and p.file.endswith(file)]

    return check


def one_module(folder: Path, slug: str) -> None:
    """Make content of one module, so that it is read fast."""
    for part in ("ui", "support", f"modules/{slug}"):
        shutil.copytree(CONTENT / part, folder / part)
    routes = {key: {"modules": [slug]} for key in SERIES.routes}
    (folder / "series.yml").write_text(
        f"modules: [{slug}]\npages: []\nlanguages: [en]\nroutes: {routes}\ntext_limit: 2000\n"
    )


def places(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Find every place in a file, with what stands there."""
    yield place, value
    pairs: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        pairs = enumerate(value)
    for key, inner in pairs:
        yield from places(inner, (*place, key))


def changed(value: Any, at: Iterable[Place], edit: Callable[[Any, str | int], None]) -> Any:
    """Copy a file's value and edit what encloses each of some places, the last of a list first."""
    value = copy.deepcopy(value)
    for place in reversed([*at]):
        inner = value
        for key in place[:-1]:
            inner = inner[key]
        edit(inner, place[-1])
    return value


def remove(enclosing: Any, key: str | int) -> None:
    del enclosing[key]


def is_short(place: Place) -> bool:
    """Whether a place is in a list or translation, which is too short without it."""
    return isinstance(place[-1], int) or place[-1] in SERIES.languages


def told(problems: list[catalog.Problem], place: Place) -> bool:
    """Whether a problem is at this place, or in the list or translation that is too short now.

    Where a support line is not told in all languages, it is a problem of the line.
    """
    name = ".".join(map(str, place))
    at = name.rpartition(".")[0] if is_short(place) else name
    if place[0] == "lines" and place[-1] in SERIES.languages:
        at = at.rpartition(".")[0]
    return any(f"{each.id}.".startswith(f"{at}.") or repr(name) in str(each) for each in problems)


def prefixes(place: Place) -> Iterator[Place]:
    """Yield a place, and those that enclose it."""
    return (place[:end] for end in range(1, len(place) + 1))


Unnoticed = Callable[[Iterable[Place], Callable[[Any, str | int], None]], list[Place]]


@pytest.fixture(params=[12, pytest.param(1, marks=pytest.mark.soak)], ids=["some", "all"])
def unnoticed(request: pytest.FixtureRequest, tree: Any, check: Check) -> Unnoticed:
    """Find the places of which nothing is said when they are edited.

    Most are edited at once. Alone are those of which nothing was said then, and those that a
    problem of their neighbour would stand for; of these every twelfth, and all in the soak run.
    """

    def unnoticed(at: Iterable[Place], edit: Callable[[Any, str | int], None]) -> list[Place]:
        at = [*at]
        together = [place for place in at if not any(map(is_short, prefixes(place)))]
        found = check(changed(tree, together, edit))
        alone = [place for place in together if not told(found, place)]
        alone += [place for place in at if place not in together][:: request.param]
        return [place for place in alone if not told(check(changed(tree, [place], edit)), place)]

    return unnoticed


def test_each_file_is_whole_as_it_stands(tree: Any, check: Check):
    assert check(tree) == []


def test_each_single_key_is_missed(tree: Any, unnoticed: Unnoticed):
    leaves = [place for place, value in places(tree) if place and isinstance(value, str)]
    keys = [place for place in leaves if "terms" not in place and place[-1] not in OPTIONAL]
    assert keys
    assert unnoticed(keys, remove) == []


def test_an_unknown_key_is_named_wherever_it_stands(tree: Any, unnoticed: Unnoticed):
    def add(enclosing: Any, key: str | int) -> None:
        enclosing[key] = "Words that nobody reads."

    groups = [place for place, value in places(tree) if isinstance(value, dict)]
    every = [(*group, "nobody_reads_this") for group in groups]
    assert unnoticed(every, add) == []


@pytest.mark.parametrize("file", [UI, *ASIDE], indirect=True)  # into others nothing is filled
def test_a_placeholder_that_nothing_fills_or_that_is_gone_is_named(tree: Any, unnoticed: Unnoticed):
    def fill(enclosing: Any, key: str | int) -> None:
        enclosing[key] += " {nobody_fills_this}"

    def empty(enclosing: Any, key: str | int) -> None:
        enclosing[key] = PLACEHOLDER.sub("something", enclosing[key])

    texts = {place: value for place, value in places(tree) if isinstance(value, str)}
    having = [each for each in texts if PLACEHOLDER.search(texts[each]) and each[-1] != "one"]
    assert unnoticed(texts, fill) == []
    assert unnoticed(having, empty) == []
