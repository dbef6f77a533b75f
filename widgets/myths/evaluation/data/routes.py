"""Who is not missing: whoever answered nothing of a module that their workshop has no more."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from myths.store import Workshop


def on_the_route(table: pd.DataFrame, workshops: Iterable[Workshop]) -> pd.DataFrame:
    """Leave out who answered nothing of a module that their workshop has no more."""
    had = table[["workshop", "module"]].drop_duplicates().astype("str")
    routes = {room.code: room.modules for room in workshops if room.modules}
    taken_out = [
        (code, module)
        for code, module in had.itertuples(index=False, name=None)
        if module not in routes.get(code, (module,))
    ]
    if not taken_out:
        return table
    places = pd.MultiIndex.from_frame(table[["workshop", "module"]].astype("str"))
    unanswered = table["status"] == "no answer"
    return table[~(unanswered & places.isin(taken_out))].reset_index(drop=True)
