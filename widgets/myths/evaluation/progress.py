"""How far something is that takes long, shown where somebody looks: a terminal or a notebook.

It appears after a second and is gone when all is done. Nothing is shown in a script whose messages
go to a file, nor in a notebook that runs by itself: only a Jupyter server tells a kernel which
notebook is open.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from myths.evaluation.words import ProgressKey

PATIENCE = 1.0  # seconds before anything is shown
_AGAIN = 0.5  # seconds between two looks in a notebook
_OPEN = "JPY_SESSION_NAME"  # what a Jupyter server calls the notebook of a kernel that it starts


class ProgressDisplay(Protocol):
    """Shows what is being done, and how much of it if that is known."""

    def __call__(self, what: str, done: int = 0, total: int = 0, /) -> None:
        """Take the words, and two numbers."""


@contextmanager
def progress(what: ProgressKey, *, language: str | None = None) -> Iterator[ProgressDisplay]:
    """Show `what` takes longer than PATIENCE; gives what to tell of how far it is.

    Above a function, as `@progress("reading")`, it shows each of its calls. The words of `what` are
    in words/progress.<language>.yml, English ones without a `language`.
    """
    console = Console(stderr=True)
    if console.is_terminal:
        show = _on_terminal
    elif console.is_jupyter and _OPEN in os.environ:
        show = _in_notebook
    else:
        yield _untold
        return
    # loaded here, for a table in a script need not wait for words that nobody sees
    from myths.evaluation.words import ENGLISH, words

    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    bar = Progress(*columns, console=console, transient=True, redirect_stdout=False)
    task = bar.add_task(words(language or ENGLISH).progress[what], total=None)

    def tell(what: str, done: int = 0, total: int = 0, /) -> None:
        bar.update(task, description=what, completed=done, total=total or None)

    over = Event()
    thread = Thread(target=copy_context().run, args=(show, bar, over), daemon=True)
    thread.start()  # only it shows something, so that it comes also while one thing takes long
    try:
        yield tell
    finally:
        over.set()
        thread.join()


def _untold(_what: str, _done: int = 0, _total: int = 0, /) -> None:
    """Show nothing: nobody looks."""


@contextmanager
def listening(
    listener: Callable[..., None] | None, what: ProgressKey, *, language: str | None = None
) -> Iterator[Callable[..., None]]:
    """Return what to tell: the listener, or without one what shows it as `progress` does."""
    if listener is not None:
        yield listener
        return
    with progress(what, language=language) as tell:
        yield tell


def _on_terminal(bar: Progress, over: Event) -> None:
    if not over.wait(PATIENCE):
        with bar:
            over.wait()


def _in_notebook(bar: Progress, over: Event) -> None:
    """Show it as an output that is empty in the end; rich's own way would leave a dead widget."""
    from IPython.display import display

    if not over.wait(PATIENCE):
        shown = display(_view(bar), display_id=True)  # type: ignore[no-untyped-call]  # it has none
        while not over.wait(_AGAIN):
            shown.update(_view(bar))
        shown.update({"text/plain": ""}, raw=True)


def _view(bar: Progress) -> Table:
    return bar.make_tasks_table(bar.tasks)
