from __future__ import annotations

import myths
import numpy as np
import pandas as pd
import pingouin
import pytest
from myths.errors import EvaluationError
from myths.evaluation.stats.one_factor import misfit, omega
from myths.evaluation.stats.reliability import POOR_FIT, alpha

from tests.evaluation.said import room, say

MODULES = ("risk", "harm", "funding")


@pytest.fixture
def scores() -> np.ndarray:
    rng = np.random.default_rng(4)
    common = rng.standard_normal((60, 1))
    return np.clip(np.rint(3 + common + rng.standard_normal((60, 4))), 1, 5)


def test_alpha_and_its_interval_are_pingouins(scores):
    theirs = pingouin.cronbach_alpha(pd.DataFrame(scores))
    value, low, high = alpha(scores)
    assert value == pytest.approx(theirs[0])
    assert (low, high) == pytest.approx(tuple(theirs[1]), abs=5e-4)


def test_omega_finds_the_factor_that_made_the_covariances():
    loading = np.array([0.9, 0.7, 0.5, 1.2])
    own = np.array([0.5, 0.4, 0.8, 0.6])
    true = loading.sum() ** 2 / (loading.sum() ** 2 + own.sum())
    assert omega(np.outer(loading, loading) + np.diag(own)) == pytest.approx(true, abs=1e-4)


def test_omega_is_alpha_if_all_items_measure_alike():
    covariance = np.full((5, 5), 0.4) + np.diag(np.full(5, 0.6))
    value = 5 / 4 * (1 - np.trace(covariance) / covariance.sum())
    assert omega(covariance) == pytest.approx(value, abs=1e-6)


def said_for(factors: int) -> np.ndarray:
    """Ratings of sixty people of four statements: of one belief, or two and two."""
    rng = np.random.default_rng(7)
    beliefs = rng.standard_normal((60, factors)).repeat(4 // factors, axis=1)
    return np.clip(np.rint(3 + beliefs + rng.standard_normal((60, 4)) / 3), 1, 5)


@pytest.mark.parametrize(("factors", "told"), [(1, False), (2, True)])
def test_a_note_says_when_one_factor_fits_badly(file, store, factors, told):
    values = said_for(factors)
    names = room(store, "ROOM", [(None, None)] * len(values))
    for name, row in zip(names, values, strict=True):
        for module, value in zip((*MODULES, "mediation"), row, strict=True):
            say(store, name, "myth", "before", value, module=module)
    table = myths.reliability(file, composite="myths", resamples=50)
    assert table["omega"].notna().all()
    assert ("One factor fits badly." in table["note"][0]) is told


def test_the_misfit_of_a_factor_is_the_root_of_its_mean_squared_residual():
    loading = np.array([0.9, 0.7, 0.5, 0.8])
    related = np.outer(loading, loading)
    np.fill_diagonal(related, 1)
    assert misfit(related) == pytest.approx(0, abs=1e-4)
    assert misfit(np.corrcoef(said_for(2).T)) > POOR_FIT > misfit(np.corrcoef(said_for(1).T))


def test_each_composite_is_one_statement_from_every_module_of_all_workshops():
    db = myths.rehearsal_data()
    table = myths.reliability(db, rehearsal=True, pool_wordings=True, resamples=100)
    assert table["composite"].tolist() == ["myths", "facts", "overcorrections", "confidence"]
    assert table["items"][0] == "risk.myth, womens-services.myth, mediation.myth"
    assert (table["alpha_low"] < table["alpha"]).all()
    assert (table["alpha"] < table["alpha_high"]).all()
    by_hand = myths.wide(db, rehearsal=True)
    by_hand = by_hand[[f"{item}.before" for item in table["items"][0].split(", ")]].dropna()
    assert table["n"][0] == len(by_hand)
    assert table["alpha"][0] == pytest.approx(alpha(by_hand.to_numpy(dtype=float))[0])
    assert table["omega_low"][0] < table["omega"][0] < table["omega_high"][0]


@pytest.mark.parametrize(
    ("composite", "words"),
    [
        (["risk.myth", "risk.fact"], "worded against each other"),
        (["risk.myth", "womens-services.fact", "mediation.myth"], "means different things"),
        (["risk.myth", "mediation.myth"], "at least 3 modules"),
        ("risk", "no composite 'risk'"),
        (["risk.nothing"], "risk.nothing"),
    ],
)
def test_what_is_no_scale_is_refused_in_a_sentence(composite, words):
    db = myths.rehearsal_data()
    with pytest.raises(EvaluationError, match=words):
        myths.reliability(db, "TRIAL1", rehearsal=True, composite=composite)


def test_wordings_are_not_pooled_unasked():
    db = myths.rehearsal_data()
    with pytest.raises(EvaluationError, match="language= or wording="):
        myths.reliability(db, rehearsal=True)
    asked = myths.change(db, rehearsal=True, by="wording", language="en")["wording"]
    chosen = myths.reliability(db, rehearsal=True, wording=list(asked), composite="myths")
    pd.testing.assert_frame_equal(
        chosen, myths.reliability(db, rehearsal=True, language="en", composite="myths")
    )


@pytest.mark.parametrize(
    ("values", "words"), [([2, 3], "fewer than 10"), ([3] * 12, "everybody answered alike")]
)
def test_a_thin_sample_gets_no_coefficient_and_a_reason(file, store, values, words):
    names = room(store, "ROOM", [(value, None) for value in values])
    for name, value in zip(names, values, strict=True):
        for module in MODULES[1:]:
            say(store, name, "myth", "before", value, module=module)
    table = myths.reliability(file, composite="myths")
    assert words in table["note"][0]
    assert table[["alpha", "omega"]].isna().all(axis=None)
    assert "nan" not in table.to_string().lower()


def test_without_answers_there_is_a_table_without_rows(file, store):
    assert myths.reliability(file).empty
