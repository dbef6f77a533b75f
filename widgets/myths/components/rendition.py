"""The HTML of a page's parts: as the page is prepared, and what of it a visitor changes."""

from __future__ import annotations

from ipywidgets import Widget

from myths.components.base import Component, PagePart, delivery
from myths.components.markup import end_of, start_of


def rendered(widget: Widget) -> str:
    """Return the HTML of a component, or of a box with all that is in it.

    With a mark, each component and each empty box is between marks of its own: what stands there
    can be another thing for a visitor.
    """
    if isinstance(widget, Component):
        widget.is_other, html = False, widget.markup()
    else:
        html = "".join(
            f'<div data-model="{each.model_id}">{rendered(each)}</div>'
            for each in getattr(widget, "children", ())
        )
        if html or not isinstance(widget, PagePart):
            return html
    if not delivery.mark:
        return html
    delivery.placed[widget.model_id] = widget
    return f"{start_of(delivery.mark, widget.model_id)}{html}{end_of(delivery.mark)}"


def own_parts() -> dict[str, str]:
    """Return the HTML of what is other for the visitor than on the prepared page, by its ids."""
    parts = delivery.placed.items()
    return {name: rendered(part) for name, part in parts if part.is_other}
