"""The content: files that a trainer writes, checked and turned into frozen objects."""

from myths.catalog.items import Item, Option
from myths.catalog.library import Library
from myths.catalog.linter import check
from myths.catalog.loader import Catalog, load
from myths.catalog.markdown import Html, plain
from myths.catalog.module import ModuleContent
from myths.catalog.page import PageContent
from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.support import Support, SupportLine
from myths.catalog.words import wording

__all__ = [
    "Catalog",
    "ContentProblemsError",
    "Html",
    "Item",
    "Library",
    "ModuleContent",
    "Option",
    "PageContent",
    "Problem",
    "Support",
    "SupportLine",
    "check",
    "load",
    "plain",
    "wording",
]
