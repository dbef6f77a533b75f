"""Pages prepared before their visitors come: a notebook that has run, and what it shows as HTML.

A page is prepared when it is first asked for, and the next one of the series beside it, so what is
kept ready follows the room. A kernel for a visitor is a fork of the process where the notebook ran:
nobody waits for cells to run, and nobody's kernel has ever seen another visitor. What was published
is seen at the next visit if the page is in order with it. Else the page stays what it was, and
`faults` say why.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from myths import components
from myths.answer import Answer
from myths.catalog import Problem
from myths.errors import ContentError, NotebookMissingError
from myths.forkserver import ForkServerError, Template
from myths.occasion import Occasion
from myths.pages.trial import Outputs, PageQuestion, PageTrial, Trial, unreadable
from myths.pages.versions import NotebookVersion, NotebookVersions

log = logging.getLogger(__name__)

# filled in for each visitor
KERNEL, XSRF, PLACES = (f"mark{secrets.token_hex(8)}" for _ in range(3))
_MOST = 24  # pages that are kept ready; a process of about 20 MB each
_PATIENCE = 3  # seconds that a visitor waits for the newest version if the one before is there


@dataclass(frozen=True)
class PageKey:
    """Which page, and for what kind of workshop.

    `stock` is for Voila's own front end, which shows widgets that ours does not know. `offered` are
    the languages that its menu offers.
    """

    slug: str
    occasion: Occasion
    stock: bool = False
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreparedPage:
    """A page without its visitor; `template` is None for one whose cells must run at each visit.

    It is made of `version`, and is current as long as the newest version has this `stamp`.
    `faults` are those of its own cells; with `refused` there is nothing that could be shown.
    `questions`, `mark`, `widgets` and `own_state` as in Trial.
    """

    stamp: int
    version: NotebookVersion
    stock: bool
    template: Template | None = None
    html: str = ""
    faults: tuple[Problem, ...] = ()
    refused: bool = False
    questions: Mapping[str, PageQuestion] = field(default_factory=dict)
    mark: str = ""
    widgets: frozenset[str] = frozenset()
    own_state: tuple[str, ...] = ()

    @cached_property
    def asking(self) -> Mapping[str, PageQuestion]:
        """Its questions by the ids of their widgets."""
        return {each.widget: each for each in self.questions.values()}

    @property
    def usable(self) -> bool:
        """Return whether visitors can have it, as far as its process is concerned."""
        return self.template is None or self.template.is_open

    @property
    def first_step(self) -> str:
        """The step that the page begins with; empty where cells run at each visit."""
        found = _STEP.search(self.html)
        return found[1] if found else ""

    def filled(
        self,
        *,
        xsrf: str,
        places: str = "",
        kernel: str = "",
        known: Mapping[str, Answer] | None = None,
        own: Mapping[str, str] | None = None,
    ) -> tuple[str, str]:
        """Return the page for one visitor in two parts; only the second needs the kernel.

        `places` (JSON) says where they have been, `known` are their answers, by the items of the
        questions, and `own` the HTML of what is other for them, by the parts of the page.
        """
        html = self.html.replace(XSRF, xsrf).replace(PLACES, places)
        head, kernel_mark, rest = html.partition(KERNEL)
        rest = (kernel_mark + rest).replace(KERNEL, kernel)
        if self.mark:
            rest = components.filled(rest, self.mark, known or {}, own or {})
        return head, rest

    def close(self) -> None:
        """End its process once nobody needs it; kernels that were forked from it go on."""
        if self.template:
            self.template.close()


_STEP = re.compile('<section class="step" id="([^"]+)"')
Render = Callable[[NotebookVersion, Outputs, bool], Awaitable[str]]  # the last one is for `stock`


@dataclass(frozen=True)
class _Place:
    """A page in the pool that is made or being made, and the sound one that was there before."""

    task: asyncio.Task[PreparedPage]
    before: PreparedPage | None = None

    @property
    def page(self) -> PreparedPage | None:
        """The page, once it is made."""
        done = self.task.done() and not self.task.cancelled() and not self.task.exception()
        return self.task.result() if done else None


class PagePool:
    """The pages that are ready, the least recently wanted ones dropped."""

    def __init__(self, trial: PageTrial, notebooks: NotebookVersions) -> None:
        self._trial, self.notebooks = trial, notebooks
        self._ready: OrderedDict[PageKey, _Place] = OrderedDict()
        self._faults: dict[tuple[str, str], tuple[Problem, ...]] = {}

    @property
    def faults(self) -> list[Problem]:
        """Why pages are not what their notebooks say now, or show that a part of them failed."""
        return list(dict.fromkeys(each for found in self._faults.values() for each in found))

    async def get(self, key: PageKey, render: Render) -> PreparedPage:
        """Return the page, prepared now if it is not ready or out of date.

        Raises ContentError if there is no notebook, or nothing can be shown of it.
        """
        newest = self.notebooks.newest(key.slug)
        if newest is None:
            raise NotebookMissingError(key.slug)
        place = self._ready.pop(key, None)
        if place is None or (place.task.done() and not _current(place.page, newest)):
            before = place.page if place else None
            if before and (before.faults or before.refused or not before.usable):
                before.close()
                before = None
            work = self._prepare(key, newest, render, before)
            place = _Place(asyncio.create_task(work), before)
        self._ready[key] = place
        while len(self._ready) > _MOST:
            _drop(self._ready.popitem(last=False)[1])
        await asyncio.wait([place.task], timeout=_PATIENCE if place.before else None)
        if place.before and not place.task.done() and place.before.usable:
            return place.before
        page = await asyncio.shield(place.task)
        if page.refused:
            raise ContentError(f"Nothing can be shown of {page.version.path.name}.")
        return page

    async def _prepare(
        self,
        key: PageKey,
        newest: NotebookVersion,
        render: Render,
        before: PreparedPage | None,
    ) -> PreparedPage:
        """Make the page of the newest version, or of the one that was last in order."""
        page = await self._made(key, newest, render)
        good = self.notebooks.good(key.slug, key.occasion.language)
        if before and before.usable and (page.faults or not page.stamp):
            page.close()
            return replace(before, stamp=page.stamp)
        if page.faults and good and good.stamp != newest.stamp:
            older = await self._made(key, good, render)
            if not older.faults:
                page.close()
                page = replace(older, stamp=newest.stamp)
        if before:
            before.close()
        return page

    async def _made(self, key: PageKey, version: NotebookVersion, render: Render) -> PreparedPage:
        try:
            trial = await self._trial.run(version, occasion=key.occasion, stock=key.stock)
        except ForkServerError as fault:  # there may be room for it at the next visit
            log.warning("%s runs at each visit: %s", version.path.name, fault)
            return PreparedPage(0, version, key.stock)
        self._judge(key.slug, key.occasion.language, version, trial)
        page = PreparedPage(version.stamp, version, trial.stock, trial.template)
        page = replace(page, faults=trial.faults, refused=trial.outputs is None)
        page = replace(page, questions=trial.questions, mark=trial.mark)
        page = replace(page, widgets=trial.widgets, own_state=trial.own_state)
        if trial.own_state:
            log.info("%s never sleeps, for %s", version.path.name, ", ".join(trial.own_state))
        if trial.template is None or trial.outputs is None:
            if trial.obstacle:
                where = f", cell {trial.threads}" if trial.threads else ""
                log.warning("%s%s runs at each visit: %s", version.path.name, where, trial.obstacle)
            return page
        try:
            return replace(page, html=await render(version, trial.outputs, trial.stock))
        except Exception as fault:
            log.warning("%s cannot be shown", version.path.name, exc_info=fault)
            unread = replace(page, faults=(unreadable(version, fault),), refused=True)
            self._judge(key.slug, key.occasion.language, version, Trial(None, unread.faults))
            return unread

    def _judge(self, slug: str, language: str, version: NotebookVersion, trial: Trial) -> None:
        """Note what came of running a version, if it is the newest."""
        if version is not self.notebooks.newest(slug):
            return
        known = self._faults.get((slug, language), ())
        for fault in trial.faults:
            if fault not in known:
                log.error("This change is not served until it is mended: %s", fault)
        self._faults[slug, language] = trial.faults
        self.notebooks.judge(slug, language, version, good=not trial.faults)


def _current(page: PreparedPage | None, newest: NotebookVersion) -> bool:
    return page is not None and page.stamp == newest.stamp and page.usable


def _drop(place: _Place) -> None:
    """End the process of a page; kernels that were forked from it go on."""

    def close(_done: object) -> None:
        if place.page:
            place.page.close()

    place.task.add_done_callback(close)
