"""Numbers of a study, and variants that keep what did not change."""

import pandas as pd
import pytest

from capshare.chain.split import split


@pytest.fixture
def base(prepared):
    return prepared("tian-lin-2021-t20")


def test_a_variant_names_what_changes_and_keeps_the_rest(base):
    numbers = base.numbers
    changed = numbers.with_(limits__max_deviation=0.1, limits__trade_limit=0.3, grouping__k=5)
    assert (changed.limits.max_deviation, changed.limits.trade_limit) == (0.1, 0.3)
    assert changed.grouping.k == 5
    assert changed.limits.penalty_yuan_per_t == numbers.limits.penalty_yuan_per_t
    assert changed.indicators is numbers.indicators
    assert numbers.grouping.k == 6


def test_an_unknown_number_is_refused(base):
    with pytest.raises((TypeError, AttributeError), match="max_distance"):
        base.numbers.with_(limits__max_distance=0.1)
    with pytest.raises((TypeError, AttributeError), match="nothing"):
        base.numbers.with_(nothing=1)


@pytest.mark.parametrize(
    ("changes", "scores", "groups"),
    [
        ({"limits__max_deviation": 0.1}, True, True),
        ({"scope": "national"}, True, True),
        ({"grouping__k": 4}, True, False),
        ({"indicators__weighting": "equal"}, False, False),
    ],
)
def test_stages_are_kept_where_nothing_before_them_changed(base, changes, scores, groups):
    variant = split(base.numbers.with_(**changes), base.split)
    assert (variant.weighed is base.split.weighed) == scores
    assert (variant.groups is base.split.groups) == groups


def test_a_variant_is_what_its_own_numbers_give(base):
    changes = {"indicators__weighting": "equal", "grouping__k": 4, "limits__max_deviation": 0.1}
    numbers = base.numbers.with_(**changes)
    kept, fresh = split(numbers, base.split), split(numbers)
    pd.testing.assert_frame_equal(kept.data().provinces, fresh.data().provinces)
    pd.testing.assert_series_equal(kept.blocks.block, fresh.blocks.block)


def test_one_engine_compiles_each_shape_once(base):
    data = base.data()
    programme = base.engine.programme(data)
    assert base.engine.programme(base.data()) is programme
    national = split(base.numbers.with_(scope="national"), base.split).data()
    assert base.engine.programme(national) is not programme
    assert base.engine.allocate(data).objective_1e8yuan == base.engine.allocate(data).objective_1e8yuan
