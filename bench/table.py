"""The table: ratios first (ours = 1), then the numbers, our bars, and how our cost grows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.systems import system

Record = dict[str, Any]


@dataclass(frozen=True)
class Measure:
    """A number of one part; `bar` and `beyond` are what we want of ours, in the same unit."""

    label: str
    part: str
    key: str
    unit: str
    scale: float = 1
    bar: float | None = None
    beyond: float | None = None


def measures(records: Iterable[Record]) -> list[Measure]:
    """List the numbers that these records have."""
    crowds = dict.fromkeys(r["part"] for r in records if r["part"].endswith("at once"))
    asked = [
        Measure("server CPU of a visit", "in turn", "cpu", "s", 1, 0.08, 0.04),
        Measure("memory of a visit (PSS)", "in turn", "pss", "MB", 1e6),
        Measure("first visit on the wire", "browser", "bytes", "kB", 1e3, 40, 30),
        Measure("requests of a first visit", "browser", "requests", "", 1, 5, 5),
        Measure("usable in Chromium, cold", "browser", "cold_seconds", "s", 1, 1.2, 0.5),
        Measure("usable in Chromium, warm", "browser", "warm_seconds", "s", 1, 0.8, 0.4),
    ]
    for part in crowds:
        bars = {"last": (1.1, 0.6)} if part == "30 at once" else {}
        asked += [
            Measure(f"{part}: {key} usable", part, key, "s", 1, *bars.get(key, (None, None)))
            for key in ("first", "median", "last")
        ]
        asked.append(Measure(f"{part}: not served", part, "failed", "people"))
    return asked


def markdown(raw: Record) -> str:
    """Write all tables."""
    records = raw["records"]
    names = list(dict.fromkeys(r["system"] for r in records if r["part"] != "load"))
    about = raw["machine"]
    rounds = raw["size"]["rounds"]
    lines = [
        "# Side by side",
        "",
        f"One run on a machine with {about['cores']} cores, {about['memory_gib']} GiB, kernel "
        f"{about['kernel']}, Python {about['python']}. Rounds: {rounds}; the systems in turn, each "
        "part on a server started afresh that one person has visited before. Numbers are medians "
        "over the rounds. All visits but the warm one are first visits, with the page's files.",
        "",
    ]
    if len(names) > 1 and "ours" in names:
        lines += ["## Ratios (ours = 1)", "", *_ratios(records, names), ""]
    if names:
        lines += ["## Numbers", "", *_numbers(records, names), ""]
    if "ours" in names:
        lines += ["## Ours against what we want", "", *_bars(records), ""]
    if any(r["part"] == "load" for r in records):
        lines += ["## How our cost grows", "", *_growth(records), ""]
    lines += _notes(records)
    return "\n".join(lines)


def ratios(records: list[Record], measure: Measure, name: str) -> float | None:
    """Return the median over the rounds of another system's number divided by ours."""
    own, other = _by_round(records, measure, "ours"), _by_round(records, measure, name)
    shared = [other[number] / own[number] for number in own if own[number] and number in other]
    return median(shared) if shared else None


def _by_round(records: Iterable[Record], measure: Measure, name: str) -> dict[int, float]:
    return {
        r["round"]: r[measure.key] / measure.scale
        for r in records
        if (r["system"], r["part"]) == (name, measure.part) and r.get(measure.key) is not None
    }


def _median(records: Iterable[Record], measure: Measure, name: str) -> float | None:
    found = _by_round(records, measure, name).values()
    return median(found) if found else None


def _ratios(records: list[Record], names: list[str]) -> list[str]:
    chosen = [m for m in measures(records) if m.key != "failed"]
    return _rows(names, chosen, lambda m, name: short(ratios(records, m, name)))


def _numbers(records: list[Record], names: list[str]) -> list[str]:
    return _rows(names, measures(records), lambda m, name: short(_median(records, m, name), m.unit))


def _rows(
    names: list[str], chosen: list[Measure], cell: Callable[[Measure, str], str]
) -> list[str]:
    titles = [system(name).TITLE for name in names]
    body = [[m.label, *(cell(m, name) for name in names)] for m in chosen]
    return table(["", *titles], body)


def _bars(records: list[Record]) -> list[str]:
    body = []
    for m in measures(records):
        if m.bar is None or m.beyond is None:
            continue
        found = _median(records, m, "ours")
        body.append([m.label, *judged(found, m.bar, m.beyond, m.unit)])
    many = [r for r in records if r["part"] == "load" and r["people"] == 300 and "answering" in r]
    waits = [r["answering"]["acknowledged_p95"] * 1000 for r in many]
    if waits:
        label = "300 people, a save acknowledged (p95)"
        body.append([label, *judged(median(waits), 200, 50, "ms")])
    lost = [r["answering"]["lost"] for r in records if "answering" in r]
    if lost:
        body.append(["answers lost, all rehearsals", *judged(sum(lost), 0, 0, "")])
    return table(["", "ours", "the bar", "beyond", "met"], body)


def judged(found: float | None, bar: float, beyond: float, unit: str) -> list[str]:
    """Return the cells of a number beside what we want: itself, both bars, and which is met."""
    if found is None:
        met = "not measured"
    else:
        met = "beyond" if found <= beyond else "the bar" if found <= bar else "no"
    return [short(found, unit), short(bar, unit), short(beyond, unit), met]


def _growth(records: list[Record]) -> list[str]:
    load = [r for r in records if r["part"] == "load"]
    body = []
    for people in sorted({r["people"] for r in load}):
        rows = [r for r in load if r["people"] == people and "answering" in r]
        if not rows:
            body.append([str(people), *["not measured"] * 10])
            continue
        said = [r["answering"] for r in rows]

        def mid(of: list[Record], key: str, scale: float = 1) -> str:
            found = [r[key] * scale for r in of if r.get(key) is not None]
            return short(median(found)) if found else "-"

        served = f"{min(r['served'] for r in rows)} of {people}"
        body.append([
            str(people), served, mid(rows, "cpu"), mid(rows, "pss", 1e-6), mid(rows, "first"),
            mid(rows, "median"), mid(rows, "last"), mid(said, "per_second"),
            mid(said, "acknowledged_p50", 1e3), mid(said, "acknowledged_p95", 1e3),
            str(sum(r["lost"] + (r["doubled"] or 0) for r in said)),
        ])  # fmt: skip
    head = ["people at once", "served", "CPU s a visit", "PSS MB a visit", "first s", "median s",
            "last s", "saves a second", "p50 ms", "p95 ms", "lost or doubled"]  # fmt: skip
    return table(head, body)


def _notes(records: list[Record]) -> list[str]:
    notes = dict.fromkeys(
        f"- {system(r['system']).TITLE}, {r['part']}: {told}"
        for r in records
        for told in (r.get("skipped"), *r.get("faults", []), *r.get("faults_told", []))
        if told
    )
    return ["## Not measured, or not served", "", *notes, ""] if notes else []


def table(head: list[str], body: list[list[str]]) -> list[str]:
    """Return the lines of a table in Markdown."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return ["| " + " | ".join(row) + " |" for row in (head, rule, *body)]


def short(number: float | None, unit: str = "") -> str:
    """Return a number with as many digits as it deserves, "-" for none."""
    if number is None:
        return "-"
    digits = 0 if abs(number) >= 100 or number == int(number) else 1 if abs(number) >= 10 else 2
    return f"{number:.{digits}f} {unit}".strip()
