"""The other weighting methods, scores and their invariants."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.critic import critic_weights
from capshare.indicators.normalise import constant_notes, min_max
from capshare.indicators.score import scores
from capshare.indicators.weights import METHODS, weights, weights_array
from capshare.reports.words.notes import note_texts

DIAKOULAKI = pd.DataFrame(
    [
        [61, 1.08, 4.33],
        [20.7, 0.26, 4.34],
        [16.3, 1.98, 2.53],
        [9, 3.29, 1.65],
        [5.4, 2.77, 2.33],
        [4, 4.12, 1.21],
        [-6.1, 3.52, 2.10],
        [-34.6, 3.31, 0.98],
    ],
    columns=["a", "b", "c"],
)
MORE = dict.fromkeys("abc", "more")


def test_critic_published_example():
    """Diakoulaki, Mavrotas & Papayannakis 1995 (golden number 2)."""
    found = critic_weights(min_max(DIAKOULAKI, MORE))
    assert found.to_numpy() == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-8)


def test_min_max_turns_less_around():
    x = pd.DataFrame({"a": [2.0, 4.0, 3.0]})
    assert min_max(x, {"a": "more"})["a"].tolist() == [0.0, 1.0, 0.5]
    assert min_max(x, {"a": "less"})["a"].tolist() == [1.0, 0.0, 0.5]


def test_constant_indicator_is_told_and_weighs_nothing_by_any_method():
    x = DIAKOULAKI.assign(flat=3.0)
    assert "Indicators flat are the same in every province" in note_texts(constant_notes(x), {})[0]
    assert constant_notes(DIAKOULAKI) == ()
    z = min_max(x, {**MORE, "flat": "less"})
    for method in METHODS:
        assert weights(z, method)["flat"] == 0.0


def test_all_constant_is_refused():
    with pytest.raises(CapshareError, match="each constant"):
        min_max(pd.DataFrame({"a": [1.0, 1.0]}), {"a": "more"})


def test_direction_must_be_said():
    with pytest.raises(CapshareError, match='direction of b: expected "more" or "less"; found None'):
        min_max(DIAKOULAKI, {"a": "more", "c": "less"})


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_shares_whatever_the_row_order(method):
    z = min_max(DIAKOULAKI, MORE)
    found = weights(z, method)
    assert found.sum() == pytest.approx(1)
    assert weights(z.iloc[::-1], method).to_numpy() == pytest.approx(found.to_numpy())


def test_given_weights_replace_or_mix():
    z = min_max(DIAKOULAKI, MORE)
    given = {"c": 1.0, "b": 1.0, "a": 2.0}
    assert weights(z, "given", given).tolist() == [0.5, 0.25, 0.25]
    mixed = weights(z, "equal", given)
    assert mixed["a"] / mixed["b"] == pytest.approx(np.sqrt(2))


def test_given_weights_are_the_same_to_the_bit_in_whatever_order_they_are_given():
    # 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last bit.
    z = min_max(DIAKOULAKI, MORE)
    given = {"a": 0.1, "b": 0.2, "c": 0.3}
    turned = dict(reversed(given.items()))
    assert weights(z, "given", given).tolist() == weights(z, "given", turned).tolist()


def test_given_weights_must_name_the_indicators():
    with pytest.raises(CapshareError, match=r"expected weights of a, b, c; found a, d(.|\n)*not all 0"):
        weights(min_max(DIAKOULAKI, MORE), "given", {"a": 1, "d": -1})


def test_critic_needs_indicators_that_differ():
    z = pd.DataFrame({"a": [0.0, 1.0], "b": [0.0, 1.0]})
    with pytest.raises(CapshareError, match="not perfectly correlated"):
        critic_weights(z)


def test_scores_pair_by_name_not_by_position():
    z = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["110000", "120000"])
    weight = pd.Series({"b": 0.25, "a": 0.75})
    assert scores(z, weight).to_dict() == {"110000": 0.75, "120000": 0.25}
    with pytest.raises(CapshareError, match=r"without \['b'\], with \['c'\]"):
        scores(z, pd.Series({"a": 0.5, "c": 0.5}))


def test_arrays_that_a_method_refuses_have_no_finite_weights():
    copies = np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]])
    assert not np.isfinite(weights_array(copies, "critic")).any()
    assert not np.isfinite(weights_array(np.zeros((3, 2)), "entropy")).any()
    assert weights_array(copies, "equal") == pytest.approx([0.5, 0.5])
    # The mean of given weights is geometric: nothing is left where they lie on a constant indicator alone.
    one_flat = np.array([[0.0, 0.0], [1.0, 0.0]])
    assert not np.isfinite(weights_array(one_flat, "entropy", np.array([0.0, 2.0]))).any()
    assert weights_array(one_flat, "given", np.array([1.0, 3.0])) == pytest.approx([0.25, 0.75])
