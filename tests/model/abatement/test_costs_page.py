"""The page on costs repeats figures of the estimate: each of them is computed again."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from capshare.model.abatement.choices import EstimateChoices, Shape
from capshare.model.abatement.costs import estimated_costs

PAGE = (Path(__file__).parents[3] / "docs" / "method" / "costs.md").read_text(encoding="utf-8")
CHOICES = EstimateChoices(shape=Shape(12, 0.4, 0.1), draws=0)
# Curve and technology of a row on the page → the estimate's name for it.
NAMES = {
    "power": "power",
    "logarithmic": "logarithmic",
    "distance function, null-joint": "with null-jointness",
    "distance function": "without null-jointness",
    "GDP per tonne (naive)": "productivity",
}
COLUMNS = ["with_employment", "with_gdp_per_worker", "with_carbon_intensity", "last_to_first_step"]
ROWS = re.findall(r"^\| ([\w ,()-]+?) \| ([\w ]*?) ?\| (-?[\d.]+ \|.*) \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def found(observed):
    emissions = observed.of_year(2017)["emissions_mt"]
    # The anchor of the studies: mean price of listings in 2025, Climate Bridge quarterly 2025 Q4.
    per_worker = estimated_costs(observed, emissions, CHOICES, 63.0)
    levels = replace(CHOICES, method="distance-function", technology="levels", null_joint=False)
    return {"per worker": per_worker, "levels": estimated_costs(observed, emissions, levels, 63.0)}


def test_the_table_has_every_curve():
    assert len(ROWS) == 7
    assert {NAMES[curve] for curve, _, _ in ROWS} == set(NAMES.values())


@pytest.mark.parametrize(("curve", "technology", "cells"), ROWS)
def test_rank_correlations_with_size_income_and_intensity(found, curve, technology, cells):
    row = found[technology or "per worker"].levels.loc[NAMES[curve], COLUMNS]
    shown = [float(cell) for cell in cells.split(" | ")]
    assert shown == pytest.approx(row.tolist(), abs=0.0051)


def test_what_the_page_says_of_the_fit(found):
    fit = found["per worker"].fit.loc["power"]
    said = re.search(r"\$b=(-[\d.]+)\$, between \$(-[\d.]+)\$ and\n\$(-[\d.]+)\$.* explains (\d+) %", PAGE)
    expected = [*fit[["elasticity", "elasticity_low", "elasticity_high"]], 100 * fit["within_r_squared"]]
    for shown, figure, step in zip(said.groups(), expected, (0.01, 0.01, 0.01, 1), strict=True):
        assert float(shown) == pytest.approx(figure, abs=0.51 * step)


def test_what_the_page_says_of_single_provinces(found):
    costs = found["per worker"]
    price = costs.price_yuan_per_t
    for said, code in (("19 yuan in Inner", "150000"), ("29 in Ning", "640000"), ("34 in Shanxi", "140000"),
                       ("45 in Liaoning", "210000"), ("63 in Shandong", "370000")):  # fmt: skip
        assert said in PAGE
        assert float(said.split()[0]) == pytest.approx(price[code], abs=0.51)
    assert costs.table.index[costs.table["fits_badly"]].tolist() == [
        "320000", "340000", "360000", "500000", "510000", "520000", "620000",
    ]  # fmt: skip
    assert f"{costs.levels['first_step_median_yuan_per_t']['power']:,.0f}".replace(",", " ") in PAGE
