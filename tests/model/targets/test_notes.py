"""What is noticed about assigned cuts, at the limits and on either side of them."""

import pandas as pd

from capshare.model.targets.notes import cut_notes


def cuts(held, ratio=1.0):
    decided = ["band", "distance", "tier"][:held] + ["cost"] * (6 - held)
    codes = list("abcdef")
    return pd.DataFrame(
        {"quota_mt": [100.0 * ratio, *[100.0] * 5], "base_emissions_mt": 100.0, "decided_by": decided},
        index=pd.Index(codes, name="code"),
    )


def test_a_third_of_the_cuts_at_a_bound_is_nothing_to_note_and_more_is():
    assert cut_notes(cuts(2), one_naive_curve=False) == []
    [note] = cut_notes(cuts(3), one_naive_curve=False)
    assert (note.key, note.severity, dict(note.values)) == (
        "cuts_at_bounds",
        "caution",
        {"held": 3, "count": 6},
    )


def test_a_quota_far_above_the_base_year_names_its_province():
    assert cut_notes(cuts(0, 1.3), one_naive_curve=False) == []
    [note] = cut_notes(cuts(0, 1.31), one_naive_curve=False)
    assert (note.key, note.values["provinces"]) == ("quota_above_base", (("a", 1.31),))
    assert note.severity == "caution"


def test_without_emissions_in_the_base_year_there_is_no_ratio():
    bare = cuts(0)
    bare.loc["a", ["quota_mt", "base_emissions_mt"]] = 0.0
    assert cut_notes(bare, one_naive_curve=False) == []


def test_prices_of_one_naive_curve_are_called_so():
    assert [note.key for note in cut_notes(cuts(0), one_naive_curve=True)] == ["naive_curve"]
