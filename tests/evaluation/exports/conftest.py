"""One store with all that is awkward in it, exported once into every format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import myths
import pandas as pd
import pytest
from myths.evaluation import Exported
from myths.store import Store, open_store

from tests.store.samples import asked, given, written

POINTS = {"1": "Strongly disagree", "2": "Disagree", "3": "Neither", "4": "Agree", "5": "Agree!"}
RATING = {"question": "Is it so? “Yes” | <no>", "options": POINTS, "keyed": "myth"}
OTHER = {"question": "هل هذا صحيح؟", "options": POINTS | {"1": "لا أوافق بشدة"}, "keyed": "myth"}
CONFIDENCE = {
    "question": "How sure are you? " * 30,
    "options": {str(value): str(value) for value in range(11)},
    "ends": ["Not sure at all", "Very sure, " * 20],
}
LONG = "womens-services-and-everybody-else-who-takes-part-in-a-workshop"

TEXTS = (
    "👩🏽\u200d⚖️🇪🇺" * 285,
    "لا يوجد برنامج بلا مخاطر \u202bنص\u202c " * 70,
    "😀" * 10_000,
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "\u00a0=1+1",
    "'a quotation'",
    "''=1",
    "  spaces before",
    "two\nlines\r\nthree\rfour",
    "quotes \" ' ` ; , | \\ %s <b>&amp;</b> {{ 7 * 7 }}",
    "NA",
    "null",
    "nan",
    "-9",
    "a",
    "007",
    "TRUE",
    "#N/A",
    "#REF!",
    "2026-01-01",
    "bell \x07 escape \x1b delete \x7f next line \x85 separator \u2028",
    "_x0041_ and _x005F_ and _x",
    "\ufeffmark \ufffe \uffff",
    "e\u0301 é ﬁ",
)

CODED = {  # what SPSS and Stata hold as numbers
    "phase": {"before": 1.0, "after": 2.0, "followup": 3.0},
    "audience": {"mixed": 1.0, "social": 4.0},
    "mode": {"page": 1.0, "paper": 2.0},
}
FOR_NOBODY_HERE = {"me": "SECRETFORME", "group": "SECRETFORGROUP", "later": "SECRETSINCE"}
REHEARSED = "REHEARSEDTEXT"
READABLE = "READABLEMARK"
WITHDRAWN = "WITHDRAWNTEXT"
MEMO = "MEMOMARK"


@dataclass(frozen=True)
class Made:
    """An export and the store it was made of."""

    db: Path
    done: Exported

    @property
    def folder(self) -> Path:
        return self.done.path


def join(store: Store, code: str = "REAL") -> str:
    return store.join(code, language="en", consent="agreed").participant


def answer_all(store: Store) -> None:
    """Let people answer in every awkward way."""
    store.open_workshop(code="REAL", audience="social")
    rating = asked(words=RATING)
    sure = asked("confidence", kind="confidence", words=CONFIDENCE)
    for text in TEXTS:
        store.save(join(store), written(), given(text=text, reader="evaluation"))
    for value in range(1, 6):
        person = join(store)
        store.save(person, rating, given(value))
        store.save(person, sure, given(value * 2))
        store.save(person, asked(phase="after", words=RATING), given(6 - value))
    person = join(store)
    arabic = asked(words=OTHER, wording="ffffffffffff", language="ar")
    for question in (arabic, sure, written()):
        store.save(person, question, given(declined=True))
    store.save(person, asked("half"), given(2.5))
    for phase in ("before", "after"):
        for number in (1, 2):
            store.save(person, asked(f"{LONG}{number}", phase, module=LONG), given(number))
    person = join(store)
    for reader in ("me", "group"):
        store.save(person, written(reader), given(text=FOR_NOBODY_HERE[reader], reader=reader))
    later = FOR_NOBODY_HERE["later"]
    store.save(person, written("later"), given(text=later, reader="evaluation"))
    store.save(person, written("later"), given(text=later, reader="me"))
    store.save(person, written("open"), given(text=READABLE, reader="evaluation"))
    join(store)
    store.open_workshop(code="TRYOUT", rehearsal=True)
    store.save(join(store, "TRYOUT"), written(), given(text=REHEARSED, reader="evaluation"))


def code_all(store: Store, db: Path) -> None:
    """Let two coders code every text in every awkward way; then somebody withdraws."""
    gone = join(store)
    store.save(gone, written(), given(text=WITHDRAWN, reader="evaluation"))
    coding = myths.Coding(db=db)
    coding.add("gap", name="=Gap", definition="Says “what” is | missing.", include=["Ça", "+1"])
    for name in ("ada", "bea"):
        coder = coding.coder(name)
        for place, text in enumerate(sorted(coder.texts, key=lambda each: each.words)):
            if place % 3 == 0:
                coder.none(text.id)
            else:
                coder.toggle(text.id, "gap")
            if place % 3 == 2 and text.words.strip():
                coder.passage(text.id, "gap", 0, 1 + len(text.words) // 2)
            coder.memo(text.id, f"{MEMO} {text.words}"[:2000])
        if name == "ada":
            coding.add("gap", name="Gap", definition="-1 is missing.", exclude=["\n=not"])
            coding.add("unused", name="Unused", definition="Given to nothing.")
        coder.finish()
    store.erase_participant(gone)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("export")
    db = folder / "workshop.sqlite"
    store = open_store(f"sqlite:///{db}", create=True)
    answer_all(store)
    code_all(store, db)
    return Made(db, myths.export(folder / "out", db))


@pytest.fixture(scope="session")
def wide(made: Made) -> pd.DataFrame:
    """The wide table of the export."""
    return pd.read_parquet(made.folder / "parquet" / "wide.parquet")


def milliseconds(frame: pd.DataFrame) -> pd.DataFrame:
    """Cut the times to what Excel, SPSS and Stata can hold, without their zone."""
    times = frame.select_dtypes("datetimetz").columns
    return frame.assign(**{each: frame[each].dt.floor("ms").dt.tz_localize(None) for each in times})


def wanted(made: Made, system: str, name: str) -> pd.DataFrame:
    """What the file of a table should hold in SPSS or Stata, by the names it has there."""
    frame = milliseconds(pd.read_parquet(made.folder / "parquet" / f"{name}.parquet"))
    names = pd.read_parquet(made.folder / "parquet" / "variables.parquet")
    names = names[names["table"] == name].set_index("column")[system]
    for column in frame:
        if column in CODED:
            frame[column] = frame[column].astype(str).map(CODED[column])
        elif pd.api.types.is_bool_dtype(frame[column].dtype):
            frame[column] = frame[column].astype(float)
        elif pd.api.types.is_string_dtype(frame[column].dtype) or frame[column].dtype == "category":
            texts = frame[column].astype("string").fillna("")
            frame[column] = texts.str.rstrip(" ") if system == "spss" else texts
    return frame.rename(columns=names)


def plain(frame: pd.DataFrame) -> list[list[object]]:
    """Give the rows as Python objects, None where something is missing."""
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
