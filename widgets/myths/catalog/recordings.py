"""A step of a page signed or read aloud: a file beside the texts, with captions, for who wants it.

It lies in `modules/<slug>/recordings` or `pages/<slug>/recordings`, and its name says the step and
the language of the texts that it goes with: `facts.en.mp3`, or `facts.en.sign.mp4` if it is signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from myths.catalog.problems import Problem, gathering, nearest
from myths.catalog.series import Series
from myths.catalog.source import read_text
from myths.edition import CAPTIONS, MEDIA, RECORDINGS, media_paths, shown
from myths.vocabulary import LANGUAGE, Step

LARGEST = 50_000_000  # bytes: ten minutes of a small picture
FIRST = "page"  # the one step of a page that has no steps

_MODULE_STEPS = Step.words()[: [*Step].index(Step.AGAIN) + 1]
_PAGE_STEPS = (FIRST, *Step.words()[len(_MODULE_STEPS) :])
_NAME = re.compile(rf"([a-z]+)\.({LANGUAGE})(\.sign)?")
_HEAD = 12  # bytes by which a kind of file is known
_BEGINNINGS = {
    ".mp4": rb"(?s)....ftyp",
    ".webm": rb"\x1a\x45\xdf\xa3",
    ".mp3": rb"ID3|\xff[\xe2-\xff]",
}
_CUE = re.compile(r"^[\d:.]+ --> [\d:.]+", re.MULTILINE)

Form = Literal["sign", "film", "sound"]


@dataclass(frozen=True)
class Recording:
    """A step of a page, signed or read aloud, with its captions.

    `part` is the slug of the module or page, `language` that of the texts that it goes with.
    """

    part: str
    step: str
    language: str
    form: Form
    path: Path
    size: int

    @property
    def captions(self) -> Path:
        """The file with its captions."""
        return self.path.with_suffix(CAPTIONS)


def recordings(root: Path, series: Series) -> tuple[Recording, ...]:
    """Return the recordings that people can be offered: those with which nothing is wrong."""
    return tuple(_looked_at(root, series, []))


def check_recordings(root: Path, series: Series) -> list[Problem]:
    """List what is wrong with recordings, which nobody is offered until it is mended."""
    problems: list[Problem] = []
    for _ in _looked_at(root, series, problems):
        pass
    known = {path.with_suffix("") for path in media_paths(root) if path.suffix != CAPTIONS}
    for path in sorted(root.glob(f"*/*/{RECORDINGS}/*")):
        if path.suffix == CAPTIONS and path.with_suffix("") not in known:
            told = _fault(path, "these captions belong to no recording", "put it beside them")
            problems.append(replace(told, severity="warning"))
        elif path.suffix not in MEDIA and not path.name.startswith("."):
            message = "not every browser plays such a file, so nobody is offered it"
            told = _fault(path, message, "save it as .mp4, .webm or .mp3, or take it out")
            problems.append(replace(told, severity="warning"))
    return problems


def _looked_at(root: Path, series: Series, problems: list[Problem]) -> Iterator[Recording]:
    """Yield the recordings that are in order; what is wrong with others comes to the problems."""
    seen: dict[tuple[str, str, str, bool], Path] = {}
    for path in media_paths(root):
        if path.suffix == CAPTIONS:
            continue
        with gathering(problems), suppress(OSError):  # it is being replaced: the next look sees it
            found = [*_name_faults(path, root, series), *_file_faults(path)]
            found = found or [*_caption_faults(path, root)]
            problems += found
            if not found:
                made = _recording(path)
                key = (made.part, made.step, made.language, made.form == "sign")
                if key in seen:
                    message = f"{seen[key].name} is the same step already"
                    problems.append(_fault(path, message, "keep one of the two"))
                else:
                    seen[key] = path
                    yield made


def _recording(path: Path) -> Recording:
    step, language, sign = _parts(path) or ("", "", "")
    form: Form = "sign" if sign else "sound" if MEDIA[path.suffix].startswith("audio") else "film"
    size = path.stat().st_size
    return Recording(path.parents[1].name, step, language, form, path, size)


def _parts(path: Path) -> tuple[str, str, str] | None:
    named = _NAME.fullmatch(path.stem)
    return (named[1], named[2], named[3] or "") if named else None


def _name_faults(path: Path, root: Path, series: Series) -> Iterator[Problem]:
    parts = _parts(path)
    if parts is None:
        message = "the name does not say which step this is, and in which language"
        yield _fault(path, message, "name it as facts.en.mp4, or facts.en.sign.mp4 if it is signed")
        return
    step, language, sign = parts
    steps = _MODULE_STEPS if path.relative_to(root).parts[0] == "modules" else _PAGE_STEPS
    if step not in steps:
        yield _fault(path, f"no step is called {step!r}", nearest(step, steps))
    if language not in series.languages:
        message = f"{language!r} is no language of the series"
        yield _fault(path, message, nearest(language, series.languages))
    if sign and MEDIA[path.suffix].startswith("audio"):
        message = "a sign language can be seen, and this can only be heard"
        yield _fault(path, message, "save the film as .mp4 or .webm")


def _file_faults(path: Path) -> Iterator[Problem]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as fault:
        yield _fault(path, f"cannot be read: {fault.strerror}", "check the file's rights")
        return
    if size > LARGEST:
        message = f"the file has {size / 1e6:.0f} MB, and phones in a room load it over one network"
        yield _fault(path, message, f"make a smaller one, of {LARGEST / 1e6:.0f} MB at most")
    if not re.match(_BEGINNINGS[path.suffix], head):
        message = f"this is no {path.suffix} file, whatever its name says"
        yield _fault(path, message, "save it anew in the program that it is from")


def _caption_faults(path: Path, root: Path) -> Iterator[Problem]:
    captions = path.with_suffix(CAPTIONS)
    if not captions.exists():
        remedy = f"write what is said or signed into {captions.name} beside it (WebVTT)"
        yield _fault(path, "the recording has no captions", remedy)
        return
    text = read_text(captions, root).text
    if not text.startswith("WEBVTT") or not _CUE.search(text):
        remedy = "begin with a line WEBVTT, then times and words: 00:00.000 --> 00:04.000"
        yield _fault(captions, "these are no captions that browsers show (WebVTT)", remedy)


def _fault(path: Path, message: str, remedy: str) -> Problem:
    return Problem(shown(path), 1, "", message, remedy)
