"""The form in Panel."""

from __future__ import annotations

import panel
from saving import blocks, save

panel.extension()
column = panel.Column(max_width=700)
for block in blocks():
    if block["kind"] == "html":
        column.append(panel.pane.HTML(block["html"]))
        continue
    label = panel.pane.HTML(f"<strong>{block['label']}</strong>")
    if block["kind"] == "choice":
        widget = panel.widgets.RadioBoxGroup(options=dict(block["options"]), value=None)
    else:
        widget = panel.widgets.TextAreaInput()
    widget.param.watch(lambda change, item=block["id"]: save(item, change.new), "value")
    column.extend([label, widget])
column.servable(title="Form")
