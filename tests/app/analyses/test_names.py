"""Analyses beyond the split are computed where they are asked for, and change nothing of the split."""

import pandas as pd
import pytest

import capshare
from capshare.analyses.names import ALL
from capshare.base.errors import CapshareError

SIDES = {"price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt"}


@pytest.fixture
def split(isles):
    return capshare.run(isles, analyses=())


@pytest.mark.slow
def test_the_split_alone_is_the_split_of_the_whole_run(isles, split):
    whole = capshare.run(isles)
    pd.testing.assert_frame_equal(split.allocation.provinces, whole.allocation.provinces)
    pd.testing.assert_frame_equal(split.prices, whole.prices.drop(columns=[*SIDES]))
    pd.testing.assert_frame_equal(split.allocation.blocks, whole.allocation.blocks.drop(columns=[*SIDES]))
    assert split.allocation.mps == whole.allocation.mps
    assert set(split.notes) < set(whole.notes)


def test_what_was_not_asked_for_is_absent(split):
    assert split.comparison is None
    assert split.market is None
    assert (split.groups.loss, split.groups.firmness) == (None, None)
    assert not SIDES & {*split.prices, *split.allocation.blocks}


@pytest.mark.slow
def test_one_name_brings_its_part_and_no_other(isles):
    assert capshare.run(isles, analyses=["market"]).market is not None
    compared = capshare.run(isles, analyses=["rule-comparison"])
    assert (compared.comparison is None, compared.market) == (False, None)


@pytest.mark.slow
def test_without_the_bootstrap_the_ranks_of_prices_are_absent():
    marginal = capshare.run("tian-lin-2021-given", analyses=()).costs.marginal
    assert "price_yuan_per_t" in marginal
    assert not any(str(column).startswith("rank") for column in marginal)


@pytest.mark.slow
def test_a_run_of_the_split_alone_can_be_written(split, tmp_path):
    folder = capshare.write(split, tmp_path / "run")
    assert not (folder / "market.csv").exists()
    assert (folder / "provinces.csv").exists()


def test_an_unknown_analysis_is_refused_with_the_known_ones(isles):
    with pytest.raises(CapshareError, match="found stability") as caught:
        capshare.run(isles, analyses=["market", "stability"])
    assert all(name in str(caught.value) for name in ALL)
