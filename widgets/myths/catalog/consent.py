"""Which words people agree to as they join: their version, kept with everybody's answers."""

from __future__ import annotations

import hashlib

from myths.catalog.loader import Catalog
from myths.vocabulary import SeriesPage


def consent_version(words: Catalog) -> str:
    """Return the name of the exact words somebody agrees to.

    These are all of the start page, which the pages of joining and about one's answers show, and
    what is asked beside them.
    """
    start, asked, organiser = words.page(SeriesPage.START), words.ui.join, words.organiser
    choice = [asked.contributes, asked.contributes_yes, asked.contributes_no]
    told = [*(str(section.text) for section in start.sections.values()), start.agree, *choice]
    told += [asked.dates, organiser.name, organiser.contact]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]
