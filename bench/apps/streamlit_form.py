"""The form in Streamlit."""

from __future__ import annotations

import streamlit as st
from saving import blocks, save


def changed(item: str) -> None:
    """Save what was just answered."""
    save(item, st.session_state[item])


for block in blocks():
    if block["kind"] == "html":
        st.html(block["html"])
    elif block["kind"] == "choice":
        labels = {value: label for label, value in block["options"]}
        st.radio(
            block["label"],
            list(labels),
            index=None,
            format_func=labels.get,
            key=block["id"],
            on_change=changed,
            args=(block["id"],),
        )
    else:
        st.text_area(block["label"], key=block["id"], on_change=changed, args=(block["id"],))
