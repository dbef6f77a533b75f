"""What today's content says in the language of a report, of what was asked in another one, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from myths import catalog
from myths.catalog import Catalog, Item, ModuleContent, PageContent
from myths.edition import published_content
from myths.errors import ContentError
from myths.evaluation.words import EvaluationWords


def content_in(language: str) -> Catalog:
    """Open what is published in a language, or in the original one if it is not offered in this.

    Raises ContentError.
    """
    folder = published_content()
    original = catalog.load(folder)
    if language not in original.series.languages:
        return original
    found = catalog.load(folder, language=language)
    return found if found.is_whole else original


@dataclass(frozen=True)
class SpokenContent:
    """The `titles` of modules and pages, and what a wording of another language `meant`.

    `language` is the report's if the content is offered in it, and else the original one. A title
    that is in the original one is marked so. Nothing is there if the content has a fault.
    """

    language: str
    titles: Mapping[str, str] = field(default_factory=dict)
    _items: Mapping[tuple[str, str, str], Item] = field(default_factory=dict)

    @classmethod
    def read(cls, words: EvaluationWords) -> SpokenContent:
        """Read the content as it is today."""
        try:
            content = content_in(words.language)
            parts = _parts(content)
            others = [*content.series.languages] if content.language == words.language else []
            asked = [part for each in others for part in _parts(content_in(each)).items()]
        except ContentError:
            return cls(words.language)
        titles = {slug: words.spoken(part.title, part.language) for slug, part in parts.items()}
        items = {
            (slug, item.id, item.wording): parts[slug].item(item.id)
            for slug, part in asked
            for item in part.items
            if part.language != parts[slug].language == words.language
            and item.wording != parts[slug].item(item.id).wording  # an easy form may keep the words
        }
        return cls(content.language, titles, items)

    def meant(self, module: object, item: object, wording: object) -> Item | None:
        """Return the item whose words a wording is today the translation of, if there is one."""
        return self._items.get((str(module), str(item), str(wording)))

    def meaning(self, module: object, item: object, wording: object) -> str:
        """Return what such a wording asks, in the language of the report; "" if none is known."""
        found = self.meant(module, item, wording)
        return found.question if found else ""


def _parts(content: Catalog) -> dict[str, ModuleContent | PageContent]:
    series = content.series
    return {slug: content.module(slug) for slug in series.modules} | {
        slug: content.page(slug) for slug in series.pages
    }
