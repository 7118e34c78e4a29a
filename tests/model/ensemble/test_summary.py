"""Tables over draws, by hand."""

import numpy as np
import pandas as pd

from capshare.model.ensemble.summary import probability_rows, quantile_rows, together

NONE = float("nan")


def test_quantiles_are_of_the_draws_that_have_a_number():
    values = np.array([[0.0, NONE, NONE], [10.0, 4.0, NONE], [20.0, NONE, NONE]])
    found = quantile_rows(["a", "b", "c"], "potential_rank", values)
    expected = pd.DataFrame(
        [["a", "potential_rank", 1.0, 5.0, 10.0, 15.0, 19.0], ["b", "potential_rank", *[4.0] * 5]],
        columns=["code", "figure", "p05", "p25", "p50", "p75", "p95"],
    )
    pd.testing.assert_frame_equal(found, expected)


def test_a_figure_that_no_draw_has_is_in_no_row():
    found = quantile_rows(["a", "b"], "potential_rank", np.full((3, 2), NONE))
    assert len(found) == 0
    assert list(found.columns) == ["code", "figure", "p05", "p25", "p50", "p75", "p95"]


def test_probabilities_are_counts_of_draws():
    counts = {"deficit": np.array([3, 0]), "group I": np.array([4, 1])}
    found = probability_rows(["b", "a"], counts, 4)
    assert found.to_numpy().tolist() == [
        ["b", "deficit", 0.75],
        ["b", "group I", 1.0],
        ["a", "group I", 0.25],
    ]


def test_names_of_groups_mean_nothing_across_draws():
    # The first two are together in both draws, once in group 0 and once in group 1.
    found = together(np.array([[0, 0, 1], [1, 1, 1]]))
    assert found.tolist() == [[2, 2, 1], [2, 2, 1], [1, 1, 2]]
