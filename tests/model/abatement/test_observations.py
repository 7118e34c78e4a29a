import re

import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.observations import observation_notes, province_years
from capshare.reports.words.notes import note_texts

KEROSENE_GAPS = {("450000", 2006), ("630000", 2006), ("630000", 2012), ("630000", 2013), ("630000", 2014)}


def test_thirty_provinces_over_thirteen_years(complete):
    assert len(complete.observations) == 390
    assert complete.observations.notna().all(axis=None)
    assert complete.dropped.empty


def test_fuels_counted_as_zero_are_listed(complete):
    cells = {(row.code, row.year) for row in complete.zeroed.itertuples()}
    assert cells == KEROSENE_GAPS
    assert set(complete.zeroed["variable"]) == {"kerosene_consumption"}


def test_emissions_of_2017(base):
    # Fuels without double counting give 10 128 Mt in 2017, by a sum made apart from this package.
    assert base["emissions_mt"].sum() == pytest.approx(10128, abs=0.5)
    assert len(base) == 30


def test_incomplete_province_years_are_dropped_and_named(panel, factors):
    result = province_years(panel, factors)
    [note] = note_texts(observation_notes(result), {})
    assert re.search(r"5 province-years dropped.*450000 2006 \(kerosene_consumption\)", note)
    assert len(result.observations) == 385
    assert set(result.dropped.index) == KEROSENE_GAPS
    assert result.zeroed.empty


def test_only_the_fuels_named_are_counted(panel):
    coal = province_years(panel, {"coal_consumption": 2.0}).observations["emissions_mt"]
    tonnes = panel[(panel["variable"] == "coal_consumption") & (panel["year"] == 2017)].set_index("code")[
        "value"
    ]
    assert coal.loc[("140000", 2017)] == pytest.approx(tonnes["140000"] / 50)


def test_the_order_of_rows_does_not_matter(panel, factors, complete):
    shuffled = province_years(
        panel.sample(frac=1, random_state=1), factors, absent_as_zero=["kerosene_consumption"]
    )
    assert (shuffled.observations.reindex(complete.observations.index) == complete.observations).all(
        axis=None
    )


def test_a_fuel_without_rows_or_in_another_unit_is_refused(panel):
    with pytest.raises(CapshareError, match="fuel peat: expected 1e4 t or 1e8 m3; found no rows") as caught:
        province_years(panel, {"peat": 1.0, "energy_total": 2.0})
    assert len(caught.value.problems) == 2


def test_zero_is_only_for_fuels(panel, factors):
    with pytest.raises(CapshareError, match="absent_as_zero: expected among coal_consumption"):
        province_years(panel, factors, absent_as_zero=["employment"])


def test_a_year_outside_the_panel(complete):
    with pytest.raises(CapshareError, match="year 2018"):
        complete.of_year(2018)
