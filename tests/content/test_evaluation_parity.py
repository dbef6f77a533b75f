"""The evaluation says the same in each language: no key, placeholder or paragraph is lost."""

from __future__ import annotations

from typing import Any

import pytest
from myths import catalog
from myths.catalog import FORMS, WordFile
from myths.evaluation import WORD_FILES

ENGLISH = {file.path.name: file for file in WORD_FILES if file.language == "en"}
TRANSLATED = [file for file in WORD_FILES if file.language != "en"]


@pytest.mark.parametrize("file", TRANSLATED, ids=lambda file: file.path.name)
def test_a_translation_has_the_same_keys_placeholders_forms_and_paragraphs(file: WordFile[Any]):
    original = ENGLISH[file.path.name.replace(f".{file.language}.", ".en.")]
    folder = file.path.parent
    wanted = catalog.units(original.path, folder, language=file.language)
    found = catalog.units(file.path, folder, language=file.language)
    assert list(found) == list(wanted)
    other = {
        place: told
        for place, text in found.items()
        for told in catalog.differences(wanted[place], text)
        if ("placeholder" in told or " in place of " in told)  # short words may be alike
        and not (place.rpartition(".")[2] in FORMS and "{n}" in told)
    }
    assert other == {}


def test_every_language_has_all_of_the_files():
    names = {file.path.name.partition(".")[0] for file in ENGLISH.values()}
    assert len(names) == 11
    for language in {file.language for file in TRANSLATED}:
        theirs = [f.path.name.partition(".")[0] for f in TRANSLATED if f.language == language]
        assert sorted(theirs) == sorted(names)
