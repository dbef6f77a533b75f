"""A new language of a series: its files, with everything still marked to be translated."""

from __future__ import annotations

import json
import re
from pathlib import Path

from babel import Locale, UnknownLocaleError

from myths import catalog, yaml_file
from myths.errors import LocalizationError
from myths.localization.translations import Translations, write
from myths.vocabulary import LANGUAGE

_HEAD = (
    "# How each term is called in this language; several words may be agreed, and stems are "
    "enough.\n"
    "# `check` names each text of the original with a term whose translation says none of them."
)


def begin_language(folder: Path | None, code: str) -> list[Path]:
    """Write the files of a new language, and its entry in series.yml as a draft.

    Files that are there already stay as they are. Returns what was written. Raises
    LocalizationError if there is no such language or the series has it, and then writes nothing.
    """
    content = catalog.load(folder, language="")
    if not re.fullmatch(LANGUAGE, code) or not _is_known(code):
        raise LocalizationError(
            f"{code!r} is no language: write its code as in 'de' or 'pt-BR' (ISO 639), and "
            "an easy form as 'en-simple'."
        )
    if code in content.series.languages:
        raise LocalizationError(
            f"The series has {code!r} already: `myths translate status {code}` says how far it is."
        )
    path = content.folder / "series.yml"
    contents = Translations(content.folder, code, new=True).skeleton()
    agreed = content.folder / f"terms.{code}.yml"
    if not agreed.exists():
        contents[agreed] = _terms(content).encode()
    entry = yaml_file.in_one_line({"code": code, "status": "draft"})
    contents[path] = yaml_file.edited(
        path.read_text("utf-8-sig"), lambda series: series["languages"].append(entry)
    ).encode()
    write(contents)
    return sorted(contents)


def _is_known(code: str) -> bool:
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _terms(content: catalog.Catalog) -> str:
    """Return a glossary with the names of the word list, none of them agreed."""
    names = catalog.word_list_names(content.folder, content.language)
    lines = [_HEAD, "terms:" if names else "terms: {}"]
    return "\n".join([*lines, *(f"  {json.dumps(name)}: []" for name in names)]) + "\n"
