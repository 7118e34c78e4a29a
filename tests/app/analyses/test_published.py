"""Rules beside the allocation: quotas, fairness, cost, and the mixture that comes closest."""

import csv
import tomllib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import capshare
from capshare.chain.prepared import prepare
from capshare.model.rules.registry import rules
from capshare.study.reading import load_study, shipped_studies

# The analyses of a path of ten years take as long as those of all others together.
analysed = pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.slow) if n == "china-2035" else n for n in shipped_studies()],
)
OWN = "own.toml"


@pytest.fixture
def quick(own_study, spoil):
    """A study of one's own that does not ask how firm each price's rank is, which takes most of a run."""
    spoil(OWN, "[prices]", "[prices]\nbootstrap_draws = 2")
    return own_study


def last_year(result, column):
    """A column of the provinces in the last year."""
    return result.in_year().provinces[column]


def table(result):
    """Quotas, index code, a column per rule."""
    return result.comparison.quotas["quota_mt"].unstack("rule")


@pytest.mark.slow
@analysed
def test_every_rule_is_there_and_adds_up_to_the_cap(finished, name):
    result = finished(name)
    quotas = table(result)
    expected = {"allocation", *rules()} - (set() if result.published is not None else {"published"})
    # A cut of intensity needs GDP of a later year.
    expected -= {"equal-cut"} if result.inputs.gdp_1e8yuan is None else set()
    # Emissions of one year are no history.
    expected -= {"historical-responsibility"} if name == "eu-2030" else set()
    assert set(quotas.columns) == expected == set(result.comparison.fairness.index)
    cap = result.cap.path["divided_mt"].iloc[-1]
    assert quotas.sum().to_numpy() == pytest.approx(cap, rel=1e-9)
    assert (quotas >= 0).all(axis=None)
    assert set(quotas.index) == set(last_year(result, "quota_mt").index)


@analysed
def test_the_allocation_is_the_run_s_own_and_costs_what_the_run_says(finished, name):
    result = finished(name)
    own = last_year(result, "quota_mt")
    pd.testing.assert_series_equal(
        table(result)["allocation"], own, check_names=False, check_like=True, atol=1e-8
    )
    # The quotas are the cheapest, and holding them leaves trade and abatement to find the same cost.
    cost = last_year(result, "cost_1e8yuan").sum()
    compared = result.comparison.fairness.loc["allocation", "cost_1e8yuan"]
    if any(note.key == "compared_alone" for note in result.notes):
        # Ties of years are part of the run's cost, and not of one year's.
        assert name == "china-2035"
        assert 0.99 * cost < compared < cost
    else:
        assert compared == pytest.approx(cost, rel=1e-6, abs=1e-6)


def test_published_quotas_are_less_equal_per_head_than_emissions(finished):
    """Table 1 of Tian & Lin 2021, doi:10.31497/zrzyxb.20210409, against population: 0.399 and 0.289."""
    found = finished("tian-lin-2021").comparison.fairness["gini_per_head"]
    assert found["published"] == pytest.approx(0.399, abs=5e-4)
    assert found["grandfathering"] == pytest.approx(0.289, abs=5e-4)
    assert found["per-capita"] == pytest.approx(0, abs=1e-12)
    assert finished("tian-lin-2021").comparison.fairness.loc["gdp", "theil_t_per_gdp"] == pytest.approx(
        0, abs=1e-12
    )


def test_the_published_table_is_the_one_printed(finished):
    """Table 1 of Tian & Lin 2021: Yunnan 14.2, Ningxia 0.38 (1e8 t), of quotas that add up to 134.901."""
    quota = table(finished("tian-lin-2021"))["published"]
    assert quota["530000"] / 100 == pytest.approx(14.2, abs=0.05)
    assert quota["640000"] / 100 == pytest.approx(0.38, abs=0.005)
    cut = finished("tian-lin-2021").comparison.fairness.loc["published"]
    assert cut["largest_cut_code"] == "140000"
    assert (cut["winners"], cut["losers"]) == (14, 16)


def test_the_closest_mixture_is_a_mixture(finished):
    result = finished("tian-lin-2021")
    weight, residual = result.comparison.mix.weights["weight"], result.comparison.mix.residual
    assert weight.sum() == pytest.approx(1)
    assert (weight >= 0).all()
    assert residual["residual_mt"].sum() == pytest.approx(0, abs=1e-6)
    mixed = (table(result)[list(weight.index)] @ weight).reindex(residual.index)
    np.testing.assert_allclose(residual["mix_mt"], mixed, rtol=1e-6)
    # No single rule is closer than the best mixture of them.
    shares = table(result) / table(result).sum()
    apart = shares[list(weight.index)].sub(shares["published"], axis="index").pow(2).sum()
    best = ((residual["residual_mt"] / residual["quota_mt"].sum()) ** 2).sum()
    assert best <= apart.min() + 1e-12
    assert result.comparison.mix.weights.loc["score", "weight_without_score"] == 0


@analysed
def test_a_cost_is_never_lower_without_trade(finished, name):
    found = finished(name).comparison.fairness
    with_trade = found["cost_1e8yuan"] + found["penalty_1e8yuan"]
    alone = found["no_trade_cost_1e8yuan"] + found["no_trade_penalty_1e8yuan"]
    assert (alone >= with_trade - 1e-6).all()
    assert found.loc["score", "distance_to_score_points"] == pytest.approx(0, abs=1e-12)
    notes = capshare.notes_in_words(finished(name))
    assert any(note.startswith("With free trade every split of the cap costs") for note in notes)


@pytest.mark.parametrize("name", sorted(set(rules()) - {"equal-cut"}))
def test_any_rule_can_be_the_entitlement(prepared, name):
    base = prepared("tian-lin-2021")
    rules_ = base.study.allocation.model_copy(update={"within": name, "floor": 0.0})
    # What comes before the rules is computed once.
    inputs = replace(base.inputs, floor_mt=0.0 * base.inputs.floor_mt)
    found = base.with_study(base.study.model_copy(update={"allocation": rules_}), inputs)
    data = found.data()
    share = found.share(2017)
    assert share.sum() == pytest.approx(13490, rel=1e-9)
    # Inside a block entitlements are in proportion to the rule's quotas where no bound is in the way.
    block = data.provinces["block"]
    ratio = (data.provinces["entitlement_mt"] / share).groupby(block)
    assert (ratio.max() / ratio.min()).to_numpy() == pytest.approx(1, rel=1e-9)


@pytest.mark.slow
def test_a_study_can_choose_rules_bounds_and_parameters(quick, spoil, call, tmp_path):
    spoil(
        OWN,
        "[balance]",
        '[comparison]\nrules = ["gdp", "capability"]\nmix = ["equal", "gdp"]\nbounded = true\n\n'
        "[rules.capability]\npower = 0.0\n\n[balance]",
    )
    code, output, message = call("compare-rules", quick, "-o", "out")
    assert (code, message) == (0, "")
    assert "Quotas of 2017 by rule, Mt CO₂" in output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("comparison.csv", "fairness.csv", "principle_mix.csv", "mix_residual.csv"),
        *("manifest.json", "notes.json", "study.toml"),
    }
    with (tmp_path / "out" / "comparison.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["rule", "code", "quota_mt"]
    assert list(dict.fromkeys(row["rule"] for row in rows)) == [
        "allocation", "published", "capability", "equal", "gdp",
    ]  # fmt: skip
    found = prepare(load_study(quick))
    quota = {(row["rule"], row["code"]): float(row["quota_mt"]) for row in rows}
    floor = found.inputs.floor_mt[2017]
    assert all(mt >= floor[code] - 1e-9 for (_, code), mt in quota.items())
    # Capability with the power 0 is equal per head, but for those held up by their floor.
    people = found.inputs.dataset.table["population_1e4"]
    free = [code for code in people.index if quota["capability", code] > floor[code] + 1e-6]
    per_head = [quota["capability", code] / people[code] for code in free]
    assert max(per_head) == pytest.approx(min(per_head), rel=1e-9)
    study = tomllib.loads((tmp_path / "out" / "study.toml").read_text(encoding="utf-8"))
    assert study["rules"]["capability"]["power"] == 0.0
    assert call("compare-rules", quick, "-o", "out")[0] == 2
    assert call("compare-rules", quick, "-o", "out", "--force")[0] == 0


@pytest.mark.slow
def test_no_rules_no_comparison(quick, spoil, call):
    spoil(OWN, "[balance]", "[comparison]\nrules = []\n\n[balance]")
    result = capshare.run(quick, analyses=["rule-comparison"])
    assert result.comparison is None
    code, _, message = call("compare-rules", quick)
    assert code == 2
    assert "comparison.rules: expected a rule or more; found none" in message


@pytest.mark.slow
def test_a_negotiated_table_is_a_rule(quick, spoil):
    codes = pd.read_csv(quick.parent / "data" / "provinces.csv", dtype={"code": str})["code"]
    quotas = ", ".join(f'"{code}" = {10.0 + place}' for place, code in enumerate(codes))
    spoil(OWN, "[balance]", f"[rules.published]\nmt = {{ {quotas} }}\n\n[balance]")
    spoil(OWN, 'within = "score"', 'within = "published"')
    result = capshare.run(quick, analyses=["rule-comparison"])
    found = table(result)["published"]
    assert found[codes[29]] / found[codes[0]] == pytest.approx(3.9)
    shares = result.allocation.raw_share.xs(2017, level="year")
    pd.testing.assert_series_equal(shares, found, check_names=False, check_like=True)
    assert result.study.settings["rules"]["published"]["mt"][codes[0]] == 10.0


def test_the_list_of_rules_fits_a_page(call):
    code, output, message = call("rules")
    assert (code, message) == (0, "")
    assert max(len(line) for line in output.splitlines()) <= 100
    for name, rule in rules().items():
        assert f"\n{name}\n" in f"\n{output}"
        assert rule.reference in output
    assert "convergence = 0.5 (0 to 1)" in output


@pytest.mark.slow
def test_the_comparison_fits_a_page(call):
    code, output, message = call("compare-rules", "tian-lin-2021")
    assert (code, message) == (0, "")
    assert max(len(line) for line in output.splitlines()) <= 100
    assert "…" not in output
    assert output.count("Inner Mongolia ") >= 3
    for text in ("Fairness", "Abatement cost", "The mixture of rules", "historical-responsibility"):
        assert text in output
