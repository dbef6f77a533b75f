"""The content: files that a trainer writes, checked and turned into frozen objects."""

from myths.catalog.cell_titles import cell_title
from myths.catalog.consent import consent_version
from myths.catalog.contract import Counted, Plural, Prose, WordGroup, plural_forms, prose
from myths.catalog.easy_form import source_units
from myths.catalog.guides import GuideContent
from myths.catalog.interface import Interface
from myths.catalog.interface.components import ComponentWords
from myths.catalog.interface.pages import ProblemWords
from myths.catalog.interface.paper_entry import PaperEntryWords
from myths.catalog.interface.studio_words import StudioWords
from myths.catalog.items import Item, Option, scales
from myths.catalog.library import Library
from myths.catalog.linter import check, check_drafts, check_support, faults
from myths.catalog.loader import Catalog, load
from myths.catalog.markdown import Html, plain
from myths.catalog.module import ModuleContent
from myths.catalog.notebook_code import first_word
from myths.catalog.notebooks import own_questions
from myths.catalog.organiser import Organiser, check_organiser
from myths.catalog.outlines import (
    MODULE_STEPS,
    RATED_STEPS,
    NotebookCall,
    NotebookCell,
    NotebookHeading,
    notebook_cells,
    notebook_outline,
)
from myths.catalog.page import PageContent
from myths.catalog.part_check import LONGEST_STATEMENT, check_interface, check_part
from myths.catalog.problems import ContentProblemsError, Problem, nearest
from myths.catalog.recordings import Recording
from myths.catalog.route import RouteContent
from myths.catalog.series import PlanEntry
from myths.catalog.source import read
from myths.catalog.structure import AGREEMENT
from myths.catalog.support import Support, SupportLine, SupportList, spoken, support_files
from myths.catalog.terms import TermList, read_terms
from myths.catalog.trainer_question import own_question
from myths.catalog.translation import differences
from myths.catalog.units import FORMS, INTERFACE, MARK, is_plural, leaves, units, word_files
from myths.catalog.unwritten import TO_WRITE
from myths.catalog.word_list import word_list_names
from myths.catalog.wordfile import WordFile
from myths.catalog.words import Words, having, wording

__all__ = [
    "AGREEMENT",
    "FORMS",
    "INTERFACE",
    "LONGEST_STATEMENT",
    "MARK",
    "MODULE_STEPS",
    "RATED_STEPS",
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
    "NotebookCall",
    "NotebookCell",
    "NotebookHeading",
    "Option",
    "Organiser",
    "PageContent",
    "PaperEntryWords",
    "PlanEntry",
    "Plural",
    "Problem",
    "ProblemWords",
    "Prose",
    "Recording",
    "RouteContent",
    "StudioWords",
    "Support",
    "SupportLine",
    "SupportList",
    "TermList",
    "WordFile",
    "WordGroup",
    "Words",
    "cell_title",
    "check",
    "check_drafts",
    "check_interface",
    "check_organiser",
    "check_part",
    "check_support",
    "consent_version",
    "differences",
    "faults",
    "first_word",
    "having",
    "is_plural",
    "leaves",
    "load",
    "nearest",
    "notebook_cells",
    "notebook_outline",
    "own_question",
    "own_questions",
    "plain",
    "plural_forms",
    "prose",
    "read",
    "read_terms",
    "scales",
    "source_units",
    "spoken",
    "support_files",
    "units",
    "word_files",
    "word_list_names",
    "wording",
]
