"""What was measured of rooms, as tables beside our bars: results/rooms.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import machine
from bench.table import judged, short, table

Room = dict[str, Any]
_LED = {
    "click p50 ms": ("click_p50", 1e3),
    "click p95 ms": ("click_p95", 1e3),
    "click p99 ms": ("click_p99", 1e3),
    "vote p50 ms": ("vote_p50", 1e3),
    "vote p95 ms": ("vote_p95", 1e3),
    "first back s": ("back_first", 1),
    "last back s": ("back_last", 1),
    "idle CPU ms a second": ("idle_cpu", 1e3),
    "MB each": ("memory", 1e-6),
}
_ASLEEP = {
    "visit CPU ms": ("visit_cpu", 1e3),
    "awake MB": ("awake", 1e-6),
    "asleep MB": ("asleep", 1e-6),
    "files awake": ("awake_files", 1),
    "files asleep": ("asleep_files", 1),
    "saved awake p95 ms": ("saved_awake", 1e3),
    "saved waking p95 ms": ("saved_waking", 1e3),
    "all at once, waking, p95 ms": ("burst_waking", 1e3),
    "all at once, woken by the vote, p95 ms": ("burst_ahead", 1e3),
    "mean MB of a workshop": ("mean", 1e-6),
    "its saves p95 ms": ("saved", 1e3),
}
_BARS = (  # what, of which file, people, key, scale, unit, the bar, beyond
    ("a click to 100 phones (p95)", "led_room", 100, "click_p95", 1e3, "ms", 1000, 300),
    ("a click to 300 phones (p95)", "led_room", 300, "click_p95", 1e3, "ms", 1000, 500),
    ("300 votes in one burst (p95)", "led_room", 300, "vote_p95", 1e3, "ms", 800, 200),
    ("300 phones at once, all back", "led_room", 300, "back_last", 1, "s", 5, 1),
    ("memory of a person, mean of a workshop", "asleep", 30, "mean", 1e-6, "MB", 8, 1),
)


def keep(out: Path, name: str, rooms: Sequence[Any], *, workers: int) -> None:
    """Write what was measured into a folder; of several workers the file has another name."""
    raw: Room = {"machine": machine.about(), "rooms": [asdict(each) for each in rooms]}
    out.mkdir(parents=True, exist_ok=True)
    file = out / (f"{name}.json" if workers == 1 else f"{name}-{workers}.json")
    file.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    (out / "rooms.md").write_text(markdown(out), encoding="utf-8")


def markdown(folder: Path) -> str:
    """Write the tables of all that is in a folder."""
    lines = [
        "# Rooms that are led, and pages that sleep",
        "",
        "`python -m bench.led_room` and `python -m bench.asleep`: made-up people over HTTP and "
        "WebSockets, on the cores of the server. A wait is from what somebody does until it is "
        "known everywhere or acknowledged, an idle page's cost is for each person, and memory is "
        "PSS. More than one worker is HAProxy and PostgreSQL on the same machine.",
        "",
        "## Against what we want",
        "",
        *table(["", "ours", "the bar", "beyond", "met"], [*_against(folder)]),
        "",
    ]
    for title, name, columns in (
        ("A room that is led", "led_room", _LED),
        ("Pages whose kernels sleep", "asleep", _ASLEEP),
    ):
        lines += [f"## {title}", "", *table(["workers", "people", *columns], [
            [str(workers), str(room["people"]), *(_cell(room, *of) for of in columns.values())]
            for workers, room in _rooms(folder, name)
        ]), ""]  # fmt: skip
    lines += ["## Machines", "", *_machines(folder), ""]
    return "\n".join(lines)


def _rooms(folder: Path, name: str) -> Iterator[tuple[int, Room]]:
    """Yield how many workers served a room, and what was measured."""
    for file in sorted(folder.glob(f"{name}*.json")):
        for room in json.loads(file.read_text("utf-8"))["rooms"]:
            yield int(file.stem.removeprefix(name).lstrip("-") or 1), room


def _against(folder: Path) -> Iterator[list[str]]:
    for label, name, people, key, scale, unit, bar, beyond in _BARS:
        rooms = [room for workers, room in _rooms(folder, name) if workers == 1]
        found = next((room[key] for room in rooms if room["people"] == people), None)
        yield [label, *judged(None if found is None else found * scale, bar, beyond, unit)]


def _cell(room: Room, key: str, scale: float) -> str:
    """Write a number; of a pair of p50 and p95 the second."""
    found = room[key]
    value = found[1] if isinstance(found, list) else found
    return short(None if value is None else value * scale)


def _machines(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.json")):
        about = json.loads(file.read_text("utf-8"))["machine"]
        yield (
            f"- `{file.name}`: {about['cores']} cores, {about['memory_gib']} GiB, kernel "
            f"{about['kernel']}, Python {about['python']}"
        )
