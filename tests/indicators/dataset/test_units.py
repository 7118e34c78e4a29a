"""Units as people write them, against published conversions."""

from fractions import Fraction

import pytest

from capshare.indicators.dataset.units import DIMENSION_UNITS, multiplier, parse_unit


@pytest.mark.parametrize(
    ("text", "dimension", "size"),
    [
        ("t", "mass", 1),
        ("kt", "mass", 1_000),
        ("Mt", "mass", 1_000_000),
        ("1e4 t", "mass", 10_000),
        ("万吨", "mass", 10_000),
        ("1e8 t CO2", "CO2", 100_000_000),
        ("Ｍｔ ＣＯ２", "CO2", 1_000_000),
        ("tce", "energy", 1),
        ("万吨标准煤", "energy", 10_000),
        ("persons", "number", 1),
        ("10000 persons", "number", 10_000),
        ("million persons", "number", 1_000_000),
        ("万人", "number", 10_000),
        ("10^8 元", "money", 100_000_000),
        ("10⁸ yuan", "money", 100_000_000),
        ("亿元", "money", 100_000_000),
        ("yuan per person", "money per person", 1),
        ("1e4 m³", "volume", 10_000),
        ("km²", "area", 100),
        ("TWh", "electricity", 1_000_000_000),
        ("% of GDP", "share", 1),
    ],
)
def test_spellings(text, dimension, size):
    unit = parse_unit(text)
    assert (unit.dimension, unit.size) == (dimension, size)


def test_carbon_to_co2_is_44_to_12():
    """IPCC 2006 Guidelines for National Greenhouse Gas Inventories, volume 1: molar masses 44 and 12."""
    assert parse_unit("Mt C").size / parse_unit("Mt CO2").size == Fraction(11, 3)


def test_coal_equivalent():
    """GB/T 2589-2020: 1 kgce = 29 307.6 kJ; 1 kg of oil equivalent is 10 000 kcal to the 7 000 of coal."""
    assert float(parse_unit("PJ").size) == pytest.approx(34_120.84, rel=1e-6)
    assert float(parse_unit("toe").size) == pytest.approx(1.428571, rel=1e-6)


@pytest.mark.parametrize("text", ["", " ", "JPY", "vehicles", "1e4 t/a", "mm"])
def test_what_is_no_unit_here(text):
    assert parse_unit(text) is None


def test_the_number_before_anything_counted():
    assert multiplier("1e4 vehicles") == 10_000
    assert multiplier("vehicles") == 1


def test_every_unit_on_offer_is_read_in_its_dimension():
    for dimension, units in DIMENSION_UNITS.items():
        for text in units:
            assert parse_unit(text).dimension in (dimension, "carbon"), text
