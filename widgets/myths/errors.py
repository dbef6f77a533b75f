"""What can go wrong, each as one clear sentence for the person concerned."""

from __future__ import annotations


class MythsError(Exception):
    """A fault told in one sentence that says what to do; shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Show only the sentence in a notebook (the hook is IPython's)."""
        return [str(self)]


class ContentError(MythsError):
    """The content, or a notebook that asks for it, needs mending by a trainer."""


class CodingError(MythsError):
    """A codebook or a coder's file needs mending, or a step of coding cannot be done now."""


class WorkshopError(MythsError):
    """A workshop cannot be found, joined or opened.

    `reason` is unknown, closed or expired; taken or unfit (of what a new one is opened with).
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class RecoveryError(MythsError):
    """A code or cookie leads to nobody.

    `reason` is mistyped, unknown, erased, expired (the cookie) or over (the workshop).
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class AnswerError(MythsError):
    """An answer that the page should not have sent; it is refused and nothing is written."""


class StoreError(MythsError):
    """The store cannot be read or written; `retry` says whether trying again may help."""

    def __init__(self, message: str, *, retry: bool = False) -> None:
        super().__init__(message)
        self.retry = retry


class EvaluationError(MythsError):
    """A table was asked for that the answers cannot honestly give; the sentence names another."""
