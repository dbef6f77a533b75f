"""The statistics against published examples, other programs, and all that could have happened."""

from __future__ import annotations

from itertools import product

import numpy as np
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from myths.evaluation.stats import ranks
from scipy import stats

# Wilcoxon 1945, Biometrics Bulletin 1, 80-83: wheat plants after two treatments of the seed; with
# both rank sums in github.com/WolfGladrow/DataAnalysis2022, NHST-pairedWilcoxon.R.
WHEAT = np.subtract(
    [209, 200, 177, 169, 159, 169, 187, 198], [151, 168, 147, 164, 166, 163, 176, 188]
)
# Hollander and Wolfe 1973, Nonparametric Statistical Methods, example 3.1: depression at two
# visits; with the p of their second edition in R's own regression tests.
DEPRESSION = np.subtract(
    [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29],
    [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30],
)
# Conover 1999, Practical Nonparametric Statistics, as the help of StatsDirect gives it
# (statsdirect.com/help/nonparametric_methods/wsr.htm): the second less the first born twin.
TWINS = np.subtract(
    [88, 77, 76, 64, 96, 72, 65, 90, 65, 80, 81, 72],
    [86, 71, 77, 68, 91, 72, 77, 91, 70, 71, 88, 87],
)
# Darwin's 15 pairs of maize in his order, in eighths of an inch, from ZeaMays in the R package
# HistData (Fisher 1935, The Design of Experiments, has them too); the documentation of
# scipy.stats.wilcoxon has the same differences sorted, with their p.
MAIZE = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48])

changes = st.lists(st.integers(-4, 4), min_size=1, max_size=9)


def tally(sample) -> tuple[ranks.Floats, np.ndarray]:
    sample = np.asarray(sample, dtype=float)
    values = ranks.grid(sample)
    return values, ranks.count(sample, values)


def p_of(sample) -> float:
    return ranks.signed_rank_test(*tally(sample))


def signed_sum(sample) -> float:
    values, counts = tally(sample)
    return float(ranks.ranks(values, counts) @ counts)


def test_wilcoxons_own_example():
    assert signed_sum(WHEAT) == 33 - 3
    assert p_of(WHEAT) == pytest.approx(10 / 256)
    assert ranks.rank_biserial(*tally(WHEAT)) == pytest.approx(30 / 36)


def test_the_example_of_hollander_and_wolfe():
    rounded = np.round(DEPRESSION, 3)
    assert signed_sum(rounded) == 5 - 40
    assert p_of(rounded) == pytest.approx(0.0391, abs=5e-5)


def test_the_example_of_conover_who_leaves_the_equal_pair_out():
    moved = TWINS[TWINS != 0]
    assert signed_sum(moved) == 24.5 - 41.5
    assert p_of(moved) == pytest.approx(0.4756, abs=5e-5)  # StatsDirect's exact one


def test_conovers_example_with_the_equal_pair_ranked_as_r_does_since_4_6():
    assert signed_sum(TWINS) == 28.5 - 48.5
    assert p_of(TWINS) == pytest.approx(0.458, abs=5e-4)


def test_the_example_of_darwin_and_fisher_as_scipy_documents_it():
    assert signed_sum(MAIZE) == 96 - 24
    assert p_of(MAIZE) == pytest.approx(0.041259765625)


def test_zeros_are_ranked_and_then_left_out_as_by_pratt():
    values, counts = tally([0, 0, 1, 1, -2])
    assert dict(zip(values, ranks.ranks(values, counts), strict=True)) == {
        -2: -5,
        -1: -3.5,
        0: 0,
        1: 3.5,
        2: 5,
    }


@settings(max_examples=40, deadline=None)
@given(changes)
def test_the_exact_p_counts_all_signs_that_the_changes_could_have(sample):
    signed = np.array([stats.rankdata(np.abs(sample))]) * (np.array(sample) != 0)
    sums = np.array(list(product([-1, 1], repeat=len(sample)))) @ signed.T
    seen = abs((np.sign(sample) * signed).sum())
    assert p_of(sample) == pytest.approx((np.abs(sums) >= seen - 1e-9).mean())


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(-4, 4), min_size=2, max_size=7).filter(any))
def test_the_exact_p_is_scipys_permutation_p(sample):
    method = stats.PermutationMethod(n_resamples=np.inf)
    theirs = stats.wilcoxon(sample, zero_method="pratt", method=method).pvalue
    assert p_of(sample) == pytest.approx(theirs)


def test_of_many_pairs_the_p_is_scipys_approximation_which_the_exact_one_meets():
    sample = np.repeat([-2, -1, 0, 1, 2], [140, 300, 300, 250, 10])
    assert len(sample) == ranks.EXACT_UP_TO
    theirs = stats.wilcoxon(
        [*sample, 0], zero_method="pratt", correction=False, method="asymptotic"
    ).pvalue
    assert p_of([*sample, 0]) == pytest.approx(theirs)
    assert p_of(sample) == pytest.approx(theirs, rel=0.1)


def test_the_p_of_a_hundred_and_one_pairs_is_the_exact_one_of_the_r_package_coin():
    """The normal approximation gives 0.0730 here: it differs in the second decimal."""
    sample = np.repeat([-2, -1, 0, 1, 2, 3], [4, 29, 48, 18, 1, 1])
    assert p_of(sample) == pytest.approx(0.0796, abs=5e-5)


def test_the_exact_p_of_many_pairs_stays_exact_in_the_far_tail():
    assert p_of(np.repeat(-1, 1_000)) == pytest.approx(2.0**-999)
    assert p_of(np.repeat([-3, -2], [10, 490])) == pytest.approx(2.0**-499)


def test_the_rank_biserial_is_pingouins_where_nobody_stayed():
    rng = np.random.default_rng(5)
    sample = rng.choice([-3, -2, -1, 1, 2], size=40)
    theirs = pingouin.wilcoxon(sample, np.zeros(40))
    column = next(name for name in theirs if name.upper() == "RBC")
    assert ranks.rank_biserial(*tally(sample)) == pytest.approx(float(theirs[column].iloc[0]))


@settings(max_examples=30, deadline=None)
@given(changes)
def test_a_mirrored_sample_has_the_opposite_effect_and_the_same_p(sample):
    mirrored = [-change for change in sample]
    assert ranks.rank_biserial(*tally(sample)) == -ranks.rank_biserial(*tally(mirrored))
    assert p_of(sample) == pytest.approx(p_of(mirrored))


def test_the_sign_test_is_the_binomial_one_and_calm_if_nobody_moved():
    assert ranks.sign_test(8, 1) == pytest.approx(2 * 10 / 512)
    assert ranks.sign_test(0, 0) == p_of([0, 0, 0]) == 1


def test_flipping_few_workshops_tries_every_flip():
    scores = np.array([[3.0, 1], [2, 1], [4, -1], [1, 1]])
    p, p_sign = ranks.flip_test(scores, np.random.default_rng(1))
    assert p == 2 / 16
    assert p_sign == 10 / 16


def test_flipping_workshops_of_one_person_is_the_signed_rank_test():
    rng = np.random.default_rng(3)
    sample = rng.choice([-2, -1, 0, 1, 1, 2], size=60)
    values, counts = tally(sample)
    signed = ranks.ranks(values, counts)[np.searchsorted(values, sample)]
    (p,) = ranks.flip_test(signed[:, None], rng)
    assert p == pytest.approx(p_of(sample), abs=0.015)


def test_bootstrap_samples_are_of_people_or_of_whole_workshops():
    rng = np.random.default_rng(1)
    people = ranks.resample(np.array([3, 0, 7]), 500, rng)
    assert (people.sum(axis=1) == 10).all()
    assert (people[:, 1] == 0).all()
    assert people.mean(axis=0) == pytest.approx([3, 0, 7], abs=0.3)
    rooms = ranks.resample(np.array([[2, 0, 0], [0, 0, 5]]), 500, rng)
    assert set(map(tuple, rooms)) == {(4, 0, 0), (2, 0, 5), (0, 0, 10)}


def test_the_interval_is_scipys_percentile_one_at_its_wider_level():
    sample = np.repeat([-2.0, -1, 0, 1], [5, 20, 12, 3])
    values, counts = tally(sample)
    rng = np.random.default_rng(2)
    ours = ranks.interval(ranks.resample(counts, 20_000, rng) @ values / len(sample), len(sample))
    far = stats.t.ppf(0.025, 39) * np.sqrt(40 / 39)
    theirs = stats.bootstrap(
        (sample,),
        np.mean,
        confidence_level=1 - 2 * stats.norm.cdf(far),
        method="percentile",
        n_resamples=20_000,
        rng=rng,
    ).confidence_interval
    assert ours == pytest.approx(tuple(theirs), abs=0.03)


def test_if_all_moved_one_way_the_end_is_the_exact_one_of_a_share():
    share = stats.binomtest(12, 12).proportion_ci(0.95, method="exact").low
    assert ranks.one_sided(12) == pytest.approx(2 * share - 1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=9))
def test_holms_correction_is_pingouins_and_leaves_out_what_was_not_tested(p):
    theirs = pingouin.multicomp(p, method="holm")[1]
    ours = ranks.holm(np.array([np.nan, *p, np.nan]))
    assert ours[1:-1] == pytest.approx(theirs)
    assert np.isnan(ours[[0, -1]]).all()
