"""What several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from myths.vocabulary import Audience

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
notebooks_option = click.option(
    "--notebooks",
    type=FOLDER,
    default=Path("notebooks"),
    show_default=True,
    help="The folder of notebooks.",
)
coding_option = click.option(
    "--coding",
    type=FOLDER,
    help="The folder of the coded texts. [default: coding beside the database, or data/coding]",
)
