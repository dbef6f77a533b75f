"""Reports that were published, and whether they are safe together."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import myths
import pandas as pd
from click.testing import CliRunner, Result
from myths.evaluation.disclosure.differences import smallest_cell
from myths.evaluation.disclosure.release_draft import ReleaseDraft, cells_of
from myths.store import Store, open_store

if TYPE_CHECKING:
    from myths.evaluation.reports import Report

STAY = [(4, 3), (4, 2), (3, 3), (5, 2), (4, 4)]
QUESTION = "risk.myth myth-words after"
K = 5


def publish(db: Path | str, folder: Path, *codes: str, **options: Any) -> Report:
    made = myths.report(db, codes or None, **options)
    made.save(folder / "report.html")
    return made


def publish_row(store: Store, *, before: Callable[[], Any] = lambda: None, **choice: Any) -> None:
    """Publish the row about one question, as a report does it, and nothing else."""
    people, said = store.participants(**choice), store.answers(**choice)
    both = said.groupby("participant", observed=True).size() == 2
    draft = ReleaseDraft(store.release_log(), people, said, k=K)
    draft.count(QUESTION, pd.Series(both.index[both], dtype="str"), cells_of(said))
    draft.refuse()
    before()
    if release := draft.release():
        with store.releasing(release, rule=draft.check):
            pass


def counted(store: Store) -> list[int]:
    """How many people each release counted in the question."""
    return [len(each.rows.get(QUESTION, ())) for each in store.release_log().releases]


def is_safe(store: Store) -> bool:
    """Whether no combination of what was published is about a few."""
    releases = store.release_log().releases
    questions = {question for each in releases for question in each.rows}
    cells = [
        smallest_cell(each.rows.get(question, frozenset()) for each in releases)
        for question in questions
    ]
    return all(cell >= K for cell in cells)


def told(report: Report) -> str:
    return " ".join(report.html().split())


def command(file: Path, out: Path, *options: str) -> Result:
    from myths.cli import main  # a process that publishes a row needs neither this nor pictures

    where = ["report", "--db", f"sqlite:///{file}", "--out", str(out), "--format", "html"]
    return CliRunner().invoke(main, [*where, *options])


def wait() -> None:
    print("ready", flush=True)  # noqa: T201  who started it waits for this
    sys.stdin.readline()


if __name__ == "__main__":
    url, codes = sys.argv[1:]
    publish_row(open_store(url), before=wait, workshop=codes.split(","))
