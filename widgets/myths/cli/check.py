"""The command that checks the content and the participants' notebooks."""

from __future__ import annotations

from pathlib import Path

import click

from myths import catalog
from myths.cli.options import content_option, notebooks_option
from myths.edition import content_folder, notebooks_folder
from myths.errors import ContentError
from myths.evaluation import WORD_FILES
from myths.module import CALLS


@click.command()
@content_option
@notebooks_option
def check(*, content: Path | None, notebooks: Path | None) -> None:
    """Check the content and the participants' notebooks; name every fault and its remedy."""
    participants = notebooks_folder(notebooks) / "participants"
    problems = catalog.check(
        content_folder(content), notebooks=participants, calls=CALLS, files=WORD_FILES
    )
    for problem in problems:
        click.echo(f"{problem.severity}: {problem}")
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        raise ContentError(f"{errors} to mend before people see these pages.")
    click.echo("The content and the notebooks are complete.")
