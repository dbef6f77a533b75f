"""Open data tells of nobody: tried with the files alone, as somebody has them who wants to know."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import jsonschema
import myths
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from lxml import etree
from myths import catalog, session
from myths.cli import main
from myths.errors import EvaluationError, StoreError
from myths.evaluation import ExportError
from myths.evaluation.exports import open_data as making
from myths.samples import make
from myths.store import Store, open_store, schema
from myths.vocabulary import Phase
from sqlalchemy import update

from tests.evaluation.english import english_in
from tests.evaluation.reports import made_rooms
from tests.evaluation.reports.published import STAY, is_safe, publish
from tests.evaluation.said import join, room, say
from tests.store.samples import asked, days_ago, given, written

STANDARDS = Path(__file__).with_name("standards")
KNOWN = ["group", "audience", "country", "language"]
K = 5
HIDDEN = "a text that nobody outside may read"
PLACE = "How is it in Musterstadt?"
open_data = partial(myths.open_data, informed=True)


def pooled(store: Store, **values: object) -> None:
    """Let the time to withdraw be over in all workshops."""
    with store.writing() as conn:
        conn.execute(update(schema.workshops).values(pooled_at=days_ago(1), **values))


def rows(path: Path) -> pd.DataFrame:
    return pd.read_csv(path / "people.csv")


def answers(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=["row", *KNOWN])


def combinations(frame: pd.DataFrame) -> list[tuple]:
    """What others may know of each row: also which modules are there, and the follow-up."""
    there = answers(frame).notna()
    parts = {
        (name.split(".")[0] if not name.endswith("followup") else ""): [] for name in there.columns
    }
    for name in there:
        parts["" if name.endswith("followup") else name.split(".")[0]].append(name)
    seen = pd.DataFrame({part: there[names].any(axis=1) for part, names in parts.items()})
    known = frame[KNOWN].astype("str")
    return [*zip(known.itertuples(index=False), seen.itertuples(index=False), strict=True)]


def nobody_is_found(path: Path, k: int = K) -> None:
    """Hold the rows against all that is promised of them."""
    frame = rows(path)
    seen = combinations(frame)
    assert min(Counter(seen).values()) >= k
    said = answers(frame)
    for combination in set(seen):
        here = said[[each == combination for each in seen]]
        for name in here:
            sizes = here[name].value_counts()
            assert sizes.empty or sizes.sum() - sizes.max() >= 2, name
    for module in {name.split(".")[0] for name in said if name.endswith(".before")}:
        before, after = (
            said.filter(regex=rf"^{module}\..*\.{phase}$").notna().any(axis=1)
            for phase in ("before", "after")
        )
        assert (before == after).all()


def copied(file: Path, folder: Path) -> Path:
    """Copy a store, with what its log still holds."""
    target = folder / "real.sqlite"
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", "--public", "--informed", *map(str, arguments)])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up workshops as if they were real ones, with some awkward answers."""
    file = make(tmp_path_factory.mktemp("sample") / "real.sqlite")
    store = open_store(f"sqlite:///{file}")
    pooled(store, rehearsal=False)
    people = store.participants()["participant"].tolist()
    words = {"question": PLACE, "options": {"1": "bad", "2": "well"}}
    looking_back = session.asked(catalog.load().module("risk").item("myth"), Phase.RETROSPECTIVE)
    for number, name in enumerate(people[:24]):
        own = asked("own", "after", words=words, wording="ownwording")
        store.save(name, own, given(1 + number % 2))
        store.save(name, looking_back, given(1 + number % 5))
        text = given(text=f"{HIDDEN} {number}", reader="evaluation")
        store.save(name, written("reason", "after"), text)
    return file


@pytest.fixture(scope="module")
def published(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    copy = copied(sample, folder)
    done = open_data(folder / "out", copy)
    assert done.rows == {"people": len(rows(done.path))}
    return done.path


def test_nobody_is_found_in_the_made_up_workshops_and_most_people_are_there(published):
    nobody_is_found(published)
    frame = rows(published)
    assert len(frame) > 50
    assert {"risk.myth.before", "closing.useful.after", "risk.plan.followup"} <= set(frame)
    assert frame["group"].nunique() == 3
    assert set(frame["risk.recall.before"].dropna()) == {0, 1}
    assert not any("retrospective" in each.read_text("utf-8") for each in published.iterdir())


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_found_in_made_up_rooms(tmp_path, seed):
    assert made_up_rooms_hide_everybody(tmp_path, seed) >= K


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
def test_nobody_is_found_in_many_made_up_rooms(tmp_path, seed):
    made_up_rooms_hide_everybody(tmp_path, seed)


def made_up_rooms_hide_everybody(tmp_path: Path, seed: int) -> int:
    """Publish some rooms, hold the rows against the promises, and return how many there are."""
    file = made_rooms.make(tmp_path / "rooms.sqlite", seed)
    store = open_store(f"sqlite:///{file}")
    pooled(store)
    with suppress(ExportError):  # of few people there is nothing
        done = open_data(tmp_path / "out", file)
        nobody_is_found(done.path)
        assert is_safe(store)
        return done.rows["people"]
    return 0


def test_each_row_is_what_somebody_said_as_far_as_it_is_there(sample, published):
    true = myths.wide(sample)
    numbers = [name for name in answers(rows(published)) if ".recall." not in name]
    true = true[numbers].to_numpy(dtype=float, na_value=-1)
    for row in rows(published)[numbers].to_numpy(dtype=float):
        there = row == row
        assert (true[:, there] == row[there]).all(axis=1).any()


def bytes_of(path: Path) -> bytes:
    """All that a release holds, also the times in a zip."""
    if path.is_dir():
        return b"".join(file.read_bytes() for file in path.iterdir())
    with zipfile.ZipFile(path) as packed:
        times = " ".join(str(each.date_time) for each in packed.infolist())
        return times.encode() + b"".join(packed.read(name) for name in packed.namelist())


def test_no_byte_is_a_text_a_name_a_code_a_wording_or_a_time(sample, published, tmp_path):
    copy = copied(sample, tmp_path)
    zipped = open_data(tmp_path / "data.zip", copy).path
    said = myths.answers(sample, history=True)
    texts = {text.strip() for text in said["text"].dropna() if len(text.strip()) > 8}
    assert len(texts) > 50
    people = set(said["participant"])
    with open_store(f"sqlite:///{sample}").snapshot() as tables:
        rooms = tables.workshops()
    codes = {word for room in rooms for word in (room.code, room.title)}
    secret = {HIDDEN, PLACE, "risk.own", *texts, *people, *said["wording"], *codes}
    for path in (published, zipped):
        held = bytes_of(path)
        assert [word for word in secret if word.encode() in held] == []
        assert json.dumps(PLACE).encode() not in held
        days = set(re.findall(rb"20\d\d-\d\d-\d\d", held))
        assert days == {f"{datetime.now(UTC).date()}".encode(), b"2026-01-01"}
        assert re.findall(rb"\b\d\d:\d\d", held) == []
    assert b"(2026, 1, 1, 0, 0, 0)" in bytes_of(zipped)


def test_two_releases_of_the_same_people_have_other_numbers_and_another_order(sample, tmp_path):
    first, second = (
        rows(open_data(tmp_path / name / "out", copied(sample, tmp_path / name)).path)
        for name in ("one", "two")
    )
    columns = [*answers(first)]
    assert sorted(map(str, first[columns].to_numpy().tolist())) == sorted(
        map(str, second[columns].to_numpy().tolist())
    )
    assert not first[columns].equals(second[columns])
    assert first["row"].tolist() == second["row"].tolist() == [*range(1, len(first) + 1)]


def test_what_was_measured_is_printed_and_in_the_readme_and_is_true(published, sample, tmp_path):
    frame = rows(published)
    told = " ".join((published / "README.md").read_text("utf-8").split())
    sizes = Counter(map(str, answers(frame).to_numpy().tolist()))
    alone = sum(size == 1 for size in sizes.values())
    assert f"{alone} of {len(frame)} rows ({alone / len(frame):.0%})".replace("%", " %") in told
    smallest = min(Counter(combinations(frame)).values())
    assert f"At least {smallest} rows are alike" in told
    manifest = json.loads((published / "manifest.json").read_text("utf-8"))
    assert manifest["unique_on_all_answers"] == alone
    assert manifest["smallest_combination"] == smallest
    copy = copied(sample, tmp_path)
    ran = run("--db", f"sqlite:///{copy}", tmp_path / "data.zip")
    assert ran.exit_code == 0, ran.output
    assert f"The smallest combination has {smallest}." in ran.stdout
    assert f"{alone} of {len(frame)}." in ran.stdout
    assert "does not speak of publishing rows" in ran.stdout


# Standards


@pytest.fixture(scope="module")
def ddi(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The official schema of DDI-Codebook 2.5, with all that it imports."""
    folder = tmp_path_factory.mktemp("ddi")
    with zipfile.ZipFile(STANDARDS / "ddi-codebook-2.5.zip") as packed:
        packed.extractall(folder)
    return etree.XMLSchema(etree.parse(folder / "schemas" / "codebook.xsd"))


def test_the_codebook_is_valid_ddi_and_describes_each_column(published, ddi):
    codebook = etree.parse(published / "codebook.xml")
    assert ddi.validate(codebook), ddi.error_log
    names = {"d": "ddi:codebook:2_5"}
    columns = codebook.xpath("//d:var/@name", namespaces=names)
    assert columns == [*rows(published)]
    (myth,) = codebook.xpath("//d:var[@name='risk.myth.before']", namespaces=names)
    spoken = myth.xpath("d:qstn/d:qstnLit/@xml:lang", namespaces=names)
    assert sorted(spoken) == ["de", "en"]
    assert myth.xpath("d:catgry/d:catValu/text()", namespaces=names) == [*"12345"]
    codebook.getroot().append(etree.Element("{ddi:codebook:2_5}stdyDscr"))
    assert not ddi.validate(codebook)


def test_the_data_package_is_valid_and_its_fields_are_those_of_the_files(published):
    with zipfile.ZipFile(STANDARDS / "data-package-2.0.zip") as packed:
        profile = jsonschema.Draft7Validator(json.loads(packed.read("datapackage.json")))
    package = json.loads((published / "datapackage.json").read_text("utf-8"))
    assert [*profile.iter_errors(package)] == []
    assert not profile.is_valid(package | {"resources": [{"path": 1}]})
    for resource in package["resources"]:
        frame = pd.read_csv(published / resource["path"])
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == [*frame]
        for field in fields:
            known = {each["value"] for each in field.get("categories", ())}
            assert not known or set(frame[field["name"]].dropna()) <= known
        assert all(field["title"] for field in fields)


def test_it_explains_itself_in_german(sample, tmp_path):
    copy = copied(sample, tmp_path)
    done = open_data(tmp_path / "out", copy, language="de")
    study = etree.parse(done.path / "codebook.xml").getroot()[0]
    package = json.loads((done.path / "datapackage.json").read_text("utf-8"))
    titles = [each["title"] for each in (package, *package["resources"])]
    titles += [field["title"] for field in package["resources"][0]["schema"]["fields"][:5]]
    told = ["".join(study.itertext()), (done.path / "README.md").read_text("utf-8"), *titles]
    assert [english_in(text, "de") for text in told] == [[]] * len(told)
    assert "Was es nicht verspricht" in (done.path / "README.md").read_text("utf-8")
    assert all(english_in(note, "de") == [] for note in done.notes)


# Who is in it, once


def real(store: Store, *codes: str, people: int = 10) -> None:
    for code in codes:
        room(store, code, (STAY * 9)[:people])
    pooled(store)


def test_a_workshop_is_published_once_and_a_later_release_is_about_others(file, store, tmp_path):
    real(store, "ROOM1", "ROOM2")
    assert open_data(tmp_path / "one", file).rows["people"] == 20
    assert is_safe(store)
    (release,) = store.release_log().releases
    assert len(release.rows["open data"]) == 20
    with pytest.raises(ExportError, match=r"nobody .* ROOM1.* earlier release .* ROOM2"):
        open_data(tmp_path / "two", file)
    with pytest.raises(ExportError, match="earlier release"):
        open_data(tmp_path / "two", file, "ROOM1")
    assert not (tmp_path / "two").exists()
    real(store, "ROOM3")
    join(store, "ROOM1", 3)
    later = open_data(tmp_path / "two", file)
    assert later.rows["people"] == 10
    assert any("Left out: ROOM1" in note for note in later.notes)
    assert len(store.release_log().releases) == 2
    assert is_safe(store)


def test_what_was_published_is_listed_with_how_many_rows(file, store, tmp_path):
    real(store, "ROOM1")
    open_data(tmp_path / "out", file)
    listed = CliRunner().invoke(main, ["report", "--log", "--db", f"sqlite:///{file}"])
    assert "ROOM1: 1 questions, each with 10 to 10 people; open data with 10 rows" in listed.output


@pytest.mark.parametrize("first", ["report", "rows"])
@pytest.mark.parametrize("between", ["nothing", "withdrawal", "change", "more"])
def test_rows_and_a_report_tell_of_nobody_by_subtracting(file, store, tmp_path, first, between):
    real(store, "ROOM1", "ROOM2", people=12)
    names = store.participants()["participant"].tolist()

    def rows_now() -> None:
        open_data(tmp_path / "out", file)

    def report_now() -> None:
        publish(file, tmp_path)

    acts = [report_now, rows_now] if first == "report" else [rows_now, report_now]
    acts[0]()
    if between == "withdrawal":
        store.erase_participant(names[0])
    elif between == "change":
        say(store, names[0], "myth", "after", 5)
    elif between == "more":
        for name in join(store, "ROOM1", 2):
            say(store, name, "myth", "before", 4)
            say(store, name, "myth", "after", 1)
    acts[1]()
    assert is_safe(store)
    nobody_is_found(tmp_path / "out")
    if first == "report":
        assert len(store.release_log().releases) == 2
        both = rows(tmp_path / "out")[["risk.myth.before", "risk.myth.after"]].notna().all(axis=1)
        assert both.sum() == (24 if between in ("more", "nothing") else 19)


def test_who_does_not_contribute_is_not_there(file, store, tmp_path):
    real(store, "ROOM1")
    name = store.participants()["participant"].iloc[0]
    with store.writing() as conn:
        them = schema.participants.c.name == name
        conn.execute(update(schema.participants).where(them).values(contributes=False))
    assert open_data(tmp_path / "out", file).rows["people"] == 9


def test_a_workshop_whose_people_can_still_withdraw_is_left_out(file, store, tmp_path):
    real(store, "ROOM1")
    room(store, "EARLY", STAY * 2)
    done = open_data(tmp_path / "out", file)
    assert done.rows["people"] == 10
    assert any(
        re.search(r"Left out: EARLY\. People can take back .* until \d", n) for n in done.notes
    )
    with pytest.raises(ExportError, match="EARLY"):
        open_data(tmp_path / "two", file, "EARLY")


def test_small_workshops_are_one_group_and_what_differs_in_it_is_not_told(file, store, tmp_path):
    room(store, "LARGE", STAY * 2, audience="courts")
    room(store, "SMALL", STAY[:4], audience="police")
    room(store, "TINY", STAY[:2], audience="social")
    pooled(store)
    frame = rows(open_data(tmp_path / "out", file).path)
    assert frame.groupby("group", dropna=False).size().to_list() in ([10, 6], [6, 10])
    assert set(frame["audience"].fillna("")) == {"courts", ""}
    assert frame["audience"].notna().sum() == 10


def test_the_largest_k_counts_that_somebody_was_told(file, store, tmp_path):
    real(store, "ROOM1", "ROOM2")
    with store.writing() as conn:
        first = schema.workshops.c.code == "ROOM1"
        conn.execute(update(schema.workshops).where(first).values(k=12))
    frame = rows(open_data(tmp_path / "out", file).path)
    assert frame["group"].nunique() == 1
    assert "fewer than 12 people" in (tmp_path / "out" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("people", [0, 1, 4])
def test_of_few_people_there_is_nothing_and_this_is_told(file, store, tmp_path, people):
    real(store, "ROOM1", people=people)
    with pytest.raises(ExportError, match=r"Nothing can be published|nobody whose rows"):
        open_data(tmp_path / "out", file)
    assert not (tmp_path / "out").exists()
    assert store.release_log().releases == ()


def test_made_up_answers_are_marked_not_logged_and_never_beside_real_ones(file, store, tmp_path):
    store.open_workshop(code="TRIAL", rehearsal=True)
    for number, name in enumerate(join(store, "TRIAL", 10)):
        say(store, name, "myth", "before", 1 + number % 5)
        say(store, name, "myth", "after", 1 + number % 4)
    done = open_data(tmp_path / "trial", file, rehearsal=True)
    assert "All answers here are made up" in (done.path / "README.md").read_text("utf-8")
    assert store.release_log().releases == ()
    real(store, "ROOM1")
    with pytest.raises(ExportError, match="never published together"):
        open_data(tmp_path / "both", file, rehearsal=True)
    assert open_data(tmp_path / "real", file).rows["people"] == 10


# Faults


def test_people_who_did_not_read_of_it_before_they_joined_are_not_published(file, store, tmp_path):
    real(store, "ROOM1")
    with pytest.raises(ExportError, match="only if these people read so before they joined"):
        myths.open_data(tmp_path / "out", file)
    refused = CliRunner().invoke(
        main, ["export", "--public", str(tmp_path / "out"), "--db", str(file)]
    )
    assert refused.exit_code == 1
    assert "--informed" in refused.output
    assert not (tmp_path / "out").exists()
    assert store.release_log().releases == ()


def test_nothing_is_logged_that_was_not_written(file, store, tmp_path):
    real(store, "ROOM1")
    (tmp_path / "out").write_text("somebody else's")
    with pytest.raises(ExportError, match="is there already"):
        open_data(tmp_path / "out", file)
    assert store.release_log().releases == ()
    assert (tmp_path / "out").read_text() == "somebody else's"


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_nothing_is_left_that_could_not_be_logged(file, store, tmp_path, monkeypatch, name):
    real(store, "ROOM1")

    @contextmanager
    def away(self, release, *, rule):
        yield
        raise StoreError("The database is away.")

    monkeypatch.setattr(Store, "releasing", away)
    with pytest.raises(StoreError):
        open_data(tmp_path / name, file)
    assert not (tmp_path / name).exists()


def test_of_two_at_once_the_second_is_refused(file, store, tmp_path, monkeypatch):
    real(store, "ROOM1")
    real_rows, begun = making.open_rows, []

    def meanwhile(*args, **options):
        if not begun:
            begun.append(True)
            open_data(tmp_path / "first", file)
        return real_rows(*args, **options)

    monkeypatch.setattr(making, "open_rows", meanwhile)
    with pytest.raises(EvaluationError, match="published meanwhile"):
        open_data(tmp_path / "second", file)
    assert not (tmp_path / "second").exists()
    assert len(store.release_log().releases) == 1


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--format", "csv"], 2, "--public has no --format"),
        (["--coder", "ada"], 2, "--public has no --format"),
        (["--k", "4"], 2, "x>=5"),
        (["--workshop", "NOSUCH"], 1, "NOSUCH"),
        (["--language", "xx"], 1, "choose from en, de"),
        (["--db", "sqlite:////nowhere/at/all.sqlite"], 1, "/nowhere/at/all.sqlite"),
    ],
)
def test_bad_input_is_told_in_words(file, store, tmp_path, more, code, words):
    real(store, "ROOM1")
    result = run(tmp_path / "out", "--db", f"sqlite:///{file}", *more)
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_k_below_five_is_refused(file, store, tmp_path):
    real(store, "ROOM1")
    with pytest.raises(EvaluationError, match="k=4 is too few"):
        open_data(tmp_path / "out", file, k=4)
