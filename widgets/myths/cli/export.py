"""The command that writes the tables into files."""

from __future__ import annotations

from pathlib import Path

import click

from myths import evaluation
from myths.cli.options import (
    audience_option,
    coders_option,
    coding_option,
    db_option,
    end_in_order,
    evaluation_language_option,
    fewest_option,
)


@click.command()
@db_option
@click.argument("target", type=click.Path(path_type=Path), default=Path("export"))
@click.option("--workshop", multiple=True, metavar="CODE", help="Only this one; may be repeated.")
@audience_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="Only this one (csv, parquet, excel, spss, stata, r); may be repeated. [default: all]",
)
@evaluation_language_option
@coding_option
@coders_option
@click.option("--rehearsal", is_flag=True, help="Also rehearsals: made-up answers among the real.")
@click.option(
    "--public",
    is_flag=True,
    help="Rows for everybody: closed answers alone, in which nobody is found by what others know.",
)
@click.option(
    "--informed",
    is_flag=True,
    help="With --public: people read before they joined that such rows are published.",
)
@fewest_option("With --public: the fewest people who are alike in what others may know.")
@click.option("--force", is_flag=True, help="Replace an earlier export.")
def export(
    *,
    db: str | None,
    target: Path,
    workshop: tuple[str, ...],
    audiences: tuple[str, ...],
    formats: tuple[str, ...],
    language: str | None,
    coding: Path | None,
    coders: tuple[str, ...],
    rehearsal: bool,
    public: bool,
    informed: bool,
    k: int,
    force: bool,
) -> None:
    """Write all answers with their codebook into the folder TARGET.

    A TARGET that ends in .zip becomes one file. TARGET is "export" when left out. Formats: CSV,
    Parquet, Excel, SPSS, Stata, and a script for R.

    With --public it writes open data: no texts, no names, no days, and a README that says what this
    promises and what not. Each workshop can be published once, and only if its people were told.
    """
    end_in_order()
    if public:
        if formats or coding or coders:
            raise click.UsageError("--public has no --format, --coding and --coder.")
        done = evaluation.open_data(
            target,
            db,
            workshop or None,
            audience=audiences or None,
            k=k,
            informed=informed,
            rehearsal=rehearsal,
            force=force,
            language=language,
        )
        _tell(done, "people")
        return
    done = evaluation.export(
        target,
        db,
        workshop or None,
        audience=audiences or None,
        formats=formats or evaluation.FORMATS,
        coding=coding,
        coders=coders or None,
        rehearsal=rehearsal,
        force=force,
        language=language,
    )
    _tell(done, "answers", "participants")


def _tell(done: evaluation.Exported, *tables: str) -> None:
    for name in tables:
        click.echo(f"{done.rows[name]:>9,}  {name}")
    for note in done.notes:
        click.echo(f"Note: {note}")
    click.echo(f"Written to {done.path}. Read README.md there first.")
