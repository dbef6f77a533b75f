"""The study kit: what is filled in, what is left to whoever writes, and what is never told."""

from __future__ import annotations

import re
from pathlib import Path

import myths
import pytest
from click.testing import CliRunner
from myths.catalog import consent_version, load
from myths.cli import main
from myths.errors import EvaluationError
from myths.evaluation import StudyPlan, study_kit
from myths.evaluation.study import kit
from myths.evaluation.study.kit import rendered
from myths.evaluation.words import LANGUAGES, words
from myths.store import Store

from tests.evaluation.said import join, room

HERE = Path(kit.__file__).parent
ITEMS = {"trend.md": 22, "tidier.md": 12, "coreq.md": 32}


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("kit") / "study"
    study_kit(folder, myths.rehearsal_data(), rehearsal=True)
    return texts(folder)


@pytest.mark.parametrize(("name", "items"), ITEMS.items())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checklist_has_each_item_once_in_order(language: str, name: str, items: int):
    numbers = re.findall(r"^\| (\d+) \|", rendered(words(language))[name], re.MULTILINE)
    assert [int(number) for number in numbers] == [*range(1, items + 1)]


def test_each_language_has_the_same_files_and_asks_for_the_same_facts():
    asked = {
        language: {
            path.name: sorted(re.findall(r"\{[{%].*?[%}]\}", path.read_text("utf-8")))
            for path in (HERE / language).glob("*.j2")
        }
        for language in LANGUAGES
    }
    english = {name: set(map(facts, found)) for name, found in asked["en"].items()}
    for found in asked.values():
        assert {name: set(map(facts, each)) for name, each in found.items()} == english


def facts(tag: str) -> tuple[str, ...]:
    """What a piece of a template asks for, whatever is made of it; the site has no German."""
    return tuple(each for each in re.findall(r"[a-z]+\.[a-z_]+", tag) if "capital" not in each)


def test_who_took_part_is_told_as_in_the_report(filled: dict[str, str]):
    report = myths.report(myths.rehearsal_data(), rehearsal=True).html()
    assert "3 workshops took place from 3 March 2026 to 9 June 2026" in filled["methods.md"]
    (joined,) = re.findall(r"(\d+ to \d+) people joined", filled["methods.md"])
    assert f"{joined} people" in report
    assert f"{joined} joined" in filled["trend.md"]
    assert f"{joined} people joined" in filled["coreq.md"]


def test_a_plan_that_was_made_from_answers_says_that_it_is_no_preregistration(filled):
    assert "it is no preregistration" in filled["analysis-plan.md"]
    assert "no preregistration" not in rendered(words())["analysis-plan.md"]


def test_the_plan_names_each_primary_statement_with_the_hash_of_its_words(filled: dict[str, str]):
    content = load()
    for slug in content.series.modules:
        item = content.module(slug).primary
        assert f"| {item.question} | `{item.wording}` |" in filled["analysis-plan.md"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_consent_text_has_the_version_that_is_kept_with_answers(language: str):
    content = load(language=language)
    text = rendered(words(language), found=None)["information-and-consent.md"]
    assert f"`{consent_version(content)}`" in text
    assert content.page("start").agree in text
    assert all(str(each.text) in text for each in content.page("start").privacy)


def test_versions_that_people_agreed_to_are_told_and_which_are_of_today(filled: dict[str, str]):
    today = f"`{consent_version(load())}` (today's words, English)"
    assert today in filled["information-and-consent.md"]
    other = rendered(words(), found={}, agreed=["0123456789ab"])
    assert "0123456789ab" not in other["information-and-consent.md"]  # nothing was found


def test_few_people_are_not_told_apart(store: Store, file: Path, tmp_path: Path):
    store.open_workshop(code="MAIN")
    for _ in range(3):
        join(store, "MAIN")
    study_kit(tmp_path / "kit", file)
    made = texts(tmp_path / "kit")
    assert "fewer than 5 people" in made["data-management-plan.md"].lower()
    assert "ewer than 5 joined" in made["trend.md"]
    assert not any(re.search(r"\b3 (people|joined)", text) for text in made.values())


def test_exact_numbers_of_people_are_in_no_file(store: Store, file: Path, tmp_path: Path):
    room(store, "MAIN", [(4, 2)] * 17)
    for _ in range(6):
        join(store, "MAIN")
    study_kit(tmp_path / "kit", file)
    made = texts(tmp_path / "kit")
    assert "20 to 24 joined; 15 to 19 rated" in made["trend.md"]  # 17 is no end of a step
    assert not any(re.search(r"\b(17|23)\b (people|joined|rated)", each) for each in made.values())


def test_a_kit_publishes_nothing_so_the_log_stays_empty(store: Store, file: Path, tmp_path: Path):
    room(store, "MAIN", [(4, 2)] * 17)
    study_kit(tmp_path / "kit", file)
    assert store.release_log().releases == ()


def test_a_folder_with_words_in_it_is_never_written_into(tmp_path: Path):
    (tmp_path / "trend.md").write_text("mine")
    with pytest.raises(EvaluationError, match="name a new folder"):
        study_kit(tmp_path, blank=True)
    assert (tmp_path / "trend.md").read_text() == "mine"


def test_without_people_it_says_how_to_have_a_blank_one(store: Store, file: Path, tmp_path: Path):
    store.open_workshop(code="MAIN")
    with pytest.raises(EvaluationError, match="--blank"):
        study_kit(tmp_path / "kit", file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_of_rooms_and_people_is_simulated(language: str, tmp_path: Path):
    plan = StudyPlan(8, 12, tests=3, sets=20)
    study_kit(tmp_path / "kit", blank=True, plan=plan, language=language)
    made = texts(tmp_path / "kit")["analysis-plan.md"]
    rows = re.findall(
        r"^\| -[\d.,]+ \| [\d.,]+ \| [\d.,]+ \| \d+ % \| \d+ % \|$", made, re.MULTILINE
    )
    assert len(rows) == 4


def test_every_key_of_a_citation_is_in_the_list_of_sources():
    made = rendered(words())
    cited = set(re.findall(r"@([a-z]+\d{4}|myths)", made["methods.md"]))
    assert len(cited) > 8
    assert cited <= set(re.findall(r"^@\w+\{(\w+),", made["references.bib"], re.MULTILINE))


def test_the_command_writes_a_blank_kit(tmp_path: Path):
    told = CliRunner().invoke(main, ["study-kit", "--blank", str(tmp_path / "study")])
    assert told.exit_code == 0, told.output
    assert len(told.output.splitlines()) == 9 == len(texts(tmp_path / "study"))


def test_rooms_without_people_are_no_plan(tmp_path: Path):
    told = CliRunner().invoke(main, ["study-kit", "--blank", "--rooms", "8", str(tmp_path / "it")])
    assert told.exit_code == 2
    assert "--rooms 8 --people 12" in told.output
