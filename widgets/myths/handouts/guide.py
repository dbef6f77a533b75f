"""The trainer's guide to a module, with the answers that nobody finds on paper."""

from __future__ import annotations

from typing import Any

from myths.catalog import Catalog, Html, ModuleContent
from myths.handouts.prose import nodes
from myths.vocabulary import Kind


def guide_content(catalog: Catalog, module: ModuleContent) -> dict[str, Any]:
    """Return all that the template needs: the guide as it is written, then the recall's answers."""
    words, verdicts = catalog.ui.handout, catalog.ui.components.recall
    (item,) = (each for each in module.items if each.kind is Kind.RECALL)
    told = nodes(catalog.guide(module.slug).whole)
    return {
        "title": f"{words.guide}: {module.title}",
        "kind": words.guide,
        "name": module.title,
        "language": catalog.language,
        "inner": [each for each in told if isinstance(each, str) or each["tag"] != "h1"],
        "answers": {
            "heading": words.answers,
            "intro": words.answers_intro,
            "question": item.question,
            "options": [
                {
                    "label": option.label,
                    "right": option.value == item.correct,
                    "verdict": verdicts.right
                    if option.value == item.correct
                    else verdicts.not_quite,
                    "feedback": nodes(option.feedback or Html()),
                }
                for option in item.options
            ],
        },
    }
