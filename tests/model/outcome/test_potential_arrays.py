"""Potential on arrays: what the labelled ranking says, and nothing where it has no ranking."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.outcome.component_arrays import component_arrays
from capshare.model.outcome.potential import potential
from capshare.model.outcome.potential_arrays import potential_arrays, ranks
from capshare.model.outcome.principal_components import principal_components

NAMES = ["delta", "alpha", "echo", "bravo", "charlie"]


def drawn(seed, provinces=12):
    random = np.random.default_rng(seed)
    common = random.normal(size=(provinces, 2))
    values = common @ random.normal(size=(2, len(NAMES))) + random.normal(size=(provinces, len(NAMES)))
    return pd.DataFrame(100 + 10 * values, columns=NAMES, index=[f"p{n:02d}" for n in range(provinces)])


def of_arrays(frame, keep="kaiser"):
    return potential_arrays(frame.to_numpy(), np.argsort(frame.columns.to_numpy(dtype=str)), keep)


@pytest.mark.parametrize("keep", ["kaiser", 0.6, 0.95, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_scores_and_ranks_are_those_of_the_labelled_ranking(seed, keep):
    frame = drawn(seed, provinces=3 + 4 * seed)
    if seed == 3:
        frame["alpha"] = 7.0
    table = potential(frame, keep).table.reindex(frame.index)
    found = of_arrays(frame, keep)
    np.testing.assert_allclose(found.score, table["score"], atol=1e-9)
    assert list(found.rank) == list(table["rank"])


def test_components_are_those_of_numpy_s_own_correlation():
    frame = drawn(1, provinces=30)
    found = component_arrays(frame.to_numpy(), np.arange(5))
    np.testing.assert_allclose(found.correlation, np.corrcoef(frame.to_numpy().T), atol=1e-14)
    np.testing.assert_allclose(np.var(found.scores, axis=0, ddof=1), found.eigenvalues, rtol=1e-12)
    np.testing.assert_allclose(principal_components(frame).correlation, frame.corr(), atol=1e-14)


def test_no_ranking_of_two_provinces_or_of_one_indicator_that_varies():
    assert of_arrays(drawn(0, provinces=2)) is None
    assert of_arrays(drawn(0)[["alpha"]].assign(bravo=1.0, charlie=2.0)) is None


def test_without_a_component_to_keep_the_labelled_ranking_says_why():
    frame = pd.DataFrame({"alpha": [1.0, -1, 1, -1], "bravo": [1.0, 1, -1, -1]})
    assert of_arrays(frame) is None
    with pytest.raises(CapshareError, match="an eigenvalue above 1"):
        potential(frame)


def test_equal_scores_share_the_better_rank():
    assert list(ranks(np.array([50.0, 100.0, 50.0, 0.0]))) == [2, 1, 2, 4]
