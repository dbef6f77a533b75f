"""Every public name has an example, and each runs: on a class, one goes on from another."""

from __future__ import annotations

import doctest
import inspect
import tempfile
from collections.abc import Iterator
from pathlib import Path

import myths
import pytest
from myths.evaluation.coding.coder import Coder
from myths.evaluation.reports import Report

PUBLIC = {name: getattr(myths, name) for name in myths.__all__} | {"Coder": Coder}
RETURNED = {"report": Report}  # its examples go on from that of what returns it

# What has no example, and why.
SECTION = "a section of a notebook, called as in the example of the class"
STEP = "a step of a coder, done as in the example of the class"
WITHOUT = {
    "Coding.of": "takes a reading, as reports and exports have one; it is not on the page",
    **{f"Coder.{name}": STEP for name in dir(Coder) if name[0] != "_"},
    **{f"Page.{name}": SECTION for name in ("again", "facts", "rate", "reflect")},
    **{f"Page.{name}": SECTION for name in ("section", "support", "title")},
    **{f"Page.{name}": SECTION for name in ("agreement", "changes", "outcomes", "plans")},
    "Page.takeaways": SECTION,
    **{f"Module.{name}": SECTION for name in ("change", "commit", "discuss")},
    **{f"Module.{name}": SECTION for name in ("question", "rate", "reading", "recall")},
    **{f"Module.{name}": SECTION for name in ("reflect", "vignette")},
}


def documented(name: str) -> Iterator[tuple[str, str]]:
    """A public name and its methods, or those of what it returns, each with its docstring."""
    found = PUBLIC[name]
    yield name, inspect.getdoc(found) or ""
    kind = RETURNED.get(name, found)
    if isinstance(kind, type):
        for each, member in inspect.getmembers(kind):
            if each[0] != "_" and (callable(member) or isinstance(member, property)):
                yield f"{kind.__name__}.{each}", inspect.getdoc(member) or ""


def has_example(docstring: str) -> bool:
    _, heading, examples = docstring.partition("Examples\n--------\n")
    return bool(heading and doctest.DocTestParser().get_examples(examples))


def test_a_docstring_without_an_example_would_be_found():
    assert has_example("Show.\n\nExamples\n--------\n>>> 1\n1\n")
    assert not has_example("Show.\n\nExamples\n--------\nNone yet.\n")
    assert not has_example("Show.\n\n>>> 1\n1\n")


def test_every_public_name_and_method_has_an_example_or_a_reason():
    found = {each: text for name in PUBLIC for each, text in documented(name)}
    assert {each for each, text in found.items() if not has_example(text)} == set(WITHOUT)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_example_of_a_docstring_runs(name: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    parser, runner, names = doctest.DocTestParser(), doctest.DocTestRunner(), {}
    for each, text in documented(name):
        test = parser.get_doctest(text, {}, each, None, 0)
        test.globs = names  # of the class, for its methods
        runner.run(test, clear_globs=False)
    assert runner.summarize().failed == 0
