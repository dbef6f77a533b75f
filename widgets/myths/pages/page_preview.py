"""The page of a draft, as somebody sees it who has just joined, and which saves nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import jinja2
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode, from_dict

from myths import components
from myths.catalog import cell_title, load
from myths.edition import page_notebooks, shown
from myths.errors import ContentError
from myths.files import KeptFiles
from myths.occasion import Occasion
from myths.pages.lost import lost
from myths.pages.page_frame import series_frame, shell_frame
from myths.pages.sanitizer import clean, picture, scrollable
from myths.pages.trial import Outputs, PageTrial
from myths.pages.versions import NotebookVersion

TEMPLATES = Path(__file__).parent / "templates"
_WORDS = (".yml", ".md")
_MOVING = re.compile(r"<(script|noscript)\b.*?</\1>", re.DOTALL)
_LATE = re.compile(r'<p class="late".*?</p>', re.DOTALL)  # what is said where scripts do not come
_LINK = re.compile(r'(<(?:a|form)\b[^>]*?) (?:href|action)="(?!#)[^"]*"')
_STYLE = re.compile(r'<link rel="stylesheet"[^>]*>')
_ERROR = re.compile(r"^\w+Error: ")


class PagePreview:
    """Makes pages of a folder of content and one of notebooks, as they are when it is asked for.

    `under` is where copies are kept while a page is made.
    """

    def __init__(
        self, trial: PageTrial, *, content: Path, folder: Path, under: Path | None = None
    ) -> None:
        self._trial, self._under = trial, under
        self._content, self._folder = content, folder

    async def html(self, slug: str, occasion: Occasion, *, assets: str, style: str = "") -> str:
        """Return the page, with its style from `assets`, or with the rules `style` in it.

        Raises ContentError if it cannot be made, and ForkServerError if there is no room for it.
        """
        version = self._version(slug)
        trial = await self._trial.run(version, occasion=occasion)
        if trial.template:
            trial.template.close()
        for fault in trial.faults:
            told = _ERROR.sub("", fault.message)
            remedy = fault.remedy if told == fault.message else ""
            self._refuse(version, f"{told}; {remedy}" if remedy else told)
        if trial.outputs is None:
            self._refuse(version, f"Nothing can be shown of {version.path.name}.")
        words = load(version.content.folder, language=occasion.language)
        frame = shell_frame(words, assets=assets, xsrf="", exit_={"url": "#"})
        frame |= series_frame(words, slug, modules=occasion.modules, country=occasion.country)
        html = _filled(version, trial.outputs, frame)
        html = components.filled(html, trial.mark, {}) if trial.mark else html
        return still(html, style=style)

    def _version(self, slug: str) -> NotebookVersion:
        path = page_notebooks(self._folder).get(slug)
        if path is None:
            raise ContentError(f"The page {slug!r} has no notebook.")
        files = {
            each.relative_to(self._content).as_posix(): each.read_bytes()
            for each in self._content.rglob("*.*")
            if each.suffix in _WORDS
        }
        content = KeptFiles(files, under=self._under)
        notebook = KeptFiles({path.name: path.read_bytes()}, under=self._under)
        return NotebookVersion(id(content), path, shown(path), notebook, content)

    def _refuse(self, version: NotebookVersion, told: str) -> NoReturn:
        raise ContentError(told.replace(shown(version.content.folder), shown(self._content)))


def still(html: str, *, style: str = "") -> str:
    """Return a page without its scripts, what stands for them, and links that lead away."""
    html = _LINK.sub(r"\1", _LATE.sub("", _MOVING.sub("", html)))
    return _STYLE.sub(lambda _: f"<style>{style}</style>", html) if style else html


def _filled(version: NotebookVersion, outputs: Outputs, frame: Mapping[str, Any]) -> str:
    notebook = from_dict(json.loads(version.copy.read_text("utf-8")))  # type: ignore[no-untyped-call]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([TEMPLATES, components.FOLDER]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "clean": clean,
        "cell_title": cell_title,
        "lost": lost,
        "markdown2html": partial(_markdown, version.path.parent),
        "picture": picture,
        "scrollable": scrollable,
    }
    return environment.get_template("index.html.j2").render(
        frame,
        nb=notebook,
        kernel_start=lambda _: "",
        cell_generator=lambda nb, _: _cells(nb, outputs),
        places="{}",
    )


def _cells(notebook: NotebookNode, outputs: Outputs) -> Iterator[NotebookNode]:
    left = iter(outputs)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = from_dict(next(left))  # type: ignore[no-untyped-call]
        yield cell


def _markdown(folder: Path, source: str) -> str:
    renderer = IPythonRenderer(escape=False, embed_images=True, path=str(folder))
    return str(MarkdownWithMath(renderer=renderer).render(source))
