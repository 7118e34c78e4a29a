"""A study with years ahead: caps, baselines, rules between years, and what is refused."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import tomli_w

from capshare.analyses.run import run
from capshare.base.errors import CapshareError
from capshare.chain.prepared import prepare
from capshare.chain.solve import solve_years
from capshare.model.allocation.allocate import allocate
from capshare.study.reading import load_study

PLEDGE = Path(__file__).parents[1] / "studies" / "pledge-2021.toml"


@pytest.fixture
def study(tmp_path):
    """Write a study of years ahead with changed sections; few draws, so that it is quick."""

    def write(**changes):
        data = tomllib.loads(PLEDGE.read_text(encoding="utf-8"))
        data["study"] |= {"years": [2017, 2025, 2030]}
        data["prices"] |= {"bootstrap_draws": 2}
        data["groups"] |= {"restarts": 5}
        for section, values in changes.items():
            if values is None:
                data.pop(section, None)
            elif isinstance(values, dict):
                data[section] = {**data.get(section, {}), **values}
            else:
                data[section] = values
        path = tmp_path / "study.toml"
        path.write_text(tomli_w.dumps(data), encoding="utf-8")
        return load_study(path)

    return write


def test_the_shipped_study_adds_up_in_every_year(split):
    found = split("china-2035")
    years = range(2026, 2036)
    assert list(found.cap.path.index) == list(years)
    quota = found.allocation.provinces["quota_mt"].groupby(level="year").sum()
    assert quota.to_numpy() == pytest.approx(found.cap.path["cap_mt"].to_numpy(), rel=1e-9)
    assert found.allocation.checks["passed"].all()
    assert (found.cap.years["uncovered_mt"] == 0).all()
    assert (found.allocation.blocks["of_it_penalty_yuan_per_t"].abs() < 1e-6).all()
    for frame in (
        found.allocation.provinces,
        found.allocation.blocks,
        found.prices,
        found.allocation.steps,
    ):
        assert frame.index.names[0] == "year"
        assert sorted(frame.index.unique("year")) == list(years)
    assert [end.years for end in found.allocation.endings] == [tuple(years)]


@pytest.mark.slow
def test_years_that_nothing_ties_end_one_by_one(study):
    found = run(study(study={"years": [2017, 2030]}), analyses=())
    assert [end.years for end in found.allocation.endings] == [(2017,), (2030,)]
    assert found.allocation.total.objective_1e8yuan == pytest.approx(
        sum(end.objective_1e8yuan for end in found.allocation.endings)
    )


@pytest.mark.slow
def test_cap_of_pledges_states_all_its_inputs(study):
    cap = run(study(study={"years": [2030, 2035]}), analyses=()).cap.path
    assert cap.notna().all().all()
    assert cap.loc[2030, "cut_pct"] == 65
    # The fall to 2035: 0.8 of 8.5 % of 1.2 times the peak.
    assert cap.loc[2035, "cap_mt"] == pytest.approx(cap.loc[2030, "cap_mt"] * (1 - 0.8 * 0.085 * 1.2))


@pytest.mark.slow
def test_other_starting_point_is_shown(study):
    found = run(study(), analyses=())
    other = found.cap.starts.loc[("inventory", 2030)]
    assert other["difference_pct"] == pytest.approx(-11.3, abs=0.5)
    turned = run(study(cap={"start": "inventory"}), analyses=())
    assert turned.cap.path.loc[2030, "cap_mt"] == pytest.approx(other["cap_mt"])


@pytest.mark.slow
def test_joint_lp_with_loose_smoothing_equals_the_separate_years(study):
    separate = solve_years(prepare(study(), bootstrap=False))
    joint = solve_years(prepare(study(smoothing={"max_yearly_change": 0.99}), bootstrap=False))
    assert list(joint.allocations) == [tuple(separate.data)]
    quota = separate.entitled["quota_mt"]
    assert joint.entitled["quota_mt"].reindex(quota.index).to_numpy() == pytest.approx(
        quota.to_numpy(), abs=1e-5
    )
    assert joint.caps["price_yuan_per_t"].to_numpy() == pytest.approx(
        separate.caps["price_yuan_per_t"].to_numpy(), abs=1e-5
    )


@pytest.mark.slow
def test_rules_between_years_have_prices_and_files_of_years(study):
    loaded = study(smoothing={"max_yearly_change": 0.03}, carry_over={"limit": 0.05, "expiry_years": 10})
    found = run(loaded)
    constraints = set(found.prices.index.get_level_values("constraint"))
    assert {"rise_limit", "fall_limit", "carry_limit"} <= constraints
    quota = found.allocation.provinces["quota_mt"].unstack("year")
    for before, year in ((2017, 2025), (2025, 2030)):
        gap = year - before
        ratio = quota[year] / quota[before]
        assert (ratio <= 1.03**gap + 1e-6).all()
        assert (ratio >= 0.97**gap - 1e-6).all()
    assert found.allocation.checks["passed"].all()
    assert (found.prices["price_yuan_per_t"].xs("fall_limit", level="constraint") >= -1e-9).all()


@pytest.mark.slow
def test_carry_over_never_costs_more(study):
    apart = solve_years(prepare(study(), bootstrap=False))
    carried = solve_years(prepare(study(carry_over={"limit": 0.1, "expiry_years": 20}), bootstrap=False))
    total = sum(found.first.objective for found in apart.allocations.values())
    assert next(iter(carried.allocations.values())).first.objective <= total * (1 + 1e-9)


@pytest.mark.slow
def test_reserve_is_held_back_before_the_cap_is_divided(study):
    found = run(study(market={"reserve_share": 0.02}), analyses=())
    assert found.cap.path["divided_mt"].to_numpy() == pytest.approx(
        0.98 * found.cap.path["cap_mt"].to_numpy()
    )
    quota = found.allocation.provinces["quota_mt"].groupby(level="year").sum()
    assert quota.to_numpy() == pytest.approx(found.cap.path["divided_mt"].to_numpy())


@pytest.mark.slow
def test_market_of_each_year_clears(study):
    market = {
        "offsets_share": 0.05,
        "offset_price_yuan_per_t": 30.0,
        "auctioned_share": 0.1,
        "price_ceiling_yuan_per_t": 40.0,
    }
    found = run(study(market=market), analyses=["market"])
    assert (found.market.years["price_yuan_per_t"] <= 40).all()
    balance = found.market.provinces[["purchase_mt", "sale_mt"]].groupby(level="year").sum()
    extra = found.market.years["extra_mt"]
    assert (balance["purchase_mt"] - balance["sale_mt"]).to_numpy() == pytest.approx(
        extra.to_numpy(), abs=1e-6
    )
    payment = 0.01 * 0.1 * found.cap.path["cap_mt"] * found.market.years["price_yuan_per_t"]
    assert found.market.years["auction_payment_1e8yuan"].to_numpy() == pytest.approx(payment.to_numpy())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "settings"),
    [
        ("absolute", {"peak_year": 2028, "peak_mt": 12500.0, "cut_pct": 8.0}),
        ("budget", {"budget_mt": 160000.0, "shape": "constant"}),
        ("table", {"mt": {"2017": 10127.0, "2025": 11000.0, "2030": 11500.0}}),
    ],
)
def test_every_cap_method_runs(study, method, settings):
    found = run(_with_cap(study, method, settings), analyses=())
    assert found.allocation.checks["passed"].all()
    quota = found.allocation.provinces["quota_mt"].groupby(level="year").sum()
    assert quota.to_numpy() == pytest.approx(found.cap.path["cap_mt"].to_numpy(), rel=1e-9)


def _with_cap(study, method, settings):
    loaded = study()
    data = tomllib.loads(Path(loaded.path).read_text(encoding="utf-8"))
    data["cap"] = {"method": method, **settings}
    loaded.path.write_text(tomli_w.dumps(data), encoding="utf-8")
    return load_study(loaded.path)


def problems_of(loaded):
    with pytest.raises(CapshareError) as raised:
        run(loaded)
    return str(raised.value), raised.value


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"baseline": None}, "no section [baseline], but 2025, 2030 to allocate"),
        ({"cap": {"cuts_pct": {"2020": 40.0, "2030": 65.0}}}, "Weaker than what is achieved"),
        ({"study": {"years": [2017, 2040]}}, "2040"),
        ({"study": {"scenario": "centrl"}}, "central"),
        ({"study": {"years": [2015, 2030]}}, "years from the base year 2017 on"),
        (
            {
                "cap": {
                    "then": {
                        "target_year": 2030,
                        "cut_pct": 8.5,
                        "net_ghg_per_co2": 1.2,
                        "co2_share_of_cut": 0.8,
                    }
                }
            },
            "cap.then.target_year: expected a year after 2030, whose cap is taken for the peak; found 2030",
        ),
        (
            {"study": {"years": [2017]}, "smoothing": {"max_yearly_change": 0.1}},
            "smoothing: expected a year after the base year, in which something may change; found 2017 alone",
        ),
        (
            {"study": {"years": [2017]}, "allocation": {"max_abatement_change": 0.1}},
            "allocation.max_abatement_change: expected a year after the base year",
        ),
        (
            {"study": {"years": [2030]}, "carry_over": {"limit": 0.1, "expiry_years": 2}},
            "carry_over: expected a later year that quota may be carried to; found 2030 alone",
        ),
        (
            {"allocation": {"floor": 1.3, "ceiling": 1.2}},
            "allocation.ceiling: expected no ceiling below its floor",
        ),
    ],
)
def test_bad_years_are_named(study, changes, message):
    text, error = problems_of(study(**changes))
    assert message in text
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("section", "settings", "message"),
    [
        (
            "allocation",
            {"max_abatement_change": -0.05},
            "allocation.max_abatement_change: expected greater than",
        ),
        ("allocation", {"max_abatement_change": float("nan")}, "allocation.max_abatement_change: expected"),
        ("smoothing", {"max_yearly_change": 1.5}, "smoothing.max_yearly_change: expected less than 1"),
        ("cap", {"plan_year": 2030}, '`plan_year` with method "intensity-plan" alone'),
    ],
)
def test_numbers_out_of_their_range_are_told_where_they_stand(study, section, settings, message):
    with pytest.raises(CapshareError) as raised:
        study(**{section: settings})
    assert message in str(raised.value)
    assert len(raised.value.problems) == 1


@pytest.mark.slow
def test_one_year_after_the_base_year_is_tied_to_what_was_emitted(study):
    loaded = study(
        study={"years": [2020]},
        smoothing={"max_yearly_change": 0.06},
        allocation={"max_deviation": float("inf")},
    )
    found = run(loaded, analyses=())
    ratio = found.in_year().provinces["quota_mt"] / found.inputs.table["emissions_mt"]
    assert ratio.max() <= 1.06**3 + 1e-9
    assert ratio.min() >= 0.94**3 - 1e-9
    assert ratio.max() - ratio.min() > 0.05
    text, _ = problems_of(study(study={"years": [2020]}, smoothing={"max_yearly_change": 0.03}))
    assert "Free, 2020 has a split; tied to the emissions of the base year, these" in text


@pytest.mark.slow
def test_bounds_are_shares_of_the_base_year_whatever_is_projected(study):
    """A floor of projected emissions once paid a province 0.6 t for each tonne more that it projected."""
    slow, fast = (
        prepare(study(baseline={"autonomous_change": change}), bootstrap=False) for change in (0.03, 0.01)
    )
    assert (fast.inputs.baseline_mt[2030] > 1.1 * slow.inputs.baseline_mt[2030]).all()
    for found in (slow, fast):
        for year in found.inputs.years:
            expected = 0.6 * found.inputs.emissions_mt
            assert found.inputs.floor_mt[year].to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-12)


def test_a_peak_after_the_target_is_refused(study):
    peak = {"peak_year": 2036, "peak_mt": 12500.0, "cut_pct": 8.0}
    text, _ = problems_of(_with_cap(study, "absolute", peak))
    assert "a peak before the target year 2035" in text


def test_a_scenario_that_misses_a_year_is_refused(study, tmp_path):
    rows = ["year,gdp_growth_pct,status,source"]
    rows += [f"{year},5.0,assumption,made up" for year in range(2018, 2031) if year != 2022]
    (tmp_path / "gap.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    text, _ = problems_of(study(study={"scenario": "gap.csv", "years": [2017, 2025, 2030]}))
    assert "2022" in text


@pytest.mark.slow
def test_smoothing_that_no_path_can_meet_names_the_years(study):
    loaded = study(smoothing={"max_yearly_change": 0.0001}, allocation={"max_deviation": 0.0})
    text, error = problems_of(loaded)
    assert error.exit_code == 3
    assert "yearly" in text
    assert "2025" in text
    assert not any(code in text for code in ("650000 in", "140000 in", "110000 in"))


@pytest.mark.slow
def test_shipped_studies_stay_feasible_under_noise(shipped_chain):
    """Plausibility gate: 5 % noise on emissions and scores, 200 draws: feasible, nothing uncovered."""
    data = shipped_chain.data()
    random = np.random.default_rng(2021)
    first = allocate(data)
    for _ in range(200):
        noise = pd.DataFrame(random.lognormal(0, 0.05, (len(data.provinces), 2)), index=data.provinces.index)
        p = data.provinces
        emissions = p["emissions_mt"] * noise[0]
        scale = emissions / p["emissions_mt"]
        noisy = p.assign(
            share=p["share"] * noise[1],
            emissions_mt=emissions,
            floor_mt=p["floor_mt"] * scale,
            ceiling_mt=p["ceiling_mt"] * scale,
            purchase_limit_mt=p["purchase_limit_mt"] * scale,
        )
        steps = data.steps.assign(size_mt=data.steps["size_mt"].mul(scale, level="code"))
        moved = type(data)(noisy, data.caps_mt, steps, data.rules, data.rule_weight, data.limits)
        found = allocate(moved.with_caps(data.caps_mt), programme=first.programme)
        assert found.quantities["uncovered_mt"].sum() == pytest.approx(0, abs=1e-6)
        assert found.penalty_1e8yuan == pytest.approx(0, abs=1e-6)


@pytest.fixture(params=["tian-lin-2021-t20", "tian-lin-2021-given", "pledge-2021", "china-2035"])
def shipped_chain(request, prepared):
    return prepared(request.param)
