"""A picture of who is there at each step, from joining to the follow-up."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from myths.evaluation.figures import BLUE, GREY, PAGE, THEME, WIDTH, WORDS, Figure, Plot
from myths.evaluation.suppression import K

_ROW = 18  # pixels


def people_left(
    attrition: pd.DataFrame, titles: Mapping[str, str] | None = None, *, k: int = K
) -> Figure:
    """Draw how many people joined, rated before, rated both times and came back, by module.

    `attrition` is a table as `myths.attrition` gives it, its workshops are added up; `titles` names
    modules for people. A step with fewer than `k` people has no bar and no number.
    """
    words = WORDS["attrition"]
    counts = attrition.groupby("module", observed=True, sort=False)[list(words["steps"])].sum()
    shown = counts[counts["joined"] >= k]
    named = {str(module): (titles or {}).get(str(module), str(module)) for module in shown.index}
    widest = int(shown["joined"].max()) if len(shown) else 1
    plots = [
        _plot(
            pd.DataFrame(
                {
                    "step": list(words["steps"].values()),
                    "joined": int(row["joined"]),
                    "people": [int(n) if n >= k else 0 for n in row],
                    "label": [_number(int(n), k) for n in row],
                }
            ),
            named[str(module)],
            widest,
        )
        for module, row in shown.iterrows()
    ]
    sentences = [
        f"“{named[str(module)]}”: "
        + ", ".join(f"{words['steps'][step]} {_number(int(n), k)}" for step, n in row.items())
        + "."
        for module, row in shown.iterrows()
    ]
    return Figure(
        name="attrition",
        title=words["title"],
        chart=alt.vconcat(*plots).configure(**THEME),
        alternative="\n".join(sentences) or f"No module was opened by {k} people or more.",
        how_to_read=words["how"],
    )


def _number(people: int, k: int) -> str:
    return f"{people}" if people >= k else f"fewer than {k}"


def _plot(steps: pd.DataFrame, title: str, widest: int) -> Plot:
    across = alt.Scale(domain=[0, widest * 1.18])
    base = alt.Chart(steps).encode(
        y=alt.Y("step:N", sort=None, title=None).axis(ticks=False, domain=False)
    )
    everybody = base.mark_bar(color="transparent", stroke=GREY, height=_ROW - 5).encode(
        x=alt.X("joined:Q", scale=across, axis=None)
    )
    bars = base.mark_bar(color=BLUE, height=_ROW - 5).encode(x=alt.X("people:Q", axis=None))
    label = base.mark_text(align="left", dx=4, color=PAGE).encode(
        x=alt.X("joined:Q", axis=None), text="label:N"
    )
    return alt.layer(everybody, bars, label).properties(
        width=WIDTH - 75, height=_ROW * len(steps), title=title
    )
