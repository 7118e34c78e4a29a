"""What is told of electricity and of the national market, on seven provinces worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from capshare.model.outcome.inputs_used import InputsUsed
from capshare.reports.words.electricity import electricity_line, electricity_lines, largest_pair
from capshare.reports.words.market_sectors import market_line, market_lines

CODES = ["110000", "130000", "150000", "320000", "440000", "530000", "640000"]
ASTER, CEDAR, ELDER = "110000", "150000", "440000"


def seven(*values):
    return pd.Series(values, index=pd.Index(CODES, name="code"), dtype=float)


@pytest.fixture
def told(with_cuts):
    """Cedar sends 40 TWh at 0.6 kg/kWh, 24 Mt; Elder takes 30 and Aster 10 at the same, 18 and 6 Mt."""
    net = seven(10, 0, -40, 0, 30, 0, 0)
    produced = with_cuts.targets.cuts["base_emissions_mt"].reindex(CODES).astype(float)
    used = produced + 0.6 * net
    table = pd.DataFrame(
        {
            "net_import_twh": net,
            "production_mt": produced,
            "consumption_mt": used,
            "shared_mt": (produced + used) / 2,
            "difference_mt": used - produced,
            "published_consumption_twh": seven(30, 10, 10, 10, 20, 10, 10),
            "generation_then_twh": seven(10, 10, 30, 10, 20, 10, 10),
            "generation_year": 2017,
            "consumption_year": 2012,
        }
    )
    # 100 TWh both generated and used in 2012: Cedar sent 20 then, and Aster took 20.
    inputs = InputsUsed(table, table, table, {}, None, {}, electricity=table)
    settings = {
        **with_cuts.study.settings,
        "electricity": {"view": "production"},
        "market_sectors": {"sectors": [{"sector": "power"}, {"sector": "steel"}]},
    }
    return replace(with_cuts, inputs=inputs, study=replace(with_cuts.study, settings=settings))


@pytest.fixture
def divided(told):
    """Aster: 100 Mt, 40 of them in the market; of 90 Mt of quota the market allocates 42 and 48 are left."""
    rows = pd.DataFrame(
        {
            "emissions_mt": seven(*[100] * 7),
            "market_mt": seven(40, *[50] * 6),
            "rest_mt": seven(60, *[50] * 6),
            "quota_mt": seven(*[90] * 7),
            "market_quota_mt": seven(42, *[45] * 6),
            "rest_quota_mt": seven(48, *[45] * 6),
            "gdp_ratio": seven(*[1.25] * 7),
            # 1 - 48/75 = 36 %, 1 - 45/62.5 = 28 %.
            "rest_cut_pct": seven(36, *[28] * 6),
        }
    )
    frame = pd.concat({2017: rows}, names=["year"])
    return replace(told, allocation=replace(told.allocation, market_sectors=frame))


def test_the_pair_is_the_largest_of_the_year_that_has_both_figures(told):
    # Elder takes more with the later generation, Aster took more in the year that is known.
    assert largest_pair(told.inputs.electricity) == (CEDAR, ASTER)


def test_three_sentences_for_the_largest_pair_and_for_any_other(told):
    first, sends, takes = electricity_lines(told)
    assert "Cedar sent most net to other provinces in 2012, 20.0 TWh" in first
    assert "Aster took most, 20.0 TWh" in first
    assert (
        "With the generation of 2017 it is 40.0 TWh and 10.0 TWh. The study counts emissions by production."
        in first
    )
    assert sends.startswith("Cedar emits ")
    assert takes.startswith("Aster emits ")
    assert electricity_lines(told, pair=(CEDAR, ELDER))[2].startswith("Elder emits ")


def test_what_a_province_gains_follows_its_own_cut(told):
    row = told.targets.cuts.loc[CEDAR]
    # 24 Mt of the base year, grown like all its emissions, times its cut are not to be cut.
    moved = 24 * row["constant_intensity_mt"] / row["base_emissions_mt"]
    said = electricity_line(told, CEDAR)
    assert "24.0 less" in said
    assert f"it gains, having {moved * row['cut_pct'] / 100:,.1f} Mt less to cut by 2017" in said
    assert "it loses, having" in electricity_line(told, ELDER)


def test_chinese_counts_electricity_in_its_own_unit(told):
    first, sends, _ = electricity_lines(told, "zh")
    assert "200亿千瓦时" in first
    assert "该省得益" in sends


def test_a_study_that_does_not_ask_is_told_nothing(with_cuts):
    assert electricity_lines(with_cuts) == ()
    assert electricity_line(with_cuts, CEDAR) == ""
    assert market_lines(with_cuts.in_year()) == ()
    assert market_line(with_cuts.in_year(), CEDAR) == ""


def test_what_a_province_answers_for(divided):
    said = market_line(divided.in_year(), ASTER)
    assert "Aster: of 100.0 Mt CO₂ of 2012, 40.0 % are in the national market (power and heat, steel)" in said
    assert "the province answers for 60.0." in said
    assert "the market allocates 42.0 and 48.0 are left" in said
    assert "CO₂ per GDP outside the market falls by 36.0 %." in said


def test_what_the_nation_answers_for(divided):
    share, left, ends = market_lines(divided.in_year())
    # 40 + 6 x 50 of 700; 42 + 6 x 45 of 630; 48 + 6 x 45 of (60 + 6 x 50) x 1.25 = 450.
    assert "Of 700.0 Mt CO₂ of 2012, 48.6 % are" in share
    assert "the market allocates 312.0 and 318.0 are left" in left
    assert "falls by 29.3 %" in left
    assert ends.startswith("It has to fall most in Aster 36.0")
