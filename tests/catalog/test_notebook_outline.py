"""What a notebook shows of its page is read from it in order, and no cell is run for that."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths.catalog import NotebookCall, NotebookHeading, notebook_outline

FIRST = "import myths\n\nmodule = myths.Module('risk')"
Cell = str | tuple[str, str] | tuple[str, str, list[str]]  # code, or the kind, the words, the tags
Outlined = Callable[..., list[str]]


def told(each: NotebookCall | NotebookHeading) -> str:
    if isinstance(each, NotebookHeading):
        return f"# {each.words}"
    given = [repr(arg) for arg in each.args] + [f"{k}={v!r}" for k, v in each.named.items()]
    return f"{each.method}({', '.join(given)})"


@pytest.fixture
def outlined(tmp_path: Path) -> Outlined:
    def outlined(*cells: Cell) -> list[str]:
        made = []
        for each in cells:
            kind, source, *tags = ("code", each) if isinstance(each, str) else each
            metadata = {"tags": tags[0]} if tags else {}
            made.append({"cell_type": kind, "metadata": metadata, "source": source})
        path = tmp_path / "01_risk.ipynb"
        path.write_text(json.dumps({"nbformat": 4, "cells": made}))
        return [told(each) for each in notebook_outline(path, "risk")]

    return outlined


def test_sections_and_headings_are_listed_in_their_order(outlined: Outlined):
    assert outlined(
        ("markdown", "# For you", ["trainer"]),
        FIRST,
        "module.question()",
        ("markdown", "## Coffee\n\nAt eleven."),
        ("markdown", "At noon."),
        "module.ask('When?', options=['Now', 'Later'], name='when')",
        "module.rate('before')  # 4 minutes",
    ) == [
        "question()",
        "# Coffee",
        "ask('When?', options=['Now', 'Later'], name='when')",
        "rate('before')",
    ]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("module.question()\nmodule.recall()", ["recall()"]),
        ("x = module.recall()", []),
        ("x = 1\ndisplay(module.recall())\nprint(x)", ["recall()"]),
        ("import IPython\nIPython.display.display(module.recall())", ["recall()"]),
        ("display(module.question(), module.recall())", ["question()", "recall()"]),
        ("for _ in range(2):\n    display(module.recall())", ["recall()"]),
        ("VBox([module.question(), module.recall()])", ["question()", "recall()"]),
        ("other = module\nother.recall()", ["recall()"]),
        ("myths.Module('risk').recall()", ["recall()"]),
        ("myths.Module('harm').recall()", []),
        ("myths.check()", []),
        ("module.ask(words)", ["ask()"]),
        ("%matplotlib inline\nmodule.recall()", ["recall()"]),
        ("module.recall(", []),
        ("", []),
    ],
)
def test_a_cell_shows_what_its_last_line_makes_and_what_it_displays(
    outlined: Outlined, source: str, shown: list[str]
):
    assert outlined(FIRST, source) == shown
    assert outlined(FIRST, ("code", source, ["trainer"])) == []


def test_a_hidden_cell_still_gives_names(outlined: Outlined):
    assert outlined(("code", FIRST, ["trainer"]), "module.recall()") == ["recall()"]


def test_a_notebook_is_read_anew_once_it_has_changed(outlined: Outlined):
    assert outlined(FIRST, "module.recall()") == ["recall()"]
    assert outlined(FIRST, "module.recall()", "module.change()") == ["recall()", "change()"]


def test_what_is_no_notebook_shows_nothing(tmp_path: Path):
    file = tmp_path / "01_risk.ipynb"
    assert notebook_outline(file, "risk") == ()
    for text in ("", "[]", "{}", '{"nbformat": 3}', '{"nbformat": 4, "cells": [{}]}', "\0"):
        file.write_text(text)
        assert notebook_outline(file, "risk") == ()


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["cells", "cell_type", "source", "metadata"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_cells_are_read_or_left_out(tmp_path_factory: pytest.TempPathFactory, cells: object):
    file = tmp_path_factory.mktemp("any") / "01_risk.ipynb"
    file.write_text(json.dumps({"nbformat": 4, "cells": cells}))
    assert isinstance(notebook_outline(file, "risk"), tuple)
