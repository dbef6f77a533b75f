"""Questions with other words than before: their answers are not put together with earlier ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from myths import catalog
from myths.catalog import Catalog, Item
from myths.errors import ContentError
from myths.studio.draft_files import DraftFiles
from myths.vocabulary import Audience


@dataclass(frozen=True)
class UnpooledQuestion:
    """A question whose words change, in one language; `after` is empty if it is asked no more.

    `part` is the title of its module or page. The words are those of the question, then a line for
    each option.
    """

    part: str
    item: str
    language: str
    before: str
    after: str


def unpooled(
    before: DraftFiles, after: DraftFiles, changed: Collection[str]
) -> list[UnpooledQuestion]:
    """List the questions whose answers can no longer be pooled with those given before.

    `changed` are the names of the files in which they differ. What cannot be read is left out: the
    check tells of it.
    """
    shared = any(name == "content/series.yml" or name.startswith("content/ui/") for name in changed)
    parts = (name.split("/") for name in changed)
    slugs = {names[2] for names in parts if names[0] == "content" and len(names) > 3}
    old, new = (_Asked(state, None if shared else slugs) for state in (before, after))
    if not (old.readable and new.readable):
        return []
    words = catalog.load(before.content)
    found: dict[tuple[str, ...], UnpooledQuestion] = {}
    for place, item in old.items.items():
        now = new.items.get(place)
        if (place[0], place[2]) not in new.unread and (now is None or now.wording != item.wording):
            part, asked = _title(words, item.module), _words(now) if now else ""
            told = UnpooledQuestion(part, item.id, item.language, _words(item), asked)
            same = (part, item.id, told.before, asked)  # for another audience, or in the easy form
            found.setdefault(same, told)
    return [*found.values()]


@dataclass
class _Asked:
    """What is asked, by module, item, language and audience, of the modules and pages `slugs`.

    Of all of them, if these are None. `unread` are those that cannot be read, each with the
    language of its words; trainers' own questions have none.
    """

    files: DraftFiles
    slugs: set[str] | None
    items: dict[tuple[str, str, str, str], Item] = field(default_factory=dict)
    unread: set[tuple[str, str]] = field(default_factory=set)
    readable: bool = True

    def __post_init__(self) -> None:
        try:
            first = catalog.load(self.files.content)
            for language in first.series.languages:
                self._read(catalog.load(self.files.content, language=language))
            scales = catalog.scales(first.ui)
        except ContentError:
            self.readable = False
            return
        for path in sorted(self.files.notebooks.glob("*.ipynb")):
            own = catalog.own_questions(path, scales)
            if own is None:
                self.unread.add((path.stem.partition("_")[2], ""))
            for item in own or ():
                if item.module not in first.series.drafts:  # which nobody is asked
                    self.items[item.module, item.id, "", ""] = item

    def _read(self, words: Catalog) -> None:
        series = words.series
        for slug in (*series.modules, *series.pages):
            if self.slugs is not None and slug not in self.slugs:
                continue
            try:
                for audience, item in _heard(words, slug):
                    self.items[slug, item.id, item.language, audience] = item
            except ContentError:
                self.unread.add((slug, words.language))


def _heard(words: Catalog, slug: str) -> Iterator[tuple[str, Item]]:
    """Yield what a page or module asks each audience."""
    if slug in words.series.pages:
        yield from (("", item) for item in words.page(slug).items)
        return
    for audience in Audience.words():
        yield from ((audience, item) for item in words.module(slug, audience=audience).items)


def _title(words: Catalog, slug: str) -> str:
    """Return what a module or page is called; its slug if that cannot be read."""
    try:
        return (words.page(slug) if slug in words.series.pages else words.module(slug)).title
    except ContentError:
        return slug


def _words(item: Item) -> str:
    """Return all that is asked, one line for the question and for each option."""
    options = [option.label for option in item.options]
    return "\n".join(filter(None, [item.lead, item.question, *(item.ends or options)]))
