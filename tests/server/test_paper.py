"""Sheets that are typed in: checked like a page, nothing is lost, and kept is only what may be."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pandas as pd
import pytest
from myths import catalog
from myths.handouts import PaperSheet
from myths.store import PrintedSet, Workshop, schema
from sqlalchemy import update

from tests.server.conftest import Running, Visitor, read, serving
from tests.store.samples import days_ago

CATALOG = catalog.load()
UI, PAPER = CATALOG.ui, CATALOG.ui.paper
MYTH, SURE, WHY, FIRST, LAST, PLAN = (
    f"risk.{name}"
    for name in (
        *("myth.before", "confidence.before", "reason.before", "recall.before", "recall.after"),
        "commitment.if.after",
    )
)
AGREED = {"agree": "yes", "contributes": "yes"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("paper") / "workshop.sqlite") as running:
        yield running


@dataclass
class Desk:
    """A trainer with the sheets of one workshop."""

    trainer: Visitor
    room: Workshop
    module: str = "risk"
    sets: list[PrintedSet] = field(default_factory=list)

    @property
    def store(self):
        return self.trainer.server.store

    def printed(self) -> PrintedSet:
        (made,) = self.store.new_paper_sets(self.room.code, language="en", consent="", count=1)
        return made

    def send(self, number: str, do: str = "save", **fields: str) -> httpx.Response:
        more = {"module": self.module, **fields}
        return self.trainer.send("/staff/paper", do=do, number=number, **more)

    def stands(self) -> dict[str, object]:
        rows = self.store.answers(workshop=self.room.code)
        return {
            f"{row.module}.{row.item}.{row.phase}": "declined"
            if row.declined
            else row.value
            if pd.isna(row.text)
            else row.text
            for row in rows.itertuples()
        }


@pytest.fixture
def desk(place: Running) -> Iterator[Desk]:
    with Visitor(place) as trainer:
        trainer.send("/staff/", do="enter", key=place.store.new_staff_key())
        yield Desk(trainer, place.store.open_workshop())


def fields(answer: httpx.Response) -> dict[str, str]:
    """What stands in each field of the page."""
    boxes = re.findall(r'<input id="(risk\.[^"]+)" name="[^"]+" value="([^"]*)"', answer.text)
    texts = re.findall(r'(?s)<textarea id="([^"]+)".*?>\n(.*?)</textarea>', answer.text)
    return {name: html.unescape(value) for name, value in (*boxes, *texts)}


def test_a_sheet_is_typed_in_and_stands_like_answers_of_a_page(desk: Desk):
    printed = desk.printed()
    opened = desk.send(printed.number.lower(), "open")
    assert PAPER.sheet.format(number=printed.number, title="Risk") in read(opened)
    said = {MYTH: "4", SURE: "-", FIRST: "b", LAST: "A", WHY: "  I saw it so.\r\n", PLAN: ""}
    saved = desk.send(printed.number, **AGREED, **said)
    assert (saved.status_code, saved.headers["Location"]) == (
        303,
        "/staff/paper?done=saved&module=risk",
    )
    assert PAPER.saved in read(desk.trainer.get(saved.headers["Location"]))
    recall = CATALOG.module("risk").item("recall")
    assert desk.stands() == {
        MYTH: 4,
        SURE: "declined",
        WHY: "I saw it so.",
        FIRST: recall.options[1].value,
        LAST: recall.options[0].value,
    }
    assert set(desk.store.answers(workshop=desk.room.code)["mode"]) == {"paper"}


def test_the_printed_code_brings_the_person_back_and_lets_them_erase(desk: Desk):
    printed = desk.printed()
    with Visitor(desk.trainer.server) as person:
        early = person.send("/return", recovery=printed.recovery)
        assert UI.errors.paper in read(early)
        desk.send(printed.number, **AGREED, **{MYTH: "4", WHY: "in my own hand"})
        assert person.send("/return", recovery=printed.recovery).status_code == 303
        mine = read(person.get("/withdraw"))
        assert "in my own hand" in mine
        assert f"{UI.own.before} ({UI.own.from_paper})" in mine
        assert '"mode": "paper"' in person.send("/withdraw", do="json").text
        person.send("/withdraw", do="one", module="risk", item="reason", phase="before")
        again = desk.send(printed.number, "open")
        assert (WHY in fields(again), fields(again)[MYTH]) == (False, "4")
        assert PAPER.closed in read(again)
        desk.send(printed.number, **{MYTH: "4", WHY: "typed in once more"})
        assert desk.stands() == {MYTH: 4}
        person.send("/withdraw", do="all", sure="yes")
        assert desk.stands() == {}
    refused = desk.send(printed.number, **AGREED, **{MYTH: "4"})
    assert (refused.status_code, PAPER.nobody in read(refused)) == (400, True)
    assert desk.stands() == {}


def test_the_same_sheet_again_edits_it_and_never_doubles_it(desk: Desk):
    printed = desk.printed()
    for value in ("4", "4", "2"):
        assert desk.send(printed.number, **AGREED, **{MYTH: value, FIRST: "A"}).status_code == 303
    shown = fields(desk.send(printed.number, "open"))
    assert (shown[MYTH], shown[FIRST]) == ("2", "A")
    desk.send(printed.number, **{MYTH: "", FIRST: "C"})
    recall = CATALOG.module("risk").item("recall")
    assert desk.stands() == {FIRST: recall.options[2].value}
    history = desk.store.answers(workshop=desk.room.code, history=True)
    assert history["item"].tolist() == ["myth", "recall", "myth", "myth", "recall"]
    assert desk.store.joined()[desk.room.code] == 1


def test_bad_input_names_the_field_and_loses_nothing_that_was_typed(desk: Desk):
    printed = desk.printed()
    sent = {MYTH: "6", SURE: "ten", WHY: "a" * 2001, FIRST: "Z", LAST: "-", PLAN: '"If" <it>'}
    answer = desk.send(printed.number, agree="yes", contributes="no", **sent)
    assert answer.status_code == 400
    assert {name: fields(answer)[name] for name in sent} == sent
    assert re.search(r'name="agree" value="yes" checked', answer.text)
    assert re.search(r'name="contributes" value="no" checked', answer.text)
    listed = re.findall(r'<li><a href="#(risk[^"]+)">', answer.text)
    assert listed == [MYTH, SURE, WHY, FIRST, LAST]
    for name in listed:
        assert f'id="{name}-fault"' in answer.text
    told = read(answer)
    assert PAPER.no_answer.format(codes="1, 2, 3, 4, 5, -") in told
    assert PAPER.no_answer.format(codes="A, B, C, D") in told
    assert PAPER.too_long.format(limit=2000) in told
    assert desk.stands() == {}
    assert desk.store.joined()[desk.room.code] == 0


def test_the_two_choices_are_asked_once_and_the_second_keeps_answers_out(desk: Desk):
    printed = desk.printed()
    for choices, missing in [({}, 2), ({"agree": "yes"}, 1), ({"contributes": "yes"}, 1)]:
        answer = desk.send(printed.number, **choices, **{MYTH: "4"})
        told = (PAPER.no_agreement, PAPER.no_choice)
        assert answer.status_code == 400
        assert sum(read(answer).count(words) == 2 for words in told) == missing
        assert fields(answer)[MYTH] == "4"
    assert (
        desk.send(printed.number, agree="yes", contributes="no", **{MYTH: "4"}).status_code == 303
    )
    assert desk.store.participants(workshop=desk.room.code).empty
    assert PAPER.stands_no in read(desk.send(printed.number, "open"))
    with Visitor(desk.trainer.server) as person:
        person.send("/return", recovery=printed.recovery)
        person.send("/withdraw", do="contribute", contributes="yes")
    assert desk.stands() == {MYTH: 4}
    desk.send(printed.number, contributes="no", **{MYTH: "4"})
    assert desk.stands() == {}


@pytest.mark.parametrize("reader", ["me", "group"])
def test_a_text_for_only_me_is_not_kept_even_when_it_is_posted_by_hand(desk: Desk, reader: str):
    printed, secret = desk.printed(), "Rumpelstilzchen"
    forged = {WHY: "", f"reader:{WHY}": reader, f"{WHY}.me": secret, "risk.diary.after": secret}
    desk.send(printed.number, **AGREED, **{MYTH: "4"}, **forged)
    assert desk.stands() == {MYTH: 4}
    desk.send(printed.number, **{WHY: "for the evaluation", f"reader:{WHY}": reader})
    rows = desk.store.answers(workshop=desk.room.code)
    assert rows["reader"].dropna().tolist() == ["evaluation"]
    back = desk.store.visitor(desk.store.recover(printed.recovery).token)
    every = desk.store.answer_versions(back.participant, key=back.key)
    assert {each.answer.reader for each in every} == {None, "evaluation"}
    assert secret not in str(every)


def test_what_somebody_wrote_on_a_page_is_neither_shown_nor_written_over(desk: Desk):
    printed = desk.printed()
    desk.send(printed.number, **AGREED, **{MYTH: "4"})
    with Visitor(desk.trainer.server) as person:
        person.send("/return", recovery=printed.recovery)
        said = {MYTH: "2", WHY: "my own words", f"reader:{WHY}": "evaluation"}
        keys = dict(re.findall(r'name="(after:[^"]+)" value="([^"]*)"', person.get("/m/risk").text))
        person.send(
            "/m/risk", go="facts", **said, **{k: v for k, v in keys.items() if k[6:] in said}
        )
    assert desk.stands() == {MYTH: 2, WHY: "my own words"}
    shown = desk.send(printed.number, "open")
    assert "my own words" not in shown.text
    assert not {MYTH, WHY} & fields(shown).keys()
    desk.send(printed.number, **{MYTH: "5", WHY: "another's"})
    assert desk.stands() == {MYTH: 2, WHY: "my own words"}
    modes = desk.store.answers(workshop=desk.room.code, history=True)["mode"]
    assert modes.tolist() == ["paper", "page", "page"]


def test_all_of_a_person_is_erased_if_they_ask_for_it_and_if_it_is_meant(desk: Desk):
    printed = desk.printed()
    desk.send(printed.number, **AGREED, **{MYTH: "4"})
    assert PAPER.not_sure in read(desk.send(printed.number, "erase"))
    assert desk.stands() == {MYTH: 4}
    erased = desk.send(printed.number, "erase", sure="yes")
    assert PAPER.done_erased in read(desk.trainer.get(erased.headers["Location"]))
    assert desk.store.joined()[desk.room.code] == 0
    with Visitor(desk.trainer.server) as person:
        assert UI.errors.erased in read(person.send("/return", recovery=printed.recovery))


def test_wrong_and_late_numbers_are_told_in_words(desk: Desk):
    printed = desk.printed()
    for number, words in [
        ("K7", PAPER.length.format(right=5, typed=2)),
        (printed.number[:-1] + "U", PAPER.mistyped),
        ("00000", PAPER.nobody),
    ]:
        answer = desk.send(number, "open")
        assert (answer.status_code, words in read(answer)) == (400, True), number
        assert f'value="{number}"' in answer.text
    with desk.store.writing() as conn:
        table = schema.workshops
        late = update(table).where(table.c.code == desk.room.code)
        conn.execute(late.values(pooled_at=days_ago(1)))
    assert PAPER.expired in read(desk.send(printed.number, **AGREED, **{MYTH: "4"}))
    assert desk.store.joined()[desk.room.code] == 0


def test_a_sheet_without_a_number_gets_one_and_a_code_that_is_shown_until_it_is_saved(desk: Desk):
    made = desk.trainer.send("/staff/paper", do="new", workshop=desk.room.code, module="risk")
    (code,) = re.findall(r'class="code">([^<]+)<', made.text)
    (number,) = re.findall(r'name="number" value="([^"]+)"', made.text)
    faulty = desk.send(number, recovery=code, **AGREED, **{MYTH: "9"})
    assert (faulty.status_code, code in read(faulty)) == (400, True)
    assert desk.send(number, recovery=code, **AGREED, **{MYTH: "4"}).status_code == 303
    assert code not in desk.send(number, "open").text
    with Visitor(desk.trainer.server) as person:
        assert person.send("/return", recovery=code).status_code == 303


def test_after_a_sheet_the_next_part_of_the_same_person_can_follow(desk: Desk):
    printed = desk.printed()
    next_one = desk.send(printed.number, then="womens-services", **AGREED, **{MYTH: "4"})
    title = CATALOG.module("womens-services").title
    assert PAPER.sheet.format(number=printed.number, title=title) in read(next_one)
    assert PAPER.stands_yes in read(next_one)
    assert desk.stands() == {MYTH: 4}


def test_without_the_staff_key_nothing_is_shown_or_kept(desk: Desk, place: Running):
    printed = desk.printed()
    desk.send(printed.number, **AGREED, **{MYTH: "4", WHY: "not for everybody"})
    with Visitor(place) as stranger:
        assert stranger.get("/staff/paper").headers["Location"] == "/staff/?next=%2Fstaff%2Fpaper"
        for do in ("open", "save", "erase", "new"):
            sent = {
                "sure": "yes",
                "workshop": desk.room.code,
                "module": "risk",
                MYTH: "1",
                **AGREED,
            }
            answer = stranger.send("/staff/paper", do=do, number=printed.number, **sent)
            assert answer.status_code == 403
            assert "not for everybody" not in answer.text
        assert stranger.join(desk.room.code).status_code == 200
        assert stranger.send("/staff/paper", do="open", number=printed.number).status_code == 403
    assert desk.stands() == {MYTH: 4, WHY: "not for everybody"}


def test_neither_number_nor_words_are_in_the_log_or_the_address(desk: Desk):
    printed = desk.printed()
    desk.send(printed.number, "open")
    saved = desk.send(printed.number, **AGREED, **{WHY: "Schneewittchen"})
    assert printed.number not in saved.headers["Location"]
    log = desk.trainer.server.log.read_text()
    assert "Schneewittchen" not in log
    assert printed.number not in log
    assert printed.recovery not in log


def test_the_workshop_page_leads_there_as_long_as_people_can_erase(desk: Desk):
    address = f"/staff/{desk.room.code}"
    assert PAPER.link in read(desk.trainer.get(address))
    with desk.store.writing() as conn:
        table = schema.workshops
        late = update(table).where(table.c.code == desk.room.code)
        conn.execute(late.values(pooled_at=days_ago(1)))
    assert PAPER.link not in read(desk.trainer.get(address))


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_the_page_asks_item_by_item_what_the_sheet_asks(desk: Desk, slug: str):
    printed, module = desk.printed(), CATALOG.module(slug)
    desk.module = slug
    sheet = [*PaperSheet(CATALOG, module, country="eu").questions()]
    opened = desk.send(printed.number, "open")
    asked = re.findall(r'<label for="([^"]+)">([^<]*)</label>', opened.text)
    assert [name for name, _ in asked] == [each.name for each in sheet]
    for (_, words), each in zip(asked, sheet, strict=True):
        assert html.unescape(words).startswith(each.item.question)
    told = read(opened)
    for each in sheet:
        assert each.heading in told
        for words in each.item.ends or [option.label for option in each.item.options]:
            assert words in told
