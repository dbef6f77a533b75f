"""Charts as still pictures: a page runs no script of theirs, and loads nothing from elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

BACKEND = "MPLBACKEND", "module://matplotlib_inline.backend_inline"
SETTINGS = {"InlineBackend": {"figure_formats": {"retina"}}}  # sharp on a phone

_ALTAIR = ("altair.vegalite.v6.api", "altair.vegalite.v5.api")
_SECONDS = 60
# vl-convert starts threads, which no page that is to be forked may have: so in a process apart.
_DRAW = (
    "import sys, vl_convert as v; "
    "print(v.vegalite_to_svg(sys.stdin.read(), vl_version=sys.argv[1], allowed_base_urls=[]))"
)


def register(shell: Any) -> None:
    """Have an IPython shell show the charts of Altair and matplotlib as pictures with words."""
    formatter = shell.display_formatter
    for module in _ALTAIR:
        formatter.mimebundle_formatter.for_type_by_name(module, "TopLevelMixin", _altair)

    def words() -> None:  # matplotlib removes them when it is imported
        formatter.formatters["text/plain"].for_type_by_name("matplotlib.figure", "Figure", _figure)

    words()
    shell.events.register("post_execute", words)  # before matplotlib's own, which shows figures


def _altair(chart: Any, **_: Any) -> dict[str, str]:
    """Draw a chart of Altair; RuntimeError says why it cannot be."""
    spec = chart.to_dict()
    version = spec["$schema"].rpartition("/v")[2].split(".")[:2]
    drawn = subprocess.run(  # noqa: S603  our own Python, and no shell
        [sys.executable, "-P", "-c", _DRAW, ".".join(version)],
        input=json.dumps(spec),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if drawn.returncode:
        said = [line for line in drawn.stderr.splitlines() if "rror" in line]
        why = (said or drawn.stderr.splitlines() or ["no reason was given"])[-1].strip()
        raise RuntimeError(f"This chart cannot be drawn, and a page loads no data for it: {why}")
    title = spec.get("description") or spec.get("title") or ""
    words = title.get("text", "") if isinstance(title, dict) else title
    return {"image/svg+xml": drawn.stdout, "text/plain": str(words)}


def _figure(figure: Any, printer: Any, _cycle: bool) -> None:
    """Write the titles of a figure of matplotlib."""
    titles = [figure.get_suptitle(), *(axes.get_title() for axes in figure.axes)]
    printer.text(". ".join(filter(None, titles)))
