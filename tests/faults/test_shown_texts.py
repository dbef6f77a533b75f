"""Texts that would like to be more than text: kept as they were typed, and shown as text alone."""

from __future__ import annotations

import re
from html import escape

import myths
import pytest

from tests.faults.room import Room
from tests.faults.writer import EMPTY, TEXT, Page
from tests.server.conftest import Running, Visitor
from tests.server.wire import key

TEXTS = {
    "tags": "<script>alert(1)</script> <img src=x onerror=alert(1)> </td></tr></table><iframe>",
    "directions": "\u202egnp.tset\u202c and \u2067more\u2069, \ufeff\u200b\u2028\u2029 end",
    "control": "bell \a, escape \x1b[31m, back \b\b, form feed \f",
    "combining": "Z" + "\u0300\u0335\u20dd" * 200 + " 👩🏽\u200d⚖️",
    "code": "=1+1 {{ 7 * 7 }} ${7 * 7} %(x)s {0} '; DROP TABLE answers; --",
}


@pytest.fixture(scope="module")
def workshop(room: Room) -> Running:
    return room.server.another_workshop()


@pytest.fixture(scope="module")
def typed(workshop: Running) -> str:
    """The database, once people have typed all of these; each sees theirs again as it was."""
    for text in TEXTS.values():
        visitor = Visitor(workshop)
        visitor.join()
        page = Page(visitor)
        said = {**EMPTY, "key": key(), "text": text, "reader": "evaluation"}
        assert page.answer(TEXT, said)["state"] == "saved"
        page.close()
        again = Page(visitor)
        assert again.given(TEXT) == text
        boxes = re.compile(r"(<textarea[^>]*>\n)(.*?)(?=</textarea>)", re.DOTALL)
        assert escape(text) in [each[2] for each in boxes.finditer(again.page.text)]
        assert text not in boxes.sub(r"\1", again.page.text)
        again.leave()
        visitor.http.close()
    return workshop.db


def test_every_text_is_in_the_table_as_it_was_typed(typed: str, workshop: Running):
    table = myths.answers(db=typed, workshop=workshop.code)
    assert table.text.to_list() == list(TEXTS.values())


def test_a_notebook_shows_the_tables_without_a_tag_of_theirs(typed: str, workshop: Running):
    table = myths.answers(db=typed, workshop=workshop.code)[["participant", "text"]]
    shown = table._repr_html_()
    tags = set(re.findall(r"</?([a-z]+)", shown))
    assert tags <= {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert "onerror" not in re.sub(r">[^<]*<", "><", shown)
    assert len(re.findall("<td>", shown)) == 2 * len(TEXTS)
