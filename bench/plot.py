"""The ratios as a picture, with the same content in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pandas as pd

from bench.systems import system
from bench.table import measures, ratios

SVG = "http://www.w3.org/2000/svg"


def draw(raw: dict[str, Any], path: Path) -> str:
    """Write the picture to `path` (SVG); gives its text alternative, which is also inside it."""
    records = raw["records"]
    names = dict.fromkeys(r["system"] for r in records if r["system"] != "ours")
    rows = [
        {"measure": m.label, "system": system(name).TITLE, "ratio": ratio}
        for m in measures(records)
        for name in names
        if m.key != "failed" and (ratio := ratios(records, m, name)) is not None and ratio > 0
    ]
    told = "; ".join(f"{r['measure']}, {r['system']}: {r['ratio']:.2g}" for r in rows)
    words = f"How many times as much as ours the others need (1 is the same). {told}."
    order = list(dict.fromkeys(row["measure"] for row in rows))
    points = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X("ratio:Q", scale=alt.Scale(type="log"), title="times as much as ours"),
        y=alt.Y("measure:N", sort=order, title=None, axis=alt.Axis(labelLimit=300)),
        shape=alt.Shape("system:N", title=None),
        color=alt.Color("system:N", title=None),
    )
    same = alt.Chart(pd.DataFrame({"ratio": [1]})).mark_rule().encode(x="ratio:Q")
    chart = (same + points.mark_point(size=90, filled=True, opacity=1)).properties(
        width=420, height=26 * len(order)
    )
    chart.save(path)
    _describe(path, words)
    return words


def _describe(path: Path, words: str) -> None:
    """Give a picture the title that screen readers say."""
    ElementTree.register_namespace("", SVG)
    tree = ElementTree.parse(path)  # noqa: S314  written a moment ago
    root = tree.getroot()
    root.set("role", "img")
    title = ElementTree.Element(f"{{{SVG}}}title")
    title.text = words
    root.insert(0, title)
    tree.write(path, encoding="unicode")
