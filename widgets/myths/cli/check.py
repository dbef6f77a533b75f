"""The command that checks the content and the participants' notebooks."""

from __future__ import annotations

from pathlib import Path

import click

from myths import catalog, studio
from myths.cli.options import content_option, notebooks_option, quiet, seconds_option
from myths.edition import content_folder, notebooks_folder
from myths.errors import ContentError
from myths.evaluation import WORD_FILES


@click.command()
@content_option
@notebooks_option
@seconds_option
@click.option("--quick", is_flag=True, help="Read the notebooks only; run none.")
def check(*, content: Path | None, notebooks: Path | None, seconds: float, quick: bool) -> None:
    """Check the content and the participants' notebooks; name every fault and its remedy.

    Each page is run once, as for a visitor. An error keeps people from seeing a page as it was
    meant; a warning is for you to judge. Modules that are drafts are not run: nobody sees them.
    """
    folder, participants = content_folder(content), notebooks_folder(notebooks) / "participants"
    with quiet():
        problems = studio.examine(
            folder, participants, seconds=seconds, run=not quick, files=WORD_FILES
        )
    drafts = catalog.check_drafts(folder)
    for problem in (*problems, *drafts):
        click.echo(f"{problem.severity}: {problem}")
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        words = [each for each in errors if not each.file.endswith((".ipynb", "participants"))]
        not_run = " The pages were not run: mend the words first." if words else ""
        raise ContentError(f"{len(errors)} to mend before people see these pages.{not_run}")
    if missing := sum(problem.severity == "error" for problem in drafts):
        raise ContentError(
            f"{missing} to mend before people can see the modules that are drafts. "
            "All others are complete."
        )
    click.echo("The content and the notebooks are complete.")
