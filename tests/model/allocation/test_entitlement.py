"""Entitlements of several blocks: each block's own projection, labelled, and all problems at once."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.allocation.entitlement import entitlements
from capshare.model.allocation.projection import project


@pytest.fixture
def parts():
    """Blocks in no order, one of them with a single province, provinces clipped on both sides."""
    index = list("abcdefg")
    return {
        "share": pd.Series([1.0, 2, 7, 3, 0, 5, 4], index=index),
        "block": pd.Series(["y", "x", "y", "z", "x", "x", "y"], index=index),
        "lower_mt": pd.Series([25.0, 0, 0, 1, 2, 1, 0], index=index),
        "upper_mt": pd.Series([np.inf, 4, 40, 90, 9, np.inf, np.inf], index=index),
    }


CAPS = pd.Series({"x": 20.0, "y": 100.0, "z": 30.0})


def test_each_block_is_its_own_projection(parts):
    found = entitlements(cap_mt=CAPS, **parts)
    for name, members in parts["block"].groupby(parts["block"]).groups.items():
        low, high = parts["lower_mt"][members], parts["upper_mt"][members]
        alone = project(parts["share"][members], CAPS[name], low, high)
        for column, expected in (
            ("entitlement_mt", alone.amount_mt),
            ("constant_mt", alone.constant_mt),
            ("slope", alone.slope),
            ("clipped", alone.clipped),
        ):
            assert found.loc[members, column].tolist() == expected.tolist()


def test_worked_by_hand(parts):
    """Block y: a needs 25, c may take 40, g the rest; block x: b may take 4, e has no share, f the rest."""
    found = entitlements(cap_mt=CAPS, **parts)
    assert found["entitlement_mt"].to_dict() == {"a": 25, "b": 4, "c": 40, "d": 30, "e": 2, "f": 14, "g": 35}
    assert "".join(found["clipped"].str[:1]) == "fccf"


def test_order_of_rows_does_not_matter(parts):
    found = entitlements(cap_mt=CAPS, **parts)
    shuffled = {name: column.sample(frac=1, random_state=3) for name, column in parts.items()}
    again = entitlements(cap_mt=CAPS[::-1], **shuffled)
    pd.testing.assert_frame_equal(again.loc[found.index], found)


def test_problems_of_all_blocks_at_once(parts):
    with pytest.raises(CapshareError, match=r"block x, floors.*\n.*block z, ceilings") as raised:
        entitlements(cap_mt=pd.Series({"x": 1.0, "y": 100.0, "z": 95.0}), **parts)
    assert [problem.place for problem in raised.value.problems] == ["floors", "ceilings"]


def test_a_block_without_a_cap_is_named(parts):
    with pytest.raises(CapshareError, match=r"a cap for every block; found none for \['z'\]"):
        entitlements(cap_mt=CAPS.drop("z"), **parts)
