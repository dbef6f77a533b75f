"""The content: files that a trainer writes, checked and turned into frozen objects."""

from myths.catalog.contract import Counted, Plural, Prose, WordGroup, plural_forms, prose
from myths.catalog.guides import GuideContent
from myths.catalog.interface import Interface
from myths.catalog.interface.components import ComponentWords
from myths.catalog.interface.pages import ProblemWords
from myths.catalog.interface.paper_entry import PaperEntryWords
from myths.catalog.items import Item, Option, scales
from myths.catalog.library import Library
from myths.catalog.linter import LONGEST_STATEMENT, check, check_drafts, check_support
from myths.catalog.loader import Catalog, load
from myths.catalog.markdown import Html, plain
from myths.catalog.module import ModuleContent
from myths.catalog.organiser import Organiser, check_organiser
from myths.catalog.own_question import own_question
from myths.catalog.page import PageContent
from myths.catalog.problems import ContentProblemsError, Problem, nearest
from myths.catalog.route import RouteContent
from myths.catalog.series import PlanEntry
from myths.catalog.structure import AGREEMENT
from myths.catalog.support import Support, SupportLine, SupportList, spoken, support_files
from myths.catalog.terms import TermList, read_terms
from myths.catalog.translation import differences
from myths.catalog.units import FORMS, MARK, is_plural, units, word_files
from myths.catalog.unwritten import TO_WRITE
from myths.catalog.word_list import word_list_names
from myths.catalog.wordfile import WordFile
from myths.catalog.words import Words, having, wording

__all__ = [
    "AGREEMENT",
    "FORMS",
    "LONGEST_STATEMENT",
    "MARK",
    "TO_WRITE",
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
    "TermList",
    "WordFile",
    "WordGroup",
    "Words",
    "check",
    "check_drafts",
    "check_organiser",
    "check_support",
    "differences",
    "having",
    "is_plural",
    "load",
    "nearest",
    "own_question",
    "plain",
    "plural_forms",
    "prose",
    "read_terms",
    "scales",
    "spoken",
    "support_files",
    "units",
    "word_files",
    "word_list_names",
    "wording",
]
