"""What decides a cut: the row of the highest price, else one that holds it, else cost."""

import pandas as pd
import pytest

from capshare.model.targets.cuts import decided_by

CODES = pd.Index(["a", "b", "c"], name="code")


def prices(**rows):
    """Prices and whether they bind by constraint: three provinces each."""
    index = pd.MultiIndex.from_product([rows, CODES], names=["constraint", "name"])
    table = [cell for cells in rows.values() for cell in cells]
    return pd.DataFrame(table, index=index, columns=["price_yuan_per_t", "binding"])


FREE, HELD = (0.0, False), (0.0, True)


@pytest.mark.parametrize(
    ("rows", "rules", "decided"),
    [
        ({"floor": [FREE] * 3}, [0.0] * 3, ["cost"] * 3),
        (
            {"floor": [(2.0, True), HELD, FREE], "equity_above": [(3.0, True), (1.0, True), FREE]},
            [0.0] * 3,
            ["distance", "distance", "cost"],
        ),
        (
            {"floor": [HELD, FREE, FREE], "tier": [FREE, (-4.0, True), FREE]},
            [0.0, -5.0, 1.0],
            ["band", "constraint", "constraint"],
        ),
        (
            {
                "floor": [FREE] * 3,
                "rise_limit": [(5.0, True), HELD, FREE],
                "fall_limit": [FREE, FREE, (1.0, True)],
            },
            [0.0] * 3,
            ["smoothing"] * 3,
        ),
    ],
    ids=["nothing", "the-higher-price", "a-tier-s-price-of-either-sign", "the-yearly-change"],
)
def test_what_decides(rows, rules, decided):
    found = decided_by(prices(**rows), pd.Series(rules, index=CODES), CODES)
    assert found.tolist() == decided


def test_a_tier_of_one_province_decides_nothing():
    tier = pd.Series(["I", "II", "II"], index=CODES)
    table = prices(tier=[HELD] * 3, ceiling=[FREE] * 3)
    found = decided_by(table, pd.Series(0.0, index=CODES), CODES, tier)
    assert found.tolist() == ["cost", "tier", "tier"]
