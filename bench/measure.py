"""What is measured of each system: a visit, visits in turn, many at once, people who answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import browser, machine
from bench.serving import ROOT, Crowd, Server, serving
from bench.systems import ours

Record = dict[str, Any]
LOAD_ROUNDS = 3  # at most: each takes ten minutes
SETTLE = 1.5  # seconds after the last page is usable, for what its process still has to do


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured."""

    rounds: int = 5
    in_turn: int = 10
    at_once: tuple[int, ...] = (30, 100)
    loads: tuple[int, ...] = (1, 10, 30, 100, 300)
    seconds: float = 4  # between two answers of one person
    duration: float = 60  # of answering
    timeout: float = 300  # for everybody to be served


QUICK = Size(rounds=1, in_turn=2, at_once=(3, 6), loads=(1, 5), duration=6, timeout=60)


def parts(size: Size) -> dict[str, Callable[[Server, Record], Record]]:
    """List what is measured of every system in every round; each on a server of its own."""
    crowds = {f"{people} at once": _crowd(people, size) for people in size.at_once}
    return {"browser": lambda server, _: browser.visit(server), "in turn": _turns(size), **crowds}


def run(names: list[str], size: Size) -> Iterator[Record]:
    """Measure round by round, each part of all systems one after the other."""
    known: dict[str, Record] = {name: {} for name in names}
    for number in range(size.rounds):
        for part, measure in parts(size).items():
            for name in names:
                found = _tried(name, measure, known[name])
                known[name] |= {key: found[key] for key in ("files", "pss") if key in found}
                found.pop("files", None)
                yield {"system": name, "part": part, "round": number, **found}


def loads(size: Size) -> Iterator[Record]:
    """Measure how our cost grows: more and more people at once, who then answer."""
    for number in range(min(size.rounds, LOAD_ROUNDS)):
        for people in size.loads:
            found = _tried("ours", _load(people, size), {})
            yield {"system": "ours", "part": "load", "round": number, "people": people, **found}


def answering(server: Server, people: int, *, seconds: float, duration: float) -> Record:
    """Run `myths rehearse` on a server of ours; gives its figures."""
    raw = server.folder / "rehearsal.json"
    raw.unlink(missing_ok=True)
    options = {
        "--url": server.origin,
        "--db": ours.db(server.folder),
        "--people": people,
        "--seconds": seconds,
        "--duration": duration,
        "--ramp": 0,
        "--modules": "risk",
        "--json": raw,
    }
    words = [str(word) for option in options.items() for word in option]
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-m", "myths", "rehearse", *words],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if not raw.exists():
        raise RuntimeError(done.stderr[-500:])
    told = json.loads(raw.read_text(encoding="utf-8"))
    return {"answering": told["figures"], "faults_told": told["faults"][:5]}


def _tried(name: str, measure: Callable[[Server, Record], Record], known: Record) -> Record:
    """Measure on a fresh server; what cannot be is told in the table, and the others go on."""
    try:
        with serving(name, files=known.get("files", ())) as server:
            return measure(server, known)
    except Exception as fault:  # noqa: BLE001  whatever it is, it is reported
        return {"skipped": f"{type(fault).__name__}: {fault}"[:300]}


def _load(people: int, size: Size) -> Callable[[Server, Record], Record]:
    def measure(server: Server, known: Record) -> Record:
        found = _opened(server, people, size, known)
        said = answering(server, people, seconds=size.seconds, duration=size.duration)
        return found | said

    return measure


def _turns(size: Size) -> Callable[[Server, Record], Record]:
    def measure(server: Server, _known: Record) -> Record:
        return _opened(server, size.in_turn, size, {}, in_turn=True)

    return measure


def _crowd(people: int, size: Size) -> Callable[[Server, Record], Record]:
    def measure(server: Server, known: Record) -> Record:
        return _opened(server, people, size, known)

    return measure


def _opened(
    server: Server, people: int, size: Size, known: Record, *, in_turn: bool = False
) -> Record:
    """Let people open the form after somebody has warmed the server up; cost is for each visit."""
    needed, free = people * (known.get("pss") or 0), machine.free()
    if needed > 0.8 * free:
        why = f"{people} times {known['pss'] / 1e6:.0f} MB do not fit into {free / 1e9:.0f} GB"
        return {"skipped": why}
    first = Crowd(server, 1)
    first.go()
    first.leave()
    crowd = Crowd(server, people, in_turn=in_turn, timeout=size.timeout)
    time.sleep(SETTLE)
    cpu, pss = server.cpu(), server.pss()
    told = crowd.go()
    time.sleep(SETTLE)
    used, held = server.cpu() - cpu, server.pss() - pss
    crowd.leave()
    seconds = told["seconds"]
    return {
        "people": people,
        "served": len(seconds),
        "failed": len(told["faults"]),
        "faults": sorted(set(told["faults"]))[:5],
        "first": seconds[0] if seconds else None,
        "median": median(seconds) if seconds else None,
        "last": seconds[-1] if seconds else None,
        "cpu": used / len(seconds) if seconds else None,
        "pss": held / len(seconds) if seconds else None,
        "client_cpu": told["client_cpu"] / people,
    }


def save(path: Path, records: list[Record], size: Size) -> None:
    """Write the raw numbers, with the machine that they are from."""
    raw = {"machine": machine.about(), "size": vars(size), "records": records}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
