"""Score cut: worked by hand, and what it never does."""

import pandas as pd
import pytest

from capshare.model.rules.registry import apply


def table(emissions_mt, score):
    return pd.DataFrame(
        {"emissions_mt": emissions_mt, "score": score}, index=list("abc")[: len(score)], dtype=float
    )


def test_two_regions_by_hand():
    """Cap 81 of 100: everybody cutting alike keeps 0.81. A spread of 1 has exponents 0.5 and 1.5.

    So of 50 Mt each the higher score keeps in proportion to 0.9 and the lower to 0.729: 81 × 0.9 / 1.629.
    """
    quota = apply("score-cut", table([50, 50], [3.0, 1.0]), 81.0)
    assert quota.tolist() == pytest.approx([81 * 0.9 / 1.629, 81 * 0.729 / 1.629])


def test_without_spread_or_differences_or_a_cut_it_is_grandfathering():
    same = [0.81 * 40, 0.81 * 60]
    assert apply("score-cut", table([40, 60], [3, 1]), 81.0, {"spread": 0.0}).tolist() == pytest.approx(same)
    assert apply("score-cut", table([40, 60], [2, 2]), 81.0).tolist() == pytest.approx(same)
    assert apply("score-cut", table([40, 60], [3, 1]), 120.0).tolist() == pytest.approx([48, 72])


def test_a_high_score_earns_no_tonne_where_nothing_was_emitted():
    quota = apply("score-cut", table([0, 50, 50], [9.0, 1.0, 1.0]), 80.0)
    assert quota.tolist() == pytest.approx([0, 40, 40])
