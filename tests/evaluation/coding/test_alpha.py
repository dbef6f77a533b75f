"""Krippendorff's alpha and its interval: published examples, other programs, simulated coders."""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
from myths.evaluation.coding.alpha import _alphas, _counts, alpha, alpha_interval
from scipy import stats

NAN = math.nan
# Example C in Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; also in Hayes and
# Krippendorff (2007).
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)


def test_alpha_of_krippendorffs_example_with_two_observers_and_yes_or_no():
    """Example A in Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    value, note = alpha(np.array([meg, owen], dtype=float))
    assert value == pytest.approx(0.095, abs=0.0005)
    assert value == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert note == ""


def test_alpha_of_krippendorffs_example_with_four_observers_and_gaps():
    assert alpha(OBSERVERS)[0] == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        ([[0, 1, 1]], "needs two coders"),
        (np.empty((0, 3)), "needs two coders"),
        (np.empty((2, 0)), "No text was judged by two"),
        ([[0, NAN], [NAN, 1]], "No text was judged by two"),
        ([[0, 0, 1], [0, 0, NAN]], "gave this code to no text"),
        ([[1, 1], [1, 1]], "gave this code to every text"),
        ([[0, 1] * 4 + [1], [0] * 9], "fewer than 10 texts"),
    ],
)
def test_where_alpha_cannot_be_computed_a_sentence_says_why(judged, told):
    value, note = alpha(np.array(judged, dtype=float))
    assert value is None
    assert told in note


def judges(
    rng: np.random.Generator, texts: int, *, often: float, true: float, coders: int = 2
) -> np.ndarray:
    """Coders x texts of which alpha is `true` for endlessly many texts: seen or guessed."""
    there = rng.random(texts) < often
    seen = rng.random((coders, texts)) < math.sqrt(true)
    return np.where(seen, there, rng.random((coders, texts)) < often).astype(float)


def test_alpha_of_a_sample_is_the_one_that_the_library_gives():
    rng = np.random.default_rng(1)
    judged = judges(rng, 40, often=0.4, true=0.6, coders=3)
    judged[0, :7] = NAN
    drawn = rng.integers(40, size=40)
    times = np.bincount(drawn, minlength=40).astype(float)
    ours = _alphas(times[None, :], _counts(judged))[0]
    theirs = krippendorff.alpha(judged[:, drawn], level_of_measurement="nominal")
    assert ours == pytest.approx(theirs)


def test_samples_spread_as_in_the_published_example_of_another_program():
    """README of the R package icr (github.com/staudtlex/icr), nonparametric bootstrap of example C.

    It tells a mean of 0.727, a standard error of 0.139, a 2.5 % point of 0.435, a 97.5 % point of
    1.00, and of 1,000 samples 0.304 above 0.80 and 0.938 above 0.50. Krippendorff's own algorithm
    gives 0.572 to 0.85 there: much narrower.
    """
    counts = _counts(OBSERVERS)
    rng = np.random.default_rng(1)
    times = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=20_000)
    samples = _alphas(times.astype(float), counts)
    assert samples.mean() == pytest.approx(0.727, abs=0.015)
    assert samples.std() == pytest.approx(0.139, abs=0.01)
    low, high = np.quantile(samples, [0.025, 0.975])
    assert low == pytest.approx(0.435, abs=0.03)
    assert high == pytest.approx(1)
    assert (samples > 0.8).mean() == pytest.approx(0.304, abs=0.04)
    assert (samples > 0.5).mean() == pytest.approx(0.938, abs=0.02)


def test_the_interval_is_scipys_percentile_one_at_its_wider_level():
    judged = judges(np.random.default_rng(3), 60, often=0.4, true=0.6)
    (low, high), why = alpha_interval(judged)
    far = stats.t.ppf(0.025, 59) * np.sqrt(60 / 59)

    def of_sample(first: np.ndarray, second: np.ndarray) -> float:
        return krippendorff.alpha(np.array([first, second]), level_of_measurement="nominal")

    theirs = stats.bootstrap(
        tuple(judged),
        of_sample,
        paired=True,
        vectorized=False,
        confidence_level=1 - 2 * stats.norm.cdf(far),
        method="percentile",
        n_resamples=2_000,
        rng=np.random.default_rng(1),
    ).confidence_interval
    assert why == ""
    assert (low, high) == pytest.approx(tuple(theirs), abs=0.04)


@pytest.mark.parametrize("coders", [2, 3])
@pytest.mark.parametrize(("often", "true"), [(0.2, 0.7), (0.5, 0.4), (0.5, 0.7)])
def test_from_thirty_texts_on_the_interval_holds_the_truth(often, true, coders):
    rng = np.random.default_rng(2026)
    held = []
    while len(held) < 150:
        found, _ = alpha_interval(judges(rng, 30, often=often, true=true, coders=coders))
        if found is not None:
            held.append(found[0] <= true <= found[1])
    assert np.mean(held) > 0.9


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        ([[0, 1] * 14, [0, 0, 1, 1] * 7], "fewer than 30 texts"),
        ([[1] * 4 + [0] * 36, [1] * 3 + [0] * 37], "fewer than 5 texts have this code, or lack"),
        ([[0] * 4 + [1] * 36, [0] * 3 + [1] * 37], "fewer than 5 texts have this code, or lack"),
        ([[0, 1] * 20, [0, 1] * 20], "the coders never differ"),
    ],
)
def test_where_an_interval_would_mislead_a_sentence_says_so(judged, told):
    found, why = alpha_interval(np.array(judged, dtype=float))
    assert found is None
    assert told in why
    assert alpha(np.array(judged, dtype=float))[0] is not None
