"""The form that all four show: one of our modules as plain blocks, in its words and its order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from myths import catalog
from myths.catalog import Item, ModuleContent
from myths.vocabulary import Kind, Phase, SharedItem

SLUG = "risk"


def write(folder: Path) -> Path:
    """Write `form.json`: blocks of {kind: html | choice | text, …}, as the apps read them."""
    path = folder / "form.json"
    path.write_text(json.dumps(_blocks(catalog.load().module(SLUG))), encoding="utf-8")
    return path


def _blocks(module: ModuleContent) -> list[dict[str, Any]]:
    rated = [each for each in module.items if each.keyed or each.kind is Kind.CONFIDENCE]
    written = [item for item in module.items if item.kind == Kind.TEXT]
    facts = "".join(f"<li>{fact.text}</li>" for fact in module.facts.values())
    prompts = "".join(f"<li>{prompt}</li>" for prompt in module.prompts.values())
    return [
        _html(f"<h1>{module.question}</h1>{module.note}"),
        *(_ask(item, Phase.BEFORE) for item in rated),
        _ask(module.item(SharedItem.REASON), Phase.BEFORE),
        _html(f"{module.core}{module.myth}<h2>{module.misleads.name}</h2>{module.misleads.text}"),
        _html(f"<ol>{facts}</ol>{module.takeaway.text}{module.treaty}"),
        *(_ask(item, Phase.AFTER) for item in module.items if item.kind == Kind.RECALL),
        _html(f"<h2>{module.vignette.title}</h2>{module.vignette.text}<ul>{prompts}</ul>"),
        *(_ask(item, Phase.AFTER) for item in written if item.id != SharedItem.REASON),
        *(_ask(item, Phase.AFTER) for item in rated),
        *(_ask(item, Phase.AFTER) for item in module.items if item.kind == Kind.COMMITMENT),
    ]


def _html(text: str) -> dict[str, Any]:
    return {"kind": "html", "html": text}


def _ask(item: Item, phase: Phase) -> dict[str, Any]:
    asked = {"id": f"{item.module}.{item.id}.{phase}", "label": item.question}
    if not item.options:
        return {"kind": "text", **asked}
    options = [[option.label, option.value] for option in item.options]
    return {"kind": "choice", **asked, "options": options}
