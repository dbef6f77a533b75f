"""What a participant does with a phone: looks, presses, writes, and waits for what is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from myths import catalog
from selenium.common import (
    ElementClickInterceptedException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver import Remote
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.faults.room import processes_named
from tests.server.conftest import Running

UI = catalog.load().ui
PATIENCE = 30  # seconds, on a busy machine
AGAIN = (
    ElementClickInterceptedException,
    NoSuchElementException,
    StaleElementReferenceException,
)
MIDDLE = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })"
STATES = """
const count = (states) => document.querySelectorAll(
  states.map((each) => `[data-myths-item][data-myths-state=${each}]`).join()).length;
return { saved: count(["saved"]), open: count(["saving", "waiting", "refused", "newer"]) };
"""
Found = TypeVar("Found")


@dataclass(frozen=True)
class Phone:
    """A browser, and the workshop that its owner comes to."""

    driver: Remote
    room: Running

    # what is there

    def wait(self, truth: Callable[[], Found]) -> Found:
        """Wait until something is true, and return it."""
        found: Found = WebDriverWait(
            self.driver, PATIENCE, poll_frequency=0.05, ignored_exceptions=AGAIN
        ).until(lambda _: truth())
        return found

    def run(self, script: str, *values: Any) -> Any:
        return self.driver.execute_script(script, *values)

    def seen(self, css: str, text: str = "") -> list[WebElement]:
        """Find what can be seen now, and has this text in it."""
        found = self.driver.find_elements("css selector", css)
        return [each for each in found if each.is_displayed() and text in each.text]

    def see(self, css: str, text: str = "") -> WebElement:
        """Wait until it can be seen; return the first."""
        return self.wait(lambda: self.seen(css, text))[0]

    def gone(self, css: str, text: str = "") -> None:
        self.wait(lambda: not self.seen(css, text))

    def press(self, css: str, text: str = "") -> None:
        """Press what can be seen; what moves meanwhile is looked for again."""

        def pressed() -> bool:
            found = self.see(css, text)
            self.run(MIDDLE, found)  # WebKit's driver cannot press what is at an edge
            found.click()
            return True

        self.wait(pressed)

    # the pages

    def go(self, path: str) -> None:
        """Open a page; one with widgets is waited for."""
        self.driver.get(self.room.url(path))
        if path.startswith("/m/"):
            self.alive()

    def alive(self, slug: str = "") -> None:
        """Wait until every widget of the page is alive, and none has failed."""
        self.wait(lambda: slug in self.driver.current_url)
        self.wait(lambda: self.run("return 'ready' in (document.body?.dataset ?? {})"))
        assert self.seen(".fault") == []

    def at(self, step: str) -> None:
        """Wait until this step is seen, and no other."""
        self.wait(
            lambda: [each.get_attribute("id") for each in self.seen("main > .step")] == [step]
        )

    def saved(self) -> None:
        """Wait until something is saved, and nothing of the page waits or is refused."""
        self.wait(lambda: self.run(STATES)["saved"] and not self.run(STATES)["open"])

    @property
    def kernel(self) -> str:
        told = self.run("return document.getElementById('kernel').textContent")
        kernel: str = json.loads(told)["id"]
        assert lives(kernel)
        return kernel

    # the way in

    def join(self) -> str:
        """Join the workshop by its link; gives the recovery code."""
        self.driver.get(self.room.link)
        self.agree()
        code = self.see("#recovery-code").text
        self.press("button", UI.code.go_on)
        self.alive("/m/start")
        return code

    def agree(self) -> None:
        """Agree to take part and to the evaluation, and join."""
        self.press("label:has([name=agree])")
        self.press("label:has([name=contributes][value=yes])")
        self.press("button", UI.join.button)

    # answers

    def rate(self, item: str, number: int) -> None:
        """Choose the point of a scale."""
        self.press(f"[data-myths-item='{item}'] label:has(input[value='{number}'])")

    def rated(self, item: str) -> str:
        """Read which point is chosen, empty if none is."""
        chosen = f"[data-myths-item='{item}'] input[type=radio]:checked"
        return str(self.run("return document.querySelector(arguments[0])?.value ?? ''", chosen))

    def write(self, item: str, text: str) -> None:
        self.see(f"[data-myths-item='{item}'] textarea").send_keys(text)

    def written(self, item: str) -> str:
        box = f"[data-myths-item='{item}'] textarea"
        return str(self.run("return document.querySelector(arguments[0]).value", box))


def lives(kernel: str) -> bool:
    """Is there a process of a kernel?"""
    return bool(processes_named(kernel))
