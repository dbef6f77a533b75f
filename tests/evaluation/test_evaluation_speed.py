"""A thousand workshops in under a minute, in seconds of the processor."""

from __future__ import annotations

import time

import myths
import numpy as np
import pandas as pd
import pytest
from myths.evaluation.data import pairs
from myths.evaluation.stats import change, description

WORKSHOPS, PEOPLE = 1_000, 30
BUDGET = 60  # seconds; some 5 and 25 are needed


@pytest.fixture(scope="module")
def frames() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Answers, people and codebook of a thousand workshops with all modules."""
    rng = np.random.default_rng(1)
    book = myths.codebook(source="content").query("language == 'en'")
    asked = pairs._asked_twice(book)
    total = WORKSHOPS * PEOPLE
    names = [f"p{number}" for number in range(total)]
    rooms = [f"W{number}" for number in range(WORKSHOPS)]
    people = pd.DataFrame(
        {
            "workshop": pd.Categorical.from_codes(np.repeat(np.arange(WORKSHOPS), PEOPLE), rooms),
            "participant": pd.Categorical.from_codes(np.arange(total), names),
            "language": pd.Categorical(["en"] * total),
            "audience": pd.Categorical(["mixed"] * total),
        }
    )
    item, person = np.tile(np.arange(len(asked)), total), np.repeat(np.arange(total), len(asked))
    columns = ["module", "item", "kind", "language", "wording"]
    phases = []
    for phase in ("before", "after"):
        said = asked[columns].take(item).reset_index(drop=True)
        said["participant"] = pd.Categorical.from_codes(person, names)
        said["phase"] = phase
        said["value"] = rng.integers(1, 6, len(said)).astype(float)
        said["declined"] = False
        phases.append(said[rng.random(len(said)) < 0.9])
    return pd.concat(phases), people, book


@pytest.mark.soak
@pytest.mark.parametrize("by", [None, "workshop"])
def test_a_thousand_workshops_are_compared_in_a_minute(frames, by):
    said, people, book = frames
    start = time.process_time()
    paired = description.beside(pairs.pair(said, people, book, phase="after"))
    table = change.changed(paired, by=by)
    assert time.process_time() - start < BUDGET
    assert len(table) == 28 * (WORKSHOPS if by else 1)
