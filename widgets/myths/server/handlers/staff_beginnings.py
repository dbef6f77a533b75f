"""The trainers' page on which something new is begun: a module, lines of a country, a language."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from tornado.web import HTTPError

from myths import languages
from myths.catalog import ContentProblemsError
from myths.edition import shown
from myths.errors import MythsError
from myths.localization import begin_language
from myths.scaffold import begin_country, begin_module, show_module
from myths.server.handlers.base import LONGEST
from myths.server.handlers.staff import StaffHandler
from myths.server.handlers.studio import STUDIO
from myths.studio import DraftEditor
from myths.vocabulary import is_name

NEW = f"{STUDIO}/new"
_NAMED = {"module": "name", "country": "country", "language": "code", "show": "show"}  # its field
_TYPED = ("title", "after", "like", *_NAMED.values())
_one_at_a_time = Lock()  # most of them change series.yml


class StaffBeginningHandler(StaffHandler):
    """`/staff/studio/new`: a form for each kind, and then what to do next; no script is needed."""

    async def get(self) -> None:
        """Show the forms, below what was just begun; without the key, the way in."""
        begun = {name: self.get_query_argument(name, "") for name in ("kind", "name")}
        await self.show_forms(begun=begun)

    async def post(self) -> None:
        """Begin what a form asks for, or say why it cannot be."""
        kind = self.get_body_argument("do", "")
        if kind not in _NAMED:
            raise HTTPError(404)
        typed = {
            name: " ".join(self.get_body_argument(name, "")[:LONGEST].split()) for name in _TYPED
        }
        name = typed[_NAMED[kind]]
        if fault := await asyncio.to_thread(self.begin, kind, name, typed):
            await self.show_forms(typed, at=_NAMED[kind], fault=fault)
        else:
            self.redirect(f"{NEW}?{urlencode({'kind': kind, 'name': name})}", status=303)

    def begin(self, kind: str, name: str, typed: Mapping[str, str]) -> str:
        """Write the files; returns why that cannot be, in words, and then nothing is written."""
        draft = self.context.draft(self.language)
        if fault := self.doubt(draft, kind, name):
            return fault
        folder, notebooks = self.context.library.folder, self.pool.notebooks.folder.parent
        more = {each: typed[each] for each in ("title", "after", "like")}
        try:
            with _one_at_a_time:
                if kind == "module":
                    begin_module(folder, name, notebooks=notebooks, **more)
                elif kind == "country":
                    begin_country(folder, name)
                elif kind == "language":
                    begin_language(folder, name)
                else:
                    show_module(folder, name)
        except ContentProblemsError as faults:
            if kind != "show":
                return str(faults)
            return draft.interface.begin.fault_unwritten.format(
                title=draft.unfinished.get(name, name)
            )
        except MythsError as error:
            return str(error)
        return ""

    def doubt(self, draft: DraftEditor, kind: str, name: str) -> str:
        """Return why nothing of that name can be begun, in words; empty if it can."""
        ui = draft.interface
        if draft.draft.is_read_only:
            return ui.studio.read_only
        if kind == "module" and not is_name(name):
            return ui.begin.fault_name
        if kind == "module" and name in {each.name for each in draft.parts}:
            return ui.begin.fault_taken
        if kind == "country" and name not in self.countries(draft):
            return ui.begin.fault_country
        if kind == "language" and name not in self.tongues(draft):
            return ui.begin.fault_language
        return ""

    def countries(self, draft: DraftEditor) -> dict[str, str]:
        """Return the countries that have no support lines yet, by their codes."""
        there = {each.name for each in draft.parts}
        known = languages.countries(self.language)
        return {code: name for code, name in known.items() if f"support/{code}" not in there}

    def tongues(self, draft: DraftEditor) -> dict[str, str]:
        """Return the languages that the series does not have, by their codes."""
        known = languages.all_languages(self.language)
        return {code: name for code, name in known.items() if code not in draft.languages}

    async def show_forms(
        self,
        typed: Mapping[str, str] | None = None,
        *,
        at: str = "",
        fault: str = "",
        begun: Mapping[str, str] | None = None,
    ) -> None:
        """Show what can be begun, with what was typed, and what is wrong `at` a field."""
        draft = await asyncio.to_thread(self.context.draft, self.language)
        titles = {each.name: each.title for each in draft.parts if each.kind == "modules"}
        known = {name: text for name, text in (typed or {}).items() if text}
        usual = dict.fromkeys(_TYPED, "") | {"after": [*titles][-1]}
        self.show(
            "staff-beginnings.html",
            status=400 if fault else 200,
            form={"typed": usual | known, "at": at, "fault": fault},
            begun=self.told(draft, **begun) if begun else None,
            is_read_only=draft.draft.is_read_only,
            publishes=self.context.publication is not None,
            unfinished=draft.unfinished,
            titles=titles,
            countries=self.countries(draft),
            tongues=self.tongues(draft),
        )

    def told(self, draft: DraftEditor, *, kind: str, name: str) -> dict[str, Any] | None:
        """Gather what is said of something that was begun; nothing of what is not there."""
        parts = {each.name: each.title for each in draft.parts}
        part = f"support/{name}" if kind == "country" else name
        if kind == "language" and name in draft.languages[1:]:
            title = self.context.words(self.language).language_name(name)
            part = next(each for each in parts if each.startswith("ui/"))
        elif kind == "country" and part in parts:
            title = languages.country_name(name, self.language)
        elif kind in ("module", "show") and part in parts:
            title = parts[part]
        else:
            return None
        if (kind == "module") != (part in draft.unfinished):
            return None
        place = {"part": part} | ({"language": name} if kind == "language" else {})
        guide = f"modules/{name}/guide.{draft.languages[0]}.md"
        return {
            "kind": kind,
            "title": title,
            "code": name,
            "guide": shown(self.context.library.folder / guide),
            "path": f"{STUDIO}?{urlencode(place)}",
        }
