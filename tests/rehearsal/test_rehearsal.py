from __future__ import annotations

import subprocess
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import myths
import pandas as pd
import pytest
from click.testing import CliRunner
from myths import catalog
from myths.answer import Answer
from myths.errors import StoreError
from myths.samples import make
from myths.samples.__main__ import main
from myths.session import Session
from myths.store import AskedQuestion, open_store

from tests.catalog import sample_content

PLACE = ["participant", "module", "item", "phase"]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("rehearsal") / "rehearsal.sqlite")


@pytest.fixture(scope="module")
def answers(db: Path) -> pd.DataFrame:
    return myths.answers(db, rehearsal=True)


@pytest.fixture(scope="module")
def history(db: Path) -> pd.DataFrame:
    return myths.answers(db, history=True, rehearsal=True)


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.astype("str").equals(other.astype("str"))


def test_sixty_people_in_three_workshops_speak_two_languages(db, answers):
    people = myths.participants(db, rehearsal=True)
    assert people["workshop"].value_counts().to_dict() == {"TRIAL1": 24, "TRIAL2": 20, "TRIAL3": 16}
    assert set(people["language"]) == set(answers["language"]) == {"en", "de"}
    assert people["participant"].is_unique


@pytest.fixture(scope="module")
def large() -> Path:
    return myths.rehearsal_data(workshops=12)


def test_three_hundred_people_in_twelve_workshops_are_there_too(large, answers):
    people = myths.participants(large, rehearsal=True)
    sizes = people["workshop"].value_counts()
    assert (len(people), len(sizes)) == (300, 12)
    assert sizes.min() >= 16
    assert set(people["audience"]) == {"mixed", "courts", "police", "social"}
    three = myths.answers(large, ["TRIAL1", "TRIAL2", "TRIAL3"], rehearsal=True)
    assert same(
        three.sort_values(PLACE, ignore_index=True), answers.sort_values(PLACE, ignore_index=True)
    )


def test_a_row_of_eleven_workshops_is_tested_and_these_differ(large):
    rows = myths.change(large, module="risk", language="en", rehearsal=True)
    (row,) = rows[rows["primary"] & (rows["workshops"] == 11)].itertuples()
    assert row.n > 150
    assert row.p_holm < 0.05
    assert row.workshop_mean_high < 0 < row.icc


def test_its_workshops_have_the_routes_that_they_went(db, answers):
    routes = {each.code: each for each in open_store(f"sqlite:///{db}").workshops()}
    assert [each.route for each in routes.values()] == ["full-day", "half-day", "half-day"]
    modules = catalog.load().series.modules
    for code, said in answers.groupby("workshop", observed=True)["module"]:
        assert set(said) & set(modules) <= set(routes[str(code)].modules)


def test_no_evaluation_reads_it_unasked(db):
    assert myths.answers(db).empty
    assert myths.participants(db).empty


def test_the_same_seed_gives_the_same_and_another_gives_others(tmp_path, history):
    again = myths.answers(make(tmp_path / "again.sqlite"), history=True, rehearsal=True)
    other = myths.answers(make(tmp_path / "other.sqlite", seed=8), history=True, rehearsal=True)
    assert same(again, history)
    assert not same(other, history)


def test_it_holds_every_kind_of_trouble_that_real_answers_have(db, answers, history):
    silent = set(myths.participants(db, rehearsal=True)["participant"]) - set(
        answers["participant"]
    )
    first = set(answers.loc[answers["phase"] == "before", "participant"])
    closed = set(answers.loc[answers["module"] == "closing", "participant"])
    back = set(answers.loc[answers["phase"] == "followup", "participant"])
    assert silent
    assert first - closed
    assert 10 <= len(back) < len(first) / 2
    assert answers["declined"].any()
    assert history.duplicated(PLACE).any()
    nothing = history["value"].isna() & history["reader"].isna() & ~history["declined"]
    assert nothing.any()
    assert set(answers["reader"].dropna()) == {"me", "group", "evaluation"}
    assert answers.loc[answers["reader"] == "evaluation", "text"].notna().all()


def test_more_get_better_than_worse_and_some_over_correct(db):
    wide = myths.wide(db, rehearsal=True)

    def moved(item: str) -> pd.Series:
        return (wide[f"risk.{item}.after"] - wide[f"risk.{item}.before"]).dropna()

    assert (moved("myth") < 0).sum() > 2 * (moved("myth") > 0).sum() > 0
    assert (moved("fact") > 0).sum() > 2 * (moved("fact") < 0).sum() > 0
    assert 0.1 < (moved("over") > 0).mean() < 0.4


def test_values_lie_on_their_scales(db, answers):
    keys = ["module", "item", "kind", "language", "wording"]
    book = myths.codebook(db, source="store").astype(dict.fromkeys(keys, "str"))
    numbers = answers.dropna(subset="value").astype(dict.fromkeys(keys, "str"))
    joined = numbers.merge(book, on=keys)
    assert len(joined) == len(numbers)
    assert joined["value"].between(joined["minimum"], joined["maximum"]).all()


def test_who_speaks_german_is_asked_in_german(db, answers):
    people = myths.participants(db, rehearsal=True)
    germans = people.loc[people["language"] == "de", "participant"]
    assert set(answers.loc[answers["participant"].isin(germans), "language"]) == {"de"}
    book = myths.codebook(db, source="store").set_index("language")
    assert not set(book.loc["de", "question"]) & set(book.loc["en", "question"])
    english = set(book.loc["en", "labels"]) - {""}
    assert not set(book.loc["de", "labels"]) & english


def test_times_are_those_of_a_day_and_of_a_return_three_months_later(db, answers, history):
    assert answers["answered_at"].max() < datetime.now(UTC)
    opened = {each.code: each.opened_at for each in open_store(f"sqlite:///{db}").workshops()}
    since = history["answered_at"] - history["workshop"].astype("str").map(opened)
    later = history["phase"] == "followup"
    assert since[~later].between(timedelta(minutes=4), timedelta(hours=8)).all()
    assert since[later].between(timedelta(days=90), timedelta(days=110)).all()
    assert history["answered_at"].is_monotonic_increasing


def test_a_page_could_have_saved_every_answer(db, tmp_path):
    made = open_store(f"sqlite:///{db}")
    copy = open_store(f"sqlite:///{tmp_path}/copy.sqlite", create=True)
    words = made.questions().to_dict("records")
    asked = {(q["module"], q["item"], q["phase"], q["language"]): AskedQuestion(**q) for q in words}
    people = myths.participants(db, rehearsal=True)
    for name, language in zip(people["participant"][::12], people["language"][::12], strict=True):
        person = copy.join(copy.open_workshop().code, language=language, consent="")
        for place, given in made.latest(name).items():
            copy.save(person.participant, asked[*place, language], given)
        key = copy.visitor(person.token).key
        assert copy.latest(person.participant, key=key) == made.latest(name)


def test_questions_are_kept_as_a_page_keeps_them(db, tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/page.sqlite", create=True)
    person = store.join(store.open_workshop().code, language="en", consent="").participant
    visit = Session(participant=person, store=store)
    module = catalog.load().module("risk")
    for item in module.items:
        answer = {"value": 1} if item.options else {"text": "words", "reader": "me"}
        visit.question(item, "after")["save"](Answer(str(uuid.uuid4()), **answer))
    kept = open_store(f"sqlite:///{db}").questions()
    rehearsed = kept[kept["phase"] == "after"].set_index("wording")["words"]
    rehearsed = rehearsed[~rehearsed.index.duplicated()]
    for row in store.questions().itertuples():
        if row.wording in rehearsed.index:
            assert row.words.items() <= rehearsed[row.wording].items()


def test_texts_are_short_and_name_nobody(answers):
    texts = answers["text"].dropna()
    assert texts.str.len().max() <= 120
    assert not texts.str.contains(r"[@\d]|https?:").any()


def test_it_follows_the_content(tmp_path, monkeypatch):
    monkeypatch.setenv("MYTHS_CONTENT", str(sample_content.copy(tmp_path / "content")))
    answers = myths.answers(make(tmp_path / "bees.sqlite"), rehearsal=True)
    assert set(answers["module"]) == {"bees", "start"}


def test_a_file_that_is_there_is_left_as_it_is(tmp_path):
    file = tmp_path / "precious.sqlite"
    file.write_text("precious")
    with pytest.raises(StoreError, match="another name"):
        make(file)
    assert file.read_text() == "precious"


def test_the_command_makes_it_and_tells_where(tmp_path):
    out = tmp_path / "out.sqlite"
    told = CliRunner().invoke(main, [str(out), "--seed", "3"])
    assert told.exit_code == 0
    assert str(out) in told.output
    told = CliRunner().invoke(main, [str(out)])
    assert told.exit_code == 1
    assert "another name" in told.output


@pytest.mark.parametrize("first", ["import myths", "import myths.rehearsal as room"])
def test_the_door_gives_one_file_for_as_long_as_python_runs(first):
    program = f"{first}; import myths; print(myths.rehearsal_data(), myths.rehearsal_data())"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    once, twice = ran.stdout.decode().split()
    assert once == twice
    assert not Path(once).parent.exists()
