"""Means of workshops and their likeness, beside R and pingouin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pingouin
import pytest
from myths.evaluation.stats.inference import estimate
from myths.evaluation.stats.ranks import flip_test
from myths.evaluation.stats.room_means import room_means

from tests.evaluation.r import by_r, needs_r

ROOMS = {  # changes in rooms of very different size
    "three": [[-1, 0, -1, -2, 0], [0, 0, 1, -1, 0, 0, -1, 1], [-2, -1, -1, 0, -3, -1] * 2],
    "six": [[-1, 0], [1, -1, 0], [-2, -1, -1, 0] * 5, [0, -1] * 6, [-1, -1, 0, 1, -2], [-1, 0] * 9],
    "alike": [[-1, 1, 0, -2], [-2, 0, -1, 1, 0], [0, -1, 1, -2, 0, -1]],
}
BY_R = """
changes <- list({changes})
room <- factor(rep(seq_along(changes), lengths(changes)))
y <- unlist(changes)
k <- length(changes); n <- length(y); sizes <- lengths(changes)
t <- t.test(vapply(changes, mean, 1))
f <- anova(lm(y ~ room))[["F value"]][1]
usual <- (n - sum(sizes^2) / n) / (k - 1)
icc <- function(ratio) (ratio - 1) / (ratio - 1 + usual)
ends <- qf(c(0.5, 0.975, 0.025), k - 1, n - k)
cat(sprintf("[%.10f, %.10f, %.10f, %.10f, %.10f, %.10f]", t$estimate, t$conf.int[1],
  t$conf.int[2], icc(f), icc(f / ends[2]), icc(f / ends[3])))
"""


def drawn(case: str) -> tuple[np.ndarray, np.ndarray]:
    rooms = ROOMS[case]
    return np.concatenate(rooms).astype(float), np.repeat(np.arange(len(rooms)), [*map(len, rooms)])


@needs_r
@pytest.mark.parametrize("case", ROOMS)
def test_r_finds_the_same_mean_and_the_same_likeness(case, tmp_path):
    changes = ", ".join(f"c({', '.join(map(str, room))})" for room in ROOMS[case])
    theirs = by_r(BY_R.replace("{changes}", changes), tmp_path)
    assert list(room_means(*drawn(case)).values()) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("case", ROOMS)
def test_pingouin_finds_the_same_interval_and_the_same_variance(case):
    changes, room = drawn(case)
    found = room_means(changes, room)
    means = pd.Series(changes).groupby(room).mean()
    (ends,) = pingouin.ttest(means, 0)["CI95"]
    told = [found["workshop_mean_low"], found["workshop_mean_high"]]
    assert told == pytest.approx(list(ends), abs=0.006)  # it rounds
    table = pd.DataFrame({"change": changes, "room": room})
    between, within = pingouin.anova(table, dv="change", between="room", detailed=True)["MS"]
    sizes = np.bincount(room)
    usual = (len(room) - (sizes**2).sum() / len(room)) / (len(sizes) - 1)
    shared = (between - within) / usual
    assert found["icc"] == pytest.approx(shared / (shared + within), abs=1e-6)


def test_rooms_that_moved_alike_have_no_interval_and_people_who_did_have_no_likeness():
    alike = room_means(np.array([0.0, -2, 0, -2, 0, -2]), np.array([0, 0, 1, 1, 2, 2]))
    assert alike["workshop_mean"] == -1
    assert np.isnan([alike["workshop_mean_low"], alike["workshop_mean_high"]]).all()
    assert alike["icc"] < 0
    apart = room_means(np.array([0.0, 0, -1, -1, -2, -2]), np.array([0, 0, 1, 1, 2, 2]))
    assert np.isnan([apart["icc"], apart["icc_low"], apart["icc_high"]]).all()


def test_six_workshops_that_all_moved_one_way_are_the_fewest_with_an_unlikely_flip():
    """Two of the 64 ways to flip six signs are as far out."""
    rng = np.random.default_rng(1)
    (p,) = flip_test(np.ones((6, 1)), rng)
    assert p == 2 / 64
    (p,) = flip_test(np.ones((5, 1)), rng)
    assert p == 2 / 32


@pytest.mark.parametrize(("rooms", "test"), [(2, None), (3, "none"), (5, "none"), (6, "signs")])
def test_what_a_few_workshops_allow(rooms, test):
    rng = np.random.default_rng(1)
    changes = np.array([[-1.0, 0, -2, -1, 1, 0]] * rooms) - np.arange(rooms)[:, None] % 2
    found = estimate(changes.ravel(), np.repeat(np.arange(rooms), 6), -1, 99, rng)
    assert np.isnan(found["workshop_mean_low"]) == (test is None)
    assert np.isnan([found["mean_low"], found["effect_low"]]).all()
    assert np.isfinite(found["effect"]) == (test is not None)
    tested = test == "signs"
    assert found["test"].startswith(test or "none")
    assert np.isfinite(found["p"]) == tested
    assert (found["p"] < 0.05) == tested
