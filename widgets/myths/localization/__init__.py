"""Translating a series: what translators get, what they give back, and how far they are."""

from myths.localization.new_language import begin_language
from myths.localization.portable_object import of_po, to_po
from myths.localization.returned import Returned, take_over
from myths.localization.spreadsheet import of_xlsx, to_xlsx
from myths.localization.translations import FileStatus, Translations, write
from myths.localization.yaml_words import with_texts

__all__ = [
    "FileStatus",
    "Returned",
    "Translations",
    "begin_language",
    "of_po",
    "of_xlsx",
    "take_over",
    "to_po",
    "to_xlsx",
    "with_texts",
    "write",
]
