"""What several commands share."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
db_option = click.option(
    "--db",
    envvar="MYTHS_DB",
    help="The store: any SQLAlchemy URL. [default: sqlite:///data/workshop.sqlite]",
)
notebooks_option = click.option(
    "--notebooks",
    type=FOLDER,
    default=Path("notebooks"),
    show_default=True,
    help="The folder of notebooks.",
)
