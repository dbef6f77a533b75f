"""Components on an empty page, and what their model was sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

Bench = Callable[..., None]

POINTS = [
    {"value": value, "label": label}
    for value, label in enumerate(
        ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"], start=1
    )
]
TEN = [{"value": value, "label": str(value)} for value in range(11)]
READERS = ["me", "group", "evaluation"]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def rating(bench: Bench, *replies: str, name: str = "myth", **traits: object) -> None:
    state = {"statement": "It is risky.", "options": POINTS, "ends": [], **traits}
    bench(name, "rating", list(replies), **state)


def confidence(bench: Bench) -> None:
    ends = ["Not at all sure", "Completely sure"]
    bench("sure", "rating", statement="How sure are you?", options=TEN, ends=ends)


def recall(bench: Bench, *replies: str, **traits: object) -> None:
    options = [{"value": 1, "label": "Once"}, {"value": 2, "label": "Again and again"}]
    state = {"question": "How often?", "options": options, "right": 2, "feedback": {}, **traits}
    bench("recall", "recall", list(replies), **state)


def reflection(bench: Bench, *replies: str, **traits: object) -> None:
    state = {"label": "What is new?", "hint": "", "limit": 120, "readers": READERS, **traits}
    bench("learned", "reflection", list(replies), **state)


def sent(page: Page, name: str) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate("(name) => window.models[name].sent", name)
    return answers


def kept_in_browser(page: Page) -> int:
    count: int = page.evaluate("sessionStorage.length")
    return count


def line(page: Page, name: str) -> Locator:
    return page.locator(f"#{name} .myths-state")
