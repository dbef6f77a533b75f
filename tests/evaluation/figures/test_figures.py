from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from myths.errors import EvaluationError
from myths.evaluation.data.dropout import REASONS, STEPS
from myths.evaluation.figures.change_chart import intervals, medians
from myths.evaluation.figures.flow_chart import people_left
from myths.evaluation.figures.scale_chart import before_after, confidence

NAME = "{http://www.w3.org/2000/svg}"


def pairs(before: list[int], later: list[int], **more: object) -> pd.DataFrame:
    """People's pairs of one statement, as in the table of pairs."""
    usual = {
        "module": "risk",
        "item": "myth",
        "kind": "rating",
        "keyed": "myth",
        "primary": True,
        "wording": "w1",
        "status": "complete",
    }
    people = [f"p{number}" for number in range(len(before))]
    rows = {"participant": people, "before": before, "later": later}
    return pd.DataFrame(rows | usual | more)


@pytest.fixture
def book() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "module": ["risk", "risk", "harm"],
            "item": ["myth", "confidence", "myth"],
            "wording": ["w1", "w2", "w3"],
            "question": ["It is <dangerous> & bad.", "How sure are you?", "Harm is ignored."],
        }
    )


def moved(**more: object) -> pd.DataFrame:
    """A row as in the table of change."""
    usual = {
        "module": "risk",
        "item": "myth",
        "keyed": "myth",
        "wording": "w1",
        "workshop": "REAL",
        "primary": True,
        "asked": 26,
        "n": 20,
        "median_before": 4.0,
        "median_later": 2.5,
        "mean_change": -1.25,
        "mean_low": -1.75,
        "mean_high": -0.5,
        "mean_worst_case": 0.4,
        "mean_best_case": -1.6,
        "changes": "-2: 10, 0: 10",
        "effect": 0.8,
        "effect_low": 0.5,
        "effect_high": 0.9,
    }
    return pd.DataFrame([usual | more])


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 drawn here


def words(svg: str) -> list[str]:
    """What stands in a picture, without its alternative."""
    return [" ".join(node.itertext()) for node in parsed(svg).iter(f"{NAME}text")]


def all_figures(book: pd.DataFrame) -> list:
    rated = pairs([5] * 6 + [3] * 6 + [1] * 6, [1] * 6 + [3] * 6 + [5] * 6)
    sure = rated.assign(kind="confidence", item="confidence", wording="w2", primary=False)
    counts = {"joined": 24, "before": 20, "complete": 18, "followup": 3}
    why = {f"{step}_{reason}": 0 for step in STEPS for reason in REASONS}
    why |= {"before_silent": 4, "complete_declined": 2, "followup_silent": 15}
    left = pd.DataFrame([{"module": "risk", "asked_back": True} | counts | why])
    return [
        before_after(rated, book),
        confidence(pd.concat([rated, sure]), book),
        medians(moved(), book),
        intervals(moved(), book),
        people_left(left, {"risk": "Risk"}),
    ]


def test_a_picture_tells_the_numbers_that_its_alternative_tells(book):
    for figure in all_figures(book):
        drawn = " ".join(words(figure.svg()))
        for number in re.findall(r"(?<![\d.])\d+(?:\.\d)?(?![\d.%])(?! %)", figure.alternative):
            if figure.name not in ("medians", "intervals"):  # there some numbers are places
                assert number in drawn, (figure.name, number)


def test_bars_count_the_people_who_gave_each_answer(book):
    figure = before_after(pairs([1] * 6 + [3] * 7 + [5] * 8, [1] * 9 + [3] * 6 + [4] * 6), book)
    assert "21 people with both answers" in figure.alternative
    assert "Before: 6 “strongly disagree” to “disagree”, 7 “neither”, 8 “agree”" in (
        figure.alternative
    )
    assert "After: 9 “strongly disagree” to “disagree”, 6 “neither”, 6 “agree”" in (
        figure.alternative
    )
    assert {"6", "7", "8", "9"} <= set(words(figure.svg()))


def test_the_bars_of_one_statement_lie_about_the_middle(book):
    figure = before_after(pairs([1] * 5 + [3] * 10 + [5] * 5, [1] * 5 + [3] * 5 + [5] * 10), book)
    bars = [layer for plot in figure.chart.vconcat for layer in plot.layer][1]
    before = bars.data[bars.data["time"] == "before"]
    assert before["left"].tolist() == [-0.5, -0.25, 0.25]
    assert before["right"].tolist() == [-0.25, 0.25, 0.5]


def test_a_group_of_fewer_than_five_has_no_bar_and_no_number(book):
    figure = before_after(pairs([1] * 16 + [5] * 4, [1] * 20), book)
    assert "nearly all “strongly disagree”" in figure.alternative
    assert not {"4", "16"} & set(words(figure.svg()))
    four = before_after(pairs([1] * 4, [2] * 4), book)
    assert four.alternative == "Questions with both answers of fewer than 5 people are not shown."
    assert not {"4", "1", "2"} & set(words(four.svg()))


def test_who_is_wrong_and_sure_is_told_from_who_is_wrong_and_unsure(book):
    rated = pairs([5] * 10 + [1] * 5, [4] * 10 + [2] * 5)
    sure = pairs([9] * 5 + [2] * 10, [5] * 5 + [6] * 10, kind="confidence", item="confidence")
    figure = confidence(pd.concat([rated, sure.assign(wording="w2", primary=False)]), book)
    wrong = "5 “against the facts and sure”, 5 “against the facts and not sure”"
    assert f"Before: {wrong}" in figure.alternative
    assert f"After: {wrong}" in figure.alternative


def test_medians_and_intervals_tell_their_numbers(book):
    assert "the median was 4 before and 2.5 after" in medians(moved(), book).alternative
    told = intervals(moved(), book).alternative
    assert "-1.2 (-1.8 to -0.5) points" in told
    assert "between -2.1 and +0.4 whatever the missing would have said" in told


def test_below_ten_pairs_there_is_no_interval(book):
    few = moved(n=9, asked=9)
    assert "no interval" in intervals(few, book).alternative
    assert "9 people" in medians(few, book).alternative


def test_a_workshop_that_gives_away_a_small_one_is_left_out(book):
    rows = [moved(workshop="several", n=24), moved(workshop="A", n=21), moved(workshop="B", n=3)]
    told = intervals(pd.concat(rows, ignore_index=True), book).alternative
    assert "24 people" in told
    assert "21" not in told


def test_a_step_with_few_people_is_not_counted(book):
    figure = all_figures(book)[-1]
    assert figure.alternative == (
        "“Risk”: 20 to 24 joined; fewer than 5 went no further; 20 to 24 rated before; fewer than "
        "10 went no further; 15 to 19 rated both times; 11 to 19 went no further, mostly: no "
        "answer; fewer than 5 at the follow-up."
    )
    assert not {"3", "20", "18", "2"} & set(words(figure.svg()))


def test_the_same_picture_has_the_same_bytes_and_needs_nothing_from_outside(book):
    for first, second in zip(all_figures(book), all_figures(book), strict=True):
        assert first.svg() == second.svg()
        outside = re.findall(r'(?:href|src)="|url\(|https?://(?!www\.w3\.org/)', first.svg())
        assert not outside, first.name
        assert "NaN" not in first.svg()


def test_a_picture_is_an_image_with_a_name_and_a_text(book):
    for figure in all_figures(book):
        root = parsed(figure.svg())
        named = {node.get("id"): node.text for node in root if node.get("id")}
        assert root.get("role") == "img"
        assert named[root.get("aria-labelledby")] == figure.title
        assert named[root.get("aria-describedby")] == figure.alternative
        assert figure.how_to_read in str(figure)
        assert figure.how_to_read.split(".")[0] in figure._repr_html_()


def test_for_a_printed_page_the_same_plots_stand_in_two_columns(book):
    figure = all_figures(book)[0]
    three = replace(figure, chart=alt.vconcat(*figure.chart.vconcat * 3))
    assert three.parts == 3
    assert sorted(words(three.wide_svg())) == sorted(words(three.svg()))
    tall, wide = (float(parsed(svg).get("height")) for svg in (three.svg(), three.wide_svg()))
    assert wide < tall


def test_words_of_the_content_cannot_become_markup(book):
    svg = before_after(pairs([1] * 10, [1] * 10), book).svg()
    assert "<dangerous>" not in svg
    assert "It is <dangerous> & bad." in words(svg)


def test_a_figure_is_saved_with_its_words_beside_it(book, tmp_path):
    figure = medians(moved(), book)
    assert figure.save(tmp_path / "m.svg").read_text() == figure.svg()
    assert figure.save(tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")
    assert figure.alternative in (tmp_path / "m.txt").read_text()
    assert not [file for file in tmp_path.iterdir() if file.stat().st_mode & 0o077]  # its owner's
    with pytest.raises(EvaluationError, match=r"\.svg or \.png"):
        figure.save(tmp_path / "m.gif")
    with pytest.raises(EvaluationError, match="choose another place"):
        figure.save(tmp_path / "absent" / "m.svg")


def test_without_pairs_there_is_a_sentence_in_place_of_a_picture(book):
    nobody = pairs([], [])
    assert "Nobody answered" in before_after(nobody, book).alternative
    assert "No myth" in medians(moved().iloc[:0], book).alternative
    assert "No myth" in intervals(moved().iloc[:0], book).alternative
