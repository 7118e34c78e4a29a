"""The equity frontier: every kink of a cost that is known by hand, and the slope of every piece."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.allocation.convex_kinks import Point, kinks_between
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.frontier import equity_frontier
from capshare.model.allocation.limits import ScalarLimits

PEOPLE = pd.Series({"a": 10.0, "b": 10.0})


@pytest.fixture
def pair():
    """Entitlements of 80 Mt against emissions of 100, no trade; a abates at 10, b at 30 and then at 50."""
    provinces = pd.DataFrame(
        {"block": "all", "share": 1.0, "emissions_mt": 100.0, "floor_mt": 0.0, "ceiling_mt": np.inf},
        index=["a", "b"],
    )
    sizes = {("a", 1): (90.0, 10.0), ("b", 1): (10.0, 30.0), ("b", 2): (10.0, 50.0)}
    steps = pd.DataFrame(list(sizes.values()), columns=["size_mt", "cost_yuan_per_t"],
                         index=pd.MultiIndex.from_tuples(sizes, names=["code", "step"]))  # fmt: skip
    return allocation_data(provinces, pd.Series({"all": 160.0}), steps, ScalarLimits(0.2, 0.0, 0.0, 900.0))


def test_by_hand(pair):
    """T moves 80 T Mt from a to b: 40 yuan/t saved up to 10 Mt, 20 up to 20 Mt, then nothing.

    Cost at T = 0: a 20 × 10, b 10 × 30 + 10 × 50, in all 1000 (1e6 yuan); 600 at T = 0.125, 400 from 0.25 on.
    """
    found = equity_frontier(pair, PEOPLE, largest=1.0)
    assert found.index.tolist() == pytest.approx([0, 0.125, 0.25, 1])
    assert found["cost_1e8yuan"].tolist() == pytest.approx([10, 6, 4, 4])
    assert found["kink"].tolist() == [False, True, True, False]
    assert found["slope_1e8yuan"].tolist() == pytest.approx([-32, -16, 0, 0], abs=1e-9)
    assert found["at_limit"].iloc[0] == 2


def test_the_last_slope_is_that_of_the_last_piece(pair):
    found = equity_frontier(pair, PEOPLE, largest=0.2)
    assert found.index.tolist() == pytest.approx([0, 0.125, 0.2])
    assert found["slope_1e8yuan"].tolist() == pytest.approx([-32, -16, -16])


def bent(at, steep_at):
    """A cost that falls by 2 up to a kink and by 1 behind it; which slope it has at the kink is chosen."""

    def evaluate(deviation):
        cost = -2 * min(deviation, at) - max(0.0, deviation - at)
        steep = steep_at if deviation == at else deviation < at
        return Point(deviation, cost, -2.0 if steep else -1.0)

    return evaluate


@pytest.mark.parametrize(("at", "steep"), [(0.0, True), (1.0, False)])
def test_an_end_is_no_kink_whichever_of_its_slopes_the_solver_gives(at, steep):
    assert kinks_between(bent(at, steep), 0.0, 1.0) == set()


@pytest.mark.parametrize("steep", [True, False])
def test_a_kink_inside_is_found_whichever_of_its_slopes_the_solver_gives(steep):
    assert kinks_between(bent(0.25, steep), 0.0, 1.0) == {0.25}


@pytest.mark.parametrize("largest", [0.0, -1.0, float("inf"), float("nan")])
def test_a_frontier_goes_somewhere(pair, largest):
    with pytest.raises(CapshareError, match="largest: expected a positive number"):
        equity_frontier(pair, PEOPLE, largest=largest)
