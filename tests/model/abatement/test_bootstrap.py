from dataclasses import replace

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.bootstrap import rank_bootstrap
from capshare.model.abatement.sample import sample_of
from capshare.model.abatement.technology import LEVELS

DRAWS = 8


@pytest.fixture(scope="module")
def sample(complete):
    return sample_of(complete, LEVELS, (2005, 2017))


@pytest.fixture(scope="module")
def ranks(sample):
    return rank_bootstrap(sample, draws=DRAWS, seed=1)


def test_ranks_are_places(ranks, base):
    assert set(ranks.index) == set(base.index)
    assert sorted(ranks["rank"]) == list(range(1, 31))
    assert (ranks["rank_p05"] <= ranks["rank_median"]).all()
    assert (ranks["rank_median"] <= ranks["rank_p95"]).all()
    assert ranks.min(axis=None) >= 1
    assert ranks.max(axis=None) <= 30


def test_the_dearest_province_is_first(ranks, function, base):
    assert ranks["rank"].idxmin() == function.price_yuan_per_t(base).idxmax()


def test_a_seed_repeats_the_draws_whatever_the_order_of_rows(ranks, sample):
    shuffled = replace(sample, observations=sample.observations.sample(frac=1, random_state=4))
    again = rank_bootstrap(shuffled, draws=DRAWS, seed=1)
    pd.testing.assert_frame_equal(again, ranks)


def test_years_disturb_the_order_less_than_provinces(ranks, sample):
    by_year = rank_bootstrap(sample, resample="year", draws=DRAWS, seed=1)
    width, width_by_year = (table["rank_p95"] - table["rank_p05"] for table in (ranks, by_year))
    assert width_by_year.mean() < width.mean()


def test_no_draws_or_no_block(sample):
    with pytest.raises(CapshareError, match="draws >= 1"):
        rank_bootstrap(sample, draws=0)
    with pytest.raises(CapshareError, match="resample = province or year"):
        rank_bootstrap(sample, resample="cell")
