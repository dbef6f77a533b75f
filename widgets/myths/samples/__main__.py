"""Make a rehearsal data set: `python -m myths.samples OUT --seed 7`."""

from __future__ import annotations

from pathlib import Path

import click

from myths.errors import MythsError
from myths.samples import make
from myths.samples.people import LARGE, SMALL


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--seed", default=7, show_default=True, help="Another seed, other people.")
@click.option(
    "--workshops",
    type=click.Choice([SMALL, LARGE]),
    default=SMALL,
    show_default=True,
    help="3 have 60 people, 12 have 300.",
)
def main(*, out: Path, seed: int, workshops: int) -> None:
    """Write a made-up data set to the new SQLite file OUT."""
    try:
        click.echo(f"The rehearsal data is in {make(out, seed=seed, workshops=workshops)}.")
    except MythsError as fault:
        raise click.ClickException(str(fault)) from fault


if __name__ == "__main__":
    main(prog_name="python -m myths.samples")
