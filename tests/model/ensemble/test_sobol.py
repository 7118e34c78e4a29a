"""Sobol indices: a function whose indices are known, another library, and figures without a spread."""

import numpy as np
import pytest

from capshare.model.ensemble.sobol import sobol_indices


def ishigami(x):
    return np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])


def draws(pairs):
    random = np.random.default_rng(1)
    one, other = random.uniform(-np.pi, np.pi, (2, pairs, 3))
    mixed = np.array([np.where(np.arange(3) == place, other, one) for place in range(3)])
    return one, other, mixed


def test_indices_of_ishigami():
    """Ishigami & Homma 1990; the indices are printed in Saltelli et al. 2008, Global Sensitivity Analysis."""
    found = sobol_indices(*(ishigami(each)[..., None] for each in draws(20_000)), seed=1)
    assert found.first_order[:, 0] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert found.total[:, 0] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert (found.low < found.total).all()
    assert (found.total < found.high).all()
    assert (found.high - found.low).max() < 0.05


def test_the_same_estimators_as_salib():
    sobol = pytest.importorskip("SALib.analyze.sobol")
    one, other, mixed = (ishigami(each)[..., None] for each in draws(500))
    found = sobol_indices(one, other, mixed, seed=1)
    one, other, mixed = ((each - np.mean([one, other]))[..., 0] for each in (one, other, mixed))
    for place in range(3):
        theirs = sobol.first_order(one, mixed[place], other), sobol.total_order(one, mixed[place], other)
        ours = found.first_order[place, 0], found.total[place, 0]
        assert ours == pytest.approx(np.ravel(theirs), rel=1e-9)


def test_a_group_is_exchanged_as_one():
    random = np.random.default_rng(2)
    one, other = random.normal(size=(2, 5_000, 4))
    mixed = np.array([np.where(np.arange(4) < 3, other, one), np.where(np.arange(4) == 3, other, one)])
    found = sobol_indices(*(each.sum(axis=-1, keepdims=True) for each in (one, other, mixed)), seed=1)
    assert found.total[:, 0] == pytest.approx([0.75, 0.25], abs=0.03)


def test_a_figure_that_does_not_vary_has_no_indices():
    same = np.full((10, 2), 0.1 + 0.2)
    found = sobol_indices(same, same, np.stack([same]), seed=1)
    assert np.isnan(found.total).all()
    assert np.isnan(found.low).all()


def test_the_interval_is_the_same_for_the_same_seed():
    made = [ishigami(each)[..., None] for each in draws(50)]
    one, again, other = (sobol_indices(*made, seed=seed).low.tobytes() for seed in (1, 1, 2))
    assert one == again != other
