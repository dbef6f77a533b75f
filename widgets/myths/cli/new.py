"""The commands that begin a module and the support lines of a country."""

from __future__ import annotations

from pathlib import Path

import click

from myths.cli.options import content_option, notebooks_option


@click.command(name="new-module")
@click.argument("slug")
@click.option("--title", default="", help="Two or three words, as the menu shows them.")
@click.option(
    "--after", default="", metavar="MODULE", help="Behind which module it stands. [default: all]"
)
@click.option(
    "--like",
    default="",
    metavar="MODULE",
    help="Take structure, texts and notebook of this module, each text marked.",
)
@content_option
@notebooks_option
def new_module(
    *,
    slug: str,
    title: str,
    after: str,
    like: str,
    content: Path | None,
    notebooks: Path | None,
) -> None:
    """Begin a module of your own, called SLUG in addresses and tables, such as court-orders.

    Its files are made with what belongs there marked as TO WRITE, and it is a draft in series.yml,
    which nobody is shown. Answers belong to a slug: take one that no earlier module had.
    """
    from myths import scaffold

    made = scaffold.begin_module(
        content, slug, notebooks=notebooks, title=title, after=after, like=like
    )
    _told(made)
    click.echo("\nNow write what is marked. `myths check` lists what is missing.")


@click.command(name="new-country")
@click.argument("code")
@content_option
def new_country(*, code: str, content: Path | None) -> None:
    """Begin the support lines of the country CODE, such as at or pl (ISO 3166).

    Its file has a place for each kind of line, marked as TO WRITE. Participants see a line once
    nothing in it is marked and the day of your check stands there.
    """
    from myths import scaffold

    _told([scaffold.begin_country(content, code)])
    click.echo("\nNow write the lines that you have called. `myths check` says what is missing.")


def _told(made: list[Path]) -> None:
    for path in made:
        click.echo(click.format_filename(path))
