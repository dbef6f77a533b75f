"""One factor behind several items: how much of their sum it explains, and how badly it fits."""

from __future__ import annotations

import numpy as np

from myths.evaluation.stats.ranks import Floats

_STEPS = 200  # of the factor's iteration


def omega(covariance: Floats) -> Floats:
    """Return McDonald's omega total (…,) of one factor from covariances (…, k, k).

    It is NaN where an item does not vary.
    """
    spread, related, loading = _one_factor(covariance)
    common = (loading * spread).sum(axis=-1) ** 2
    own = (spread**2 * (1 - np.minimum(loading**2, 1))).sum(axis=-1)
    constant = ~np.isfinite(related).all(axis=(-2, -1))
    return np.asarray(np.where(constant, np.nan, common / (common + own)))


def misfit(covariance: Floats) -> float:
    """Return the SRMR of one factor: how far it is from the correlations, on average (k, k)."""
    _, related, loading = _one_factor(covariance)
    below = np.tril_indices(len(related), -1)
    return float(np.sqrt(np.mean((related - np.outer(loading, loading))[below] ** 2)))


def _one_factor(covariance: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the spreads (…, k), the correlations (…, k, k) and one factor's loadings (…, k).

    The loadings come from iterated principal axes.
    """
    spread = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    with np.errstate(divide="ignore", invalid="ignore"):
        related = covariance / (spread[..., :, None] * spread[..., None, :])
    constant = ~np.isfinite(related).all(axis=(-2, -1))
    reduced = np.where(constant[..., None, None], np.eye(spread.shape[-1]), related)
    diagonal = np.arange(spread.shape[-1])
    shared = np.abs(reduced - np.eye(len(diagonal))).max(axis=-1)
    for _ in range(_STEPS):
        reduced[..., diagonal, diagonal] = shared
        sizes, axes = np.linalg.eigh(reduced)
        loading = axes[..., -1] * np.sqrt(np.maximum(sizes[..., -1:], 0))
        before, shared = shared, np.minimum(loading**2, 1)
        if np.abs(shared - before).max() < 1e-8:
            break
    return spread, related, loading
