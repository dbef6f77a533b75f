"""The content: files that a trainer writes, checked and turned into frozen objects."""

from myths.catalog.checking import check
from myths.catalog.items import Item, Option
from myths.catalog.library import Library
from myths.catalog.loading import Catalog, load
from myths.catalog.markdown import Html, plain
from myths.catalog.module import Module
from myths.catalog.page import Page
from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.support import Support, SupportLine
from myths.catalog.words import wording

__all__ = [
    "Catalog",
    "ContentProblemsError",
    "Html",
    "Item",
    "Library",
    "Module",
    "Option",
    "Page",
    "Problem",
    "Support",
    "SupportLine",
    "check",
    "load",
    "plain",
    "wording",
]
