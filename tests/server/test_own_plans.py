"""Plans come to their author's page alone, over its wire, and never with a page's HTML."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from myths import catalog
from myths.answer import Answer
from myths.session import asked

from tests.server.conftest import Running, Visitor
from tests.server.wire import Wire

PLAN = "call the desk on the second floor"
RISK = catalog.load().module("risk")


@pytest.fixture(scope="module")
def meeting(server: Running) -> Running:
    return server.earlier_workshop()


@pytest.fixture
def author(meeting: Running) -> Iterator[Visitor]:
    """Somebody with one plan, for their own eyes."""
    with Visitor(meeting) as someone:
        someone.join()
        name = meeting.store.visitor(someone.token).participant
        said = Answer(str(uuid.uuid4()), text=PLAN, reader="me")
        meeting.store.save(name, asked(RISK.item("commitment.then"), "after"), said)
        yield someone


def plans(visitor: Visitor, slug: str) -> list[str]:
    """What the plans on a page say, in its HTML; nothing of them comes over the wire again."""
    wire = Wire(visitor, slug)
    wire.shut_down()
    assert PLAN not in json.dumps(wire.states)
    return re.findall(r'class="myths-plan-text"[^>]*>([^<]*)<', wire.page.text)


@pytest.mark.parametrize("slug", ["closing", "followup"])
def test_a_plan_is_on_its_authors_page_and_on_nobody_elses(author: Visitor, meeting, slug: str):
    assert plans(author, slug) == [PLAN]
    with Visitor(meeting) as other:
        other.join()
        assert plans(other, slug) == []


def test_a_plan_that_is_erased_by_itself_is_gone_when_the_page_is_opened_again(meeting: Running):
    with Visitor(meeting) as someone:
        someone.join()
        name = meeting.store.visitor(someone.token).participant
        said = Answer(str(uuid.uuid4()), text=PLAN, reader="evaluation")
        meeting.store.save(name, asked(RISK.item("commitment.then"), "after"), said)
        assert plans(someone, "followup") == [PLAN]
        meeting.store.erase_answer(name, module="risk", item="commitment.then", phase="after")
        assert plans(someone, "followup") == []
