"""The smallest change that matters, beside R and pingouin."""

from __future__ import annotations

import myths
import numpy as np
import pingouin
import pytest
from myths.errors import EvaluationError
from myths.evaluation.stats.equivalence import against
from myths.evaluation.stats.inference import estimate
from myths.evaluation.stats.room_means import means_of

from tests.evaluation.r import by_r, needs_r
from tests.evaluation.said import room

MOVED = np.array([-1, 0, 0, 1, -1, 0, -2, 0, 1, 0, 0, -1, 0, 0, 1, 0, -1, 0, 0, 0] * 2, float)
FAR = MOVED - 1


@needs_r
@pytest.mark.parametrize(("changes", "margin"), [(MOVED, 0.5), (MOVED, 0.3), (FAR, 0.5)])
def test_r_finds_the_same_p(changes, margin, tmp_path):
    script = """
    x <- c({x}); m <- {m}
    p <- function(mu, side) t.test(x, mu = mu, alternative = side)$p.value
    cat(sprintf("[%.12f, %.12f]", max(p(-m, "greater"), p(m, "less")), p(-m, "less")))
    """
    told = script.replace("{x}", ", ".join(map(str, changes))).replace("{m}", str(margin))
    assert [*against(changes, margin, -1).values()] == pytest.approx(by_r(told, tmp_path), abs=1e-9)


@pytest.mark.parametrize(("changes", "margin"), [(MOVED, 0.5), (MOVED, 0.3), (FAR, 0.5)])
def test_pingouin_finds_the_same_p(changes, margin):
    theirs = pingouin.tost(changes, np.zeros(len(changes)), bound=margin, paired=True)
    ours = against(changes, margin, 1)["p_equivalent"]
    assert ours == pytest.approx(theirs["pval"].iloc[0], abs=1e-6)


def estimated(changes: np.ndarray, rooms: int, margin: float | None = 0.5) -> dict:
    where = np.arange(len(changes)) * rooms // len(changes)
    return estimate(changes, where, -1, 99, np.random.default_rng(1), margin=margin)


def test_the_means_of_workshops_are_tested_where_there_are_several():
    found = estimated(MOVED, 4)
    means = means_of(MOVED, np.repeat(np.arange(4), 10))
    theirs = pingouin.tost(means, np.zeros(4), bound=0.5, paired=True)["pval"].iloc[0]
    assert found["p_equivalent"] == pytest.approx(theirs, abs=1e-6)
    assert np.isnan(estimated(MOVED, 2)["p_equivalent"])


def test_without_a_margin_or_with_few_pairs_nothing_is_tested():
    assert np.isnan(estimated(MOVED, 1, None)["p_equivalent"])
    assert np.isnan(estimated(MOVED[:29], 1)["p_equivalent"])
    assert np.isnan(against(np.full(40, -1.0), 0.5, -1)["p_beyond"])


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(3, 3), (4, 4), (3, 2), (3, 4)] * 10, "smaller than 0.5 points to both sides"),
        ([(4, 3), (4, 2), (5, 4)] * 10, "more than 0.5 points for the better"),
        ([(4, 3), (4, 4)] * 15, "reaches 0.5 points is open"),
    ],
)
def test_the_note_says_whether_the_change_matters(pairs, words, file, store):
    room(store, "ROOM", pairs)
    (row,) = myths.change(file, margin=0.5).to_dict("records")
    assert words in row["note"]
    assert row["margin"] == 0.5
    (row,) = myths.change(file).to_dict("records")
    assert "0.5 points" not in row["note"]


def test_half_a_standard_deviation_of_the_answers_before_stands_beside(file, store):
    room(store, "ROOM", [(1, 1), (3, 2), (5, None), (5, 5)])
    (row,) = myths.change(file).to_dict("records")
    assert row["half_sd"] == pytest.approx(np.std([1, 3, 5], ddof=1) / 2)


@pytest.mark.parametrize("margin", [0, -0.5, float("nan")])
def test_a_margin_that_is_no_change_is_refused(margin, file, store):
    with pytest.raises(EvaluationError, match="no change that matters"):
        myths.change(file, margin=margin)
