"""How components are made, what they need, and what a server gets from them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from myths.catalog import ComponentWords, WordGroup
from myths.components import (
    Change,
    Component,
    Discussion,
    Plans,
    QuickExit,
    Rating,
    Reading,
    Reflection,
    Vignette,
    delivery,
)
from myths.errors import ContentError

from tests.components.scripts import EVERY, HERE, script_of

SIDEWAYS = r"(?:margin|padding|border|inset)-(?:left|right)|[\s;](?:left|right|width|height):"
POINTS = [{"value": 1, "label": "no"}, {"value": 2, "label": "yes"}]


def nowhere(_: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"state": "preview"}


def test_every_component_travels_with_its_script_and_style(words: ComponentWords) -> None:
    widget = Plans(words=words)
    assert re.search(r"export\{\w+ as default\};\s*$", widget._esm)
    assert "import" not in widget._esm
    assert {"--myths-accent", ".myths-plan"} <= set(re.findall(r"[.-]+myths-\w+", widget._css))


def test_missing_words_are_named_with_the_remedy() -> None:
    with pytest.raises(ContentError, match=r"components\.plans.*add them"):
        Plans(words=WordGroup())


def test_a_script_gets_only_the_words_that_it_says(words: ComponentWords) -> None:
    plans = Plans(words=words, tools=True)
    assert plans.words == {key: words.plans.flat()[key] for key in ("copied", "not_copied")}
    assert words.plans.print in plans.html


def test_a_word_that_is_called_like_something_of_python_is_still_a_word(
    words: ComponentWords,
) -> None:
    html = Rating("S", POINTS, words=words, item="i", save=nowhere).markup()
    assert f">{words.question.clear}</button>" in html
    assert "built-in" not in html


def test_the_ends_of_a_row_speak_of_confidence_unless_told_otherwise(words: ComponentWords) -> None:
    def row(**more: Any) -> Rating:
        return Rating("How sure?", POINTS, words=words, item="i", save=nowhere, scale="row", **more)

    assert row().ends == ["Not at all sure", "Completely sure"]
    assert row(ends=("never", "always")).ends == ["never", "always"]
    assert Rating("S", POINTS, words=words, item="i", save=nowhere).ends == []


def test_a_word_called_as_a_method_of_a_dict_is_shown_as_a_word(words: ComponentWords) -> None:
    shown = Rating("S", POINTS, words=words, item="i", save=nowhere).html
    assert f">{words.question.clear}</button>" in shown
    assert "method" not in shown


@pytest.mark.parametrize("minutes", [0, -5, 181, 2.5, True, "10"])
def test_a_timer_takes_only_sensible_minutes(minutes: Any, words: ComponentWords) -> None:
    with pytest.raises(ValueError, match="minutes"):
        Discussion(["Why?"], words=words, minutes=minutes)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/m/risk", "", "data:text/html,x"])
def test_the_exit_leads_only_to_a_website(url: str, words: ComponentWords) -> None:
    with pytest.raises(ValueError, match="https://"):
        QuickExit(url, words=words)


def test_unknown_readers_and_kinds_are_named(words: ComponentWords) -> None:
    with pytest.raises(ValueError, match="readers"):
        Reflection("?", words=words, item="i", save=nowhere, readers=["everybody"])
    with pytest.raises(ValueError, match="'advert'"):
        Reading([{"kind": "advert", "html": ""}], words=words)


def test_what_is_shown_stays_as_it_was_given(words: ComponentWords) -> None:
    assert Vignette("T", "<p>x</p>", words=words, prompts=["a"]).prompts == ["a"]
    assert Change([{"statement": "S", "before": 1, "after": None}], POINTS, words=words).rows
    assert Discussion(["Why?"], words=words).minutes == 10


def test_the_page_has_every_component_and_no_other() -> None:
    script = (HERE / "index.js").read_text("utf-8")
    imported = re.findall(r'^import (\w+) from "\./(\w+)\.js";$', script, flags=re.MULTILINE)
    listed = re.findall(r"^  (\w+),$", script, flags=re.MULTILINE)
    assert [name for name, _ in imported] == listed
    assert sorted(imported) == sorted((kind.component, kind.component) for kind in EVERY)


@pytest.mark.parametrize("kind", EVERY)
def test_a_component_is_four_files_of_one_name(kind: type[Component]) -> None:
    assert Path(inspect.getfile(kind)) == HERE / f"{kind.component}.py"
    assert (HERE / f"{kind.component}.html").is_file()
    for file in (f"{kind.component}.js", f"{kind.component}.css"):
        assert (HERE / file).is_file()
        assert (HERE / "dist" / file).is_file()


def test_a_page_that_has_the_scripts_gets_only_their_names(
    words: ComponentWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "along", False)
    state = Plans(words=words).get_state()
    assert (state["_component"], state["html"]) == ("plans", "")
    assert (state["_esm"], state["_css"]) == ("", "")


def test_class_names_are_ours_alone_and_directions_are_logical() -> None:
    for file in HERE.glob("*.css"):
        rules = re.sub(r"/\*.*?\*/|url\(.*?\)", "", file.read_text("utf-8"), flags=re.S)
        for name in set(re.findall(r"\.([a-z][\w-]*)", rules)):
            assert name == "myths" or name.startswith("myths-")
        sideways = (
            r"(?:margin|padding|border|inset)-(?:left|right)|[\s;](?:left|right|width|height):"
        )
        assert re.findall(sideways, rules) == []
        assert "text-align: left" not in rules


@pytest.mark.parametrize("kind", EVERY)
def test_every_word_a_script_asks_for_is_there(
    kind: type[Component], words: ComponentWords
) -> None:
    script = script_of(kind)
    known = {key for part in kind.spoken for key in getattr(words, part).flat()}
    for key in set(re.findall(r'\bw\("(\w+)"', script)) - {"key"}:
        assert key in known & kind.said
    for key in set(re.findall(r'\bw\.count\("(\w+)"', script)) - {"key"}:
        assert {f"{key}_one", f"{key}_other"} <= known
        assert key in kind.said


@pytest.mark.parametrize("kind", EVERY)
def test_a_page_is_told_no_word_that_no_script_says(
    kind: type[Component], words: ComponentWords
) -> None:
    assert {key for key in kind.said or () if f'"{key}"' not in script_of(kind)} == set()
