"""Two choices, with the workshop's own dates: taking part, and giving answers to the evaluation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from myths import catalog
from myths.catalog import organiser
from myths.store import schema
from sqlalchemy import select

from tests.server.conftest import Draft, Running, Visitor, read, serving, start, stop
from tests.small_edition import copy_small_edition
from tests.store.samples import asked, given

SAYS = catalog.load().ui
LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # the day after, in Helsinki


def test_the_dates_are_those_of_the_workshop_by_the_clock_of_its_place(visitor, server: Running):
    store = server.store
    code = store.open_workshop(zone="Europe/Helsinki", days=30, now=LATE).code
    told = "Until 23 December 2026 you can erase your answers. On 22 May 2027 all are deleted."
    assert told in read(visitor.get(f"/?w={code}"))
    assert told not in read(visitor.get("/privacy"))
    visitor.join(code)
    assert told in read(visitor.get("/privacy"))


def test_a_typed_code_leads_to_the_same_page_without_a_script(visitor: Visitor, server: Running):
    first = visitor.get("/").text
    assert '<form method="get" action="/"' in first
    assert 'name="w"' in first
    assert "agree" not in first
    spoken = f"{server.code[:3].lower()} {server.code[3:]}"
    linked, typed = (visitor.get(f"/?w={code}") for code in (server.code, spoken))
    assert read(linked) == read(typed)
    assert SAYS.errors.no_code in read(visitor.get("/?w="))


def test_a_wrong_code_in_the_address_is_explained_and_says_nothing_of_others(visitor, server):
    for code in ("ABSENT", "<b>x"):
        page = visitor.get(f"/?w={code}")
        assert page.status_code == 400
        assert "<b>" not in page.text
        assert SAYS.join.contributes not in read(page)


@pytest.mark.parametrize("contributes", ["yes", "no"])
def test_what_was_chosen_is_kept_and_can_be_changed(visitor, server: Running, contributes: str):
    visitor.join(contributes=contributes)
    store = server.store
    name = store.visitor(visitor.token).participant
    store.save(name, asked(), given(4))
    both = [contributes, "no" if contributes == "yes" else "yes", contributes]
    for chosen in both:
        if chosen != both[0] or store.visitor(visitor.token).contributes != (chosen == "yes"):
            answer = visitor.send("/withdraw", do="contribute", contributes=chosen)
            assert answer.headers["Location"] == "/withdraw?chosen=1"
        page = read(visitor.get("/withdraw"))
        says = SAYS.own.contributes if chosen == "yes" else SAYS.own.apart
        assert says in page
        assert (name in set(store.answers()["participant"])) == (chosen == "yes")
        assert "Is it so?" in page


def test_after_the_pooling_date_the_choice_stays(visitor: Visitor, server: Running):
    code = server.store.open_workshop(pool_days=0).code
    visitor.join(code)
    with server.store.writing() as conn:
        table = schema.workshops
        conn.execute(table.update().where(table.c.code == code).values(pooled_at=datetime.now(UTC)))
    page = read(visitor.get("/withdraw"))
    assert SAYS.own.contributing_over in page
    assert SAYS.own.stop_contributing not in page
    assert visitor.send("/withdraw", do="contribute", contributes="no").status_code == 400
    assert server.store.visitor(visitor.token).contributes


@pytest.fixture
def own(tmp_path: Path) -> Draft:
    copy_small_edition(tmp_path)
    published = tmp_path / "workshop.published"
    return Draft(tmp_path / "content", tmp_path / "notebooks", published)


def options(own: Draft) -> tuple[str, ...]:
    return "--content", str(own.content), "--notebooks", str(own.notebooks)


def test_the_hash_of_what_was_agreed_to_changes_with_any_of_its_words(own: Draft, tmp_path: Path):
    hashes = []
    with serving(tmp_path / "workshop.sqlite", *options(own)) as running:
        for file, old, new in (
            ("organiser.yml", "name: null", "name: The Network"),
            ("pages/start/text.en.yml", "Nobody may force you", "Nobody can force you"),
            ("ui/en.yml", "No, leave them out", "No, leave all out"),
            ("ui/en.yml", "  button: Join the workshop", "  button: Join"),
        ):
            with Visitor(running) as visitor:
                visitor.join()
                name = running.store.visitor(visitor.token).participant
            people = schema.participants.c
            with running.store.reading() as conn:
                consent = select(people.consent).where(people.name == name)
                hashes.append(conn.scalars(consent).one())
            words = (own.content / file).read_text("utf-8")
            assert old in words
            (own.content / file).write_text(words.replace(old, new), "utf-8")
            own.publish()
    assert len(set(hashes)) == 4


def test_who_is_responsible_is_told_or_to_be_asked(own: Draft, tmp_path: Path):
    running = start(tmp_path / "workshop.sqlite", *options(own))
    try:
        assert organiser.NAME in running.told
        with Visitor(running) as visitor:
            pages = (f"/?w={running.code}", "/privacy")
            assert all(SAYS.privacy.ask in read(visitor.get(path)) for path in pages)
            visitor.send("/staff/", key=running.store.new_staff_key(), do="enter")
            assert SAYS.staff.organiser_heading in read(visitor.get("/staff/"))
            named = "name: Women's <b>Network\ncontact: data@network.example\n"
            (own.content / "organiser.yml").write_text(named.replace("<b>", "& "), "utf-8")
            own.publish()
            told = "Responsible for your answers: Women's & Network, data@network.example"
            assert all(told in read(visitor.get(path)) for path in pages)
            assert SAYS.staff.organiser_heading not in read(visitor.get("/staff/"))
    finally:
        stop(running)


def test_all_that_is_promised_can_be_read_before_joining_inside_and_by_trainers(visitor, server):
    sections = catalog.load().page("start").privacy
    page = visitor.get(f"/privacy?w={server.code}").text
    assert all(section.text in page for section in sections)
    assert f'href="/?w={server.code}"' in page
    visitor.join()
    for path in ("/m/start", "/m/risk", "/withdraw"):
        assert 'href="/privacy"' in visitor.get(path).text, path


def test_the_words_that_modules_use_are_on_each_page_folded(visitor: Visitor):
    visitor.join()
    words = catalog.load().page("start").section("glossary").text
    for path in ("/m/start", "/m/harm", "/m/closing"):
        assert str(words) in visitor.get(path).text
