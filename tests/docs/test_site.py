"""The documentation is whole: it builds, asks nothing of other sites, and can be read by all."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.axe import by_axe

ROOT = Path(__file__).parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with every warning as an error: a wrong link, a name that is not there."""
    built = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "auto"]
    done = subprocess.run(
        [*command, "-d", str(built / "trees"), str(ROOT / "docs"), str(built / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return built / "html"


class Fetched(HTMLParser):
    """Collects what a browser fetches for a page, other than links that people follow."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ("src", "srcset", "poster", "data") + (("href",) if tag in ("link", "use") else ())
        self.found += [value for name, value in attrs if name in names and value]


def elsewhere(address: str) -> bool:
    return re.match(r"(https?:)?//", address) is not None


def test_what_a_page_fetches_from_elsewhere_would_be_found():
    page = '<script src="//cdn.example/x.js"></script><link href="https://e.org/a.css"><a href="https://e.org">'
    assert [each for each in Fetched(page).found if elsewhere(each)] == [
        "//cdn.example/x.js",
        "https://e.org/a.css",
    ]


def test_no_page_fetches_anything_from_another_site(site: Path):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        assert [a for a in Fetched(page.read_text()).found if elsewhere(a)] == [], page
    for style in site.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", style.read_text()) == [], (
            style
        )


def test_the_notebooks_are_there_with_what_they_show(site: Path):
    assert "<table" in (site / "evaluators/notebooks/answers.html").read_text()


def test_the_docstrings_are_there(site: Path):
    api = (site / "api/index.html").read_text()
    assert 'id="myths.change"' in api
    assert 'id="myths.Module.rate"' in api


LARGE = "api/index.html"  # most of the time goes into it; what colours it is on the others, too


@pytest.mark.parametrize(
    ("page", "look"),
    [
        pytest.param(
            page, look, marks=[pytest.mark.soak] if (page, look) == (LARGE, "dark") else []
        )
        for page in ("index.html", LARGE, "organisers/index.html")
        for look in ("light", "dark")
    ],
)
def test_the_site_is_accessible_and_fits_a_phone(
    site: Path, browser: Browser, page: str, look: str
):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=look)
    seen = context.new_page()
    asked: list[str] = []
    seen.on("request", lambda request: asked.append(request.url))
    seen.goto((site / page).as_uri())
    assert seen.evaluate("document.scrollingElement.scrollWidth") <= 390
    seen.set_viewport_size({"width": 1280, "height": 900})
    found = by_axe(seen, runOnly=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert [url for url in asked if not url.startswith("file://")] == []
    context.close()
