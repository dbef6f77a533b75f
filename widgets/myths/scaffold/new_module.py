"""A new module of a series: its files with what belongs there marked, and its entry, as a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from myths import catalog, yaml_file
from myths.catalog import TO_WRITE
from myths.edition import notebooks_folder, own_notebook
from myths.errors import ContentError
from myths.localization import with_texts
from myths.scaffold.run_sheet import run_sheet
from myths.scaffold.skeleton import SKELETONS, own, render, write
from myths.vocabulary import is_name

_GUIDE_MINUTES = 45
_NUMBER = re.compile(r"(\d\d)_(.+)\.ipynb")
_PATTERN = "risk"  # the module whose run sheet a module without a pattern gets


def begin_module(
    folder: Path | None,
    slug: str,
    *,
    notebooks: Path | None = None,
    title: str = "",
    after: str = "",
    like: str = "",
) -> list[Path]:
    """Write the files of a new module, and its entry in series.yml as a draft.

    It stands behind the module `after`, or else at the end. Without `like` its texts are hints, and
    with it those of that module, marked; answers belong to a slug, so none come with it. Returns
    what was written. Raises ContentError if there is something of that name already, or the module
    named is not there, and then writes nothing.
    """
    words = catalog.load(folder, language="")
    _check_slug(words, slug)
    after = after or words.series.listed[-1].slug
    _check_there(words, after)
    home = own(words.folder) / "modules" / slug
    sheets = own(notebooks_folder(notebooks)) / "participants"
    sheet = sheets / f"{_number(sheets, after)}_{slug}.ipynb"
    for path in (home, *sheets.glob(f"[0-9][0-9]_{slug}.ipynb")):
        if path.exists():
            raise ContentError(f"{path} is there already: take another name, or remove it.")
    name = title or slug.replace("-", " ").capitalize()
    made = _copied(words, slug, name, like) if like else _empty(words, slug, name)
    contents = {home / file: text.encode() for file, text in made}
    if title:
        path = home / f"text.{words.language}.yml"
        contents[path] = with_texts(
            contents[path].decode(), {"title": title}, language=words.language
        ).encode()
    pattern = _notebook(sheets, like) if like else own_notebook(_PATTERN)
    contents[sheet] = run_sheet(pattern, like=like or _PATTERN, slug=slug, title=name)
    series = words.folder / "series.yml"
    contents[series] = yaml_file.edited(
        series.read_text("utf-8-sig"), lambda tree: _enter(tree["modules"], slug, after)
    ).encode()
    write(contents)
    return sorted(contents)


def _check_slug(words: catalog.Catalog, slug: str) -> None:
    if not is_name(slug):
        raise ContentError(
            f"{slug!r} cannot be the name of a module: write small letters a-z, digits and single "
            "hyphens, as in 'court-orders'."
        )
    if slug in [*words.series.pages, *(each.slug for each in words.series.listed)]:
        raise ContentError(f"The series has {slug!r} already: take another name.")


def _check_there(words: catalog.Catalog, slug: str) -> None:
    known = [each.slug for each in words.series.listed]
    if slug not in known:
        raise ContentError(f"There is no module {slug!r}; {catalog.nearest(slug, known)}.")


def _number(sheets: Path, after: str) -> str:
    """Return the number of the notebook behind which the new one stands: one may occur twice."""
    found = (_NUMBER.fullmatch(path.name) for path in sorted(sheets.glob("*.ipynb")))
    return next((each[1] for each in found if each and each[2] == after), "50")


def _notebook(sheets: Path, slug: str) -> Path:
    found = sorted(sheets.glob(f"[0-9][0-9]_{slug}.ipynb"))
    return found[0] if found else sheets / f"01_{slug}.ipynb"


def _enter(modules: Any, slug: str, after: str) -> None:
    known = [each if isinstance(each, str) else each["slug"] for each in modules]
    entry = yaml_file.in_one_line({"slug": slug, "status": "draft"})
    modules.insert(known.index(after) + 1, entry)


def _empty(words: catalog.Catalog, slug: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a module of which nothing is written yet."""
    plan = (SKELETONS / "module.yml").read_text("utf-8")
    yield "module.yml", with_texts(plan, {"slug": slug}, language=words.language)
    yield f"text.{words.language}.yml", (SKELETONS / "text.yml").read_text("utf-8")
    acts = {key.removeprefix("act_"): said for key, said in words.ui.console.flat().items()}
    yield (
        f"guide.{words.language}.md",
        render(
            "guide.md.j2",
            title=name,
            headings=words.ui.guide.flat(),
            plan=words.series.plans.get(_GUIDE_MINUTES, ()),
            acts=acts,
        ),
    )


def _copied(words: catalog.Catalog, slug: str, name: str, like: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a module with the texts of another one, each of them marked."""
    _check_there(words, like)
    home, language = words.folder / "modules" / like, words.language
    before = words.module(like, drafts=True).title
    plan = (home / "module.yml").read_text("utf-8-sig")
    yield "module.yml", with_texts(plan, {"slug": slug}, language=language)
    path = home / f"text.{language}.yml"
    texts = catalog.units(path, words.folder, language=language)
    marked = {place: _marked(text) for place, text in texts.items()}
    text = with_texts(path.read_text("utf-8-sig"), marked, language=language)
    yield path.name, text
    path = home / f"guide.{language}.md"
    parts = catalog.units(path, words.folder, language=language).values()
    yield path.name, "\n\n".join(_part(each, before, name) for each in parts) + "\n"


def _marked(text: str) -> str:
    return text if TO_WRITE in text else f"{TO_WRITE} {text}"


def _part(section: str, before: str, name: str) -> str:
    """Mark a section of a guide below its heading; the first heading is about the new module."""
    head, _, body = section.partition("\n")
    if head.startswith("# "):
        head = head.replace(before, name)
    mark = f"{TO_WRITE} the words below are those of {before}"
    return f"{head}\n\n{mark}\n\n{body.strip()}" if body.strip() else head
