"""The command that writes the tables into files."""

from __future__ import annotations

from pathlib import Path

import click

from myths.cli.options import (
    audience_option,
    coders_option,
    coding_option,
    db_option,
    end_in_order,
    evaluation_language_option,
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
    force: bool,
) -> None:
    """Write all answers with their codebook into the folder TARGET.

    A TARGET that ends in .zip becomes one file. TARGET is "export" when left out. Formats: CSV,
    Parquet, Excel, SPSS, Stata, and a script for R.
    """
    from myths import evaluation  # it loads pandas, which no other command needs

    end_in_order()
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
    for name in ("answers", "participants"):
        click.echo(f"{done.rows[name]:>9,}  {name}")
    for note in done.notes:
        click.echo(f"Note: {note}")
    click.echo(f"Written to {done.path}. Read README.md there first.")
