"""The path to 2035: what a planner may rely on, province by province and year by year."""

import tomllib

import numpy as np
import pandas as pd
import pytest
import tomli_w

from capshare.base.errors import CapshareError
from capshare.chain.read_inputs import read_inputs
from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.years import join_years
from capshare.model.notes import at_bounds
from capshare.study.reading import load_study, study_path

STUDY = "china-2035"


@pytest.fixture(scope="module")
def found(split):
    return split(STUDY)


@pytest.fixture(scope="module")
def base(found):
    return found.inputs.table["emissions_mt"]


def by_year(found, column, base):
    """A quantity, code × year, with the base year's emissions before it."""
    table = found.allocation.provinces[column].unstack("year")
    return pd.concat([base.rename(2025), table], axis="columns")


def test_caps_go_through_the_plan_to_the_contribution(found, split):
    cap = found.cap.path
    plan = split("china-15fyp").cap.path["cap_mt"]
    assert cap["cap_mt"].loc[plan.index].to_numpy() == pytest.approx(plan.to_numpy(), rel=1e-12)
    assert cap.loc[[2026, 2030], "cut_pct"].tolist() == pytest.approx([3.8, 17.0])
    # 0.8 of 8.5 % of 1.2 times the cap of 2030, in five equal steps.
    fall = 0.8 * 0.085 * 1.2 * cap.loc[2030, "cap_mt"]
    assert cap["cap_mt"].loc[2030:].diff().dropna().tolist() == pytest.approx([-fall / 5] * 5)
    assert cap.loc[2035, "cut_pct"] == pytest.approx(100 - 100 * 11695.73 / (12165.98 * 1.0475**10), abs=1e-3)
    assert cap.notna().all().all()


def test_quotas_add_up_to_the_cap_of_every_year(found):
    quota = found.allocation.provinces["quota_mt"].groupby(level="year").sum()
    assert quota.to_numpy() == pytest.approx(found.cap.path["cap_mt"].to_numpy(), rel=1e-9)


def test_nobody_s_intensity_rises_and_nobody_jumps(found, base):
    quota = by_year(found, "quota_mt", base)
    grown = 1.0475 ** (quota.columns - 2025)
    assert (quota.div(grown, axis="columns").diff(axis="columns").iloc[:, 1:] < 0).all(axis=None)
    change = quota.pct_change(axis="columns").iloc[:, 1:]
    assert change.abs().max(axis=None) <= 0.04 + 1e-9
    assert (quota.div(base, axis="index") <= 1.10).all(axis=None)
    assert (quota.div(base, axis="index") >= 0.75).all(axis=None)


def test_planned_emissions_never_jump_by_more_than_the_ramp(found, base):
    provinces = found.allocation.provinces
    emitted = by_year(found, "emissions_mt", base)
    abated = provinces["abatement_mt"].unstack("year")
    abated.insert(0, 2025, 0.0)
    ramp = 0.08 * base
    assert (abated.diff(axis="columns").iloc[:, 1:].abs().max(axis="columns") <= ramp + 1e-6).all()
    planned = emitted - abated
    grown = emitted.diff(axis="columns").iloc[:, 1:]
    step = planned.diff(axis="columns").iloc[:, 1:] - grown
    assert (step.abs().le(ramp + 1e-6, axis="index")).all(axis=None)
    assert (planned.div(1.0475 ** (planned.columns - 2025)).diff(axis="columns").iloc[:, 1:] < 0).all(
        axis=None
    )
    assert provinces["uncovered_mt"].max() == 0


def test_cuts_decide_and_not_bounds(found):
    """In no year is more than a third at a floor, a ceiling or 5 % from its entitlement; most are nowhere."""
    for year in found.years:
        counts = at_bounds(found.prices.xs(year, level="year"))
        assert counts["floor"] == counts["ceiling"] == 0
        assert counts["any"] <= 5, year


def test_the_larger_and_the_richer_economy_cuts_more(found, split):
    """In 2030 in the order, and over the span, in which the study of the plan's targets has them."""
    cut = found.allocation.provinces["intensity_cut_pct"].xs(2030, level="year")
    plan = split("china-15fyp").targets.cuts["entitled_cut_pct"]
    assert cut.corr(plan, method="spearman") > 0.9
    assert cut.idxmax() == "320000"
    assert cut.min() == pytest.approx(14.3, abs=0.1)
    assert cut.max() == pytest.approx(21.7, abs=0.1)


def test_the_price_of_each_cap_is_what_a_little_more_of_it_saves(prepared):
    """By finite differences, entitlements computed anew in the proportions of the cap as it is."""
    chain = prepared(STUDY)
    years = {year: chain.data(year) for year in chain.inputs.years}
    data = join_years(years, chain.numbers.year_rules, chain.base)
    start = allocate(data)
    for year in (2028, 2031, 2035):
        block = f"{year}:all"
        saved = []
        for step in (0.01, -0.01):
            caps = data.caps_mt.copy()
            caps[block] += step
            cost = allocate(data.with_caps(caps)).first.objective
            saved.append((start.first.objective - cost) / step)
        price = start.prices["price_yuan_per_t"]["cap", block]
        assert min(saved) - 1e-5 <= price <= max(saved) + 1e-5
        assert price > 1.0
        assert np.ptp(saved) < 5.0


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        (
            STUDY,
            {"study": {"years": [2026, 2040]}},
            "scenario plan-15, gdp_growth_pct: expected a value for",
        ),
        (STUDY, {"cap": {"then": None}}, "expected years from 2026 to 2030, which the cap covers"),
        (STUDY, {"cap": {"plan_year": 2025}}, "cap.cut_pct, cap.first_year_cut_pct: expected a year after"),
        (STUDY, {"cap": {"first_year_cut_pct": 18.0}}, "a cut of at least 18 and less than 100 %; found 17"),
        (STUDY, {"baseline": {"method": "base-year"}}, '[baseline] with method "growth"'),
        (STUDY, {"allocation": {"ceiling": 1.0}}, "ceilings that leave room for the cap of 2026"),
        (STUDY, {"rules": {"score-cut": {"spread": 2.5}}}, "a number from 0 to 2; found 2.5"),
        ("china-15fyp", {"cap": {"plan_year": 2030}}, "no cap.then and no cap.plan_year beside [targets]"),
    ],
)
def test_a_path_that_does_not_fit_together_is_told(tmp_path, name, changes, message):
    data = tomllib.loads(study_path(name).read_text(encoding="utf-8"))
    for section, values in changes.items():
        whole = {**data.get(section, {}), **values}
        data[section] = {key: value for key, value in whole.items() if value is not None}
    path = tmp_path / "path.toml"
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
    with pytest.raises(CapshareError) as raised:
        read_inputs(load_study(path))
    assert message in str(raised.value)
