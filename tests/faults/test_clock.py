"""The clock of the server's machine is wrong, and is set right, while people answer."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room

HERE = Path(__file__).parent
DAY = 24 * 3600


def turned_clock(folder: Path) -> tuple[Callable[[random.Random], None], dict[str, str]]:
    """Return what sets a server's clock wrong, and what its environment needs for that."""
    clock = folder / "clock"
    clock.write_text("0")

    def turn(chance: random.Random) -> None:
        new = clock.with_suffix(".new")
        new.write_text(str(chance.uniform(-DAY, 0.1 * DAY)))
        new.rename(clock)

    path = os.pathsep.join([str(HERE / "clock"), os.environ.get("PYTHONPATH", "")])
    return turn, {"MYTHS_TEST_CLOCK": str(clock), "PYTHONPATH": path}


def test_setting_the_clock_back_and_forth(tmp_path: Path, table, chance, times: int):
    turn, more = turned_clock(tmp_path)
    with open_room(Room(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path, more)) as room:
        trial = Trial(room, table, chance, "clock")
        trial.suffer(lambda: turn(chance), times)
        trial.judge("the clock is set back or forth", times)
        with room.store.reading() as conn:
            times_of = list(conn.exec_driver_sql("SELECT at FROM answers ORDER BY seq").scalars())
        assert times_of != sorted(times_of)  # or the clock was not really set
