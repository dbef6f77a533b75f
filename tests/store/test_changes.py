"""Whoever waits for changes hears of those of other processes, soon; and looks now and then."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from myths.store import open_store


def test_a_change_by_somebody_else_is_heard_within_a_second(store, workshop):
    heard = store.changes(at_least=60)
    next(heard)  # it begins with one

    def move() -> None:
        time.sleep(0.2)
        open_store(store.address).change_live_state(
            workshop.code, lambda state: replace(state, page="risk")
        )

    mover = threading.Thread(target=move)
    mover.start()
    begun = time.monotonic()
    next(heard)
    mover.join()
    assert time.monotonic() - begun < 10
    assert store.live_state(workshop.code).page == "risk"
    heard.close()


def test_without_a_change_there_is_a_look_all_the_same(store):
    heard = store.changes(at_least=0.2)
    next(heard)
    next(heard)
    heard.close()
