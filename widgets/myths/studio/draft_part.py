"""What can be chosen to be changed: each module, page, section of the interface, and settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from myths.catalog import MARK, TO_WRITE, Interface
from myths.languages import locale
from myths.studio.draft import Draft
from myths.studio.plain_fields import sections
from myths.yaml_text import YamlText, YamlTextError

PartKind = Literal["modules", "pages", "settings", "ui"]
ORGANISER = "organiser"
_MARKS = (TO_WRITE, MARK)  # before words that nobody has written yet


@dataclass(frozen=True)
class DraftPart:
    """A part of the content: its `name` in addresses, and the files that it stands in.

    `words` has {} where the language stands, `plan` is the structure file of a module or page. A
    module `is_unfinished` while it is a draft in the series.
    """

    name: str
    kind: PartKind
    title: str
    words: str
    plan: str = ""
    is_unfinished: bool = False

    @property
    def has_page(self) -> bool:
        """Return whether people see it as a page."""
        return bool(self.plan)

    @property
    def section(self) -> str:
        """The section of the interface that it is."""
        return self.name.removeprefix("ui/")

    @property
    def folder(self) -> str:
        """The folder of a module or page."""
        return self.words.rpartition("/")[0]

    def file(self, language: str) -> str:
        """Return the name of the file with its words in a language."""
        return self.words.format(language)


def draft_parts(draft: Draft, ui: Interface, *, language: str) -> list[DraftPart]:
    """List the parts, as a form offers them. Raises ContentError if there is no series."""
    return [
        *_pages(draft, language),
        *_settings(draft, ui, language),
        *_interface(draft, language),
    ]


def _pages(draft: Draft, language: str) -> Iterator[DraftPart]:
    series = YamlText(draft.text("series.yml"))
    pages = [str(each) for each in series.get(("pages",)) or []]
    ordered: list[tuple[PartKind, str, bool]] = [
        *(("pages", slug, False) for slug in pages[:1]),
        *(("modules", *_listed(each)) for each in series.get(("modules",)) or []),
        *(("pages", slug, False) for slug in pages[1:]),
    ]
    for kind, slug, is_unfinished in ordered:
        folder = f"{kind}/{slug}"
        words = f"{folder}/text.{{}}.yml"
        title = _title(draft, [words.format(language), words.format("en")]) or slug
        plan = f"{folder}/{kind.removesuffix('s')}.yml"
        yield DraftPart(slug, kind, title, words, plan, is_unfinished)


def _listed(entry: object) -> tuple[str, bool]:
    """Return the slug of a module, and whether it is one that nobody is shown yet."""
    if isinstance(entry, dict):
        return str(entry.get("slug", "")), entry.get("status") == "draft"
    return str(entry), False


def _settings(draft: Draft, ui: Interface, language: str) -> Iterator[DraftPart]:
    yield DraftPart(ORGANISER, "settings", ui.studio.group_organiser, "organiser.yml")
    for name in draft.names("support/*.yml"):
        code = name.removeprefix("support/").removesuffix(".yml")
        country = locale(language).territories.get(code.upper(), code)
        title = ui.studio.support_of.format(country=country)
        yield DraftPart(f"support/{code}", "settings", title, name)


def _interface(draft: Draft, language: str) -> Iterator[DraftPart]:
    for code in dict.fromkeys((language, "en")):
        try:
            words = YamlText(draft.text(f"ui/{code}.yml"))
        except (YamlTextError, OSError):
            continue
        for section, title in sections(words).items():
            yield DraftPart(f"ui/{section}", "ui", title, "ui/{}.yml")
        return


def _title(draft: Draft, names: list[str]) -> str:
    for name in names:
        if draft.raw(name) is not None:
            try:
                title = YamlText(draft.text(name)).get(("title",))
            except YamlTextError:
                continue
            if isinstance(title, str) and title.strip() and not title.startswith(_MARKS):
                return " ".join(title.split())
    return ""


def draft_languages(draft: Draft) -> list[str]:
    """Return the languages of the series, the original first. Raises ContentError."""
    entries = YamlText(draft.text("series.yml")).get(("languages",)) or []
    found = [str(each.get("code", "") if isinstance(each, dict) else each) for each in entries]
    return [code for code in found if code] or ["en"]
