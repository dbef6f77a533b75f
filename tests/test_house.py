"""The house keeps its names: one word for one thing, and each word is explained."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import myths
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "widgets/myths"
DOCS = ROOT / "docs"

# File names in -ing that are nouns, with the component they name.
NOUNS_IN_ING = {
    "rating": "a statement to rate",
    "reading": "what there is to read",
    "recording": "a step that is signed or read aloud",
    "sent_rating": "a rating as a page sent it",
}

# File names of modules that occur more than once, each with what all of them are about.
ONE_MEANING = {
    "__init__": "the door of a room",
    "__main__": "what `python -m` runs",
    "answers": "what people said: kept in the store, and made up",
    "assets": "the scripts and styles that pages load: gathered, and sent",
    "audiences": "whom workshops are for: their words, and the migration that added them",
    "backup": "one file with a whole store: the command, and the making",
    "base": "what every class of its room inherits",
    "change": "later minus before: of one person on a page, of all in a table",
    "client": "whoever asks a server: the fork server, or the pages as a rehearsal's guest",
    "inquiries": "questions to the trainer: their table, the store, their page, the console's list",
    "kernel": "the process behind an open page: its program, and its addresses",
    "module": "one belief: its content, and what its notebook calls",
    "own_answers": "what a participant said: the page that lists it, and where it comes from",
    "page": "a page around the modules: its content, and what its notebook calls",
    "publication": "what goes out to its readers: a trainer's draft, and a report",
    "question": "an item in one phase: on a page, and in the store",
    "results": "what was found: what a group sees, and a report's part on change",
    "routes": "which modules workshops have: the migration, and whom tables leave out by it",
    "staff": "trainers and their key: the command, the pages, the store",
    "studio": "where trainers change texts: the widget, and its page",
    "texts": "what is written in words: of a module, and by participants",
    "words": "the words that a room needs: their types, and those of the samples",
}

FIRST_WORDS = {"Give", "Tell", "Say", "Let", "Gives", "Tells", "Says", "Lets", "Let's"}


@cache
def modules(folder: Path = PACKAGE) -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in sorted(folder.rglob("*.py"))}


def classes(trees: Mapping[Path, ast.Module]) -> dict[str, list[str]]:
    """Class names without leading underscores -> where they are."""
    found = defaultdict(list)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(f"{path}:{node.lineno}")
    return found


def doubled(names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: places for name, places in names.items() if len(places) > 1}


def test_no_class_name_is_used_twice():
    assert doubled(classes(modules())) == {}


def test_a_class_name_that_is_used_twice_would_be_found(tmp_path: Path):
    (tmp_path / "one.py").write_text("class Desk: ...")
    (tmp_path / "two.py").write_text("def make():\n    class _Desk: ...\n    return _Desk")
    assert list(doubled(classes(modules(tmp_path)))) == ["Desk"]


def test_no_file_is_longer_than_somebody_reads_at_once():
    """A file of more than three hundred lines holds two things that could stand apart."""
    written = (path for kind in ("py", "js", "css", "html") for path in PACKAGE.rglob(f"*.{kind}"))
    lengths = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in written
        if "dist" not in path.parts
    }
    assert len(lengths) > 300
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_files_are_nouns():
    stems = {path.name.partition(".")[0] for path in PACKAGE.rglob("*") if path.is_file()}
    assert {stem for stem in stems if stem.endswith("ing")} == set(NOUNS_IN_ING)


def test_a_file_name_that_occurs_twice_has_one_meaning():
    stems = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        stems[path.stem].append(path.relative_to(PACKAGE).as_posix())
    twice = doubled(stems)
    assert set(twice) == set(ONE_MEANING), twice


def doors() -> Iterator[tuple[str, str]]:
    """Every public name of a room's door that is a class of the room."""
    trees = modules()
    for path in trees:
        if path.name != "__init__.py":
            continue
        every = classes({at: each for at, each in trees.items() if path.parent in at.parents})
        room = ".".join(path.parent.relative_to(PACKAGE.parent).parts)
        yield from (
            (room, name) for name in getattr(import_module(room), "__all__", ()) if name in every
        )


EXPLAINED = set(re.findall(r"`(\w+)`", (DOCS / "glossary.md").read_text()))
IN_THE_API = set(
    re.findall(
        r"auto(?:class|function):: myths\.(\w+)$", (DOCS / "api/index.md").read_text(), re.MULTILINE
    )
)


@pytest.mark.parametrize(("room", "name"), sorted(doors()))
def test_every_public_class_is_in_the_glossary_or_the_api(room: str, name: str):
    assert name in EXPLAINED | IN_THE_API


def test_every_public_name_is_in_the_api():
    assert set(myths.__all__) == IN_THE_API


def test_each_term_is_defined_once():
    text = (DOCS / "glossary.md").read_text()
    terms = [term.lower() for term in re.findall(r"^(\S.*)\n: ", text, re.MULTILINE)]
    assert len(terms) > 60
    assert sorted(terms) == sorted(set(terms))


def documented(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def test_docstrings_say_plainly_what_is_done():
    wrong = [
        f"{path.relative_to(ROOT)}: {words}"
        for path, tree in modules().items()
        for words in documented(tree)
        if words.partition(" ")[0] in FIRST_WORDS
    ]
    assert wrong == []
