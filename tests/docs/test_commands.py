"""What the documentation prints is there: commands and their options, files, examples that run."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from myths.cli import main

ROOT = Path(__file__).parents[2]
TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
PAGES = [*TOP, *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "content").rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]
CODE = re.compile(r"```([^\n`]*)\n(.*?)```|(?<!`)`([^`\n]+)`(?!`)", re.DOTALL)
FOLDERS = "widgets|content|notebooks|tests|bench|docs|deploy"


def code(page: Path) -> Iterator[tuple[str, str]]:
    """Every piece of code of a page, with its language; a piece within a sentence has none."""
    for language, block, inline in CODE.findall(page.read_text()):
        yield (language, block) if block else ("", inline)


def lines(page: Path) -> Iterator[str]:
    for language, text in code(page):
        if not language.startswith("{"):  # a list of contents, or the like
            yield from (line.strip() for line in text.splitlines())


def refused(line: str) -> str:
    """What click has against a line `myths …`; empty if it would be run."""
    words = shlex.split(line.partition(" #")[0])[1:]
    command, context = main, click.Context(main, info_name="myths")
    try:
        while isinstance(command, click.Group):
            _, words, _ = command.make_parser(context).parse_args(words)
            if not words:
                return ""
            name, below, words = command.resolve_command(context, words)
            assert below
            command, context = below, click.Context(below, info_name=name, parent=context)
        command.make_parser(context).parse_args([word for word in words if word != "…"])
    except click.UsageError as fault:
        return fault.format_message()
    return ""


def test_a_command_that_is_not_there_would_be_found():
    assert refused("myths serve --db x.sqlite --port 0") == ""
    assert "No such command" in refused("myths sing")
    assert "No such option" in refused("myths workshop open --loud")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_is_printed_exists(page: Path):
    faults = {}
    for line in lines(page):
        found = re.match(r"(?:\.venv/bin/|\.venv\\Scripts\\)?(myths(?: .*)?)$", line)
        if found and (fault := refused(found[1])):
            faults[line] = fault
    assert faults == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_is_printed_exists(page: Path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    printed = {found[1] for line in lines(page) if (found := re.match(r"make ([a-z]+)", line))}
    assert printed <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_is_printed_exists(page: Path):
    printed = {line for line in lines(page) if re.fullmatch(rf"(?:{FOLDERS})/[\w./-]+", line)}
    made = {
        "docs/_build/html",
        "docs/_build/html/index.html",
        "content/support/at.yml",
        "content/.studio/saves.json",
        "content/modules/alcohol",
        "content/modules/alcohol/text.en.yml",
        "notebooks/participants/01_alcohol.ipynb",
        "deploy/.env",
    }  # by whoever reads this
    assert {path for path in printed - made if not (ROOT / path).exists()} == set()


RUN = [page for page in PAGES if ">>> " in page.read_text()]


@pytest.mark.parametrize("page", RUN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_example_runs(page: Path):
    examples = "\n".join(text for language, text in code(page) if language in ("python", "pycon"))
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    assert test.examples
    result = doctest.DocTestRunner().run(test)
    assert result.failed == 0
