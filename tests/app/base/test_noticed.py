"""Provinces that something is noticed of: one row each, with its worst figure and its years."""

import pandas as pd
import pytest

from capshare.base.noticed import noticed_rows, spans


@pytest.mark.parametrize(
    ("years", "said"),
    [([], ""), ([2030], "2030"), ([2028, 2026, 2027], "2026-2028"), ([2026, 2028, 2029], "2026 2028-2029")],
)
def test_years_are_told_as_spans(years, said):
    assert spans(years) == said


FIGURES = pd.Series({(2026, "b"): 1.0, (2027, "b"): 3.0, (2027, "a"): 2.0}).rename_axis(["year", "code"])


def test_each_province_has_its_worst_figure_the_worst_province_first():
    assert noticed_rows(FIGURES, [2026, 2027]) == (("b", 3.0, "2026-2027"), ("a", 2.0, "2027"))
    smallest = noticed_rows(FIGURES, [2026, 2027], "smallest")
    assert smallest == (("b", 1.0, "2026-2027"), ("a", 2.0, "2027"))


def test_where_a_study_has_one_year_none_is_told():
    assert noticed_rows(FIGURES.loc[[2026]], [2026]) == (("b", 1.0, ""),)


def test_nothing_noticed_is_no_row():
    assert noticed_rows(FIGURES.iloc[:0], [2026, 2027]) == ()
