"""Every word that people read is asked for by some code, and gets what its placeholders name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from myths import catalog
from myths.console.workshop_form import FIELDS
from myths.evaluation import WORD_FILES
from myths.studio.entry_list import MODULE_LISTS
from myths.vocabulary import Audience, InquiryState, Keyed, Phase, Reason, StaffAct, Step, VoteState

from tests.content.test_words import CONTENT, ROOT, UI, places

CODE = ROOT / "widgets" / "myths"
SCALES = ("agree", "extent", "done")


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
    "access": [
        *(f"act_{act}".replace("-", "_") for act in StaffAct),
        *("scope_own", "scope_read", "made_tables", "made_report"),
    ],
    "own": Phase.words(),
    "ask": [f"state_{state}" for state in InquiryState],
    "errors": Reason.words(),
    "sections": [f"rate_{phase}{part}" for phase in Phase.words() for part in ("", "_intro")],
    "steps": Step.words(),
    "summary": ["before", "after"],
    "room": [
        *(f"vote_{state}" for state in VoteState),
        *("before", "after", "people", "declined", "nearly_none", "nearly_all"),
    ],
    "staff": ["state_coming", "state_open", "state_closed", "state_expired"],
    "publish": ["changed", "added", "removed", "moved"],
    "rehearsal": ["people", "minutes"],
    "recording": ["sign", "film", "sound"],
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
    "studio",
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


def test_every_word_of_the_studio_is_read():
    code = sources("studio", ".py", ".html") + sources("server", ".html")
    together = {f"{of}_{keyed}" for of in ("rated", "remarks") for keyed in Keyed}
    together |= {f"{each.name}_{part}" for each in MODULE_LISTS for part, _ in each.parts}
    for key, _ in catalog.load(CONTENT).ui.studio:
        _, _, text = key.partition("_")  # of a label or a hint
        assert is_read(key, code) or is_read(text, code) or text in together, key


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
    "what",
    "what_day",
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
    "easy",
    "sign",
    "film",
    "sound",
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
