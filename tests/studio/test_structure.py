"""Questions, answers, boxes and stories come, go and change places; files keep all else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from myths import catalog
from myths.catalog import MARK
from myths.studio import DraftEditor

from tests.studio.conftest import CONTENT, UI, Opened, texts
from tests.studio.test_saving import difference

WORDS = UI.studio


def plan(content: Path, slug: str = "risk") -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(
        (content / f"modules/{slug}/module.yml").read_text("utf-8")
    )
    return found


def test_a_question_to_talk_about_is_added(content: Path, opened: Opened):
    form = opened()
    form.fields["n:prompts"] = "Who would hear of it first?"
    assert form.press("add", list="prompts").told == "saved"
    assert catalog.load(content).module("risk").prompts["who_would_hear"] == (
        "Who would hear of it first?"
    )
    assert difference(content) == ["+  who_would_hear: Who would hear of it first?"]
    assert difference(content, "modules/risk/module.yml") == [
        "-prompts: [understand, challenge, protect, practice, change_mind]",
        "+prompts: [understand, challenge, protect, practice, change_mind, who_would_hear]",
    ]
    full = opened().press("save")
    note = next(each.note for each in full.groups[3].sets if each.id == "new-prompts")
    assert note == WORDS.most.format(n=6)


def test_something_new_that_was_typed_is_not_lost_when_save_is_pressed(
    content: Path, opened: Opened
):
    form = opened()
    form.fields["n:reflections"] = "What would you tell a colleague?"
    form.fields["t:title"] = "Danger"
    assert form.press("save").told == "saved"
    module = catalog.load(content).module("risk")
    assert module.title == "Danger"
    assert module.item("what_would_tell").question == "What would you tell a colleague?"


@pytest.mark.parametrize(
    ("entries", "typed"),
    [
        ("options", {"text": "It asks nobody.", "feedback": "It asks many.\n\nAlso her."}),
        ("boxes", {"heading": "For judges", "text": "Ask:\n\n- when\n- who"}),
    ],
)
def test_what_has_several_texts_is_added_and_taken_out_again(
    content: Path, opened: Opened, entries: str, typed: dict[str, str]
):
    form = opened()
    form.fields |= {f"n:{entries}.{key}": text for key, text in typed.items()}
    assert form.press("add", list=entries).told == "saved"
    module = catalog.load(content).module("risk")
    assert [each.severity for each in catalog.check_part(content, "risk", language="en")] == []
    if entries == "options":
        added = module.item("recall").options[-1]
        assert (added.value, added.label) == (5, "It asks nobody.")
        name = "e"
    else:
        name = "for_judges"
        assert "<li>when</li>" in module.boxes[name].text
    assert opened().press("remove", list=entries, id=name).told == "saved"
    assert texts(content) == texts(CONTENT)


def test_entries_change_places_in_the_structure_alone(content: Path, opened: Opened):
    assert opened().press("move", list="options", id="c", by=-1).told == "saved"
    assert opened().press("move", list="prompts", id="understand", by=1).told == "saved"
    assert difference(content) == []
    assert [each.value for each in catalog.load(content).module("risk").item("recall").options] == [
        *(1, 3, 2, 4)
    ]
    assert [*catalog.load(content).module("risk").prompts][:2] == ["challenge", "understand"]
    assert opened().press("move", list="prompts", id="challenge", by=-1).fault


def test_a_name_is_never_used_again(content: Path, opened: Opened):
    names = []
    for _ in range(2):
        form = opened()
        form.fields["n:reflections"] = "What would you say?"
        form.press("add", list="reflections")
        (name,) = set(plan(content)["reflections"]) - {"learned", "practice"}  # type: ignore[call-overload]
        names.append(name)
        opened().press("remove", list="reflections", id=name)
    assert names == ["what_would_say", "what_would_say_2"]
    form = opened()
    opened().press("remove", list="options", id="d")
    form = opened()
    form.fields |= {"n:options.text": "It does nothing.", "n:options.feedback": "It does."}
    form.press("add", list="options")
    assert plan(content)["recall"]["options"] == ["a", "b", "c", "e"]  # type: ignore[index]


def test_what_has_to_stay_says_why_and_cannot_be_taken_out(content: Path, opened: Opened):
    editor = opened().press("save")
    sets = {each.id: each for group in editor.groups for each in group.sets}
    assert sets["facts-r6"].note == WORDS.facts_fixed
    assert sets["ratings-over"].note == WORDS.ratings_fixed
    assert sets["prompts-practice"].note == WORDS.practice_fixed
    assert sets["recall-options-c"].note == WORDS.correct_fixed
    assert sets["reflections-practice"].note == WORDS.least.format(n=2)
    for name in ("facts-r6", "ratings-over"):
        assert sets[name].tools == ()
    for name in ("prompts-practice", "recall-options-c", "reflections-practice"):
        assert WORDS.remove not in [tool.label for tool in sets[name].tools]
    for wish in ({"list": "facts", "id": "r6"}, {"list": "ratings", "id": "over"}):
        assert opened().press("remove", **wish).fault
    for wish in ({"list": "reflections", "id": "learned"}, {"list": "options", "id": "c"}):
        assert opened().press("remove", **wish).fault
    assert texts(content) == texts(CONTENT)


def test_an_audience_gets_a_story_of_its_own_and_everybodys_again(content: Path, opened: Opened):
    police = opened(audience="police")
    assert "t:vignette.title" in police.fields
    assert police.press("own", list="cases", id="police").told == "saved"
    police = opened(audience="police")
    assert police.fields["t:cases.police.title"] == "Twenty to midnight"
    police.fields["t:cases.police.title"] = "At the door"
    police.press("save")
    loaded = catalog.load(content)
    assert loaded.module("risk", audience="police").vignette.title == "At the door"
    assert loaded.module("risk").vignette.title == "Twenty to midnight"
    assert opened(audience="police").press("remove", list="cases", id="police").told == "saved"
    assert texts(content) == texts(CONTENT)


def test_an_audience_is_asked_what_everybody_is_asked_and_something_else_again(
    content: Path, opened: Opened
):
    assert "t:audiences.courts.practice" in opened(audience="courts").fields
    opened(audience="courts").press("remove", list="audiences", id="courts")
    courts = opened(audience="courts")
    assert "t:prompts.practice" in courts.fields
    courts.press("own", list="audiences", id="courts")
    asked = catalog.load(content).module("risk", audience="courts").prompts["practice"]
    assert asked == catalog.load(content).module("risk").prompts["practice"]


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "own", "list": "prompts", "id": "police"},
        {"do": "own", "list": "cases", "id": "mixed"},
        {"do": "own", "list": "cases", "id": "womens-services"},
        {"do": "own", "list": "audiences", "id": "nobody"},
        {"do": "remove", "list": "boxes", "id": "nothing"},
        {"do": "move", "list": "boxes", "id": "signs", "by": -1},
        {"do": "add", "list": "lines"},
        {"do": "tried", "list": "lines", "id": "emergency"},
        {"do": "restore", "name": "t:nothing"},
    ],
    ids=lambda wish: "-".join(map(str, wish.values())),
)
def test_what_no_button_asks_for_changes_nothing(
    content: Path, opened: Opened, wish: dict[str, object]
):
    assert opened().press(**wish).fault  # type: ignore[arg-type]
    assert texts(content) == texts(CONTENT)


def test_the_last_story_takes_its_list_along(content: Path, opened: Opened):
    form = opened(audience="womens-services")
    assert form.press("remove", list="cases", id="womens-services").told == "saved"
    assert "cases" not in plan(content)
    assert not any(line.startswith("+") for line in difference(content))
    assert opened(audience="police").press("own", list="cases", id="police").told == "saved"
    assert plan(content)["cases"] == ["police"]


@pytest.fixture
def translated(content: Path) -> Path:
    """The content with a German draft of one module."""
    series = content / "series.yml"
    words = series.read_text("utf-8")
    series.write_text(re.sub(r"languages: .*", "languages: [en, de]", words), "utf-8")
    for path in content.rglob("*.de.*"):
        path.unlink()
    for name in ("ui/{}.yml", "modules/risk/text.{}.yml"):
        words = (content / name.format("en")).read_text("utf-8")
        german = words.replace("title: Risk", "title: Risiko")
        (content / name.format("de")).write_text(german, "utf-8")
    return content


def test_what_is_new_is_marked_to_be_translated_in_the_other_languages(
    translated: Path, opened: Opened
):
    form = opened()
    form.fields["n:prompts"] = "Who would hear of it first?"
    form.press("add", list="prompts")
    german = yaml.safe_load((translated / "modules/risk/text.de.yml").read_text("utf-8"))
    assert german["prompts"]["who_would_hear"] == f"{MARK}Who would hear of it first?"
    opened().press("remove", list="prompts", id="who_would_hear")
    german = yaml.safe_load((translated / "modules/risk/text.de.yml").read_text("utf-8"))
    assert "who_would_hear" not in german["prompts"]


def test_a_translation_has_its_words_changed_beside_the_original_and_nothing_else(
    translated: Path, opened: Opened
):
    form = opened(language="de")
    assert not any(name.startswith("n:") for name in form.fields)
    form.fields["t:title"] = "Gefahr"
    editor = form.press("save")
    assert catalog.load(translated, language="de").module("risk").title == "Gefahr"
    html = editor.markup(xsrf="", page_url="", step="")
    assert WORDS.original.format(text="Risk") in html
    assert WORDS.structure_original in html
    assert opened(language="de").press("remove", list="prompts", id="protect").fault


def test_a_part_that_is_not_translated_says_how_to_begin(translated: Path, opened: Opened):
    broken = DraftEditor(translated, UI, part="harm", language="de").view()["broken"]
    assert "myths translate export de" in broken


def test_a_support_line_is_tried_added_moved_and_taken_out(content: Path, opened: Opened):
    name = "support/eu.yml"
    form = opened("support/eu")
    assert form.press("tried", list="lines", id="child-helpline").told == "saved"
    tried = difference(content, name)
    assert len(tried) == 1
    assert tried[0].startswith("+    checked: 20")
    form = opened("support/eu")
    form.fields |= {
        "n:lines.name.en": "Talk line",
        "n:lines.for.en": "Men: who use violence",
        "n:lines.hours.en": "Mondays",
        "n:lines.phone": "+43 1 234",
        "n:lines.kind": "men",
        "n:lines.free": "true",
        "n:lines.checked": date.today().isoformat(),
    }
    assert form.press("add", list="lines").told == "saved"
    lines = yaml.safe_load((content / name).read_text("utf-8"))["lines"]
    assert (lines[-1]["id"], lines[-1]["free"]) == ("talk-line", True)
    (of_others,) = catalog.check_support(content)
    assert "nobody has checked" in str(of_others)
    assert opened("support/eu").press("move", list="lines", id="talk-line", by=-1).told == "saved"
    assert opened("support/eu").press("remove", list="lines", id="talk-line").told == "saved"
    assert difference(content, name) == tried


def test_who_is_responsible_is_named_in_place_of_nobody(content: Path, opened: Opened):
    form = opened("organiser")
    form.fields |= {"t:name": "Women's Network", "t:contact": "data@network.example, +49 30 1"}
    form.press("save")
    organiser = catalog.load(content).organiser
    assert (organiser.name, organiser.is_known) == ("Women's Network", True)
    assert difference(content, "organiser.yml")[2].startswith("+name: Women's Network   ")


def test_a_module_that_is_still_being_written_has_a_form_and_says_what_is_missing(
    content: Path, opened: Opened
):
    series, folder = content / "series.yml", content / "modules/stalking"
    listed = series.read_text("utf-8").replace(
        "modules: [risk,", "modules: [{slug: stalking, status: draft}, risk,", 1
    )
    series.write_text(listed, "utf-8")
    folder.mkdir()
    for name in ("module.yml", "text.en.yml"):
        words = (content / "modules/risk" / name).read_text("utf-8")
        words = words.replace("slug: risk", "slug: stalking")
        words = words.replace("title: Risk", 'title: "TO WRITE: a name of one or two words"')
        (folder / name).write_text(words, "utf-8")
    form = opened("stalking")
    checked = form.check()
    assert "still to be written" in checked["notes"]["t:title"]
    form.fields["t:title"] = "Stalking"
    assert form.press("save").told == "saved"
    assert catalog.load(content).module("stalking", drafts=True).title == "Stalking"
    (part,) = (each for each in opened().press("save").parts if each.name == "stalking")
    assert (part.title, part.is_unfinished) == ("Stalking", True)
