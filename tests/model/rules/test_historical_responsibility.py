"""Historical responsibility: past and coming emissions equal per head, worked by hand."""

import pandas as pd
import pytest

from capshare.model.rules.registry import apply, rule_notes
from capshare.reports.words.notes import note_text


def table(past, population):
    columns = {"cumulative_emissions_mt": past, "population_1e4": population}
    return pd.DataFrame(columns, index=["a", "b", "c"], dtype=float)


def test_worked_by_hand():
    """Past 60, 30, 10 and ten years of 20 Mt are 300 Mt: 100 for each of three equal regions."""
    found = apply("historical-responsibility", table([60, 30, 10], [1, 1, 1]), 20.0, {"years": 10})
    assert found.tolist() == pytest.approx([4, 7, 9])


def test_who_has_used_up_its_share_is_named_and_gets_nothing():
    """Past 90, 20, 0 and one year of 30 Mt are 140 Mt, under 47 each; a has 90, so b and c share 50."""
    asked = table([90, 20, 0], [1, 1, 1]), 30.0, {"years": 1}
    found = apply("historical-responsibility", *asked)
    [note] = rule_notes("historical-responsibility", *asked)
    assert note.provinces == ("a",)
    assert ": Aster emitted more in the past than is due" in note_text(note, {"a": "Aster"})
    assert found.tolist() == pytest.approx([0, 5, 25])


def test_equal_cumulative_emissions_per_head(provinces):
    years = 25.0
    quota = apply("historical-responsibility", provinces, 11_000.0, {"years": years})
    total = provinces["cumulative_emissions_mt"] + years * quota
    per_head = total / provinces["population_1e4"]
    assert per_head.max() == pytest.approx(per_head.min(), rel=1e-9)


def test_without_a_past_it_is_per_capita(provinces):
    found = apply("historical-responsibility", provinces.assign(cumulative_emissions_mt=0.0), 11_000.0)
    expected = apply("per-capita", provinces, 11_000.0)
    assert found.tolist() == pytest.approx(expected.tolist())
