"""The content: files that a trainer writes, checked and turned into frozen objects."""

from myths.catalog.contract import Counted, Plural, Prose, WordGroup, prose
from myths.catalog.guides import GuideContent
from myths.catalog.interface import Interface
from myths.catalog.interface.components import ComponentWords
from myths.catalog.interface.pages import ProblemWords
from myths.catalog.interface.paper_entry import PaperEntryWords
from myths.catalog.items import Item, Option, scales
from myths.catalog.library import Library
from myths.catalog.linter import check, check_support
from myths.catalog.loader import Catalog, load
from myths.catalog.markdown import Html, plain
from myths.catalog.module import ModuleContent
from myths.catalog.organiser import Organiser, check_organiser
from myths.catalog.own_question import own_question
from myths.catalog.page import PageContent
from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.route import RouteContent
from myths.catalog.structure import AGREEMENT, PlanEntry
from myths.catalog.support import Support, SupportLine, SupportList
from myths.catalog.wordfile import WordFile
from myths.catalog.words import Words, having, wording

__all__ = [
    "AGREEMENT",
    "Catalog",
    "ComponentWords",
    "ContentProblemsError",
    "Counted",
    "GuideContent",
    "Html",
    "Interface",
    "Item",
    "Library",
    "ModuleContent",
    "Option",
    "Organiser",
    "PageContent",
    "PaperEntryWords",
    "PlanEntry",
    "Plural",
    "Problem",
    "ProblemWords",
    "Prose",
    "RouteContent",
    "Support",
    "SupportLine",
    "SupportList",
    "WordFile",
    "WordGroup",
    "Words",
    "check",
    "check_organiser",
    "check_support",
    "having",
    "load",
    "own_question",
    "plain",
    "prose",
    "scales",
    "wording",
]
