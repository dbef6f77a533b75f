"""The studio as a widget, for JupyterLab."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any

import traitlets

from myths import catalog, components
from myths.catalog import Interface
from myths.components import Component
from myths.edition import content_folder, notebooks_folder, own_folder
from myths.errors import ContentError, MythsError
from myths.occasion import Occasion
from myths.pages import PagePreview, PageTrial
from myths.studio.draft_editor import FOLDER, DraftEditor

_STYLE = FOLDER / "dist" / "draft_page.css"


class Studio(Component, component="studio"):
    """The studio at one part of the content; the arguments are as in `edit`."""

    spoken = ()
    said = frozenset()

    form = traitlets.Dict().tag(markup=True)
    checked = traitlets.Dict().tag(sync=True)
    page = traitlets.Unicode().tag(sync=True)
    away = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        part: str = "",
        *,
        language: str = "",
        audience: str = "",
        content: str | PathLike[str] | None = None,
    ) -> None:
        self._content = content_folder(Path(content) if content else None)
        self._notebooks = notebooks_folder() / "participants"
        self._ui = _interface(self._content)
        self._preview = PagePreview(PageTrial(None), content=self._content, folder=self._notebooks)
        self._place = {"part": part, "language": language, "audience": audience}
        self._step, self._drawing = "", 0
        editor = self._editor()
        super().__init__(words=self._ui.studio, form=editor.view())
        self._show_page(editor)
        self.on_msg(lambda _widget, message, _buffers: self.hear(message))

    def hear(self, message: Mapping[str, Any]) -> None:
        """Do what the form asks for, and show what came of it."""
        wish = {key: value for key, value in message.items() if key not in ("place", "turn")}
        self._step = str(wish.pop("step", self._step))
        choice = wish.pop("choose", None)
        editor = self._editor()
        if wish.get("do") == "check":
            self.checked = {**editor.check(wish), "turn": message.get("turn")}
            return
        is_done = not wish.get("fields") or editor.act(wish)
        if choice and (is_done or editor.draft.is_read_only):  # what was typed is saved before
            self._place = {name: str(choice.get(name, "")) for name in self._place}
            editor = self._editor()
        self._show(editor)

    def _editor(self) -> DraftEditor:
        return DraftEditor(self._content, self._ui, notebooks=self._notebooks, **self._place)

    def _show(self, editor: DraftEditor) -> None:
        self.form = editor.view()
        self._show_page(editor)

    def _values(self) -> Mapping[str, Any]:
        """Return what the template is filled with, besides the words."""
        return {**super()._values(), "xsrf": "", "page_url": "", "step": self._step}

    def _show_page(self, editor: DraftEditor) -> None:
        """Make the page of the draft, while all else goes on; the newest one is shown."""
        self._drawing += 1
        if not editor.part.has_page:
            return
        occasion = Occasion(language=editor.language, audience=editor.audience)
        work = self._draw_page(self._drawing, editor.part.name, occasion)
        try:
            self._task = asyncio.get_running_loop().create_task(work)
        except RuntimeError:  # nothing runs that could wait
            work.close()

    async def _draw_page(self, number: int, slug: str, occasion: Occasion) -> None:
        try:
            page = await self._preview.html(
                slug, occasion, assets="", style=_STYLE.read_text(encoding="utf-8")
            )
        except MythsError as fault:
            page = components.markup(
                "no_page", self._ui.studio.flat(), folder=FOLDER, fault=str(fault)
            )
        if number == self._drawing:
            self.page = page


def edit(
    part: str = "",
    *,
    language: str = "",
    audience: str = "",
    content: str | PathLike[str] | None = None,
) -> Studio:
    """Show the studio: a form with all texts of a part, and the page of the draft beside it.

    What is saved there is in your files at once, with comments and order kept. People see it when
    it is published.

    Parameters
    ----------
    part : str, optional
        A module or page, such as ``"risk"`` or ``"start"``; or ``"organiser"``, ``"support/eu"``,
        ``"ui/join"``. By default it is the first page; another one is chosen in the form.
    language : str, optional
        The language of the texts. By default it is the first of the series.
    audience : str, optional
        As whom the page is read, such as ``"police"``. By default it is a mixed group.
    content : str or path, optional
        The folder of content. By default it is the one in ``MYTHS_CONTENT``, else the nearest.

    Returns
    -------
    Studio
        A widget, which a notebook shows when the call is the last line of a cell.

    Raises
    ------
    ContentError
        If there is no content, or it has no series.

    Examples
    --------
    >>> import myths
    >>> studio = myths.edit("risk", audience="police")
    >>> [group["title"] for group in studio.form["groups"]][:2]
    ['My view', 'The facts']
    """
    return Studio(part, language=language, audience=audience, content=content)


def _interface(content: Path) -> Interface:
    """Return the words of the form: the trainer's, or those of the program if these are broken."""
    with suppress(ContentError):
        return catalog.load(content).ui
    return catalog.load(own_folder() / "content").ui
