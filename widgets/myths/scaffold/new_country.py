"""The support lines of another country: a place for each kind of line, marked to be written."""

from __future__ import annotations

from pathlib import Path

from myths import catalog
from myths.errors import ContentError
from myths.languages import country_name
from myths.scaffold.skeleton import own, render, write


def begin_country(folder: Path | None, code: str) -> Path:
    """Write the file for the support lines of a country, and return it.

    Raises ContentError if there is no such country or its file is there, and then writes nothing.
    """
    content = catalog.load(folder, language="")
    code = code.lower()
    language = content.series.original
    name = country_name(code, language)
    if not name:
        raise ContentError(
            f"{code!r} is no country: write its code of two letters (ISO 3166), as in 'at' for "
            "Austria, and 'gb' for the United Kingdom."
        )
    path = own(content.folder) / "support" / f"{code}.yml"
    if path.exists():
        raise ContentError(
            f"{path} is there already: write into it; `myths check` says what is missing."
        )
    words = render("country.yml.j2", code=code, country=name, language=language)
    write({path: words.encode()})
    return path
