"""Who follows "Write a module of your own" word by word ends with a module that people can open."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import Visitor, launch, stop

PAGE = Path(__file__).parents[2] / "docs/trainers/new-module.md"
STORY = PAGE.read_text("utf-8").partition("## Begin with another module")[0]
CODE = re.compile(r"```(sh|yaml)\n(.*?)```", re.DOTALL)
SERVE = "myths serve"


def steps() -> Iterator[tuple[str, str]]:
    """What the page says to do, in order: a line to type, or texts to put into a file."""
    for kind, text in CODE.findall(STORY):
        if kind == "sh":
            yield from (("type", line) for line in text.splitlines())
        else:
            yield "series" if text.startswith("modules:") else "write", text


def put(path: Path, texts: str) -> None:
    """Put each text in the place of the lines that begin with the same word, as a person would."""
    words = path.read_text("utf-8")
    for piece in re.split(r"^(?=\w)", texts, flags=re.MULTILINE)[1:]:
        key = piece.partition(":")[0]
        old = re.search(rf"^{key}:.*\n(?:(?:[ #].*)?\n)*", words, re.MULTILINE)
        assert old, f"there is no {key!r} to replace"
        words = words.replace(old[0], f"{piece.rstrip()}\n")
    path.write_text(words, "utf-8")


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    _, *arguments = shlex.split(line)
    return subprocess.run(
        [sys.executable, "-m", "myths", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_put_into_a_file_replaces_its_own_lines_alone(tmp_path: Path):
    file = tmp_path / "text.yml"
    file.write_text("a: 1\n\nb:   # of b\n  c: 2\n\n  d: 3\ne: 4\n")
    put(file, "b:\n  c: 5\n")
    assert file.read_text() == "a: 1\n\nb:\n  c: 5\ne: 4\n"


def test_who_follows_the_page_has_a_module_that_people_can_open(tmp_path: Path):
    folder, said, done = tmp_path, [], []
    for kind, text in steps():
        if kind == "write":
            put(folder / "content/modules/alcohol/text.en.yml", text)
        elif kind == "series":
            put(folder / "content/series.yml", text)
        elif text.startswith("cd "):
            folder /= text.removeprefix("cd ")
        elif text == SERVE:
            break
        else:
            result = typed(text, folder)
            done.append(text)
            said.append(result.stdout + result.stderr)
            first_check = text == "myths check" and done.count(text) == 1
            assert result.returncode == int(first_check), said[-1]
    else:
        pytest.fail("the page does not end with a server")
    checks = [told for line, told in zip(done, said, strict=True) if line == "myths check"]
    assert len(checks) == 3
    assert "text.en.yml:2: question is still to be written (the belief as a question" in checks[0]
    assert "to mend before people can see the modules that are drafts" in checks[0]
    assert "the page of 'alcohol' is written, and the module is still a draft" in checks[1]
    assert "alcohol" not in re.sub(r".*(guide\.en\.md|\.de\.).*", "", checks[2])
    code = re.search(r"\b[A-Z]{6}\b", said[-1])
    assert code, said[-1]

    db = f"sqlite:///{folder}/data/workshop.sqlite"
    own = {"MYTHS_CONTENT": str(folder / "content")}
    options = ["--port", "0", "--notebooks", str(folder / "notebooks"), "--db", db]
    server = launch(
        [sys.executable, "-m", "myths", "serve", *options], db, folder / "log", more=own
    )
    try:
        visitor = Visitor(server)
        visitor.join(code=code[0])
        assert "Is alcohol the reason for his violence?" in visitor.get("/m/alcohol").text
    finally:
        stop(server)
