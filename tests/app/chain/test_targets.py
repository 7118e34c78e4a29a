"""Studies that set targets: the plan's national cut met, the band kept, tiers bound, wrong studies told."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import capshare
from capshare.analyses.sensitivity import quota_sensitivity
from capshare.base.errors import CapshareError, InfeasibleError
from capshare.chain.prepared import prepare
from capshare.chain.repaired import repaired_study
from capshare.study.reading import load_study
from capshare.study.sections.allocation import Constraint
from capshare.study.study import Study
from capshare.study.toml_text import read_toml

PLAN = "china-15fyp"


def loaded(**changes):
    """The plan's study with keys changed: section__key=value; a value of None leaves the section out."""
    shipped = load_study(PLAN)
    said = dict(read_toml(shipped.data, PLAN))
    for name, value in changes.items():
        section, _, key = name.partition("__")
        if value is None:
            del said[section]
        elif key:
            said[section] = {**said.get(section, {}), key: value}
        else:
            said[section] = value
    return replace(shipped, study=Study.model_validate(said))


@pytest.fixture(scope="module")
def outcome():
    return capshare.run(PLAN, analyses=())


def national(cut, weight):
    return float((cut * weight).sum() / weight.sum())


def test_the_national_cut_is_met_exactly_and_after_rounding_within_two_hundredths(outcome):
    cuts = outcome.targets.cuts
    weight = cuts["constant_intensity_mt"]
    for column in ("entitled_cut_pct", "cut_pct"):
        assert national(cuts[column], weight) == pytest.approx(17.0, abs=1e-9)
    assert 17.0 <= national(cuts["rounded_cut_pct"], weight) <= 17.02
    assert cuts["quota_mt"].sum() == pytest.approx(0.83 * weight.sum(), rel=1e-12)
    np.testing.assert_allclose(cuts["quota_mt"], weight * (1 - cuts["cut_pct"] / 100))
    np.testing.assert_allclose(cuts["rounded_quota_mt"], weight * (1 - cuts["rounded_cut_pct"] / 100))


def test_every_year_meets_its_part_of_the_plan(outcome):
    path = outcome.cap.path
    assert path["cut_pct"].loc[[2026, 2030]].tolist() == [3.8, 17.0]
    quota = outcome.allocation.provinces["quota_mt"].groupby("year").sum()
    np.testing.assert_allclose(quota, path["cap_mt"], rtol=1e-12)


def test_everyone_is_inside_the_band_and_the_distance_and_nobody_s_intensity_rises(outcome):
    cuts, implied = outcome.targets.cuts, outcome.targets.intensity["cut_vs_base_pct"]
    assert (
        cuts[["entitled_cut_pct", "cut_pct", "rounded_cut_pct"]].stack().between(10 - 1e-9, 20.5 + 1e-9).all()
    )
    assert ((cuts["cut_pct"] - cuts["entitled_cut_pct"]).abs() <= 1.5 + 1e-9).all()
    assert (implied > 0).all()
    np.testing.assert_allclose(implied.loc[2030], cuts["cut_pct"], atol=1e-9)
    assert (cuts["quota_mt"] <= 1.1 * cuts["base_emissions_mt"]).all()


def test_entitled_cuts_are_affine_in_the_index_and_in_its_order_before_the_distance_acts(outcome):
    cuts, index = outcome.targets.cuts, outcome.allocation.provinces.loc[2030, "score"]
    entitled = cuts["entitled_cut_pct"]
    inside = entitled.between(10.0 + 1e-9, 20.5 - 1e-9)
    assert inside.sum() >= 20
    slope = 8.5 / (index.max() - index.min())
    level = entitled[inside] - slope * index[inside]
    assert np.ptp(level) < 1e-9
    # Beyond an end of the band the cut is that end, and no other order is made.
    np.testing.assert_allclose(entitled, (level.mean() + slope * index).clip(10.0, 20.5), atol=1e-9)
    ranked = entitled[index.sort_values().index]
    assert (np.diff(ranked) >= -1e-9).all()
    assert (np.diff(ranked[inside[ranked.index]]) > 0).all()


def test_the_index_orders_provinces_like_the_tables_of_2011_and_2016(outcome):
    cuts = outcome.targets.cuts
    entitled = cuts["entitled_cut_pct"].rank()
    # With data of each base year 0.90 and 0.84; with data of today the order is nearly the same.
    for column, correlation in (("cut_12fyp_pct", 0.810), ("cut_13fyp_pct", 0.819)):
        assert entitled.corr(cuts[column].rank()) == pytest.approx(correlation, abs=0.005)


def test_what_decides_is_told_truly(outcome):
    cuts, prices = outcome.targets.cuts, outcome.prices.loc[2030]
    assert set(cuts["decided_by"]) <= {"band", "distance", "tier", "constraint", "trade", "cost"}
    at_distance = (cuts["cut_pct"] - cuts["entitled_cut_pct"]).abs() > 1.5 - 1e-6
    assert (cuts.loc[at_distance, "decided_by"] == "distance").all()
    assert (cuts.loc[~at_distance, "decided_by"] != "distance").all()
    free = prices["price_yuan_per_t"][["equity_above", "equity_below"]].groupby("name").sum()
    free_cuts = cuts["decided_by"].isin(["trade", "cost"])
    assert (free[cuts.index[free_cuts]] == 0).all()
    bought = prices["price_yuan_per_t"]["purchase_limit"].reindex(cuts.index) > 0.005
    assert (cuts.loc[free_cuts, "decided_by"] == "trade").equals(bought[free_cuts])
    assert (cuts["decided_by"] == "trade").any()


def test_the_price_of_the_national_target_is_what_a_tonne_less_costs(outcome):
    def cost(cut_pct):
        found = capshare.run(loaded(cap__cut_pct=cut_pct, study__years=(2030,)), analyses=())
        return found.allocation.endings[-1].objective_1e8yuan, found.cap.path["cap_mt"].iloc[-1]

    (low, less), (high, more) = cost(17.001), cost(16.999)
    price = outcome.prices.loc[(2030, "cap"), "price_yuan_per_t"].iloc[0]
    # 1e8 yuan per Mt is 100 yuan/t; a looser cap saves what the price says.
    assert (low - high) / (more - less) * 100 == pytest.approx(price, rel=1e-3)


@pytest.mark.slow
def test_bound_tiers_give_every_member_one_cut_with_a_price():
    found = capshare.run(loaded(targets__tiers="bind", targets__distance_points=4.0), analyses=())
    cuts = found.targets.cuts
    spread = cuts.groupby("tier")["cut_pct"].agg(lambda own: own.max() - own.min())
    assert len(spread) == 5
    assert spread.max() < 1e-7
    assert national(cuts["cut_pct"], cuts["constant_intensity_mt"]) == pytest.approx(17.0, abs=1e-9)
    assert cuts.groupby("tier")["rounded_cut_pct"].nunique().max() == 1
    price = found.prices.loc[(2030, "tier"), "price_yuan_per_t"]
    weighted = (price * cuts["constant_intensity_mt"]).groupby(cuts["tier"]).sum()
    assert weighted.abs().max() < 1e-4 * cuts["constant_intensity_mt"].sum()
    assert found.allocation.checks["passed"].all()


def test_a_cut_in_steps_of_the_years_scales_band_and_points(outcome):
    first = outcome.allocation.provinces.loc[2026]
    constant = outcome.targets.cuts["base_emissions_mt"] * 1.0475
    cut = 100 * (1 - first["quota_mt"] / constant)
    part = 3.8 / 17
    assert cut.between(10 * part - 1e-9, 20.5 * part + 1e-9).all()
    assert national(cut, constant) == pytest.approx(3.8, abs=1e-9)


@pytest.mark.slow
def test_where_every_split_costs_the_same_only_a_limit_of_purchases_moves_a_cut():
    # Under the logarithmic curve everybody's last tonne costs the same, whoever has the quota.
    found = capshare.run(loaded(prices__method="logarithmic", study__years=(2030,)), analyses=())
    cuts, prices = found.targets.cuts, found.prices.loc[2030, "price_yuan_per_t"]
    assert prices["coverage"].max() == pytest.approx(prices["coverage"].min(), rel=1e-9)
    less = cuts["cut_pct"] < cuts["entitled_cut_pct"] - 1e-6
    buys = found.allocation.provinces.loc[2030, "purchase_mt"]
    limit = 0.05 * found.allocation.provinces.loc[2030, "emissions_mt"]
    assert 0 < less.sum() < 8
    assert (buys[less] > limit[less] - 1e-6).all()
    assert (cuts["decided_by"] == "distance").sum() == 0


@pytest.mark.slow
def test_infinite_distance_leaves_the_band_alone():
    found = capshare.run(loaded(targets__distance_points=float("inf"), study__years=(2030,)), analyses=())
    cuts = found.targets.cuts
    assert cuts["cut_pct"].between(10 - 1e-9, 20.5 + 1e-9).all()
    assert "distance" not in set(cuts["decided_by"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"targets__band_pct": (17.5, 20.5)}, "a band that holds the national cut of 17 %"),
        ({"targets__band_pct": (20.5, 10.0)}, "from the least to the most"),
        ({"burden": None}, r"\[\[indicators\]\] or a section \[burden\]"),
        ({"targets": None}, r"\[burden\] and \[targets\]"),
        ({"allocation__floor": 0.5}, "no allocation.floor beside"),
        ({"allocation__scope": "groups"}, "no allocation.scope beside"),
        ({"groups": {"k": 4}}, "no groups.k beside"),
        ({"baseline": None}, r"\[baseline\]"),
        ({"cap__first_year_cut_pct": 18.0}, "at least 18"),
    ],
)
def test_studies_that_are_no_plan_are_told(changes, said):
    with pytest.raises((CapshareError, ValueError), match=said):
        prepare(loaded(**changes), bootstrap=False)


def test_a_run_s_settings_are_those_of_a_study_again(outcome):
    again = Study.model_validate(outcome.study.settings)
    assert again.model_dump() == {
        **load_study(PLAN).study.model_dump(),
        "allocation": again.allocation.model_dump(),
    }
    assert again.allocation.within == "equal-cut"


def test_what_collides_is_told_in_points_and_the_repair_repairs():
    torn = loaded(targets__tiers="bind", targets__distance_points=0.5, study__years=(2030,))
    with pytest.raises(InfeasibleError) as refused:
        capshare.run(torn, analyses=())
    for lang, words in (
        ("en", ("one cut for all of a tier", "targets.distance_points")),
        ("zh", ("同一档",)),
    ):
        said = "\n".join(refused.value.told[lang].lines)
        assert [word for word in words if word not in said] == []
        assert "max_deviation" not in said
    [repair] = [way for way in refused.value.repairs if way.changes[0].path == ("targets", "distance_points")]
    changed = replace(torn, study=repaired_study(torn.study, repair.changes))
    assert changed.study.targets.distance_points > 0.5
    assert capshare.run(changed, analyses=()).allocation.checks["passed"].all()


@pytest.mark.slow
def test_a_constraint_that_the_band_cannot_bear_is_repaired_by_the_band_or_by_itself():
    rule = Constraint(name="Shanxi", provinces=("Shanxi",), min_share=0.0565)
    study = loaded(targets__distance_points=float("inf"), study__years=(2030,)).study
    asked = study.allocation.model_copy(update={"constraint": (rule,)})
    torn = replace(loaded(), study=study.model_copy(update={"allocation": asked}))
    # 5.65 % of the quotas is a cut of 15 %; the band begins at 10 %: no collision yet.
    assert capshare.run(torn, analyses=()).allocation.checks["passed"].all()
    harder = asked.model_copy(update={"constraint": (rule.model_copy(update={"min_share": 0.0605}),)})
    with pytest.raises(InfeasibleError) as refused:
        capshare.run(replace(torn, study=study.model_copy(update={"allocation": harder})), analyses=())
    paths = {way.changes[0].path[:2] for way in refused.value.repairs}
    assert {("targets", "band_pct"), ("allocation", "constraint")} <= paths


def test_the_frontier_of_shares_is_not_for_targets():
    from capshare.analyses.frontier import frontier

    with pytest.raises(CapshareError, match=r"is in points of a cut.*Name one of quotas, as .*tian"):
        frontier(load_study(PLAN))


def test_a_frontier_without_a_study_says_which_have_one(call, tmp_path):
    code, output, message = call("frontier")
    assert (code, output) == (2, "")
    assert "china-15fyp.toml, targets: expected a study of quotas" in message
    assert "tian-lin-2021, tian-lin-2021-given are" in message
    assert not any(tmp_path.iterdir())


@pytest.mark.slow
def test_what_moves_a_cut_is_asked_in_points():
    found = prepare(loaded(study__years=(2030,)), bootstrap=False)
    changes = quota_sensitivity(found, "140000", 2030)
    named = set(changes.index)
    assert {"distance 1.5 to 2 points", "spread 8.5 to 9.5 points"} <= named
    assert not [name for name in named if name.startswith(("T ", "floor"))]


ISLES = Path(__file__).parents[2] / "reports" / "targets"


def islands(tmp_path, *changes):
    """The study of six islands whose target is a cut, with texts replaced."""
    folder = shutil.copytree(ISLES, tmp_path / "isles")
    path = folder / "isles-cut.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("years = [2022]", "years = [2018, 2019, 2022]"),
        ("cut_pct = 17.0", "cut_pct = 17.0\nfirst_year_cut_pct = 4.0"),
        ("distance_points = 3.0", "distance_points = 4.0"),
        ('tiers = "bind"', 'tiers = "guide"'),
        ("max_share = 0.3525", "max_share = 0.4"),
        *changes,
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return capshare.run(path, analyses=())


def test_a_limit_on_yearly_change_holds_quotas_while_each_year_keeps_its_cut(tmp_path):
    limit = ("[prices]", "[smoothing]\nmax_yearly_change = 0.02892\n[prices]")
    found = islands(tmp_path, ("trade_limit = 0.05", "trade_limit = 0.0"), limit)
    quota, cuts = found.allocation.provinces["quota_mt"].unstack("year"), found.targets.cuts
    for first, last in ((2018, 2019), (2019, 2022)):
        most, least = (quota[first] * (1 + sign * 0.02892) ** (last - first) for sign in (1, -1))
        assert (quota[last] <= most + 1e-6).all()
        assert (quota[last] >= least - 1e-6).all()
    np.testing.assert_allclose(quota.sum(), found.cap.path["cap_mt"], rtol=1e-9)
    assert national(cuts["cut_pct"], cuts["constant_intensity_mt"]) == pytest.approx(17.0, abs=1e-9)
    prices = found.prices["price_yuan_per_t"]
    assert (prices[prices.index.isin(["rise_limit"], level="constraint")] > 1.0).any()


def test_quota_carried_over_covers_emissions_and_leaves_every_year_s_cut_what_the_plan_says(tmp_path):
    found = islands(tmp_path, ("[prices]", "[carry_over]\nlimit = 0.1\nexpiry_years = 2\n[prices]"))
    quota, cuts = found.allocation.provinces["quota_mt"].unstack("year"), found.targets.cuts
    np.testing.assert_allclose(quota.sum(), found.cap.path["cap_mt"], rtol=1e-9)
    assert found.allocation.provinces["carried_out_mt"].sum() > 1.0
    assert ((cuts["cut_pct"] - cuts["entitled_cut_pct"]).abs() <= 4.0 + 1e-9).all()
    np.testing.assert_allclose(
        found.targets.intensity["cut_vs_base_pct"].loc[2022], cuts["cut_pct"], atol=1e-9
    )
