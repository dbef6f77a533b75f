"""Every word has a contract: what is missing, unknown or misfilled in any file is named."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from myths import catalog
from myths.catalog import WordFile
from myths.evaluation import WORD_FILES
from myths.server.workshop_form import FIELDS
from myths.vocabulary import Audience, InquiryState, Phase, Reason, Step, VoteState

ROOT = Path(__file__).parents[2]
CONTENT, CODE = ROOT / "content", ROOT / "widgets" / "myths"
SERIES = catalog.load(CONTENT).series
OPTIONAL = {"sms", "url", "note", "checked"}  # of support lines: not every line has them
UI = "ui/en.yml"
SCALES = ("agree", "extent", "done")
CHECKED = [
    UI,
    *(f"modules/{slug}/text.en.yml" for slug in SERIES.modules),
    *(f"pages/{slug}/text.en.yml" for slug in SERIES.pages),
    *(path.relative_to(CONTENT).as_posix() for path in sorted(CONTENT.glob("support/*.yml"))),
]
ASIDE = {file.path.name: file for file in WORD_FILES}
PLACEHOLDER = re.compile(r"\{\w+\}")

Place = tuple[str | int, ...]
Check = Callable[[Any], list[catalog.Problem]]


@pytest.fixture(params=[*CHECKED, *ASIDE])
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tree(file: str) -> Any:
    path = ASIDE[file].path if file in ASIDE else CONTENT / file
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture
def check(file: str, tmp_path: Path) -> Check:
    """Write a file anew, and say what `myths check` finds in it."""
    folder = tmp_path / "content"
    if file in ASIDE:
        path = tmp_path / "words" / file
        path.parent.mkdir()
        aside: list[WordFile[Any]] = [replace(ASIDE[file], path=path)]
        one_module(folder, SERIES.modules[0])
    else:
        path, aside = folder / file, []
        kind, _, rest = file.partition("/")
        slug = rest.partition("/")[0]
        one_module(folder, slug if kind == "modules" else SERIES.modules[0])
        if kind == "pages":
            shutil.copytree(CONTENT / "pages" / slug, folder / "pages" / slug)
            series = folder / "series.yml"
            series.write_text(series.read_text("utf-8").replace("pages: []", f"pages: [{slug}]"))

    def check(value: Any) -> list[catalog.Problem]:
        path.write_text(yaml.dump(value, Dumper=yaml.CDumper), "utf-8")
        found = catalog.check(folder, files=aside)
        return [p for p in found if p.severity == "error" and p.file.endswith(file)]

    return check


def one_module(folder: Path, slug: str) -> None:
    """Make content of one module, so that it is read fast."""
    for part in ("ui", "support", f"modules/{slug}"):
        shutil.copytree(CONTENT / part, folder / part)
    routes = {key: {"modules": [slug]} for key in SERIES.routes}
    (folder / "series.yml").write_text(
        f"modules: [{slug}]\npages: []\nlanguages: [en]\nroutes: {routes}\ntext_limit: 2000\n"
    )


def places(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Find every place in a file, with what stands there."""
    yield place, value
    pairs: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        pairs = enumerate(value)
    for key, inner in pairs:
        yield from places(inner, (*place, key))


def changed(value: Any, at: Iterable[Place], edit: Callable[[Any, str | int], None]) -> Any:
    """Copy a file's value and edit what encloses each of some places, the last of a list first."""
    value = copy.deepcopy(value)
    for place in reversed([*at]):
        inner = value
        for key in place[:-1]:
            inner = inner[key]
        edit(inner, place[-1])
    return value


def remove(enclosing: Any, key: str | int) -> None:
    del enclosing[key]


def is_short(place: Place) -> bool:
    """Whether a place is in a list or translation, which is too short without it."""
    return isinstance(place[-1], int) or place[-1] in SERIES.languages


def told(problems: list[catalog.Problem], place: Place) -> bool:
    """Whether a problem is at this place, or in the list or translation that is too short now.

    Where a support line is not told in all languages, it is a problem of the line.
    """
    name = ".".join(map(str, place))
    at = name.rpartition(".")[0] if is_short(place) else name
    if place[0] == "lines" and place[-1] in SERIES.languages:
        at = at.rpartition(".")[0]
    return any(f"{each.id}.".startswith(f"{at}.") or repr(name) in str(each) for each in problems)


def unnoticed(
    tree: Any, check: Check, at: Iterable[Place], edit: Callable[[Any, str | int], None]
) -> list[Place]:
    """Find the places of which nothing is said when they are edited.

    Most are edited at once. Alone are those of which nothing was said then, and those that a
    problem of their neighbour would stand for.
    """
    at = [*at]
    together = [place for place in at if not any(map(is_short, prefixes(place)))]
    found = check(changed(tree, together, edit))
    alone = [place for place in at if place not in together or not told(found, place)]
    return [place for place in alone if not told(check(changed(tree, [place], edit)), place)]


def prefixes(place: Place) -> Iterator[Place]:
    """Yield a place, and those that enclose it."""
    return (place[:end] for end in range(1, len(place) + 1))


def test_each_file_is_whole_as_it_stands(tree: Any, check: Check):
    assert check(tree) == []


def test_each_single_key_is_missed(tree: Any, check: Check):
    leaves = [place for place, value in places(tree) if place and isinstance(value, str)]
    keys = [place for place in leaves if "terms" not in place and place[-1] not in OPTIONAL]
    assert keys
    assert unnoticed(tree, check, keys, remove) == []


def test_an_unknown_key_is_named_wherever_it_stands(tree: Any, check: Check):
    def add(enclosing: Any, key: str | int) -> None:
        enclosing[key] = "Words that nobody reads."

    groups = [place for place, value in places(tree) if isinstance(value, dict)]
    every = [(*group, "nobody_reads_this") for group in groups]
    assert unnoticed(tree, check, every, add) == []


@pytest.mark.parametrize("file", [UI, *ASIDE], indirect=True)  # into others nothing is filled
def test_a_placeholder_that_nothing_fills_or_that_is_gone_is_named(tree: Any, check: Check):
    def fill(enclosing: Any, key: str | int) -> None:
        enclosing[key] += " {nobody_fills_this}"

    def empty(enclosing: Any, key: str | int) -> None:
        enclosing[key] = PLACEHOLDER.sub("something", enclosing[key])

    texts = {place: value for place, value in places(tree) if isinstance(value, str)}
    having = [each for each in texts if PLACEHOLDER.search(texts[each]) and each[-1] != "one"]
    assert unnoticed(tree, check, texts, fill) == []
    assert unnoticed(tree, check, having, empty) == []


def sources(folder: str, *endings: str) -> str:
    """Read the code that shows words, but for the models of the words."""
    paths = [path for path in sorted((CODE / folder).rglob("*")) if path.name.endswith(endings)]
    models = ("catalog/interface", "evaluation/words")
    reader = "evaluation_words.py"  # which shows some of the words beside their models
    return "\n".join(
        path.read_text("utf-8")
        for path in paths
        if path.name == reader or not any(model in path.as_posix() for model in models)
    )


def is_read(key: str, code: str) -> bool:
    """Whether code asks for a key: by its name, or by the part of it that stays the same."""
    family = re.sub(r"([_-])[a-z0-9]+$", r"\1", key)
    asked = (f'"{key}"', f".{key}", f"`{family}${{", f'f"{family}{{', f'"{family}" ~')
    return any(each in code for each in asked)


AT_RUN_TIME = {  # keys that the program puts together
    "own": Phase.words(),
    "ask": [f"state_{state}" for state in InquiryState],
    "errors": Reason.words(),
    "sections": [f"rate_{phase}{part}" for phase in Phase.words() for part in ("", "_intro")],
    "steps": Step.words(),
    "room": [
        *(f"vote_{state}" for state in VoteState),
        *("before", "after", "people", "declined", "nearly_none", "nearly_all"),
    ],
    "staff": ["state_coming", "state_open", "state_closed", "state_expired"],
    "rehearsal": ["people", "minutes"],
    "network": ["script", "saving_trying", "live", "live_trying", "live_off", "fine"],
    "workshop": ["fault_unfit", "fault_hours", "fault_begun", "fault_dates", "fault_zone"],
    "paper": ["length", "mistyped", "nobody", "erased", "expired"],
}
IN_WHOLE = (
    "audience",
    "routes",
    "components",
    "console",
    "projector",
    "guide",
    "rating_scale",
    *(f"scale_{a}" for a in SCALES),
)
SPOKEN = ("steps", "room")  # by a script
HANDED_OVER = ("page", "handout", "leaflet")  # to a script or a template, which calls them words


def test_every_word_of_the_pages_is_read():
    code = sources("", ".py", ".html", ".j2", ".js", ".typ")
    unread = []
    for section, words in catalog.load(CONTENT).ui:
        for key in () if section in IN_WHOLE else (key for key, _ in words):
            scripts = dict.fromkeys(SPOKEN, (f"words.{key}", f'("{key}"'))
            if section in HANDED_OVER:
                scripts[section] = (f"words.{key}",)
            known = key in AT_RUN_TIME.get(section, ())
            if not known and not any(
                each in code for each in (f"{section}.{key}", *scripts.get(section, ()))
            ):
                unread.append(f"{section}.{key}")
    assert unread == []


def test_there_are_words_for_every_reason_and_audience_and_no_others():
    ui = catalog.load(CONTENT).ui
    assert tuple(ui.audience.flat()) == Audience.words()
    said = {*ui.errors.flat(), *ui.components.question.refused.flat()}
    staff = {Reason.TAKEN, Reason.STALE, Reason.EARLY}  # never met by a participant
    staff |= {Reason.UNOPENED, *FIELDS}  # nor these: the first has a page of its own
    assert set(Reason) - said == staff - said
    assert set(ui.components.question.refused.flat()) <= set(Reason)


def test_every_word_of_the_console_is_read():
    code = sources("console", ".py", ".html") + sources("server", ".html")
    ui = catalog.load(CONTENT).ui
    for words in (ui.console, ui.projector):
        assert [key for key, _ in words if not is_read(key, code)] == []


def test_every_word_of_the_components_is_read():
    code = sources("components", ".py", ".js", ".html")
    for name, words in catalog.load(CONTENT).ui.components:
        assert [key for key, _ in words if not is_read(key, code)] == [], name


NAMED_ELSEWHERE = ("columns", "modes", "phases")  # by the tables, and by the vocabulary


def test_every_word_of_the_evaluation_is_read():
    code = sources("evaluation", ".py", ".js", ".j2")
    for file in WORD_FILES:
        keys = [place for place, _ in places(yaml.safe_load(file.path.read_text("utf-8")))][1:]
        named = [str(place[-1]) for place in keys if place[0] not in NAMED_ELSEWHERE]
        assert [key for key in named if not key.isdigit() and not is_read(key, code)] == []


FILLS = re.compile(
    r"(?:\.(\w+)\.format\(|\bfilled\(\s*(?:\w+\.)+(\w+),)"
    r"((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"
)
SCRIPT_FILLS = re.compile(r"""\bw\(["'](\w+)["'], \{([^}]*)\}\)""")
ELSEWHERE = {  # filled under another name: `hint.format(example=…)`
    "example",
    "how_modules",
    "before",
    "complete",
    "followup",
    "protection",
    "unknown",
    "length",
    "long",
    "many",
    "workshops",
    "workshops_day",
    "gave",
    "took",
    "marked",
    "filter_all",
    "filter_some",
    "or_less",
    "or_more",
    "refused_long",
    "refused_undecided",
}


def fillings() -> Iterator[tuple[str, set[str]]]:
    """Every place in the code that fills words in: the key, and the names of the values."""
    for key, other, values in FILLS.findall(sources("", ".py", ".html", ".j2")):
        plain = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", values)
        yield key or other, set(re.findall(r"\b(\w+)=(?!=)", plain))
    for key, values in SCRIPT_FILLS.findall(sources("", ".js")):
        plain = re.sub(r"\([^()]*\)", "", values)
        yield key, {part.partition(":")[0].strip() for part in plain.split(",")}


def test_the_code_fills_in_what_the_words_have_placeholders_for():
    having: dict[str, list[set[str]]] = {}
    for path in (CONTENT / UI, *(file.path for file in WORD_FILES)):
        for place, value in places(yaml.safe_load(path.read_text("utf-8"))):
            if isinstance(value, str) and place[-1] not in ("one", "other"):
                found = set(re.findall(r"\{(\w+)\}", value))
                having.setdefault(str(place[-1]), []).append(found)
    filled = [each for each in fillings() if each[0] in having.keys() - {"key"}]  # a comment's
    assert [each for each in filled if each[1] not in having[each[0]]] == []
    expected = {key for key, sets in having.items() if any(sets)}
    assert expected - {key for key, _ in filled} == ELSEWHERE
