"""What stands around a page: its place in the series, the words of the menu, the support lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from myths.catalog import Catalog
from myths.languages import direction
from myths.vocabulary import SeriesPage, page_path

_EXIT = ("leaving", "presses", "preview", "too_late")  # the words that quickexit.js says


def shell_frame(words: Catalog, *, assets: str, xsrf: str, exit_: dict[str, Any]) -> dict[str, Any]:
    """Gather what `shell.html` shows on every page; `exit_` is what the exit button needs."""
    return {
        "ui": words.ui,
        "start_path": page_path(SeriesPage.START),
        "language": words.language,
        "is_draft": not words.series.is_reviewed(words.language),
        "direction": direction(words.language),
        "assets": assets,
        "accent": words.organiser.accent,
        "exit": {"words": words.ui.components.quickexit.flat(*_EXIT), **exit_},
        "xsrf": xsrf,
    }


def support_frame(words: Catalog, country: str) -> dict[str, Any]:
    """Gather what the panel with the support lines shows."""
    start = words.page(words.series.pages[0])
    return {
        "support": start.section("support"),
        "lines": words.support_told(country).values(),
        "ask": words.safe.ui.support.ask if words.support_list(country).asks else "",
        "unchecked": words.other_language(start.safety_language),
    }


def series_frame(
    words: Catalog,
    slug: str,
    *,
    modules: Sequence[str] = (),
    country: str,
    languages: Sequence[dict[str, Any]] = (),
    recordings: Mapping[str, Any] | None = None,
    date: str = "",
) -> dict[str, Any]:
    """Gather what the frame of a page shows of the series around it.

    `modules` are those of the workshop; a page of none of them is a module that is still being
    written, for a trainer's eyes. `languages` are those that can be chosen, `recordings` those of
    its steps, and `date` is the address of the page that tells when the follow-up is.
    """
    pages, taught = words.series.pages, words.series.taught(modules)
    shown = {
        each: words.module(each) if each in taught else words.page(each)
        for each in (*pages, *taught)
    }
    if slug not in shown:  # a module that is still being written
        shown[slug] = words.module(slug, drafts=True)
    there = {each: words.other_language(content.language) for each, content in shown.items()}
    parts = [
        {"slug": each, "title": shown[each].title, "url": page_path(each), "other": there[each]}
        for each in (pages[0], *taught, pages[1])
    ]
    walk = [each["slug"] for each in parts]
    at = walk.index(slug) if slug in walk else -1
    return {
        "path": page_path(slug),
        "here": {"slug": slug, "title": shown[slug].title, "other": there[slug]},
        "parts": parts,
        "number": at + 1,
        "total": len(parts),
        "previous": parts[at - 1] if at > 0 else None,
        "following": parts[at + 1] if 0 <= at < len(parts) - 1 else None,
        "glossary": words.page(SeriesPage.START).sections.get("glossary"),
        "start_other": there[pages[0]],
        "languages": languages,
        "recordings": recordings or {},
        "date": date,
        **support_frame(words, country),
    }
