"""The command: `python -m bench` measures all four; see the options."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import envs, machine, measure, plot, table
from bench.serving import serving
from bench.systems import NAMES


@click.command()
@click.option("--quick", is_flag=True, help="A few visits only, to see that each part works.")
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="Leave out the others.")
@click.option("--rounds", type=click.IntRange(1), help="How often each thing is measured.")
@click.option("--stay", is_flag=True, help="Start the first one and wait, for a profiler.")
@click.option("--no-loads", is_flag=True, help="Leave out people who answer.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(__file__).parent / "results",
    help="Where raw.json, README.md and ratios.svg go.",
)
def main(
    *, quick: bool, only: tuple[str, ...], rounds: int | None, stay: bool, no_loads: bool, out: Path
) -> None:
    """Measure our pages beside Panel, Streamlit and stock Voila with the same form."""
    names = list(only or NAMES)
    size = measure.QUICK if quick else measure.Size()
    if rounds:
        size = measure.Size(**vars(size) | {"rounds": rounds})
    for name in names:
        click.echo(f"environment: {name}")
        envs.python(name)
    if stay:
        _stay(names[0])
        return
    with_loads = "ours" in names and not no_loads
    total = size.rounds * len(measure.parts(size)) * len(names)
    total += with_loads * min(size.rounds, measure.LOAD_ROUNDS) * len(size.loads)
    records: list[measure.Record] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn()) as progress:
        bar = progress.add_task("starting", total=total)
        sources = [measure.run(names, size), *([measure.loads(size)] if with_loads else [])]
        for source in sources:
            for record in source:
                records.append(record)
                measure.save(out / "raw.json", records, size)
                told = f"{record['system']}, {record['part']}"
                progress.update(bar, advance=1, description=f"done: {told}")
    raw = {"machine": machine.about(), "size": vars(size), "records": records}
    text = table.markdown(raw)
    if len(names) > 1 and "ours" in names:
        words = plot.draw(raw, out / "ratios.svg")
        text += f"\n![{words}](ratios.svg)\n"
    (out / "README.md").write_text(text, encoding="utf-8")
    click.echo(text)


def _stay(name: str) -> None:
    with serving(name) as server:
        click.echo(f"{name}: {server.origin} process {server.pid} {server.known}")
        click.echo("To end, press Ctrl+C.")
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main(prog_name="python -m bench")
