"""The command that checks the content and the participants' notebooks."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from myths import catalog, pages
from myths.cli.options import content_option, notebooks_option, seconds_option
from myths.edition import content_folder, notebooks_folder
from myths.errors import ContentError
from myths.evaluation import WORD_FILES
from myths.module import CALLS


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
    problems = catalog.check(folder, notebooks=participants, calls=CALLS, files=WORD_FILES)
    drafts = catalog.check_drafts(folder)
    faulty = {each.file for each in problems if each.severity == "error"}
    in_words = any(not file.endswith(".ipynb") for file in faulty)
    if not in_words:  # else no page could be made
        logging.disable(logging.ERROR)  # what the cells' own log would say is said below
        try:
            problems += pages.inspect(
                folder, participants, seconds=seconds, run=not quick, faulty=faulty
            )
        finally:
            logging.disable(logging.NOTSET)
    for problem in (*problems, *drafts):
        click.echo(f"{problem.severity}: {problem}")
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        not_run = " The pages were not run: mend the words first." if in_words else ""
        raise ContentError(f"{errors} to mend before people see these pages.{not_run}")
    if missing := sum(problem.severity == "error" for problem in drafts):
        raise ContentError(
            f"{missing} to mend before people can see the modules that are drafts. "
            "All others are complete."
        )
    click.echo("The content and the notebooks are complete.")
