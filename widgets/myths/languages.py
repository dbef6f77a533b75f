"""What a language does to a page: its direction, and how it writes a date or a number."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from unicodedata import combining, normalize

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal

from myths.vocabulary import SIMPLE

_LONGEST = 200  # characters that are read of what a browser accepts
_BRITISH = Locale("en", "GB")  # as the content is written


def full(language: str) -> str:
    """Return the language that an easy form belongs to; any other one as it is."""
    return language.removesuffix(SIMPLE)


@cache
def locale(language: str) -> Locale:
    """Return what Unicode's tables know of a language; British English stands for the unknown.

    They know nothing of easy forms, which have the rules of the whole language.
    """
    language = full(language)
    if language == "en":
        return _BRITISH
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return _BRITISH


def direction(language: str) -> str:
    """Return the direction of its text, "ltr" or "rtl"."""
    return str(locale(language).text_direction)


def numbers_of_form(language: str, form: str) -> str:
    """Return some numbers that have a plural form, as "2, 3, 4"."""
    rule = locale(language).plural_form
    return ", ".join(str(n) for n in range(201) if rule(n) == form)[:20].rpartition(",")[0] or "1"


def preferred(accepted: str, offered: Sequence[str]) -> str:
    """Return which language a browser's Accept-Language asks for first; else the first there is."""
    wanted = []
    for part in accepted[:_LONGEST].split(","):
        code, _, quality = part.strip().partition(";")
        weight = quality.strip().removeprefix("q=") or "1"
        with suppress(ValueError):
            wanted.append((-float(weight), code.strip().lower()))
    known = {language.lower(): language for language in offered}
    for rank, asked in sorted(wanted, key=lambda each: each[0]):
        base = asked.partition("-")[0]
        for code in (asked, base, f"{base}{SIMPLE}") if rank else ():
            if code in known:
                return known[code]
    return offered[0]


def language_name(code: str, language: str, *, easy: str) -> str:
    """Return what a language is called in another one; its code if Unicode's tables lack it.

    `easy` is how an easy form is called, as "Easy {language}".
    """
    if full(code) != code:
        return easy.format(language=language_name(full(code), language, easy=easy))
    try:
        return Locale.parse(code, sep="-").get_display_name(locale(language)) or code
    except (UnknownLocaleError, ValueError):
        return code


def country_name(code: str, language: str) -> str:
    """Return what a country is called in a language; nothing if no country has that code."""
    code = code.upper()  # Unicode also knows unions and areas, where nobody speaks a language
    return locale(language).territories.get(code, "") if code in _territories() else ""


def countries(language: str) -> dict[str, str]:
    """Return what all countries are called in a language, by their codes, in alphabetical order."""
    return _sorted({code.lower(): country_name(code, language) for code in _territories()})


def all_languages(language: str) -> dict[str, str]:
    """Return what all languages are called in another one, by their codes, as `countries`."""
    codes = (code for code in locale_identifiers() if "_" not in code and code != "root")
    return _sorted({code: language_name(code, language, easy="") for code in codes})


def _sorted(names: dict[str, str]) -> dict[str, str]:
    """Sort the names that there are; a letter with an accent stands where it would without."""
    known = [(_plain(name), code, name) for code, name in names.items() if name and name != code]
    return {code: name for _, code, name in sorted(known)}


def _plain(name: str) -> str:
    return "".join(letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))


@cache
def _territories() -> frozenset[str]:
    known = get_global("territory_languages").keys() - {"ZZ"}  # an unknown one
    return frozenset(code for code in known if len(code) == 2 and code.isalpha())


def long_date(day: date, language: str) -> str:
    """Return a date in words, as "2 November 2026"."""
    return format_date(day, format="long", locale=locale(language))


@lru_cache(maxsize=1024)
def number(value: float, language: str, *, places: int = 0, sign: bool = False) -> str:
    """Return a number with so many places, as "1,234.5"; `sign` is for a change, as "+0.3"."""
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    pattern = f"+{pattern};-{pattern}" if sign else pattern
    rounded = Decimal(f"{value:.{places}f}") or Decimal(0)  # without the sign of -0.0
    return format_decimal(rounded, pattern, locale=locale(language))
