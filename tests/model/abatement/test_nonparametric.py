import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.nonparametric import (
    envelopment_distance,
    envelopment_notes,
    envelopment_price_yuan_per_t,
)
from capshare.reports.words.notes import note_texts

# Fried, Lovell & Schmidt, The Measurement of Productive Efficiency: 11 units, constant returns.
INPUTS = [
    (5, 13),
    (16, 12),
    (16, 26),
    (17, 15),
    (18, 14),
    (23, 6),
    (25, 10),
    (27, 22),
    (37, 14),
    (42, 25),
    (5, 17),
]
OUTPUT = [12, 14, 25, 26, 8, 9, 27, 30, 31, 26, 12]
# fmt: off
DISTANCE = [
    0, 0.232825448, 0.098987904, 0, 0.526285384, 0.285714286, 0, 0.137870610, 0.098837209, 0.341772152, 0,
]
# fmt: on


def test_directional_distances_of_fried_lovell_and_schmidt():
    units = pd.Index([f"unit {i}" for i in range(1, 12)])
    inputs = pd.DataFrame(INPUTS, index=units, columns=["x1", "x2"])
    outputs = pd.DataFrame({"y": OUTPUT}, index=units)
    table = envelopment_distance(inputs, outputs.iloc[::-1], contract_inputs=True)
    assert table["distance"].to_numpy() == pytest.approx(DISTANCE, abs=1e-8)


@pytest.mark.parametrize(
    ("disposability", "expected"),
    [("weak", [0, 0, 0.826087, 0.555556, 0.272727]), ("strong", [0, 0.4, 0.826087, 0.555556, 0.272727])],
)
def test_disposability_of_the_bad_output(disposability, expected):
    """Five units with one input, own figures computed apart from this package. The second emits 5 for 5: it
    is on the frontier only where emissions cannot fall without output."""
    units = pd.Index(list("abcde"))
    inputs, outputs = pd.DataFrame({"x": 1.0}, units), pd.DataFrame({"y": [7.0, 5.0, 1.0, 3.0, 4.0]}, units)
    emissions = pd.Series([2.0, 5.0, 3.0, 3.0, 2.0], units)
    table = envelopment_distance(inputs, outputs, emissions, disposability=disposability)
    assert table["distance"].to_numpy() == pytest.approx(expected, abs=1e-6)
    # A tonne that may be thrown away for nothing never has a price below 0.
    prices = envelopment_price_yuan_per_t(inputs, outputs["y"], emissions, disposability)
    assert (prices.dropna() >= 0).all() == (disposability == "strong")


@pytest.fixture
def two_techniques():
    codes = ["110000", "120000", "130000"]
    inputs = pd.DataFrame({"capital": [1.0, 1.0, 1.0]}, index=codes)
    gdp = pd.Series([10.0, 6.0, 6.0], index=codes)
    emissions = pd.Series([5.0, 1.0, 3.0], index=codes)
    return inputs, gdp, emissions


def test_the_price_is_the_trade_off_between_the_two_techniques(two_techniques):
    # By hand: from (6, 1) to (10, 5) a Mt brings 1e8 yuan, so 100 yuan/t for the province between them.
    prices = envelopment_price_yuan_per_t(*two_techniques)
    assert prices["130000"] == pytest.approx(100.0)


def test_the_distance_between_the_two_techniques(two_techniques):
    # By hand: (6, 3) reaches the line y = 5 + b at 6 (1 + t) = 5 + 3 (1 - t), so t = 2/9.
    inputs, gdp, emissions = two_techniques
    table = envelopment_distance(inputs, gdp.to_frame("gdp"), emissions)
    assert table["distance"].tolist() == pytest.approx([0, 0, 2 / 9])
    assert table.loc["130000", "gdp_dual"] < 0


def test_provinces_share_few_prices(base):
    inputs = base[["capital_1e8yuan", "labour_1e4", "energy_1e4tce"]]
    prices = envelopment_price_yuan_per_t(inputs, base["gdp_1e8yuan"], base["emissions_mt"])
    assert prices.round(1).value_counts().head(4).sum() >= 20
    distances = envelopment_distance(inputs, base[["gdp_1e8yuan"]], base["emissions_mt"])["distance"]
    assert distances.between(0, 1).all()


def test_no_price_where_gdp_is_worth_nothing():
    codes = ["110000", "120000"]
    inputs = pd.DataFrame({"capital": [1.0, 1.0]}, index=codes)
    gdp, emissions = pd.Series([0.0, 1.0], index=codes), pd.Series([1.0, 1.0], index=codes)
    prices = envelopment_price_yuan_per_t(inputs, gdp, emissions)
    assert any("GDP carries no value: 110000" in note for note in note_texts(envelopment_notes(prices), {}))
    assert np.isnan(prices["110000"])


def test_other_units_and_bad_cells_are_named_at_once(two_techniques):
    inputs, gdp, emissions = two_techniques
    with pytest.raises(CapshareError, match=r"emissions_mt, index: .*130000") as caught:
        envelopment_distance(inputs * -1, gdp.to_frame("gdp"), emissions.drop("130000"))
    assert len(caught.value.problems) == 4
