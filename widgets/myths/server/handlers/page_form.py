"""The pages made from notebooks where scripts or WebSockets are missing: their steps are forms."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tornado.web import HTTPError, RequestHandler, authenticated

from myths.catalog import Interface, ProblemWords
from myths.errors import AnswerError, MythsError, RecoveryError, StoreError
from myths.pages import PageQuestion
from myths.server.answer_form import AnswerForm, SentAnswer
from myths.server.handlers.base import gone, joining, own_path, problem
from myths.server.handlers.notebook import NotebookHandler
from myths.store import Visitor
from myths.vocabulary import Reason, SeriesPage, is_name, page_path

_MEANWHILE = (Reason.NEWER, Reason.ERASED, Reason.EXPIRED)


@dataclass(frozen=True)
class UnsavedAnswer:
    """An answer that could not be saved: why, and what was written where it can be sent again."""

    message: str
    text: str
    sent: SentAnswer | None = None


class PageFormHandler(NotebookHandler):
    """`/m/<slug>`: the page, and what is sent of its steps as forms."""

    @authenticated
    async def post(self, slug: str) -> None:
        """Save what was changed in a step and go on; what cannot be saved is shown, to be copied.

        `go` names the step to go on to, or is the address of another page; `step` is the one that
        the form is, and `last` says that it is the last one of its page.
        """
        form = AnswerForm(self.request.body_arguments)
        try:
            visitor = await self.visitor()
        except RecoveryError as error:
            visitor, why = None, gone(self.errors, error)
        else:
            why = self.errors.away
        if visitor is None:
            self.show_unsaved(form, message=why, status=403)
        elif not self.has(slug, visitor):
            why = self.context.words(visitor.language).ui.errors.not_here
            self.show_unsaved(form, visitor, message=why, status=404)
        else:
            questions = (await self.prepared(slug, visitor)).questions
            unsaved, status = await asyncio.to_thread(self.save, form, questions, visitor)
            if unsaved:
                self.show_unsaved(form, visitor, unsaved, status=status)
            else:
                await self.go_on(form, visitor)

    def check_xsrf_cookie(self) -> None:
        """Look for the form's token (Tornado's hook).

        Jupyter asks for an origin, too, and a page of ours that tells no referrer has none to tell.
        """
        RequestHandler.check_xsrf_cookie(self)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show what was written, too, where the fault is not the form's own (Tornado's hook)."""
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        form = AnswerForm(self.request.body_arguments)
        if error is None or isinstance(error, HTTPError) or not any(form.texts()):
            super().write_error(status_code, **kwargs)
            return
        status = 503 if isinstance(error, MythsError) else status_code
        self.show_unsaved(form, message=problem(self.errors, status, error), status=status)

    @property
    def slug(self) -> str:
        """The page that was asked for."""
        return str(self.path_args[0])

    @property
    def errors(self) -> ProblemWords:
        """The words for what went wrong."""
        return self.context.words(self.language).ui.errors

    def has(self, slug: str, visitor: Visitor) -> bool:
        """Return whether the visitor's workshop has this page now."""
        series = self.context.words(visitor.language).series
        is_early = slug == SeriesPage.FOLLOWUP and not visitor.workshop.asks_followup
        return slug in series.walk(visitor.workshop.modules) and not is_early

    def save(
        self, form: AnswerForm, questions: Mapping[str, PageQuestion], visitor: Visitor
    ) -> tuple[list[UnsavedAnswer], int]:
        """Save what was changed; gives what could not be saved, and the status that says so."""
        store, ui = self.context.store, self.context.words(visitor.language).ui
        versions = store.answer_versions(visitor.participant, key=visitor.key)
        known = {each.answer.text for each in versions}
        unsaved = [
            UnsavedAnswer(ui.unsaved.gone, text)
            for text in form.texts(but=questions)
            if text not in known
        ]
        status = 422
        for sent in form.changes(questions, versions, self.context.words(visitor.language)):
            try:
                sent.save(store, visitor.participant)
            except (AnswerError, StoreError) as error:
                if isinstance(error, StoreError):
                    status = 503
                elif error.reason in _MEANWHILE and status != 503:
                    status = 409
                unsaved.append(UnsavedAnswer(_why(ui, error), sent.answer.text or "", sent))
        return unsaved, status

    def show_unsaved(
        self,
        form: AnswerForm,
        visitor: Visitor | None = None,
        unsaved: Sequence[UnsavedAnswer] = (),
        *,
        status: int,
        message: str = "",
    ) -> None:
        """Answer with what could not be saved; with a `message` that is all that was written."""
        xsrf = self.xsrf_token.decode()
        language = visitor.language if visitor else self.language
        frame = self.context.frame(language, xsrf_token=xsrf, inside=visitor is not None)
        step = form["step"] if is_name(form["step"]) else ""
        self.set_status(status)
        values = {
            "message": message,
            "unsaved": unsaved or [UnsavedAnswer("", text) for text in form.texts()],
            "form": {"address": page_path(self.slug), "step": step, "last": form["last"]},
            "go": form["go"],
            "back": page_path(self.slug, step) if visitor else joining(page_path(self.slug)),
            "inside": visitor is not None,
        }
        self.finish(self.context.render("unsaved.html", frame | values))

    async def go_on(self, form: AnswerForm, visitor: Visitor) -> None:
        """Lead to the step or page that was chosen, and keep that somebody is there."""
        step, go = (form[name] if is_name(form[name]) else "" for name in ("step", "go"))
        store = self.context.store
        with suppress(StoreError):  # they are at the step before
            if step and form["last"]:
                await asyncio.to_thread(store.come_to, visitor, self.slug, step=step, last=True)
            if go:
                await asyncio.to_thread(store.come_to, visitor, self.slug, step=go)
        self.redirect(own_path(form["go"]) or page_path(self.slug, go or step), status=303)


def _why(ui: Interface, error: AnswerError | StoreError) -> str:
    if isinstance(error, StoreError):
        return ui.errors.store
    if error.reason == Reason.NEWER:
        return ui.unsaved.newer
    return ui.components.question.refused.of(error)
