"""Whole tables of facilities: rules by sector, benchmarks by where they are stated, sums."""

import numpy as np
import pandas as pd
import pytest

from capshare.indicators.facilities.columns import OF_RESULTS, OPTIONAL, REQUIRED
from capshare.model.facilities.facility_quotas import FIRST_COLUMNS, FURTHER_COLUMNS, facility_quotas
from capshare.model.facilities.rule_checks import rule_problems
from capshare.model.facilities.rules import SectorRule, Terms
from capshare.model.facilities.sums import beside_run, by_province, by_sector

TERMS = Terms(0.7, 0.05, 1.0, 60.0, 5.0)
NONE = pd.DataFrame({"benchmark": [], "heat_benchmark": []}, dtype=float)
CLASSES = pd.DataFrame({"benchmark": [0.8, 0.4], "heat_benchmark": [0.1, 0.05]}, ["coal", "gas"])
RULES = {
    "steel": SectorRule("steel", "band", 0.15, 0.2, 2.0, NONE),
    "cement": SectorRule("cement", "band", 0.15, 0.2, None, NONE),
    "glass": SectorRule("glass", "emissions", 0.0, 0.0, None, NONE),
    "power": SectorRule("power", "output", 0.0, 0.0, None, CLASSES),
}
BLANK = np.nan


def table(rows):
    columns = ["facility", "code", "sector", "emissions_t", "output", "benchmark", "unit_class", "heat_gj"]
    frame = pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(2, 2 + len(rows)))
    numbers = dict.fromkeys(("previous_emissions_t", "carried_t", "offsets_t"), BLANK)
    words = {name: pd.Categorical(frame[name]) for name in ("code", "sector")}
    return frame.assign(year=2025, status="", **numbers, **words)


ROWS = [
    ("s", "13", "steel", 2200.0, 1000.0, BLANK, "", BLANK),
    ("own", "13", "steel", 2200.0, 1000.0, 2.2, "", BLANK),
    ("c1", "14", "cement", 900.0, 1000.0, BLANK, "", BLANK),
    ("c2", "14", "cement", 2400.0, 2000.0, BLANK, "", BLANK),
    ("g", "14", "glass", 500.0, 100.0, BLANK, "", BLANK),
    ("p", "15", "power", 1000.0, 1000.0, BLANK, "coal", 2000.0),
]


@pytest.fixture(scope="module")
def quotas():
    earlier_t = pd.Series({"s": 4000.0})
    return facility_quotas(table(ROWS), earlier_t, RULES, TERMS).set_index("facility", drop=False)


def test_columns_are_those_of_the_contract(quotas):
    assert tuple(quotas)[: len(FIRST_COLUMNS)] == FIRST_COLUMNS
    assert FIRST_COLUMNS[8:] == (
        "quota_t", "advance_t", "settled_t", "offset_limit_t", "surrender_t", "shortfall_t",
    )  # fmt: skip


def test_quotas_by_the_rule_of_each_sector(quotas):
    # s: 2.2 against the sector's 2.0, 10 % above: 2 200 x 0.985 = 2 167; own: at its own benchmark, 2 200.
    # Cement's mean is (900 + 2 400) / 3 000 = 1.1: c1 is 2/11 below, 900 x (1 + 0.15 x 2/11) = 924.545...,
    # c2 1/11 above, 2 400 x (1 - 0.15 / 11) = 2 367.2727...
    # p: 0.8 x 1 000 + 0.1 x 2 000 = 1 000.
    assert quotas["quota_t"].to_dict() == pytest.approx(
        {
            "s": 2167.0,
            "own": 2200.0,
            "c1": 924.5454545454545,
            "c2": 2367.2727272727275,
            "g": 500.0,
            "p": 1000.0,
        }
    )
    assert quotas["benchmark"].to_dict() == pytest.approx(
        {"s": 2.0, "own": 2.2, "c1": 1.1, "c2": 1.1, "g": 5.0, "p": 0.8}
    )
    assert quotas["benchmark_source"].astype("str").to_dict() == {
        "s": "sector", "own": "table", "c1": "mean of the table", "c2": "mean of the table",
        "g": "mean of the table", "p": "class",
    }  # fmt: skip


def test_the_advance_is_of_the_year_before_where_the_table_has_it(quotas):
    # 0.7 x 4 000 = 2 800, of which 2 800 - 2 167 = 633 are taken back.
    assert quotas.loc["s", ["advance_t", "settled_t"]].tolist() == pytest.approx([2800.0, -633.0])
    assert quotas["advance_basis"].astype("str").loc[["s", "own"]].tolist() == ["last year", "this year"]


def test_sums_over_provinces_and_sectors_are_the_nation(quotas):
    for sums in (by_province(quotas), by_sector(quotas)):
        for column in ("emissions_t", "quota_t", "shortfall_t", "surplus_t", "penalty_yuan"):
            assert sums[column].sum() == pytest.approx(quotas[column].sum(), rel=1e-12)
        assert sums["facilities"].sum() == len(ROWS)


def test_beside_the_quotas_of_provinces():
    # Province 13 emits 10 Mt and may emit 9. Its facilities emit 4 and have 4.1: they cover 40 %, 4.9 Mt are
    # left for a rest of 6 Mt, a cut of 1.1 / 6 = 18.33 %. Province 14 has no facility, so all of its 8 Mt
    # for 8 Mt is left: no cut. Those of 15 emit more than the province itself: no cut can be said.
    sums = pd.DataFrame(
        {"facilities": [2, 1], "emissions_t": [4e6, 3e6], "quota_t": [4.1e6, 3e6]},
        index=pd.Index(["13", "15"], name="code"),
    )
    codes = pd.Index(["13", "14", "15"], name="code")
    found = beside_run(sums, pd.Series([9.0, 8.0, 2.0], codes), pd.Series([10.0, 8.0, 2.5], codes))
    assert found["gap_mt"].tolist() == pytest.approx([4.9, 8.0, -1.0])
    assert found["share_covered"].tolist() == pytest.approx([0.4, 0.0, 1.2])
    assert found["rest_cut_pct"].tolist() == pytest.approx([18.333333333333332, 0.0, np.nan], nan_ok=True)
    assert found["facilities"].tolist() == [2, 0, 1]


def test_no_mean_of_a_sector_that_emits_nothing():
    rows = [("a", "13", "cement", 0.0, 1.0, BLANK, "", BLANK)]
    (problem,) = rule_problems(table(rows), RULES, 2025, "t.csv")
    assert "emissions above 0 of some facility of cement" in problem.expected
    assert rule_problems(table([(*rows[0][:5], 0.9, "", BLANK)]), RULES, 2025, "t.csv") == []


def test_what_the_rules_cannot_deal_with_is_told_at_once():
    rows = [
        ("a", "13", "power", 1.0, 1.0, BLANK, "oil", BLANK),
        ("b", "13", "power", 1.0, 1.0, BLANK, "", BLANK),
        ("c", "13", "power", 1.0, 1.0, 0.5, "", 10.0),
        ("d", "13", "steel", 1.0, 1.0, BLANK, "", 10.0),
        ("e", "13", "paper", 1.0, 1.0, BLANK, "", BLANK),
    ]
    told = [str(problem) for problem in rule_problems(table(rows), RULES, 2025, "t.csv")]
    assert told == [
        "t.csv, row 2, column unit_class: expected a unit class with a benchmark for power 2025; "
        "found 'oil'. Known: coal, gas.",
        "t.csv, row 3, column unit_class: expected a unit class or a benchmark; found neither. "
        "State its class, or a benchmark of its own in the table.",
        "t.csv, row 4, column heat_gj: expected heat that has a benchmark; found 10 GJ. "
        "State its class, which has a benchmark of heat.",
        "t.csv, row 5, column heat_gj: expected heat that has a benchmark; found 10 GJ. "
        "Leave the cell blank: quotas of steel in 2025 are not issued for heat.",
        "t.csv, row 6: expected a year for which the rules say how paper gets its quotas; found 2025. "
        "Choose another year with --year, or state a rule with --parameters.",
    ]


def test_a_result_is_a_table_with_the_columns_that_readers_pass_over():
    assert set(OF_RESULTS) == {*FIRST_COLUMNS, *FURTHER_COLUMNS, "carried_source"} - {*REQUIRED, *OPTIONAL}
