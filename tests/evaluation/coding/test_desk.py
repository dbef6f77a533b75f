"""What Python does with the messages of the desk, and what never reaches a participant."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import myths
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from myths.errors import EvaluationError
from myths.evaluation.coding import desk as desk_module
from myths.evaluation.coding.desk import CodingDesk, Step
from myths.evaluation.coding.step_error import StepError
from myths.evaluation.words import words as evaluation_words
from myths.server.assets import Assets

from tests.components.scripts import fields
from tests.evaluation.coding.coders import WORDS, book, coder
from tests.evaluation.english import english_among, english_in

HERE = Path(desk_module.__file__).parent


@pytest.fixture
def desk(tmp_path):
    book(tmp_path)
    return CodingDesk(coder(tmp_path), evaluation_words())


def say(desk, do, **more):
    return desk.heard({"step": "1", "do": do, **more})


def test_the_view_holds_one_text_and_only_ones_own_codes(desk, tmp_path):
    bea = coder(tmp_path, "bea")
    for text in bea.texts:
        bea.toggle(text.id, "doubt")
    bea.finish()
    view = say(desk, "toggle", text=0, code="gap")
    assert (view["state"], view["step"], view["said"]) == ("saved", "1", "Gap: given to this text.")
    assert [mark["code"] for mark in view["marks"]] == ["gap"]
    assert view["others"] == []
    assert sum(words in str(view) for words in WORDS) == 1
    assert not any(secret in str(view) for secret in ("Doubt", "p0/", "p1/", "after"))


def test_nothing_that_people_wrote_is_state_of_the_widget(desk):
    say(desk, "memo", text=0, memo="a memo")
    state = str({key: value for key, value in desk.get_state().items() if key[:1] != "_"})
    assert not any(words in state for words in (*WORDS, "a memo"))


def test_the_desk_begins_where_the_coder_left_off(desk, tmp_path):
    for place in range(3):
        say(desk, "none", text=place)
    assert say(CodingDesk(coder(tmp_path), evaluation_words()), "hello")["place"] == 3


def test_a_fault_in_the_others_sheet_is_told(desk, tmp_path):
    bea = coder(tmp_path, "bea")
    for who in (bea, coder(tmp_path)):
        for text in who.texts:
            who.none(text.id)
        who.finish()
    path = tmp_path / "bea.jsonl"
    path.write_text(path.read_text() + "no line\n")
    view = say(desk, "hello")
    assert view["state"] == "refused"
    assert "bea.jsonl:7: this line cannot be read" in view["said"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
KINDS = get_args(Step)
NEARLY = st.fixed_dictionaries(
    {"step": st.just("1"), "do": st.sampled_from(KINDS)},
    optional={
        "text": st.integers(-2, 7),
        "code": st.sampled_from(["gap", "ask", "gone", ""]),
        "start": st.integers(-3, 50),
        "end": st.integers(-3, 50),
        "memo": st.text(max_size=10),
        "by": st.integers(-2, 2),
        "words": st.text(max_size=3),
        "show": st.sampled_from(["all", "undecided", "older"]),
        "question": st.sampled_from(["", "risk · learned"]),
    },
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(messages=st.lists(NEARLY | JSON, min_size=1, max_size=6))
def test_whatever_the_page_sends_the_sheet_can_be_read_again(messages, desk, tmp_path):
    for message in messages:
        view = desk.heard(message)
        assert view["state"] in ("saved", "refused")
        assert view["state"] == "saved" or view["said"].endswith((".", "…"))
    again = coder(tmp_path)
    mine = desk._coder
    assert [again.entry(t.id) for t in again.texts] == [mine.entry(t.id) for t in mine.texts]


def test_without_texts_the_desk_says_so(tmp_path):
    from myths.evaluation.coding.coder import Coder

    book(tmp_path)
    desk = CodingDesk(Coder(tmp_path, "ada", []), evaluation_words())
    assert say(desk, "hello")["count"] == 0
    assert say(desk, "toggle", code="gap")["state"] == "refused"
    assert say(desk, "go", by=1)["state"] == "saved"


def test_the_desk_is_in_no_file_that_a_participant_loads():
    files = {name: plain.decode() for name, (plain, _) in Assets.gather().files.items()}
    assert "myths-rating" in files["page.css"]
    assert not any("desk" in name or "myths-desk" in text for name, text in files.items())


def test_a_participants_page_imports_nothing_of_the_desk():
    script = (
        "import sys, myths, myths.module; "
        "print([m for m in sys.modules if 'coding' in m and m.startswith('myths')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_steps_and_views_have_the_same_fields_on_both_sides(desk):
    shapes = (HERE / "shapes.d.ts").read_text("utf-8")
    step = fields(shapes, "Step")
    assert {"step", *step} == set(desk_module._Message.model_fields)
    assert re.findall(r'"(\w+)"', step["do"]) == list(get_args(Step))
    assert fields(shapes, "View").keys() == say(desk, "hello").keys()


def test_a_desk_speaks_the_language_that_was_chosen_or_that_of_the_workshops(file, store, tmp_path):
    book(tmp_path)
    store.open_workshop(code="REAL", language="de")
    store.join("REAL", language="de", consent="agreed")
    coding = myths.Coding(tmp_path, db=file)
    assert (coding.desk("ada").language, coding.desk("bea", language="en").language) == ("de", "en")
    assert say(coding.desk("ada"), "go", by=1)["said"] == (
        "In dieser Richtung gibt es keinen weiteren Text."
    )
    with pytest.raises(EvaluationError, match="choose from en, de"):
        coding.desk("ada", language="xx")


def test_no_english_is_left_on_a_german_desk_whatever_is_done(tmp_path):
    book(tmp_path)
    desk = CodingDesk(coder(tmp_path), evaluation_words("de"))
    assert english_among(set(desk.words.values()), "de") == []
    passage = {"code": "gap", "start": 0, "end": 3}
    steps: list[dict[str, object]] = [
        {"do": "undo"},
        {"do": "redo"},
        {"do": "finish"},
        {"do": "confirm", "memo": 3},
        {"do": "passage", "code": "gap", "start": 3, "end": 3},
        {"do": "memo", "memo": "so " * 900},
        {"do": "memo", "memo": "so"},
        {"do": "passage", **passage},
        {"do": "remove", **passage},
        {"do": "toggle", "code": "gap"},
        {"do": "toggle", "code": "gap"},
        {"do": "confirm"},
        {"do": "undo"},
        {"do": "redo"},
        {"do": "go", "by": -9},
        {"do": "filter", "words": "nothing has these words"},
        *({"do": "none", "text": place} for place in range(len(desk._texts))),
        {"do": "finish"},
        {"do": "toggle", "code": "gap"},
        {"do": "finish"},
        {"do": "reopen"},
        {"do": "none"},
    ]
    said = [(step["do"], say(desk, **step)["said"]) for step in steps]
    assert english_in("\n".join(words for _, words in said), "de") == []
    assert ("finish", evaluation_words("de").desk.refused_undecided.format(n=5, count=5)) in said
    assert ("toggle", evaluation_words("de").desk.refused_finished) in said


def test_why_a_step_is_not_done_is_told_by_every_desk_in_its_words(tmp_path):
    keys = {key for key in evaluation_words().desk.flat() if key.startswith("refused_")}
    source = "".join(path.read_text("utf-8") for path in HERE.glob("*.py"))
    assert set(re.findall(r'StepError\("(\w+)"', source)) == keys
    for key in keys:
        fault = StepError(key, n=1, count=2, limit=3)
        english, german = (fault.told(evaluation_words(code).desk) for code in ("en", "de"))
        assert str(fault) == english != german


def test_every_word_that_a_script_asks_for_is_there():
    script = "\n".join(file.read_text("utf-8") for file in HERE.glob("*.js"))
    buttons = r'\b(?:w|button|fill|field)\((?:\w+, )?"(\w+)"'
    assert set(re.findall(buttons, script)) - {"key"} <= set(evaluation_words().desk.flat())


def test_the_styles_are_ours_alone_and_directions_are_logical():
    rules = (HERE / "desk.css").read_text("utf-8")
    for name in set(re.findall(r"\.([a-z][\w-]*)", rules)):
        assert name.startswith("myths-")
    sideways = r"(?:margin|padding|border|inset)-(?:left|right)|[\s;{](?:left|right|width|height):"
    assert re.findall(sideways, rules) == []
