"""What can go wrong, each as one clear sentence for the person concerned."""

from __future__ import annotations

from myths.vocabulary import Reason


class MythsError(Exception):
    """A fault told in one sentence that says what to do; shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Show only the sentence in a notebook (the hook is IPython's)."""
        return [str(self)]


class ContentError(MythsError):
    """The content, or a notebook that asks for it, needs mending by a trainer."""


class LocalizationError(ContentError):
    """A translation cannot be given out or taken over; nothing was written."""


class NotebookMissingError(ContentError):
    """A page of the series has no notebook under its name."""

    def __init__(self, page: str) -> None:
        super().__init__(f"The page {page!r} has no notebook.")
        self.page = page


class PublicationError(MythsError):
    """Something cannot be published now, and nothing was changed.

    `reason` says which words of the trainers' page tell it.
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class CodingError(MythsError):
    """A codebook or a coder's file needs mending, or a step of coding cannot be done now."""


class ReasonedError(MythsError):
    """A fault that a participant may meet; the page tells it in the words of their language.

    `reason` says which words these are, and `values` fills them in. The sentence of the error
    itself is for a terminal or a log.
    """

    def __init__(self, message: str, *, reason: Reason, **values: str | int) -> None:
        super().__init__(message)
        self.reason, self.values = reason, values


class WorkshopError(ReasonedError):
    """A workshop cannot be found, joined or opened."""


class RecoveryError(ReasonedError):
    """A code or cookie leads to nobody."""


class AnswerError(ReasonedError):
    """An answer that the page should not have sent; it is refused and nothing is written."""


class RoleError(MythsError):
    """A role of staff cannot be as it was asked for; nothing has changed."""


class StoreError(MythsError):
    """The store cannot be read or written; `retry` says whether trying again may help."""

    def __init__(self, message: str, *, retry: bool = False) -> None:
        super().__init__(message)
        self.retry = retry


class EvaluationError(MythsError):
    """A table was asked for that the answers cannot honestly give; the sentence names another."""
