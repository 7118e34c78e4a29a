"""What is left of a year and carried into the next, by hand."""

import numpy as np
import pandas as pd
import pytest

from capshare.model.facilities.carry_over import quotas_through_years
from capshare.model.facilities.rules import SectorRule, Terms

NONE = pd.DataFrame({"benchmark": [], "heat_benchmark": []}, dtype=float)
COAL = pd.DataFrame({"benchmark": [0.8], "heat_benchmark": [0.1]}, ["coal"])
STEEL = SectorRule("steel", "band", 0.15, 0.2, 2.0, NONE)
POWER = SectorRule("power", "output", 0.0, 0.0, None, COAL)
BLANK = np.nan


def rules_in(year):
    """Steel is in the market from 2025 on, power all the time."""
    return {"power": POWER} | ({"steel": STEEL} if year >= 2025 else {})


def found(rows, year, share=1.0):
    columns = ["facility", "sector", "year", "emissions_t", "carried_t", "unit_class", "benchmark"]
    frame = pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(2, 2 + len(rows)))
    blank = dict.fromkeys(("heat_gj", "previous_emissions_t", "offsets_t"), BLANK)
    whole = frame.assign(code="14", output=1000.0, status="", **blank)
    whole = whole.astype({"sector": "category", "code": "category", "year": float, "carried_t": float})
    return quotas_through_years(whole, year, rules_in, Terms(0.7, 0.05, share, 60.0, 5.0)).set_index(
        "facility"
    )


def works(name, amounts, carried=BLANK, first=2025):
    return [
        (name, "steel", first + place, float(amount), carried if place == 0 else BLANK, "", BLANK)
        for place, amount in enumerate(amounts)
    ]


# Makes 1 000 t a year beside a benchmark of 2: 1 600 t is 20 % below it.
# 2025: quota 1 600 x 1.03 = 1 648, and 100 carried: 148 are left.
# 2026: 2 400 t, 20 % above: quota 2 400 x 0.97 = 2 328, with 148 carried 2 476: 76 are left.
# 2027: 2 500 t: quota 2 500 x 0.97 = 2 425, with 76 carried 2 501: 1 is left.
# 2028: 2 400 t: quota 2 328 and 1 carried: 71 are short.
AMOUNTS = (1600, 2400, 2500, 2400)


@pytest.mark.parametrize(
    ("year", "carried", "left", "short"),
    [(2025, 100, 148, 0), (2026, 148, 76, 0), (2027, 76, 1, 0), (2028, 1, 0, 71)],
)
def test_what_is_left_goes_from_year_to_year(year, carried, left, short):
    row = found(works("a", AMOUNTS, 100.0), year).loc["a"]
    told = row[["carried_t", "surplus_t", "shortfall_t"]].astype(float).to_dict()
    assert told == pytest.approx(
        {"carried_t": carried, "surplus_t": left, "shortfall_t": short}, rel=1e-12, abs=1e-9
    )
    assert row["carried_source"] == ("table" if year == 2025 else "last year")


def test_only_a_share_of_what_is_carried_counts():
    # Half of it: 2025 leaves 48 + 50 = 98; 2026 has 2 328 + 49 = 2 377 and is 23 short.
    row = found(works("a", AMOUNTS, 100.0), 2026, share=0.5).loc["a"]
    assert row[["carried_t", "shortfall_t"]].astype(float).tolist() == pytest.approx([98, 23])


def test_a_number_in_the_table_stands_and_a_blank_is_filled():
    rows = [*works("a", AMOUNTS[:1]), ("a", "steel", 2026, 2400.0, 0.0, "", BLANK), *works("b", AMOUNTS[:2])]
    told = found(rows, 2026)
    assert told["carried_t"].to_dict() == pytest.approx({"a": 0.0, "b": 48.0})
    assert told["carried_source"].astype(str).to_dict() == {"a": "table", "b": "last year"}


def test_a_year_without_rows_ends_the_chain_and_a_year_without_a_rule_is_told():
    gap = [*works("gap", AMOUNTS[:1]), *works("gap", AMOUNTS[:1], first=2027)]
    new = works("new", AMOUNTS[:1], first=2027)
    told = found([*gap, *new], 2027)
    assert told["carried_source"].astype(str).to_dict() == {"gap": "nothing", "new": "nothing"}
    # Steel has no rule in 2024, and the class of "odd" no benchmark; "coal" has 0.8 x 1 000 - 700 = 100 left.
    rows = works("early", (1600, 1600), first=2024)
    for name, unit_class in (("odd", "peat"), ("coal", "coal")):
        rows += [(name, "power", 2024, 700.0, BLANK, unit_class, BLANK)]
        rows += [(name, "power", 2025, 900.0, BLANK, "coal", BLANK)]
    told = found(rows, 2025)
    assert told["carried_source"].astype(str).to_dict() == {
        "early": "unknown", "odd": "unknown", "coal": "last year",
    }  # fmt: skip
    assert told["carried_t"].to_dict() == pytest.approx({"early": 0, "odd": 0, "coal": 100})
    # 900 t against 800 and 100 carried.
    assert told["shortfall_t"].to_dict() == pytest.approx({"early": 0, "odd": 100, "coal": 0})
