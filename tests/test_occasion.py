"""A page is made for an occasion: its modules in the trainer's order, and those alone."""

from __future__ import annotations

from collections.abc import Callable

import myths
import pytest
from myths import catalog
from myths.occasion import Occasion
from myths.session import Session
from myths.session_request import SessionRequest

SERIES = catalog.load().series

Tell = Callable[[Occasion], None]


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Tell this process what its page is made for, as the server does."""

    def tell(occasion: Occasion) -> None:
        request = SessionRequest(
            db="sqlite://", content=str(catalog.load().folder), occasion=occasion
        )
        for name, value in request.environment().items():
            monkeypatch.setenv(name, value)

    return tell


def test_what_the_server_said_arrives_as_it_was(tell: Tell):
    said = Occasion(country="de", audience="courts", modules=("harm", "risk"), short=True)
    tell(said)
    assert Session.now().occasion == said


def test_the_follow_up_asks_only_what_was_in_the_workshop(tell: Tell):
    tell(Occasion(modules=("harm", "risk")))
    asked = [each.item for each in myths.Page("followup").again().children if hasattr(each, "item")]
    assert list(dict.fromkeys(each.split(".")[0] for each in asked)) == ["harm", "risk"]


def test_the_way_through_is_the_start_the_modules_the_closing_and_the_follow_up():
    assert SERIES.walk(["harm", "gone"]) == ("start", "harm", "closing", "followup")
    assert SERIES.walk() == ("start", *SERIES.modules, "closing", "followup")
