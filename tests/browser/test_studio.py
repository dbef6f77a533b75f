"""A trainer who never programmed changes what people see, and is told before the room is."""

from __future__ import annotations

from pathlib import Path

from myths import catalog
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, ready
from tests.browser.studio_desk import (
    TALL,
    UI,
    WORDS,
    content,
    desk,
    draft,
    editing,
    field_of,
    kept,
    saved,
    unfold,
)
from tests.browser.test_accessible import nothing_found

__all__ = ["content", "desk", "editing", "kept"]


def test_a_question_is_changed_broken_mended_and_seen_on_the_page(desk: Page, content: Path):
    expect(draft(desk).locator("h1")).to_have_text(
        "Do programmes put (ex-)partners in more danger?"
    )
    unfold(desk, UI.steps.story)
    field = field_of(desk, f"{WORDS.label_prompts} 3")
    field.fill("")
    note = field.locator("xpath=ancestor::div[contains(@class,'text')]").get_by_role("status")
    expect(note).to_contain_text(WORDS.error)
    expect(note).to_contain_text("The words are empty")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert note.get_attribute("id") in str(field.get_attribute("aria-describedby"))
    expect(desk.locator(".summary")).to_have_text(WORDS.errors.of(1))
    expect(desk.locator(".saved")).to_contain_text(f"{WORDS.label_prompts} 3")
    field.press_sequentially("Who tells her spouse today?")
    expect(note).to_contain_text(WORDS.warning)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    field.fill("Who tells her today?")
    expect(note).to_be_empty()
    expect(draft(desk).get_by_text("Who tells her today?")).to_have_count(0)
    saved(desk)
    expect(draft(desk).get_by_text("Who tells her today?")).to_be_visible()  # at its step
    assert catalog.load(content).module("risk").prompts["protect"] == "Who tells her today?"
    desk.get_by_role("button", name=WORDS.undo).click()
    expect(desk.locator(".saved")).to_have_text(WORDS.told_undone)
    assert "What should nobody say" in catalog.load(content).module("risk").prompts["protect"]


def test_a_story_is_written_for_an_audience_and_only_it_reads_it(desk: Page, content: Path):
    unfold(desk, UI.steps.story)
    expect(desk.get_by_text(WORDS.story_of_all)).to_be_visible()
    desk.get_by_role("button", name=WORDS.own_cases.format(audience=UI.audience.police)).click()
    title = field_of(desk, WORDS.label_story_title)
    expect(desk.get_by_role("button", name=WORDS.disown_cases)).to_be_visible()
    title.fill("At the door")
    saved(desk)
    expect(draft(desk).get_by_role("heading", name="At the door")).to_be_visible()
    loaded = catalog.load(content)
    assert loaded.module("risk", audience="police").vignette.title == "At the door"
    assert loaded.module("risk").vignette.title == "Twenty to midnight"


def test_a_page_that_cannot_be_made_says_why_beside_the_fields(desk: Page):
    unfold(desk, UI.steps.view)
    field_of(desk, WORDS.label_title).fill("")
    saved(desk)
    expect(draft(desk).get_by_text("the words are empty")).to_be_visible()
    field_of(desk, WORDS.label_title).fill("Risk")
    saved(desk)
    expect(draft(desk).locator("h1")).to_contain_text("(ex-)partners")


def test_entries_are_added_moved_and_removed_and_the_focus_stays(desk: Page, content: Path):
    unfold(desk, UI.steps.story)
    field_of(desk, WORDS.new_prompts).fill("Who would hear of it first?")
    desk.get_by_role("button", name=WORDS.add_prompts).click()
    added = field_of(desk, f"{WORDS.label_prompts} 6")
    expect(added).to_have_value("Who would hear of it first?")
    group = desk.get_by_role("group", name=f"{WORDS.label_prompts} 6")
    up = group.get_by_role("button", name=WORDS.move_up)
    up.click()
    expect(field_of(desk, f"{WORDS.label_prompts} 5")).to_have_value("Who would hear of it first?")
    expect(desk.locator("button:focus")).to_have_text(WORDS.move_up)
    expect(desk.get_by_text(WORDS.most.format(n=6))).to_be_visible()
    desk.get_by_role("group", name=f"{WORDS.label_prompts} 5").get_by_role(
        "button", name=WORDS.remove
    ).click()
    expect(field_of(desk, WORDS.new_prompts)).to_be_visible()
    assert "who_would_hear" not in catalog.load(content).module("risk").prompts


def test_of_two_who_change_one_text_both_versions_are_shown(
    desk: Page, editing: Running, content: Path
):
    other = desk.context.new_page()
    other.goto(editing.url("/staff/studio?part=risk"))
    ready(other)
    for page, words in ((other, "Danger"), (desk, "Threat")):
        unfold(page, UI.steps.view)
        field_of(page, WORDS.label_title).fill(words)
    saved(other)
    desk.get_by_role("button", name=WORDS.save, exact=True).last.click()
    expect(desk.get_by_role("alert")).to_contain_text(WORDS.clash)
    expect(desk.locator(".theirs")).to_have_text("Danger")
    expect(field_of(desk, WORDS.label_title)).to_have_value("Threat")
    nothing_found(desk, "two versions", height=TALL)
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.get_by_role("button", name=WORDS.keep_mine).click()
    expect(desk.locator(".saved")).to_have_text(WORDS.told_saved)
    assert catalog.load(content).module("risk").title == "Threat"


def test_a_module_is_begun_by_buttons_alone_and_its_first_text_is_written(
    desk: Page, editing: Running, content: Path
):
    desk.get_by_role("link", name=UI.begin.link).click()
    nothing_found(desk, "what can be begun", height=3000)
    begin = desk.get_by_role("button", name=UI.begin.module_button)
    name = desk.get_by_label(UI.begin.name)
    name.fill("He drinks")
    begin.click()
    expect(desk.get_by_text(UI.begin.fault_name)).to_be_visible()
    expect(name).to_be_focused()
    expect(name).to_have_value("He drinks")
    nothing_found(desk, "no name", height=3000)
    name.fill("alcohol")
    desk.get_by_label(UI.begin.title, exact=True).fill("Alcohol")
    desk.get_by_label(UI.begin.after).select_option("risk")
    begin.click()
    told = desk.locator("section[role=status]")
    expect(told).to_contain_text(UI.begin.begun.format(title="Alcohol"))
    nothing_found(desk, "a module is begun", height=3500)
    told.get_by_role("link", name=UI.begin.go_on).click()
    ready(desk)
    expect(desk.locator("#texts")).to_have_text(WORDS.unfinished.format(title="Alcohol"))
    field = field_of(desk, WORDS.label_question)
    expect(field).to_have_value("TO WRITE: the belief as a question that people ask")
    field.fill("Is alcohol the reason?")
    saved(desk)
    note = field.locator("xpath=ancestor::div[contains(@class,'text')]").get_by_role("status")
    expect(note).to_be_empty()
    words = (content / "modules/alcohol/text.en.yml").read_text("utf-8")
    assert words.splitlines()[:2] == ['title: "Alcohol"', 'question: "Is alcohol the reason?"']
    desk.goto(editing.url("/staff/"))
    expect(desk.get_by_role("link", name="Alcohol")).to_be_visible()
    for sheet in (content.parent / "notebooks/participants").glob("*_alcohol.ipynb"):
        sheet.unlink()


def test_the_page_beside_the_form_follows_and_saves_nothing(desk: Page):
    frame = desk.locator("iframe[name=draft-page]")
    assert frame.get_attribute("sandbox") == "allow-same-origin"
    assert frame.evaluate("(each) => each.clientWidth") == 390
    desk.get_by_role("link", name=UI.steps.check, exact=True).click()
    recall = draft(desk).get_by_text("What does a responsible programme do about risk?")
    expect(recall).to_be_visible()
    unfold(desk, UI.steps.write)
    field_of(desk, f"{WORDS.label_reflections} 1").focus()
    expect(draft(desk).get_by_text("With what have you compared")).to_be_visible()
    expect(recall).not_to_be_visible()
    unfold(desk, UI.steps.facts)
    desk.get_by_label(WORDS.label_text, exact=True).nth(5).focus()  # of the last fact
    expect(draft(desk).get_by_text("The work with him is then also")).to_be_in_viewport()
    assert draft(desk).locator("script").count() == 0
