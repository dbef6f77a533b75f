"""The clock of the server's machine is wrong, and is set right, while people answer."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room

HERE = Path(__file__).parent
DAY = 24 * 3600


def test_setting_the_clock_back_and_forth(tmp_path: Path, table, chance, times: int):
    clock = tmp_path / "clock"
    clock.write_text("0")
    more = {
        "MYTHS_TEST_CLOCK": str(clock),
        "PYTHONPATH": os.pathsep.join([str(HERE / "clock"), os.environ.get("PYTHONPATH", "")]),
    }

    def turn() -> None:
        new = clock.with_suffix(".new")
        new.write_text(str(chance.uniform(-DAY, 0.1 * DAY)))
        new.rename(clock)

    with open_room(Room(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path, more)) as room:
        trial = Trial(room, table, chance, "clock")
        trial.suffer(turn, times)
        trial.judge("the clock is set back or forth", times)
        with room.store.reading() as conn:
            times_of = list(conn.exec_driver_sql("SELECT at FROM answers ORDER BY seq").scalars())
        assert times_of != sorted(times_of)  # or the clock was not really set
