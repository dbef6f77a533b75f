"""How components are made, what they need, and what a server gets from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from myths import components
from myths.catalog import ComponentWords, WordGroup
from myths.components import (
    Change,
    Component,
    Discussion,
    Progress,
    QuickExit,
    Rating,
    Reading,
    Reflection,
    Saved,
    Vignette,
    assets,
    send_names_only,
)
from myths.components.base import HERE, OTHERS, QUESTIONS
from myths.errors import ContentError

NAMES = (*QUESTIONS, *OTHERS)
POINTS = [{"value": 1, "label": "no"}, {"value": 2, "label": "yes"}]


def nowhere(_: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"state": "preview"}


def test_every_component_travels_with_its_script_and_style(words: ComponentWords) -> None:
    widget = Saved(words=words)
    assert "function h(" in widget._esm
    assert widget._esm.rstrip().endswith("export default { render };")
    assert "--myths-accent" in widget._css


def test_missing_words_are_named_with_the_remedy() -> None:
    with pytest.raises(ContentError, match=r"components\.saved.*add them"):
        Saved(words=WordGroup())


def test_a_component_gets_only_its_own_words(words: ComponentWords) -> None:
    assert dict(Saved(words=words).words) == words.saved.flat()


def test_the_ends_of_a_row_speak_of_confidence_unless_told_otherwise(words: ComponentWords) -> None:
    def row(**more: Any) -> Rating:
        return Rating("How sure?", POINTS, words=words, item="i", save=nowhere, scale="row", **more)

    assert row().ends == ["not at all sure", "completely sure"]
    assert row(ends=("never", "always")).ends == ["never", "always"]
    assert Rating("S", POINTS, words=words, item="i", save=nowhere).ends == []


@pytest.mark.parametrize("minutes", [0, -5, 181, 2.5, True, "10"])
def test_a_timer_takes_only_sensible_minutes(minutes: Any, words: ComponentWords) -> None:
    with pytest.raises(ValueError, match="minutes"):
        Discussion(["Why?"], words=words, minutes=minutes)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/m/risk", "", "data:text/html,x"])
def test_the_exit_leads_only_to_a_website(url: str, words: ComponentWords) -> None:
    with pytest.raises(ValueError, match="https://"):
        QuickExit(url, words=words)


def test_unknown_readers_states_kinds_and_addresses_are_named(words: ComponentWords) -> None:
    with pytest.raises(ValueError, match="readers"):
        Reflection("?", words=words, item="i", save=nowhere, readers=["everybody"])
    with pytest.raises(ValueError, match="'asleep'"):
        Progress([{"title": "Risk", "url": "/m/risk", "state": "asleep"}], words=words)
    with pytest.raises(ValueError, match="javascript"):
        Progress([{"title": "Risk", "url": "javascript:x", "state": "open"}], words=words)
    with pytest.raises(ValueError, match="'advert'"):
        Reading([{"kind": "advert", "html": ""}], words=words)


def test_what_is_shown_stays_as_it_was_given(words: ComponentWords) -> None:
    assert Vignette("T", "<p>x</p>", words=words, prompts=["a"]).prompts == ["a"]
    assert Change([{"statement": "S", "before": 1, "after": None}], POINTS, words=words).rows
    assert Discussion(["Why?"], words=words).minutes == 10


def test_the_server_gets_a_bundle_of_all_scripts_one_of_the_exit_and_one_style() -> None:
    files = assets()
    assert set(files) == {"components.js", "quickexit.js", "components.css"}
    for name in NAMES:
        assert f"const {name} = " in files["components.js"]
        assert files["components.css"].count((HERE / f"{name}.css").read_text("utf-8")) == 1
    assert "export default" not in files["components.js"]
    assert files["components.js"].count("function h(") == 1


def test_the_scripts_stay_small() -> None:
    assert len(assets()["components.js"].encode()) < 30_000


def test_a_page_that_has_the_scripts_gets_only_their_names(
    words: ComponentWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in components.__all__:
        kind = getattr(components, name)
        if isinstance(kind, type) and issubclass(kind, Component) and kind.script_name:
            monkeypatch.setattr(kind, "_esm", kind._esm)
            monkeypatch.setattr(kind, "_css", kind._css)
    send_names_only()
    widget = Saved(words=words)
    assert (widget._esm, widget._css) == ("saved.js", "")


def test_class_names_are_ours_alone_and_directions_are_logical() -> None:
    rules = re.sub(r"/\*.*?\*/", "", assets()["components.css"], flags=re.S)
    for name in set(re.findall(r"\.([a-z][\w-]*)", rules)):
        assert name == "myths" or name.startswith("myths-")
    sideways = r"(?:margin|padding|border|inset)-(?:left|right)|[\s;](?:left|right|width|height):"
    assert re.findall(sideways, rules) == []
    assert "text-align: left" not in rules


@pytest.mark.parametrize("name", NAMES)
def test_every_word_a_script_asks_for_is_there(name: str, words: ComponentWords) -> None:
    sources = ["shared.js", *(["question.js"] if name in QUESTIONS else []), f"{name}.js"]
    script = "\n".join((HERE / source).read_text("utf-8") for source in sources)
    known = {**(words.question.flat() if name in QUESTIONS else {}), **words[name].flat()}
    for key in set(re.findall(r'\bw\("(\w+)"', script)) - {"key"}:
        assert key in known
    for key in set(re.findall(r'\bw\.count\("(\w+)"', script)) - {"key"}:
        assert {f"{key}_one", f"{key}_other"} <= set(known)
