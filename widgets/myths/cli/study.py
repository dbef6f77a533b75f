"""The command that writes what goes with a study: its plan, checklists and methods."""

from __future__ import annotations

from pathlib import Path

import click

from myths import evaluation
from myths.cli.options import (
    audience_option,
    db_option,
    evaluation_language_option,
    fewest_option,
)


@click.command("study-kit")
@db_option
@click.argument("folder", type=click.Path(path_type=Path), default=Path("study"))
@click.option("--workshop", multiple=True, metavar="CODE", help="Only this one; may be repeated.")
@audience_option
@click.option("--rehearsal", is_flag=True, help="Also rehearsals: made-up people among the real.")
@click.option("--blank", is_flag=True, help="For the time before a study: no answers are read.")
@click.option("--rooms", type=click.IntRange(1, 100), help="How many workshops you plan.")
@click.option(
    "--people",
    type=click.IntRange(1, 200),
    help="How many people in each will answer before and after.",
)
@click.option(
    "--tests",
    type=click.IntRange(1, 20),
    default=7,
    show_default=True,
    help="How many modules you plan, each with a test.",
)
@evaluation_language_option
@fewest_option("The fewest people that a number may be about, as in the report.")
def study_kit(
    *,
    db: str | None,
    folder: Path,
    workshop: tuple[str, ...],
    audiences: tuple[str, ...],
    rehearsal: bool,
    blank: bool,
    rooms: int | None,
    people: int | None,
    tests: int,
    language: str | None,
    k: int,
) -> None:
    """Write what goes with a study into the new folder FOLDER ("study" when left out).

    A plan of analysis to register, a data management plan, the information and consent that people
    read, a methods section with its sources, and the checklists TREND, TIDieR and COREQ. What the
    program knows is filled in; the rest has a line for you.

    With --rooms and --people the plan has how exact such a study is, and what it can find, in a
    thousand made-up ones.
    """
    if (rooms is None) != (people is None):
        raise click.UsageError("A plan takes both: --rooms 8 --people 12.")
    plan = evaluation.StudyPlan(rooms, people, tests) if rooms and people else None
    made = evaluation.study_kit(
        folder,
        db,
        workshop or None,
        audience=audiences or None,
        rehearsal=rehearsal,
        blank=blank,
        plan=plan,
        k=k,
        language=language,
    )
    for file in made:
        click.echo(f"{file}")
