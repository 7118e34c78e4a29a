"""Orders of prices with and without an axiom: who changes sides is named, with both places."""

import pandas as pd

from capshare.model.abatement.axiom import axiom_notes
from capshare.reports.words.notes import note_text


def prices(order):
    """Prices of provinces from the dearest to the cheapest."""
    return pd.Series(range(100 * len(order), 0, -100), index=list(order), dtype=float)


def test_places_that_move_by_a_third_or_less_are_nothing_to_note():
    assert axiom_notes(prices("abcdef"), prices("cabdef")) == []


def test_a_province_that_changes_sides_is_named_with_both_places_in_both_languages():
    [note] = axiom_notes(prices("abcdef"), prices("bcdaef"))
    assert (note.severity, note.provinces) == ("caution", ("a",))
    # Of six places a moves by three, and b, c and d by one each: 1 − 6·12/210.
    assert note_text(note, {"a": "Aster"}) == (
        "Null-jointness alone decides whose abatement is dear (rank correlation with and without it 0.66): "
        "of 6 places from the dearest, this study's and the other choice's are Aster 1 and 4."
    )
    assert note_text(note, {"a": "甲"}, "zh") == (
        "减排贵贱的次序仅由零结合性公理决定（有无该公理的等级相关为0.66）：自最贵起的6个名次中，本研究与另一取法的"
        "名次为甲 1与4。"
    )


def test_the_one_that_moves_most_comes_first():
    [note] = axiom_notes(prices("abcdef"), prices("fbcdea"))
    assert set(note.provinces) == {"a", "f"}
