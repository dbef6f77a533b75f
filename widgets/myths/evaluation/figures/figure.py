"""A picture with its words: a chart, what it shows in sentences, and how to read it.

The colours are those of Okabe and Ito (Color Universal Design, 2008), which people with any kind of
colour vision can tell apart; whatever a colour says, a label, a shape or a place says too. Text and
lines take the colour of the page around them, so that a picture fits a light page and a dark one.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import altair as alt
import jinja2
import pandas as pd
import vl_convert
from markupsafe import Markup

from myths import files
from myths.errors import EvaluationError
from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.words import ENGLISH, EvaluationWords, SpokenText, lines_of, words

BLUE, SKY, GREY, ORANGE, RED = "#0072B2", "#56B4E9", "#BBBBBB", "#E69F00", "#D55E00"
PALE = "#E8E8E8"  # of what cannot be put on a side
PAGE = "currentColor"  # the colour of the text around the picture
WIDTH = 330  # pixels of a plot: with its margins it fits a phone
TITLE = 40  # letters in a line above a plot: they fit in wide fonts, too

Plot = alt.LayerChart | alt.FacetChart  # what altair gives for layers, whichever they are

THEME: dict[str, Any] = {
    "aria": False,  # the picture is one image with one text
    "background": "transparent",
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",  # the first one comes with vl-convert
    "view": {"stroke": None},
    "title": {"color": PAGE, "subtitleColor": PAGE, "fontSize": 12, "anchor": "start"},
    "axis": {
        "labelColor": PAGE,
        "titleColor": PAGE,
        "domainColor": PAGE,
        "tickColor": PAGE,
        "gridColor": PAGE,
        "gridOpacity": 0.15,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 200,
    },
    "text": {"fontSize": 12, "color": PAGE},
    "rule": {"color": PAGE},
    "concat": {"spacing": 14},
}
_PART_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')  # Vega's, without a name to go with it
_PAPER = {"background": "white"}
TEMPLATES = Path(__file__).parent
_HTML = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
)


def rows_of(table: pd.DataFrame) -> list[Any]:
    """Return the rows of a table, each with its cells by name."""
    return list(table.itertuples())


def stacked(plots: Iterable[Plot]) -> alt.VConcatChart:
    """Put plots one below the other, in the look that all pictures have."""
    chart: alt.VConcatChart = alt.vconcat(*plots).configure(**THEME)
    return chart


def question_above(row: PublishedRow, words: EvaluationWords) -> alt.TitleParams:
    """Return what stands above a plot: its module, its question, and how many people answered it.

    A question that was asked in another language has these words under its meaning.
    """
    asked = [words.figures.people.of(row.n)]
    if row.meaning:
        name = words.language_name(row.language)
        said = words.figures.asked_in.format(language=name, question=row.question)
        asked = [*textwrap.wrap(said, TITLE), *asked]
    question = textwrap.wrap(row.meaning or row.question, TITLE)
    above, below = ([row.title], [*question, *asked]) if row.title else (question, asked)
    return alt.TitleParams(above, subtitle=below, fontWeight="bold")


@dataclass(frozen=True)
class Figure:
    """A chart and its words; in a notebook both are shown.

    `name` is a short name for files and anchors; `draw` makes an Altair chart, when somebody first
    looks; `alternative` tells in full sentences what it shows, from the same numbers, a line for
    each of its parts; `how_to_read` explains its signs; `language` is that of all these words.
    Saving happens inside what `publishing` gives.
    """

    name: str
    title: str
    draw: Callable[[], alt.TopLevelMixin] = field(repr=False, compare=False)
    alternative: str
    how_to_read: str
    language: str = ENGLISH
    publishing: Callable[[], AbstractContextManager[None]] = field(
        default=nullcontext, repr=False, compare=False
    )

    @cached_property
    def chart(self) -> alt.TopLevelMixin:
        """Return the Altair chart, the same at each look."""
        return self.draw()

    @property
    def parts(self) -> int:
        """Count the plots in the chart, one below the other."""
        return len(getattr(self.chart, "vconcat", ()))

    @property
    def lines(self) -> list[SpokenText]:
        """Return what it shows, a line for each part."""
        return lines_of(self.alternative)

    def svg(self) -> str:
        """Return an image as text, its alternative inside; the same chart gives the same bytes."""
        return self._svg

    def wide_svg(self) -> str:
        """Return the same image for a printed page: plots in two columns, or one wide one."""
        spec = self._spec()
        if "vconcat" in spec:
            return self._named(spec | {"concat": spec.pop("vconcat"), "columns": 2})
        return self._named(spec | {"width": 2 * spec["width"]})

    @cached_property
    def _svg(self) -> str:
        return self._named(self._spec())

    def _named(self, spec: dict[str, Any]) -> str:
        drawn = _PART_ROLES.sub("", vl_convert.vegalite_to_svg(spec))
        told = {"title": self.title, "desc": self.alternative}
        inside = "".join(
            f'<{tag} id="{self.name}-{tag}">{escape(text)}</{tag}>' for tag, text in told.items()
        )
        start, rest = drawn.split(">", 1)
        named = (
            f'role="img" lang="{self.language}" aria-labelledby="{self.name}-title" '
            f'aria-describedby="{self.name}-desc"'
        )
        return f"{start} {named}>{inside}{rest}"

    @property
    def drawn(self) -> Markup:
        """Return the image as a part of a page."""
        return Markup(self.svg())  # noqa: S704 drawn here; words in it are escaped

    def png(self, *, scale: float = 2) -> bytes:
        """Return an image for slides on white; `scale` 1 is about 400 pixels wide."""
        return vl_convert.vegalite_to_png(self._spec() | _PAPER, scale=scale)

    def save(self, path: str | Path) -> Path:
        """Write the image to a file by its ending, .svg or .png, and the words beside it as .txt.

        A figure of a report is published with it: see `Report.save`. Raises EvaluationError for
        another ending, or if the file cannot be written.
        """
        target = Path(path)
        kinds = {".svg": lambda: self.svg().encode(), ".png": self.png}
        if target.suffix not in kinds:
            raise EvaluationError(f"A figure is saved as .svg or .png, not as {target.name!r}.")
        if not target.parent.is_dir():
            raise EvaluationError(
                f"{target} cannot be written (there is no such folder): choose another place."
            )
        beside = target.with_suffix(".txt")
        contents = {target: kinds[target.suffix](), beside: f"{self}\n".encode()}
        with self.publishing():
            files.write(contents, unwritten=_unwritten)
        return target

    def _spec(self) -> dict[str, Any]:
        spec: dict[str, Any] = self.chart.to_dict(validate=False)  # its parts were, when made
        return spec

    def __str__(self) -> str:
        how = f"{words(self.language).figures.how_to_read} {self.how_to_read}"
        return f"{self.title}\n\n{self.alternative}\n\n{how}"

    def _repr_html_(self) -> str:
        """Show the chart with its words in a notebook."""
        figure = _HTML.get_template("figure.html.j2").module.figure  # type: ignore[attr-defined]
        return str(figure(self, words(self.language).figures))


def _unwritten(path: Path, fault: OSError) -> EvaluationError:
    return EvaluationError(f"{path} cannot be written ({fault.strerror}): choose another place.")
