"""What several commands share."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from myths.edition import CONTENT_VARIABLE, PUBLISHED_VARIABLE
from myths.vocabulary import Audience

PORT = click.IntRange(0, 65535)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
db_option = click.option(
    "--db",
    envvar="MYTHS_DB",
    help="The store: any SQLAlchemy URL. [default: sqlite:///data/workshop.sqlite]",
)
audience_option = click.option(
    "--audience",
    "audiences",
    type=click.Choice(Audience.words()),
    multiple=True,
    help="Only workshops for these people; may be repeated.",
)
content_option = click.option(
    "--content",
    type=FOLDER,
    envvar=CONTENT_VARIABLE,
    help="The folder of content. [default: content, here or above, or the program's own]",
)
notebooks_option = click.option(
    "--notebooks",
    type=FOLDER,
    help="The folder of notebooks. [default: notebooks, here or above, or the program's own]",
)
published_option = click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False),
    envvar=PUBLISHED_VARIABLE,
    help="Where what is published is kept. [default: published, beside the content]",
)
seconds_option = click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=30,
    show_default=True,
    help="How long the cells of a page may take; then they are ended.",
)
coding_option = click.option(
    "--coding",
    type=FOLDER,
    help="The folder of the coded texts. [default: coding beside the database, or data/coding]",
)
coders_option = click.option(
    "--coder",
    "coders",
    multiple=True,
    metavar="NAME",
    help="Only the codes of this blind coder; may be repeated. [default: all]",
)
evaluation_language_option = click.option(
    "--language",
    metavar="CODE",
    help="As en or de. [default: that of the workshops, if all have the same one; else en]",
)


def fewest_option(told: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make the option for k, of which `told` says what it is about."""
    return click.option("--k", type=click.IntRange(5), default=5, show_default=True, help=told)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep away what cells log that fail: a command says it in a sentence."""
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def end_in_order() -> None:
    """Make SIGTERM end the program as an exception does, so that nothing half-written stays."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
