"""What is told of one's change: how far, towards what, and never more than was said."""

from __future__ import annotations

from typing import Any

import pytest
from myths.catalog import ComponentWords
from myths.components import Change

from tests.components.acting import POINTS

FINE = "You stayed where you were, and that is fine."
CAREFUL = "The facts are more careful."


def told(words: ComponentWords, before: Any, after: Any, **more: Any) -> str:
    """The HTML of a card for one statement."""
    row = {"statement": "It is risky.", "before": before, "after": after, **more}
    return Change([row], POINTS, words=words).markup()


@pytest.mark.parametrize(
    ("before", "after", "better", "strong", "said"),
    [
        (4, 2, -1, False, "You moved two steps towards the fact."),
        (1, 5, 1, False, "You moved four steps towards the fact."),
        (2, 3, -1, False, "You moved one step away from the fact."),
        (5, 2, 1, False, "You moved three steps away from the fact."),
        (4, 4, -1, False, FINE),
        (5, 5, 1, False, FINE),
        (2, 2, -1, True, FINE),
        (3, 3, -1, True, FINE),
        (4, 4, -1, True, f"You stayed where you were. {CAREFUL}"),
        (3, 4, -1, True, f"You moved one step towards agreeing. {CAREFUL}"),
        (5, 4, -1, True, "You moved one step towards the fact."),
        (1, 2, 0, False, "You moved one step."),
        (3, 3, 0, False, FINE),
        (None, 2, -1, False, "Nothing is compared here, and that is fine."),
        ("declined", 2, -1, True, "Nothing is compared here, and that is fine."),
        (4, "declined", -1, False, "Nothing is compared here, and that is fine."),
        (9, 2, -1, False, "Nothing is compared here, and that is fine."),
    ],
)
def test_the_sentence_says_what_became_of_the_rating(
    words: ComponentWords, before: Any, after: Any, better: int, strong: bool, said: str
) -> None:
    html = told(words, before, after, better=better, strong=strong)
    assert f'role="status">{said}</p>' in html


@pytest.mark.parametrize("after", [None])
def test_nothing_is_told_before_there_is_a_second_rating(words: ComponentWords, after: Any) -> None:
    html = told(words, 4, after, better=-1, remark="Watch out.", fact="r1")
    assert words.change.nothing in html
    for hidden in ("It is risky.", "Agree", "Watch out.", "<svg", "data-told"):
        assert hidden not in html


@pytest.mark.parametrize(("better", "nearer"), [(-1, "Strongly disagree"), (1, "Strongly agree")])
def test_the_end_nearer_to_the_fact_is_marked_in_words(
    words: ComponentWords, better: int, nearer: str
) -> None:
    html = told(words, 3, 3, better=better)
    assert html.count(words.change.towards) == 1
    assert f'<span>{nearer}<span class="myths-towards">{words.change.towards}' in html
    assert words.change.towards not in told(words, 3, 3)


def test_the_arc_counts_the_steps_and_is_there_only_for_a_move(words: ComponentWords) -> None:
    assert ">2 steps</text>" in told(words, 4, 2)
    assert ">1 step</text>" in told(words, 1, 2)
    for before, after in ((3, 3), ("declined", 3), (3, "declined")):
        assert "myths-arc" not in told(words, before, after)
    assert "myths-mark" not in told(words, 3, "declined").partition("</svg>")[0]


def test_a_remark_leads_to_the_fact_that_it_rests_on(words: ComponentWords) -> None:
    fact = told(words, 4, 4, remark="No <b> does.", fact="r1", number=1)
    assert 'No &lt;b&gt; does. <a href="#fact-r1">Fact 1</a>' in fact
    remembered = told(words, 4, 4, remark="It can.", fact="takeaway")
    assert f'<a href="#fact-takeaway">{words.reading.takeaway}</a>' in remembered
    assert "<a" not in told(words, 4, 4, remark="It can.")
    assert "myths-hint" not in told(words, 4, 4)


def test_at_the_end_each_statement_is_one_line_and_a_sentence(words: ComponentWords) -> None:
    rows = [
        {
            "statement": "It is risky.",
            "before": 4,
            "after": 2,
            "better": -1,
            "remark": "Watch out.",
        },
        {"statement": "It can help.", "before": 4, "after": None, "better": 1},
    ]
    html = Change(rows, POINTS, words=words, title="Risk").markup()
    assert "You moved two steps towards the fact." in html
    assert html.count("<li>") == 1
    for left_out in ("<svg", "Watch out.", "It can help.", 'role="status"', "data-copy"):
        assert left_out not in html
