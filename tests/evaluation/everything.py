"""Every public function that reads a store, and a store in which each has something to read."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import myths
import pandas as pd
from myths.errors import StoreError
from myths.evaluation import study_kit
from myths.store import Store, open_store

from tests.evaluation.coding.coders import book
from tests.evaluation.said import join, say
from tests.store.samples import given, written

DAY = date(2026, 3, 10)
MODULES = ("risk", "harm", "funding")
Read = Callable[[str, Path], pd.DataFrame | str]  # a database, the folder of the coded texts


@dataclass(frozen=True)
class Filled:
    """A database in which people have answered, and the folder of their coded texts."""

    store: Store
    coding: Path


def fill(address: str, coding: Path) -> Filled:
    """Let two workshops answer; of the quiet one nobody ever does anything again."""
    store = open_store(address, create=True)
    for code in ("QUIET", "LIVELY"):
        store.open_workshop(code=code)
        for number in range(6):
            come(store, code, number)
    book(coding, "gap")
    for name in ("ada", "bea"):
        coder = myths.Coding(coding, db=address).coder(name)
        for text in coder.texts:
            coder.toggle(text.id, "gap")
        coder.finish()
    return Filled(store, coding)


def come(store: Store, code: str, number: int) -> str:
    """Let somebody join who answers everything; gives the name."""
    (name,) = join(store, code)
    for module in MODULES:
        say(store, name, "myth", "before", 1 + (number + len(module)) % 5, module=module)
        say(store, name, "confidence", "before", number % 11, module=module)
        say(store, name, "myth", "after", 1 + number % 3, module=module)
    store.save(name, written("learned", "after"), given(text=f"gap {number}", reader="evaluation"))
    return name


def _table(name: str, **options: Any) -> Read:
    return lambda db, _coding: getattr(myths, name)(db, **options)


def _coded(method: str, workshop: str | None = "QUIET") -> Read:
    def read(db: str, coding: Path) -> pd.DataFrame:
        found: pd.DataFrame = getattr(myths.Coding(coding, db=db, workshop=workshop), method)()
        return found

    return read


def _texts(db: str, coding: Path) -> str:
    found = myths.Coding(coding, db=db, workshop="QUIET").coder("new")
    return str([(text.id, text.question, text.words) for text in found.texts])


def _report(db: str, coding: Path) -> str:
    return myths.report(db, "QUIET", day=DAY, coding=coding).html()


def _export(db: str, coding: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        done = myths.export(Path(folder) / "out", db, formats=["csv"], coding=coding)
        names = ("answers", "participants", "wide", "codes", "variables", "values", "definitions")
        return "".join((done.path / f"csv/{name}.csv").read_text("utf-8") for name in names)


def _study(db: str, _coding: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        made = study_kit(Path(folder) / "study", db, "QUIET", day=DAY)
        return "".join(file.read_text("utf-8") for file in made)


EVERYTHING: dict[str, Read] = {
    "answers": _table("answers"),
    "history": _table("answers", history=True),
    "attrition": _table("attrition"),
    "benchmark": _table("benchmark", workshop="QUIET"),
    "change": _table("change", by="workshop", resamples=50),
    "codebook": _table("codebook", source="store"),
    "distribution": _table("distribution", by="workshop"),
    "pairs": _table("pairs"),
    "paradata": _table("paradata"),
    "participants": _table("participants"),
    "reliability": _table("reliability", workshop="QUIET", composite="myths", resamples=50),
    "waves": _table("waves", by="workshop", resamples=50),
    "wide": _table("wide"),
    "coders": _coded("coders"),
    "codes": _coded("codes", None),
    "agreement": _coded("agreement"),
    "disagreements": _coded("disagreements"),
    "quotes": _coded("quotes"),
    "texts": _texts,
    "report": _report,
    "study_kit": _study,
    "export": _export,
}


def whole(found: pd.DataFrame | str) -> str:
    """Return all that a function says."""
    return found if isinstance(found, str) else found.to_csv()


def quiet(found: pd.DataFrame | str) -> str:
    """Return what a function says of the quiet workshop."""
    if isinstance(found, str):
        said = [line for line in found.splitlines() if "LIVELY" not in line]
        return "\n".join(said)
    return (found[found["workshop"] == "QUIET"] if "workshop" in found else found).to_csv(
        index=False
    )


if __name__ == "__main__":
    store = open_store(sys.argv[1])
    print("begun", flush=True)  # noqa: T201  who started it waits for this
    number = 0
    while True:
        number += 1
        try:
            store.erase_participant(come(store, "LIVELY", number))
        except StoreError as error:  # others write, too
            if not error.retry:
                raise
