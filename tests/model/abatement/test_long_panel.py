import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.long_panel import panel_cells

UNITS = {"gdp": "1e8 yuan current", "energy_total": "1e4 tce"}


def long(rows):
    return pd.DataFrame(rows, columns=["code", "year", "variable", "value", "unit"])


ROWS = [
    ("110000", 2016, "gdp", 5.0, "1e8 yuan current"),
    ("110000", 2017, "gdp", 6.0, "1e8 yuan current"),
    ("110000", 2017, "energy_total", 9.0, "1e4 tce"),
]


def test_absent_cells_stay_absent():
    cells = panel_cells(long(ROWS), UNITS)
    assert list(cells.columns) == ["gdp", "energy_total"]
    assert cells.loc[("110000", 2017)].tolist() == [6.0, 9.0]
    assert np.isnan(cells.loc[("110000", 2016), "energy_total"])


def test_every_problem_is_reported_at_once():
    rows = [ROWS[0], ROWS[0], ("110000", 2017, "gdp", 1.0, "yuan")]
    with pytest.raises(CapshareError, match="2016, gdp: expected one row") as caught:
        panel_cells(long(rows), UNITS)
    assert len(caught.value.problems) == 3


def test_codes_read_as_numbers_are_refused():
    with pytest.raises(CapshareError, match="codes as text"):
        panel_cells(long([(110000, *row[1:]) for row in ROWS]), UNITS)


def test_a_missing_column_is_named():
    with pytest.raises(CapshareError, match="no unit"):
        panel_cells(long(ROWS).drop(columns="unit"), UNITS)
