"""Electricity that crosses borders: the three views by hand, and the nation's sum in each of them."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.electricity import (
    electricity_twh,
    grid_factors_kg_per_kwh,
    national_grid_factor_kg_per_kwh,
)
from capshare.indicators.electricity import emissions_by_view, net_imports_twh, origin_factors

CODES = list("abcd")


def series(*values):
    return pd.Series(values, index=CODES, dtype=float)


# Generation adds up to 300 TWh and consumption to 150 of an earlier year, so all consumption is doubled:
# 100, 60, 90, 50 TWh. Less generation: a and b send 20 each, c takes 30 and d 10.
GENERATION, CONSUMPTION = series(120, 80, 60, 40), series(50, 30, 45, 25)
NET = series(-20, -20, 30, 10)
# a burns coal, b has hydropower. Importers take at (20 x 0.7 + 20 x 0.1) / 40 = 0.4 kg/kWh.
OWN = series(0.7, 0.1, 0.9, 0.3)
ORIGIN = series(0.7, 0.1, 0.4, 0.4)
EMISSIONS = series(100, 50, 60, 20)


def test_consumption_is_brought_to_the_generation_of_all():
    found = net_imports_twh(GENERATION, CONSUMPTION)
    assert found["consumption_twh"].tolist() == [100, 60, 90, 50]
    assert found["net_import_twh"].tolist() == NET.tolist()


def test_importers_take_at_the_mean_factor_of_exporters():
    assert origin_factors(NET, OWN).tolist() == pytest.approx(ORIGIN.tolist())


def test_without_exports_every_factor_is_ones_own():
    assert origin_factors(0 * NET, OWN).tolist() == OWN.tolist()


def test_the_three_views_by_the_factor_of_origin():
    found = emissions_by_view(EMISSIONS, NET, ORIGIN)
    # TWh x kg/kWh = Mt: -20 x 0.7 = -14, -20 x 0.1 = -2, 30 x 0.4 = 12, 10 x 0.4 = 4.
    assert found["difference_mt"].tolist() == pytest.approx([-14, -2, 12, 4])
    assert found["production_mt"].tolist() == [100, 50, 60, 20]
    assert found["consumption_mt"].tolist() == pytest.approx([86, 48, 72, 24])
    assert found["shared_mt"].tolist() == pytest.approx([93, 49, 66, 22])


def test_the_three_views_by_the_national_factor():
    found = emissions_by_view(EMISSIONS, NET, series(0.5, 0.5, 0.5, 0.5))
    # -20 x 0.5 = -10 for both exporters, hydropower as if it were coal; 30 x 0.5 = 15, 10 x 0.5 = 5.
    assert found["consumption_mt"].tolist() == pytest.approx([90, 40, 75, 25])
    assert found["shared_mt"].tolist() == pytest.approx([95, 45, 67.5, 22.5])


def test_rows_in_another_order_give_the_same():
    backwards = [values[::-1] for values in (EMISSIONS, NET)]
    found = emissions_by_view(*backwards, ORIGIN)
    assert found["consumption_mt"].to_dict() == pytest.approx({"a": 86, "b": 48, "c": 72, "d": 24})


@pytest.mark.parametrize("year", [2017, 2020, 2024])
@pytest.mark.parametrize("origin", [True, False])
def test_provinces_add_up_to_the_nation_in_every_view(year, origin):
    china = load_dataset("china-2022")
    traded = net_imports_twh(
        electricity_twh(china, "electricity_generation")[year],
        electricity_twh(china, "electricity_consumption")[2017],
    )["net_import_twh"]
    factor = grid_factors_kg_per_kwh(china)[2023]
    if origin:
        factor = origin_factors(traded, factor)
    else:
        factor = 0 * factor + national_grid_factor_kg_per_kwh(china)[2023]
    emissions = china.table["co2_inventory_mt"]
    found = emissions_by_view(emissions, traded, factor)
    assert traded.sum() == pytest.approx(0, abs=1e-9)
    assert found["difference_mt"].abs().sum() > 100
    for view in ("production_mt", "consumption_mt", "shared_mt"):
        assert found[view].sum() == pytest.approx(emissions.sum(), rel=1e-12), view


def test_figures_of_the_shipped_dataset_are_in_twh_and_kg_per_kwh():
    china = load_dataset("china-2022")
    generation = electricity_twh(china, "electricity_generation")
    assert generation.columns.tolist() == list(range(2017, 2025))
    # Beijing generated 397 x 1e8 kWh and used 1 067 x 1e8 kWh in 2017.
    assert generation.loc["110000", 2017] == pytest.approx(39.7)
    assert electricity_twh(china, "electricity_consumption").loc["110000"].to_dict() == pytest.approx(
        {2017: 106.7}
    )
    assert grid_factors_kg_per_kwh(china).loc["110000"].to_dict() == {2023: 0.5554}
    assert national_grid_factor_kg_per_kwh(china).to_dict() == {2023: 0.5306}


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (lambda: net_imports_twh(GENERATION, CONSUMPTION.drop("d")), r"without \['d'\]"),
        (lambda: net_imports_twh(GENERATION, -CONSUMPTION), r"consumption_twh\[a\]: expected at least 0"),
        (lambda: net_imports_twh(GENERATION, 0 * CONSUMPTION), "more than 0 in some province"),
        (lambda: origin_factors(NET, OWN.replace(0.9, float("nan"))), r"own_kg_per_kwh\[c"),
        (
            lambda: emissions_by_view(EMISSIONS / 10, NET, ORIGIN),
            r"production_mt\[a\]: expected emissions above",
        ),
    ],
)
def test_wrong_figures_are_refused_by_name(step, message):
    with pytest.raises(CapshareError, match=message):
        step()
