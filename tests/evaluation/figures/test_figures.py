from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from myths.errors import EvaluationError
from myths.evaluation.data.dropout import REASONS, STEPS
from myths.evaluation.disclosure.published import published
from myths.evaluation.figures.change_chart import intervals
from myths.evaluation.figures.figure import PALE, WIDTH
from myths.evaluation.figures.flow_chart import people_left
from myths.evaluation.figures.scale_chart import before_after, confidence
from myths.evaluation.figures.summary_chart import summary
from myths.evaluation.words import words as spoken

ENGLISH = spoken()
NAME = "{http://www.w3.org/2000/svg}"


BOOK = pd.DataFrame(
    {
        "module": ["risk", "risk"],
        "item": ["myth", "confidence"],
        "wording": ["w1", "w2"],
        "question": ["It is <dangerous> & bad.", "How sure are you?"],
    }
)


def rows(before: list[int], later: list[int], missing: int = 0, **more: object) -> list:
    """What is published of these people's answers to one statement."""
    usual = {
        "workshop": "REAL",
        "module": "risk",
        "item": "myth",
        "kind": "rating",
        "keyed": "myth",
        "primary": True,
        "language": "en",
        "wording": "w1",
    }
    table = pd.DataFrame({"before": before, "later": later, "status": "complete"})
    lost = pd.DataFrame({"before": [1.0] * missing, "status": "no answer later"})
    pairs = pd.concat([table, lost], ignore_index=True).assign(**(usual | more))
    return published(pairs, BOOK, workshops=1)


def sure(before: list[int], later: list[int]) -> list:
    about = {"kind": "confidence", "item": "confidence", "keyed": pd.NA, "primary": False}
    return rows(before, later, **about, wording="w2")


def moved(**more: object) -> list:
    """A row whose mean has an interval, and that misses people."""
    (row,) = rows([4] * 20 + [5] * 20, [2] * 20 + [5] * 20, missing=10)
    return [replace(row, **more)]


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 drawn here


def words(svg: str) -> list[str]:
    """What stands in a picture, without its alternative."""
    return [" ".join(node.itertext()) for node in parsed(svg).iter(f"{NAME}text")]


def all_figures() -> list:
    rated = rows([5] * 6 + [3] * 6 + [1] * 6, [1] * 6 + [3] * 6 + [5] * 6)
    counts = {"joined": 24, "before": 20, "complete": 18, "followup": 3}
    why = {f"{step}_{reason}": 0 for step in STEPS for reason in REASONS}
    why |= {"before_silent": 4, "complete_declined": 2, "followup_silent": 15}
    left = pd.DataFrame([{"module": "risk", "asked_back": True} | counts | why])
    return [
        before_after(rated, ENGLISH),
        confidence(sure([9] * 6 + [5] * 6 + [2] * 6, [9] * 6 + [5] * 6 + [2] * 6), ENGLISH),
        intervals(moved(), ENGLISH),
        summary(moved(), ENGLISH),
        people_left(left, ENGLISH, {"risk": "Risk"}),
    ]


def test_a_picture_tells_the_numbers_that_its_alternative_tells():
    for figure in all_figures():
        drawn = " ".join(words(figure.svg()))
        for number in re.findall(r"(?<![\d.])\d+(?:\.\d)?(?![\d.%])(?! %)", figure.alternative):
            if figure.name not in ("confidence", "intervals"):  # there some numbers are places
                assert number in drawn, (figure.name, number)


def test_bars_count_the_people_who_gave_each_answer():
    figure = before_after(rows([1] * 6 + [3] * 7 + [5] * 8, [1] * 9 + [3] * 6 + [4] * 6), ENGLISH)
    assert "21 people with both answers" in figure.alternative
    assert "Before: 6 “strongly disagree” to “disagree”, 7 “neither”, 8 “agree”" in (
        figure.alternative
    )
    assert "After: 9 “strongly disagree” to “disagree”, 6 “neither”, 6 “agree”" in (
        figure.alternative
    )
    assert {"6", "7", "8", "9"} <= set(words(figure.svg()))


def bars(figure) -> pd.DataFrame:
    return [layer for plot in figure.chart.vconcat for layer in plot.layer][1].data


def test_the_bars_of_one_statement_lie_about_the_middle():
    figure = before_after(rows([1] * 5 + [3] * 10 + [5] * 5, [1] * 5 + [3] * 5 + [5] * 10), ENGLISH)
    before = bars(figure)[bars(figure)["time"] == "before"]
    assert before["left"].tolist() == [-0.5, -0.25, 0.25]
    assert before["right"].tolist() == [-0.25, 0.25, 0.5]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([1] * 6 + [3] * 20 + [4] * 4, "neither or agree"),
        ([2] * 3 + [3] * 9 + [5] * 18, "neither or disagree"),
        ([1] * 5 + [2] * 13 + [3] * 4 + [4] * 8, "neither or agree"),
        ([1] * 6 + [2] * 24, "disagree, neither or agree"),
    ],
)
@pytest.mark.parametrize("keyed", ["myth", "fact"])
def test_a_part_that_holds_the_middle_and_others_lies_across_the_line(keyed, answers, words):
    """It was drawn as agreement: 24 people where 9 agreed."""
    figure = before_after(rows(answers, answers, keyed=keyed), ENGLISH, keyed=keyed)
    drawn = bars(figure)
    across = drawn[drawn["fill"] == PALE]
    assert len(across) == 2
    assert across["left"].tolist() == pytest.approx((-across["right"]).tolist())
    assert across["edge"].map(str).unique().tolist() == ["[4, 2]"]
    assert f"“{words}”" in figure.alternative
    assert words in " ".join(drawn["sign"]) or (across["right"] < 0.4).all()
    assert drawn.loc[drawn["fill"] != PALE, "edge"].map(str).unique().tolist() == ["[1, 0]"]


@pytest.mark.parametrize(
    ("before", "after"),
    [([1] * 16 + [3] * 4, [1] * 20), ([5] * 20, [5] * 20), ([1] * 10 + [5] * 10, [3] * 20)],
    ids=["left", "right", "middle"],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_words_below_the_bars_stay_in_the_picture_and_apart(language, before, after):
    """Where all disagreed, the line is at the right edge, and a word beside it was cut off."""
    says = spoken(language)
    svg = before_after(rows(before, after), says).svg()
    low, high = says.figures.before_after_myth.ends
    end, start = (
        float(re.findall(rf"translate\(([-\d.]+),[^>]*>{word}</text>", svg)[-1])
        for word in (f"← {low}", f"{high} →")
    )
    assert end + 12 <= start
    assert end - 8 * len(f"← {low}") >= -1
    assert start + 8 * len(f"{high} →") <= WIDTH


def test_several_answers_of_a_long_scale_are_named_by_their_first_and_last_number():
    (row,) = sure([9] * 5 + [2] * 10, [5] * 5 + [6] * 10)
    assert {"0 to 5", "6 to 10"} <= set(words(confidence([row], ENGLISH).svg()))
    assert {"0 bis 5", "6 bis 10"} <= set(words(confidence([row], spoken("de")).svg()))


def test_a_group_of_fewer_than_five_has_no_bar_and_no_number():
    figure = before_after(rows([1] * 16 + [5] * 4, [1] * 20), ENGLISH)
    assert "nearly all “strongly disagree” to “disagree”" in figure.alternative
    assert not {"4", "16"} & set(words(figure.svg()))
    four = before_after(rows([1] * 4, [2] * 4), ENGLISH)
    assert not four.parts
    few = before_after(rows([1] * 6, [2] * 6), ENGLISH)
    assert "Before: the groups are too small to show" in few.alternative


def test_who_is_sure_is_drawn_apart_from_the_rating():
    """Beside the rating, who was wrong and sure would tell single answers."""
    both = [*rows([5] * 15, [4] * 15), *sure([9] * 5 + [2] * 10, [5] * 5 + [6] * 10)]
    figure = confidence(both, ENGLISH)
    assert figure.parts == 1
    assert "Before: 10 “unsure or in between”, 5 “sure” to “very sure”" in figure.alternative


def test_a_mean_change_is_told_with_its_interval_and_what_the_missing_could_alter():
    assert intervals(moved(), ENGLISH).alternative == (
        "“It is <dangerous> & bad”, 40 people with both answers: the mean change was -1.0 "
        "(-1.5 to -0.5) points, between -1.8 and +0.3 whatever the missing would have said."
    )
    assert "-1.0 or less points" in intervals(moved(end=-1, spread=None), ENGLISH).alternative
    still = intervals(moved(mean=0.0, spread=None, most=None), ENGLISH)
    assert "was 0.0 points" in still.alternative


def test_below_ten_pairs_there_is_no_mean():
    assert "no mean to draw" in intervals(rows([4] * 9, [2] * 9), ENGLISH).alternative


def test_a_step_with_few_people_is_not_counted():
    figure = all_figures()[-1]
    assert figure.alternative == (
        "“Risk”: 20 to 24 joined; fewer than 5 went no further; 20 to 24 rated before; fewer than "
        "10 went no further; 15 to 19 rated both times; 11 to 19 went no further, mostly: no "
        "answer; fewer than 5 at the follow-up."
    )
    assert not {"3", "20", "18", "2"} & set(words(figure.svg()))


def test_the_same_picture_has_the_same_bytes_and_needs_nothing_from_outside():
    for first, second in zip(all_figures(), all_figures(), strict=True):
        assert first.svg() == second.svg()
        outside = re.findall(r'(?:href|src)="|url\(|https?://(?!www\.w3\.org/)', first.svg())
        assert not outside, first.name
        assert "NaN" not in first.svg()


def test_a_picture_is_an_image_with_a_name_and_a_text():
    for figure in all_figures():
        root = parsed(figure.svg())
        named = {node.get("id"): node.text for node in root if node.get("id")}
        assert root.get("role") == "img"
        assert named[root.get("aria-labelledby")] == figure.title
        assert named[root.get("aria-describedby")] == figure.alternative
        assert figure.how_to_read in str(figure)
        assert figure.how_to_read.split(".")[0] in figure._repr_html_()


def test_for_a_printed_page_the_same_plots_stand_in_two_columns():
    figure = all_figures()[0]
    three = replace(figure, draw=lambda: alt.vconcat(*figure.chart.vconcat * 3))
    assert three.parts == 3
    assert sorted(words(three.wide_svg())) == sorted(words(three.svg()))
    tall, wide = (float(parsed(svg).get("height")) for svg in (three.svg(), three.wide_svg()))
    assert wide < tall


def test_words_of_the_content_cannot_become_markup():
    svg = before_after(rows([1] * 10, [1] * 10), ENGLISH).svg()
    assert "<dangerous>" not in svg
    assert "It is <dangerous> & bad" in words(svg)


def test_a_figure_is_saved_with_its_words_beside_it(tmp_path):
    figure = intervals(moved(), ENGLISH)
    assert figure.save(tmp_path / "m.svg").read_text() == figure.svg()
    assert figure.save(tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")
    assert figure.alternative in (tmp_path / "m.txt").read_text()
    assert not [file for file in tmp_path.iterdir() if file.stat().st_mode & 0o077]  # its owner's
    with pytest.raises(EvaluationError, match=r"\.svg or \.png"):
        figure.save(tmp_path / "m.gif")
    with pytest.raises(EvaluationError, match="choose another place"):
        figure.save(tmp_path / "absent" / "m.svg")


def test_a_picture_in_another_language_has_its_words_and_numbers_and_no_english():
    german = spoken("de")
    (row,) = rows([5] * 14 + [3] * 6 + [1] * 6, [1] * 14 + [3] * 6 + [5] * 6)
    bars, mean = before_after([row], german), intervals(moved(), german)
    assert "5 bis 9" not in bars.alternative
    assert "26 Personen mit beiden Antworten. Vorher: 6 „stimme gar nicht zu“" in bars.alternative
    assert {"vorher", "nachher", "← Ablehnung"} <= set(words(bars.svg()))
    assert "-1,0 (-1,5 bis -0,5) Punkte, zwischen -1,8 und +0,3" in mean.alternative
    assert "-1,0 (-1,5 bis -0,5)" in words(mean.svg())
    for figure in (bars, mean):
        assert 'lang="de"' in figure.svg()
        assert "Lesehilfe:" in str(figure)
        assert "in Worten" in figure._repr_html_()
        assert not {"before", "after"} & set(words(figure.svg()))


def test_a_question_of_another_language_stands_under_its_meaning_in_a_picture():
    (row,) = rows([5] * 14, [1] * 14)
    figure = before_after([replace(row, meaning="Es ist <gefährlich>")], spoken("de"))
    drawn = " ".join(words(figure.svg()))
    below = "auf Englisch gefragt: It is <dangerous> & bad 14 Personen mit beiden Antworten"
    assert drawn.index("Es ist <gefährlich>") < drawn.index(below)
    marked = 'gefragt: <span lang="en" dir="auto">It is &lt;dangerous&gt; &amp; bad</span>)'
    assert marked in figure._repr_html_()


def test_without_pairs_there_is_a_sentence_in_place_of_a_picture():
    assert "Nobody answered" in before_after([], ENGLISH).alternative
    assert "No myth" in intervals([], ENGLISH).alternative


def test_the_summary_has_a_line_for_each_myth_with_its_number_and_interval():
    some = [replace(each, question=name) for name in ("Risk", "Harm") for each in moved()]
    some.append(replace(some[0], question="Funding", mean=None))
    figure = summary(some, ENGLISH)
    assert figure.alternative.splitlines() == [
        f"{name}: the mean change was {told} points."
        for name, told in (("Risk", "-1.0 (-1.5 to -0.5)"), ("Harm", "-1.0 (-1.5 to -0.5)"))
    ]
    drawn = words(figure.svg())
    assert drawn.index("Risk") < drawn.index("Harm")
    assert drawn.count("-1.0 (-1.5 to -0.5)") == 2
    assert "Funding" not in drawn


def test_a_long_name_of_a_module_takes_two_lines():
    (row,) = moved()
    name = "Unterstützung für alle Frauen im Land"
    drawn = parsed(summary([replace(row, question=name)], ENGLISH).svg())
    lines = [part.text for part in drawn.iter(f"{NAME}tspan")]
    assert {"Unterstützung für", "alle Frauen im Land"} <= set(lines)
