"""What every page needs of the server it is on: the store, the words, the templates, the limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from myths import catalog
from myths.catalog import Problem
from myths.languages import direction, number
from myths.pages import SECONDS, shell_frame, support_frame
from myths.server.assets import Assets
from myths.server.capacity import Capacity
from myths.server.data_job import DataJobs
from myths.server.drain import Drain
from myths.server.join_address import JoinAddress
from myths.server.made_up_crowd import MadeUpCrowds
from myths.server.rate_limit import Fleet, RateLimiter
from myths.server.rating_saves import RatingSaves
from myths.server.role_quotas import RoleQuotas
from myths.store import Store, Workshop
from myths.studio import DraftEditor, Publication, RemedyPlace, remedy_places

EXIT_SITE = "https://www.wikipedia.org/"  # the usual one


@dataclass(frozen=True)
class ServerContext:
    """What the page handlers share.

    `address` is where phones in the room find the server, unless a trainer chose another one of
    `joining`; `proxied` if a proxy stands there. Where somebody comes from is
    `forwarded` by that, or by a balancer. A role may open workshops within `openings` and have
    `data` made within `downloads`. The exit leads to `exit_url`, or if that is empty where
    the content says. `crowds` are made-up people for rehearsals. The cells of a page may take
    so many `seconds`. `copies` is the folder of the versions in use, and `publication` is None for
    the files of an installed package, which nobody changes. `saves` are the threads that save
    answers for kernels, and `ratings` saves those of whole rooms. `drain` says whether the server
    is about to end, `fleet` how many there are. Cookies bear the `tag` of the store: a browser
    sends them to every server of a host.
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
    openings: RoleQuotas
    downloads: RoleQuotas
    data: DataJobs
    capacity: Capacity
    exit_url: str
    address: str
    joining: JoinAddress
    crowds: MadeUpCrowds
    copies: Path
    saves: Executor
    ratings: RatingSaves
    drain: Drain
    fleet: Fleet
    publication: Publication | None = None
    proxied: bool = False
    forwarded: bool = False
    seconds: float = SECONDS
    default_language: str = "en"

    @property
    def https(self) -> bool:
        """Return whether people come over https, so that no cookie may go without."""
        return self.address.startswith("https:")

    def words(self, language: str) -> catalog.Catalog:
        """Return the content in `language`, as it was published last."""
        return self.library.load(language=language)

    def draft(self, language: str, /, **place: Any) -> DraftEditor:
        """Open the trainer's draft, at a `place` as `DraftEditor` has it. Raises ContentError."""
        return DraftEditor(self.library.folder, self.words(language).ui, **place)

    def remedy_places(
        self, language: str, problems: Iterable[Problem]
    ) -> dict[Problem, RemedyPlace]:
        """Find where the studio mends each of the problems. Raises ContentError."""
        return remedy_places(self.library.folder, self.words(language).ui, problems)

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
                "name": self.words(code).language_name(code),
                "direction": direction(code),
                "here": code == spoken,
            }
            for code in self.speakable
            if len(offered) > 1 and code in offered
        ]

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Fill `templates/<template>` with `values`."""
        return self.templates.get_template(template).render(values)

    def recordings(self, slug: str, language: str, workshop: Workshop) -> dict[str, Any]:
        """Gather the recordings of a page as its reader has it, by the steps that they belong to.

        Where a workshop sees something else in a step than everybody, there is none.
        """
        if workshop.short:
            return {}
        language = self.words(language).of_part(slug).language
        adapted = self.words(language).adapted_steps(slug, workshop.audience)
        found: dict[str, Any] = {}
        for each in self.library.recordings:
            if (each.part, each.language) == (slug, language) and each.step not in adapted:
                told = {
                    "form": each.form,
                    "size": number(max(1, each.size / 1e6), language),
                    "url": f"/recordings/{slug}/{each.path.name}",
                    "captions": f"/recordings/{slug}/{each.captions.name}",
                    "language": language,
                }
                found.setdefault(each.step, []).append(told)
        return found

    def support(self, language: str, country: str) -> dict[str, Any]:
        """Gather what the panel with the support lines shows."""
        return support_frame(self.words(language), country)

    def frame(self, language: str, *, xsrf_token: str, inside: bool = False) -> dict[str, Any]:
        """Gather what `shell.html` shows on every page; `inside` a visit it hears of its end."""
        words = self.words(language)
        leaving = {
            "url": self.exit_url or words.organiser.exit or EXIT_SITE,
            "leave_url": "/leave",
            "mark": exit_mark(f"visit-{self.tag}"),
            "inside": inside,
            "over": words.ui.page.over,
            "again": words.ui.left.again,
            "xsrf": xsrf_token,
        }
        assets = f"/assets/{self.assets.version}"
        return shell_frame(words, assets=assets, xsrf=xsrf_token, exit_=leaving)


def exit_mark(cookie: str) -> str:
    """Return the name of the cookie by which the quick exit ends what another cookie lets in to."""
    return f"left-{cookie}"
