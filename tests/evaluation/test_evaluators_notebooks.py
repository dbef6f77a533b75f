"""The evaluators' notebooks run on whatever a store holds, not only on the bundled rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from myths.store import Store

from tests.evaluation.said import join, room, say
from tests.store.samples import given, written

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks/evaluators").glob("*.ipynb"))
BUNDLED = "myths.rehearsal_data(), True"


def nothing(_: Store) -> None:
    """Nobody has opened a workshop yet."""


def nobody(store: Store) -> None:
    store.open_workshop(code="MAIN")


def silent(store: Store) -> None:
    """One person has joined and answers nothing."""
    nobody(store)
    join(store, "MAIN")


def one_person(store: Store) -> None:
    (name,) = room(store, "MAIN", [(4, 2)])
    store.save(name, written("practice", "after"), given(text="A gap.", reader="evaluation"))


def no_followup(store: Store) -> None:
    """A workshop the day after: nobody has been asked the follow-up yet."""
    for name in room(store, "MAIN", [(4, 2), (3, 3), (5, 4)] * 4):
        say(store, name, "fact", "before", 2)
        say(store, name, "fact", "after", 4)
        store.save(name, written("practice", "after"), given(text="A gap.", reader="evaluation"))


def other_modules(store: Store) -> None:
    """Two workshops that had other modules than the notebooks speak of, in two languages."""
    room(store, "EAST", [(4, 2)] * 12, module="own")
    room(store, "WEST", [(4, 4)] * 3, module="other", language="de", wording="deutsch")


def before_only(store: Store) -> None:
    room(store, "MAIN", [(4, None), (3, None)])


OFTEN = (nothing, one_person, other_modules)
SELDOM = (nobody, silent, no_followup, before_only)
STORES = [*OFTEN, *(pytest.param(each, marks=pytest.mark.soak) for each in SELDOM)]


def run(notebook: Path, db: Path) -> None:
    """Run all cells one after another, as a kernel would, with the evaluator's own store."""
    names: dict[str, object] = {"__name__": "__main__"}
    replaced = 0
    for number, cell in enumerate(nbformat.read(notebook, 4).cells):
        if cell.cell_type == "code":
            source = cell.source.replace(BUNDLED, f"{str(db)!r}, False")
            replaced += source != cell.source
            exec(compile(source, f"{notebook.name}, cell {number}", "exec"), names)  # noqa: S102  ours
    assert replaced == 1


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("fill", STORES, ids=lambda fill: fill.__name__)
def test_a_notebook_runs_on_any_store(
    notebook: Path,
    fill: Callable[[Store], None],
    store: Store,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    fill(store)
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    run(notebook, file)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_names_no_workshop(notebook: Path):
    cells = nbformat.read(notebook, 4).cells
    assert not any("TRIAL" in cell.source for cell in cells if cell.cell_type == "code")


def source(name: str) -> dict[str, str]:
    (path,) = [path for path in NOTEBOOKS if path.stem == name]
    return {cell.id: cell.source for cell in nbformat.read(path, 4).cells}


def test_the_notebook_of_change_has_tested_rows_and_a_picture():
    cells, names = source("change"), {"__name__": "__main__"}
    for cell in ("change-01", "change-twelve", "change-picture"):
        exec(compile(cells[cell], cell, "exec"), names)  # noqa: S102  ours
    rows = names["tested"]
    tested = rows[rows["primary"] & (rows["workshops"] > 5)]
    assert len(tested) == 3
    assert (tested["workshops"] == 11).all()
    assert (tested["p_holm"] < 0.05).all()
    assert names["picture"].name == "summary"


def test_the_notebook_of_answers_says_that_agreeing_can_be_knowledge():
    assert "agreeing can be knowledge" in " ".join(source("answers").values())
