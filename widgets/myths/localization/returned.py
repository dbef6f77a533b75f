"""What came back from a translator, looked at text by text before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from myths import catalog
from myths.files import KeptFiles
from myths.localization.translations import Translations, TranslationUnit, write

_MANGLED = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0178\u2018-\u2122]|\u00e2\u20ac|\ufffd")
_SHOWN = 3  # ids that a message names


@dataclass(frozen=True)
class ReturnedText:
    """A translation with where it stands, such as "sheet 'risk', cell E5".

    `is_checked` says that it fits the source as this is now, also if it stayed as it was; `before`
    is the hash of what it was as it went out, if that is known.
    """

    place: str
    id: str
    hash: str
    source: str
    translation: str
    is_checked: bool = True
    before: str = ""


@dataclass
class Returned:
    """All that came back: `texts`, and the `faults` of the file, each a sentence with its remedy.

    `notes` are what a translator should look at, and what keeps nothing from being written.
    """

    texts: list[ReturnedText] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_over(translations: Translations, returned: Returned) -> int:
    """Write what came back, if nothing in it is wrong; returns how many texts are new.

    What is wrong is added to its `faults`, and nothing is written then.
    """
    good = dict(_accepted(translations, returned))
    if returned.faults:
        return 0
    texts = {each.id: each.translation for each in good.values()}
    units = translations.units
    new = {id_ for id_, text in texts.items() if units[id_].translation != text}
    sources = {id_: each.source for id_, each in good.items() if each.is_checked or id_ in new}
    contents = translations.changed_files(texts, sources)
    _check(translations, contents, good, returned)
    if returned.faults:
        return 0
    write(contents)
    return len(new)


def _accepted(translations: Translations, returned: Returned) -> Iterator[tuple[str, ReturnedText]]:
    units, seen = translations.units, dict[str, str]()
    for each in returned.texts:
        if each.id not in units:
            close = catalog.nearest(each.id, units) if each.id else "the id is empty"
            returned.faults.append(
                f"{each.place}: no text has the id {each.id!r} ({close[:200]}); put the id back, "
                "or export again"
            )
        elif each.id in seen:
            returned.faults.append(
                f"{each.place}: this text stands at {seen[each.id]} too; remove one of the rows"
            )
        elif catalog.wording(each.source, []) != each.hash:
            returned.faults.append(
                f"{each.place}: the source was changed here; put it back, or export again"
            )
        elif each.translation.strip() and not _stayed(each, units[each.id]):
            words = _cleaned(each.translation)
            returned.notes += _both_changed(each, words, units[each.id])
            _look(each, words, translations, returned)
            if each.hash != units[each.id].hash:
                returned.notes.append(
                    f"{each.place}: the source has changed since the export; it is kept as out of "
                    "date, so export again to see what changed"
                )
            yield each.id, replace(each, translation=words)
        seen.setdefault(each.id, each.place)
    _lost(translations, seen, returned)


def _stayed(each: ReturnedText, unit: TranslationUnit) -> bool:
    """Return whether a text came back as it went out, and was changed here meanwhile."""
    now, then = catalog.wording(unit.translation, []), each.before
    return bool(then) and then != now and catalog.wording(_cleaned(each.translation), []) == then


def _both_changed(each: ReturnedText, words: str, unit: TranslationUnit) -> Iterator[str]:
    """Yield what was here, if it was changed since the text went out and another one came back."""
    now, came = (catalog.wording(text, []) for text in (unit.translation, words))
    if unit.translation and now != came and each.before not in ("", now):
        yield (
            f"{each.place}: this text was changed here too since the export, and the one that "
            f"came back is taken. It was: {unit.translation!r}"
        )


def _look(each: ReturnedText, words: str, translations: Translations, returned: Returned) -> None:
    if found := _MANGLED.search(words):
        returned.faults.append(
            f"{each.place}: {found[0]!r} comes from a wrong encoding; save the file as .xlsx (or "
            "as UTF-8), and type these letters again"
        )
    returned.notes += _others(each, words, translations.terms)
    is_easy = translations.series.is_easy_form(translations.language)
    for told in catalog.differences(each.source, words, easy=is_easy):
        form = each.id.rpartition(".")[2]
        if form in catalog.FORMS and "{n}" in told:
            continue
        is_wrong = "placeholder" in told
        (returned.faults if is_wrong else returned.notes).append(
            f"{each.place}: {told}; compare it with the source"
        )


def _others(each: ReturnedText, words: str, terms: catalog.TermList) -> Iterator[str]:
    """Yield where a term of the glossary has another name."""
    if each.id.endswith(".terms"):
        return
    for term, agreed in terms.missing(each.source, words):
        yield f"{each.place}: {term!r} is agreed to be {' or '.join(map(repr, agreed))}"


def _lost(translations: Translations, seen: Mapping[str, str], returned: Returned) -> None:
    by_file = defaultdict(list)
    for unit in translations.units.values():
        by_file[unit.file].append(unit.id)
    for file, ids in by_file.items():
        lost = [id_ for id_ in ids if id_ not in seen]
        if lost and len(lost) < len(ids):
            named = ", ".join(lost[:_SHOWN]) + (" …" if len(lost) > _SHOWN else "")
            returned.faults.append(
                f"{file}: {len(lost)} rows are lost ({named}); put them back from the file that "
                "was exported, or export again"
            )


def _check(
    translations: Translations,
    contents: Mapping[Path, bytes],
    good: Mapping[str, ReturnedText],
    returned: Returned,
) -> None:
    """Look at the content as it becomes: an error in a new file is one of the returned texts.

    What is still to be translated stands there in the original, so that the others are looked at.
    """
    root = translations.folder
    kept = {path.relative_to(root).as_posix(): path.read_bytes() for path in _paths(root)}
    mark = catalog.MARK.encode()
    new = {path.relative_to(root).as_posix(): raw for path, raw in contents.items()}
    kept |= {name: raw.replace(mark, b"") for name, raw in new.items()}
    folder = KeptFiles(kept)
    for problem in catalog.check(folder.folder):
        name = next((each for each in new if problem.file.endswith(f"/{each}")), "")
        if not name or problem.severity != "error":
            continue
        place = next((e for e in _ids(translations, name, problem.id) if e in good), "")
        if not place and mark in new[name]:
            continue  # of a text that is still to be translated
        at = good[place].place if place else f"{name}:{problem.line}"
        returned.faults.append(f"{at}: {problem.message}; {problem.remedy}")


def _ids(translations: Translations, name: str, place: str) -> Iterable[str]:
    """Yield the ids of a place in a file, and of what encloses it."""
    file = next(
        (
            u.file
            for u in translations.units.values()
            if translations.path(u.file) == translations.folder / name
        ),
        "",
    )
    while place:
        yield f"{file}#{place}"
        place = place.rpartition(".")[0]


def _paths(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*.*") if path.suffix in (".yml", ".md"))


def _cleaned(words: str) -> str:
    """Return words as a file has them: composed letters, plain ends of lines."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").split("\n")
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines)).strip()
