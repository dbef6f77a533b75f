"""What a page of ours is told of its widgets when it asks: what its script reads, and no more."""

from __future__ import annotations

from typing import Any

from ipywidgets import DOMWidget, Layout, Widget
from ipywidgets.widgets.widget import _remove_buffers

CONTROL = "jupyter.widget.control"
_UNREAD = frozenset(DOMWidget.class_trait_names(sync=True)) - {"_model_module", "_model_name"}
_SCRIPTS = ("_esm", "_css", "_anywidget_id")  # of a widget that brings them along


def open_control(line: Any, message: Any) -> None:  # noqa: ARG001  the comm's hook
    """Answer on this line what a page asks for."""

    def answer(message: Any) -> None:
        data = message["content"]["data"]
        if data["method"] != "request_states":
            raise ValueError(f"a page asks for its widgets' states, and not {data['method']!r}")
        states, paths, buffers = _remove_buffers(_states())
        told = {"method": "update_states", "states": states, "buffer_paths": paths}
        line.send(told, buffers=buffers)

    line.on_msg(answer)


def _states() -> dict[str, Any]:
    """Return the states of the widgets; how they are laid out is for our style to say."""
    widgets = list(Widget.widgets.items())
    return {
        name: {"state": _read(widget)} for name, widget in widgets if not isinstance(widget, Layout)
    }


def _read(widget: Widget) -> dict[str, Any]:
    names = [name for name in widget.keys if name not in _UNREAD]
    unused = [name for name in _SCRIPTS if not getattr(widget, "_esm", "")]
    state: dict[str, Any] = widget.get_state([name for name in names if name not in unused])
    return state
