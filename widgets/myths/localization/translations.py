"""A series in one other language: each text beside its original, and what is still to be done."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from myths import catalog, files
from myths.errors import LocalizationError
from myths.languages import numbers_of_form
from myths.localization.yaml_words import with_some, with_spoken, with_texts

_RECORD = "sources.{}.yml"  # what each text was translated from
_ROOM = 1.4  # times the length of the original, for words on buttons

Texts = Mapping[str, str]


@dataclass(frozen=True)
class TranslationUnit:
    """A text to translate, known by `id`: its file and its place there.

    `earlier` is what it was translated from, if the `source` has changed since.
    """

    file: str
    place: str
    source: str
    translation: str
    earlier: str = ""
    forms: str = ""
    terms: str = ""

    @property
    def id(self) -> str:
        """The name of the text, which no other text of the series has."""
        return f"{self.file}#{self.place}"

    @property
    def hash(self) -> str:
        """What tells whether the source is still the same."""
        return catalog.wording(self.source, [])

    @property
    def mark(self) -> str:
        """What goes out with the text, and tells later whether it was changed here meanwhile."""
        return f"{self.hash}-{catalog.wording(self.translation, [])}"

    @property
    def context(self) -> str:
        """Where people meet it."""
        where = f"{self.file}: {self.place.replace('.', ', ')}"
        where = f"{where} (for numbers such as {self.forms})" if self.forms else where
        return f"{where}\n{self.terms}" if self.terms else where

    @property
    def length(self) -> str:
        """How long it may become; empty where it has room."""
        if self.place.startswith("ratings."):
            return f"at most {catalog.LONGEST_STATEMENT} characters"
        if self.file == "ui":
            return f"{len(self.source)} characters here, at most {round(_ROOM * len(self.source))}"
        return ""

    @property
    def changed(self) -> str:
        """What changed in the source since: [-words that went-] {+words that came+}."""
        return _changes(self.earlier, self.source) if self.earlier else ""


@dataclass(frozen=True)
class FileStatus:
    """How far the translation of one file is: counted in texts, `words` in words."""

    file: str
    words: int
    texts: int
    missing: int
    outdated: int


class Translations:
    """All texts of a series in one language other than the original."""

    def __init__(self, folder: Path | None, language: str, *, new: bool = False) -> None:
        """Read them; a `new` language need not be one of the series.

        Raises ContentError, also for the original and for an unknown language.
        """
        words = catalog.load(folder, language="" if new else language)
        self.folder, self.language, self.series = words.folder, language, words.series
        if language == self.series.original:
            raise LocalizationError(
                f"{language!r} is the language that the others are translated from: name another."
            )
        self._record = self.folder / _RECORD.format(language)
        self.terms = catalog.read_terms(self.folder, language)
        self._sources: dict[str, Texts] = {}
        if self._record.exists():
            self._sources = yaml.safe_load(self._record.read_text("utf-8")) or {}

    @property
    def name(self) -> str:
        """The name of the language in the original one."""
        return catalog.load(self.folder, language="").language_name(self.language)

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has reviewed it."""
        return self.series.is_reviewed(self.language)

    @cached_property
    def units(self) -> Mapping[str, TranslationUnit]:
        """Every text by its id, in the order of the files."""
        return {each.id: each for name in self._names for each in self._read(name)}

    @property
    def status(self) -> Iterator[FileStatus]:
        """How far each file is."""
        for name in self._names:
            found = [each for each in self.units.values() if each.file == _key(name)]
            yield FileStatus(
                _key(name),
                sum(len(each.source.split()) for each in found),
                len(found),
                0 if self.may_leave_out(_key(name)) else sum(not e.translation for e in found),
                sum(bool(each.earlier) for each in found),
            )

    def changed_files(self, texts: Texts, sources: Texts) -> dict[Path, bytes]:
        """Return the files as they become with new texts, and the record of what they are from.

        `texts` are by the ids of their units; `sources` say what each was translated from, where
        that is new.
        """
        contents = {}
        record = {file: dict(known) for file, known in self._sources.items()}
        for name in self._names:
            own = {each.place: each for each in self.units.values() if each.file == _key(name)}
            new = {place: texts[each.id] for place, each in own.items() if each.id in texts}
            for place in (place for place in new if own[place].id in sources):
                record.setdefault(_key(name), {})[place] = sources[own[place].id]
            if any(text != own[place].translation for place, text in new.items()):
                contents[self.folder / name.format(self.language)] = self._with(name, own, new)
        lines = yaml.safe_dump(record, allow_unicode=True, width=1000, sort_keys=True)
        if record != self._sources:
            contents[self._record] = lines.encode()
        return contents

    def skeleton(self) -> dict[Path, bytes]:
        """Return the files that are not there yet, with everything marked to be translated."""
        contents = {}
        for name in self._names:
            path = self.folder / name.format(self.language)
            if not path.exists() and not self.may_leave_out(_key(name)):
                own = {each.place: each for each in self.units.values() if each.file == _key(name)}
                contents[path] = self._with(name, own, {})
        return contents

    def may_leave_out(self, file: str) -> bool:
        """Return whether what is not said in a file of this language is said in the original."""
        return self._is_easy and file == _key(catalog.INTERFACE)

    def path(self, file: str) -> Path:
        """Return where a file of this language stands."""
        return self.folder / next(n for n in self._names if _key(n) == file).format(self.language)

    @property
    def _is_easy(self) -> bool:
        return self.series.is_easy_form(self.language)

    @property
    def _names(self) -> tuple[str, ...]:
        return (*catalog.word_files(self.folder, self.series, self.language), *self._spoken)

    @property
    def _spoken(self) -> tuple[str, ...]:
        """The files of support lines, which have all languages in one."""
        return catalog.support_files(self.folder)

    def _texts(self, name: str) -> tuple[Texts, Texts]:
        """Read a file's texts in the original, and those that are there in this language."""
        path = self.folder / name.format(self.language)
        if name in self._spoken:
            return (
                catalog.spoken(path, self.folder, language=self.series.original),
                catalog.spoken(path, self.folder, language=self.language),
            )
        here = catalog.units(path, self.folder, language=self.language) if path.exists() else {}
        return catalog.source_units(self.folder, self.series, name, self.language), here

    def _read(self, name: str) -> Iterator[TranslationUnit]:
        known = self._sources.get(_key(name), {})
        sources, here = self._texts(name)
        for place, source in sources.items():
            text = here.get(place, "").strip()  # as it comes back from a translator
            text = "" if catalog.MARK in text else text
            earlier = known.get(place, source) if text else source
            form = place.rpartition(".")[2]
            numbers = numbers_of_form(self.language, form) if form in catalog.FORMS else ""
            is_old = catalog.wording(earlier, []) != catalog.wording(source, [])
            yield TranslationUnit(
                _key(name),
                place,
                source,
                text,
                earlier if is_old else "",
                numbers,
                self._agreed(source),
            )

    def _agreed(self, source: str) -> str:
        found = (f"{term} = {', '.join(words)}" for term, words in self.terms.agreed(source))
        return "\n".join(found)

    def _with(self, name: str, own: Mapping[str, TranslationUnit], new: Texts) -> bytes:
        """Write a file anew: as it is there, or like the original if it has other texts."""
        path = self.folder / name.format(self.language)
        original = self.folder / name.format(self.series.original)
        told = {place: new.get(place) or each.translation for place, each in own.items()}
        texts = {place: text or _marked(own[place].source) for place, text in told.items()}
        if name in self._spoken:
            words = path.read_text("utf-8-sig")
            return with_spoken(words, texts, told, language=self.language).encode()
        if path.suffix == ".md":
            return ("\n\n".join(texts.values()) + "\n").encode()
        if self._is_easy:
            written = path.read_text("utf-8-sig") if path.exists() else ""
            some = {place: text for place, text in told.items() if text}
            words = original.read_text("utf-8-sig")
            wanted = some if self.may_leave_out(_key(name)) else texts
            return with_some(written, words, wanted, language=self.language).encode()
        if path.exists():
            there = catalog.units(path, self.folder, language=self.language)
            if set(there) == set(own):
                original = path
        words = original.read_text("utf-8-sig")
        return with_texts(words, texts, language=self.language).encode()


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files, all or none. Raises LocalizationError."""
    files.write(contents, unwritten=_unwritten)


def _unwritten(path: Path, fault: OSError) -> LocalizationError:
    return LocalizationError(
        f"{path} cannot be written ({fault.strerror}), and nothing was changed: see that the "
        "folder is there and yours."
    )


def _marked(source: str) -> str:
    """Mark a text to be translated; a heading stays one."""
    level = re.match("#+ |", source)
    head = level[0] if level else ""
    return f"{head}{catalog.MARK}{source[len(head) :]}"


def _key(name: str) -> str:
    """Return the name of a file without its language: modules/risk/text."""
    return name.removesuffix(".md").removesuffix(".yml").replace("/{}", "").replace(".{}", "")


def _changes(old: str, new: str) -> str:
    before, after = old.split(), new.split()
    parts = []
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for kind, a, b, c, d in steps:
        if kind == "equal":
            parts.append(" ".join(before[a:b]))
            continue
        if before[a:b]:
            parts.append(f"[-{' '.join(before[a:b])}-]")
        if after[c:d]:
            parts.append(f"{{+{' '.join(after[c:d])}+}}")
    return " ".join(parts)
