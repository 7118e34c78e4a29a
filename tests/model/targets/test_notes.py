"""What is noticed about rounded cuts: nothing within the tolerance of published tables, else both figures."""

import pandas as pd
import pytest

from capshare.model.targets.notes import rounding_notes
from capshare.reports.words.notes import note_text


def cuts(rounded):
    table = {"cut_pct": 17.0, "rounded_cut_pct": rounded, "constant_intensity_mt": [100.0, 50.0]}
    return pd.DataFrame(table, index=pd.Index(["a", "b"], name="code"))


@pytest.mark.parametrize("rounded", [[17.0, 17.0], [17.03, 17.0]])
def test_within_two_hundredths_of_a_point_there_is_nothing_to_note(rounded):
    assert rounding_notes(cuts(rounded)) == []


def test_further_beyond_the_national_cut_both_figures_are_told():
    [note] = rounding_notes(cuts([17.5, 16.5]))
    assert note.severity == "caution"
    assert note_text(note, {}) == (
        "The rounded cuts make 17.17 % together, 0.17 points beyond the national 17 %: no steps that near to "
        "the cuts come within 0.02 points."
    )
    assert note_text(note, {}, "zh") == (
        "取整后的降幅合计为17.17%，比全国的17%多0.17个百分点：在各降幅一档步长之内，没有差距在0.02个百分点"
        "以内的取法。"
    )
