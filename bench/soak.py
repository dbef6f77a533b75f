"""Everybody served and nothing lost, ten times in a row: `python -m bench.soak`."""

from __future__ import annotations

import click

from bench.measure import Record, answering
from bench.serving import serving

_HEAD = ["run", "served", "first s", "median s", "last s", "answers", "p50 ms", "p95 ms", "lost",
         "doubled", "failures"]  # fmt: skip


@click.command()
@click.option("--people", multiple=True, type=int, default=(30, 300), show_default=True)
@click.option("--runs", default=10, show_default=True)
@click.option("--seconds", default=4.0, show_default=True, help="Between answers of one person.")
@click.option("--duration", default=30.0, show_default=True, help="Seconds of answering.")
def main(*, people: tuple[int, ...], runs: int, seconds: float, duration: float) -> None:
    """Let rooms of people come all at once to one server, again and again."""
    click.echo(_line(_HEAD))
    fine = []
    for room in people:
        with serving("ours") as server:
            for run in range(1, runs + 1):
                told = answering(server, room, seconds=seconds, duration=duration)
                found = told["answering"]
                click.echo(_line([str(run), f"{found['pages']} of {room}", *_cells(found)]))
                for fault in told["faults_told"]:
                    click.echo(f"    {fault}")
                counts = [found[what] for what in ("lost", "doubled", "faults")]
                fine.append(found["pages"] == room and not any(counts))
    click.echo(f"{sum(fine)} of {len(fine)} runs served everybody and lost nothing.")
    if not all(fine):
        raise click.ClickException("Somebody was not served, or an answer was lost.")


def _cells(found: Record) -> list[str]:
    usable = [found[f"usable_{which}"] for which in ("first", "median", "last")]
    waits = [found[f"acknowledged_{which}"] for which in ("p50", "p95")]
    return [
        *("-" if at is None else f"{at:.2f}" for at in usable),
        str(found["sent"]),
        *("-" if at is None else f"{at * 1000:.0f}" for at in waits),
        *(str(found[what]) for what in ("lost", "doubled", "faults")),
    ]


def _line(cells: list[str]) -> str:
    return " ".join(f"{cell:>10}" for cell in cells)


if __name__ == "__main__":
    main(prog_name="python -m bench.soak")
