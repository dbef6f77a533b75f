"""What every page needs of the server it is on: the store, the words, the templates, the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from myths import catalog
from myths.languages import direction, language_name
from myths.pages import SECONDS
from myths.server.assets import Assets
from myths.server.capacity import Capacity
from myths.server.join_address import JoinAddress
from myths.server.made_up_crowd import MadeUpCrowds
from myths.server.rate_limit import RateLimiter
from myths.store import Store, Workshop
from myths.vocabulary import SeriesPage, page_path

_EXIT = ("leaving", "presses", "preview", "too_late")  # the words that quickexit.js says


@dataclass(frozen=True)
class ServerContext:
    """What the page handlers share.

    `address` is where phones in the room find the server, unless a trainer chose another one of
    `joining`; `proxied` if a proxy stands there. `crowds` are made-up people for rehearsals. The
    cells of a page may take so many `seconds`. `copies` is the folder of the versions in use.
    Cookies bear the `tag` of the store: a browser sends them to every server of a host.
    """

    store: Store
    tag: str
    library: catalog.Library
    templates: jinja2.Environment
    assets: Assets
    limiter: RateLimiter
    recoveries: RateLimiter
    keys: RateLimiter
    tests: RateLimiter
    capacity: Capacity
    exit_url: str
    address: str
    joining: JoinAddress
    crowds: MadeUpCrowds
    copies: Path
    proxied: bool = False
    seconds: float = SECONDS
    default_language: str = "en"

    @property
    def https(self) -> bool:
        """Return whether people come over https, so that no cookie may go without."""
        return self.address.startswith("https:")

    def words(self, language: str) -> catalog.Catalog:
        """Return the content in `language`; a trainer's change shows at once."""
        return self.library.load(language=language)

    @property
    def speakable(self) -> tuple[str, ...]:
        """The languages of which the buttons are whole, the original first."""
        languages = self.words(self.default_language).series.languages
        return tuple(code for code in languages if self.words(code).is_whole)

    def ticked(self, workshop: Workshop | None = None) -> tuple[str, ...]:
        """Return the languages of a workshop, its own among them; those that its trainer ticked.

        Where nothing was ticked, and outside of workshops, these are the reviewed ones.
        """
        series = self.words(self.default_language).series
        wanted = {code for code in series.languages if series.is_reviewed(code)}
        if workshop:
            wanted = {*(workshop.languages or wanted), workshop.language}
        return tuple(code for code in series.languages if code in wanted)

    def offered(self, workshop: Workshop | None = None) -> tuple[str, ...]:
        """Return the languages that people can choose from, first the one of who wants none."""
        speakable = self.speakable
        found = [code for code in self.ticked(workshop) if code in speakable] or speakable[:1]
        own = workshop.language if workshop else speakable[0]
        return tuple(sorted(found, key=lambda code: code != own))

    def languages(self, spoken: str, workshop: Workshop | None = None) -> list[dict[str, Any]]:
        """Gather what a choice of languages shows; nothing where there is one language only."""
        offered = {*self.offered(workshop), spoken}
        return [
            {
                "code": code,
                "name": language_name(code, code),
                "direction": direction(code),
                "here": code == spoken,
            }
            for code in self.speakable
            if len(offered) > 1 and code in offered
        ]

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Fill `templates/<template>` with `values`."""
        return self.templates.get_template(template).render(values)

    def support(self, language: str, country: str) -> dict[str, Any]:
        """Gather what the panel with the support lines shows."""
        words = self.words(language)
        start = words.page(words.series.pages[0])
        return {
            "support": start.section("support"),
            "lines": words.support_told(country).values(),
            "ask": words.safe.ui.support.ask if words.support_list(country).asks else "",
            "unchecked": other_language(start.safety_language, language),
        }

    def frame(self, language: str, *, xsrf_token: str, inside: bool = False) -> dict[str, Any]:
        """Gather what `shell.html` shows on every page; `inside` a visit it hears of its end."""
        words = self.words(language)
        return {
            "ui": words.ui,
            "start_path": page_path(SeriesPage.START),
            "language": language,
            "is_draft": not words.series.is_reviewed(language),
            "direction": direction(language),
            "assets": f"/assets/{self.assets.version}",
            "exit": {
                "words": words.ui.components.quickexit.flat(*_EXIT),
                "url": self.exit_url,
                "leave_url": "/leave",
                "mark": exit_mark(f"visit-{self.tag}"),
                "inside": inside,
                "over": words.ui.page.over,
                "again": words.ui.left.again,
                "xsrf": xsrf_token,
            },
            "xsrf": xsrf_token,
        }


def exit_mark(cookie: str) -> str:
    """Return the name of the cookie by which the quick exit ends what another cookie lets in to."""
    return f"left-{cookie}"


def other_language(code: str, language: str) -> dict[str, str]:
    """Return how words in another language than the page's are marked; empty if it is the same."""
    if code == language:
        return {}
    name = language_name(code, language)
    return {"code": code, "direction": direction(code), "name": name}
