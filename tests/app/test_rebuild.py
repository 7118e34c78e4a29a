"""The tables of a run alone suffice to rebuild its LP and solve it elsewhere.

Nothing here comes from the package: CSV and TOML are read with pandas and tomllib, the LP is written
down a second time with PuLP, and CBC solves it.
"""

import json
import tomllib

import pandas as pd
import pulp
import pytest

# The dev extra keeps PuLP below 4 because of the CBC it ships; it announces 4 with every variable.
pytestmark = pytest.mark.filterwarnings("ignore:.*PuLP 4:DeprecationWarning")

# Mt x yuan/t is 1e6 yuan.
MILLION_YUAN_IN_1E8YUAN = 0.01


def table(folder, name):
    return pd.read_csv(folder / f"{name}.csv", dtype={"code": str, "group": str}, keep_default_na=False)


def variables(name, keys, upper=None):
    return {key: pulp.LpVariable(f"{name}_{n}", 0, upper and upper[key]) for n, key in enumerate(keys)}


def finite(value):
    return None if value == float("inf") else value


def blocks(provinces, groups):
    """Provinces of each block; in a national scope the one block is called ``all``."""
    if groups["group"].tolist() == ["all"]:
        return {"all": list(provinces.index)}
    return {group: list(provinces.index[provinces["group"] == group]) for group in groups["group"]}


def codes(provinces, names):
    """Codes of provinces that a study names by code or by name."""
    known = {code: code for code in provinces.index}
    for column in ("name_en", "name_zh"):
        known |= dict(zip(provinces[column], provinces.index, strict=True))
    return [known[name] for name in names]


def rebuilt(folder):
    """The LP of a run from provinces.csv, groups.csv, abatement_steps.csv and study.toml."""
    study = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    terms = study["allocation"]
    provinces, groups = table(folder, "provinces").set_index("code"), table(folder, "groups")
    steps = table(folder, "abatement_steps").set_index(["code", "step"])
    emissions = provinces["emissions_mt"]
    lp = pulp.LpProblem("rebuilt", pulp.LpMinimize)
    ceiling = provinces["ceiling_mt"].map(finite).to_dict()
    purchase_limit = (emissions * terms["trade_limit"]).map(finite).to_dict()
    quota = variables("quota", provinces.index, ceiling)
    abated = variables("abated", steps.index, steps["size_mt"].to_dict())
    bought = variables("bought", provinces.index, purchase_limit)
    sold, open_ = variables("sold", provinces.index), variables("open", provinces.index)
    lp += (
        pulp.lpSum(steps["cost_yuan_per_t"][key] * abated[key] for key in steps.index)
        + terms["penalty_yuan_per_t"] * pulp.lpSum(open_.values())
        + terms["trade_cost_yuan_per_t"] * pulp.lpSum(bought.values())
    )
    for group, members in blocks(provinces, groups).items():
        lp += pulp.lpSum(quota[i] for i in members) == groups.set_index("group")["cap_mt"][group]
    for i in provinces.index:
        own = pulp.lpSum(abated[i, step] for step in steps.loc[i].index)
        lp += quota[i] + bought[i] - sold[i] + own + open_[i] >= emissions[i]
        lp += quota[i] >= provinces["floor_mt"][i]
        if terms["max_deviation"] < float("inf"):
            # The caps are fixed, so the entitlements are numbers.
            room = terms["max_deviation"] * provinces["entitlement_mt"][i]
            lp += quota[i] <= provinces["entitlement_mt"][i] + room
            lp += quota[i] >= provinces["entitlement_mt"][i] - room
    lp += pulp.lpSum(bought.values()) == pulp.lpSum(sold.values())
    for rule in terms.get("constraint", []):
        add_rule(lp, rule, provinces, quota)
    return lp


def add_rule(lp, rule, provinces, quota):
    weights = rule.get("weights") or dict.fromkeys(rule["provinces"], 1.0)
    named = zip(codes(provinces, weights), weights.values(), strict=True)
    amount, total = pulp.lpSum(weight * quota[i] for i, weight in named), pulp.lpSum(quota.values())
    if "min_share" in rule or "min_mt" in rule:
        lp += amount >= rule.get("min_share", 0) * total + rule.get("min_mt", 0)
    else:
        lp += amount <= rule.get("max_share", 0) * total + rule.get("max_mt", 0)


def same_optimum(folder):
    lp = rebuilt(folder)
    assert pulp.LpStatus[lp.solve(pulp.PULP_CBC_CMD(msg=False))] == "Optimal"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    reported = manifest["allocation"]["objective_1e8yuan"]
    assert reported > 0
    assert pulp.value(lp.objective) * MILLION_YUAN_IN_1E8YUAN == pytest.approx(reported, rel=1e-6)


@pytest.mark.parametrize("name", ["tian-lin-2021", "tian-lin-2021-t20", "tian-lin-2021-given"])
def test_another_library_finds_the_same_optimum(tables_left, name):
    same_optimum(tables_left(name))


@pytest.mark.slow
def test_with_planners_rules_bounds_and_scarcity(call, made_before, own_study, spoil, tmp_path):
    # How firm each price's rank is takes most of a run, and has no part in the LP.
    spoil("own.toml", "[prices]", "[prices]\nbootstrap_draws = 2")
    spoil("own.toml", "2017 = 13490.0", "2017 = 9000.0")
    spoil("own.toml", 'scope = "groups"', 'scope = "national"')
    spoil("own.toml", "max_deviation = 0.20", "max_deviation = 0.50")
    spoil("own.toml", "floor = 0.30", "floor = 0.35\nceiling = 1.5")
    rules = """
        [[allocation.constraint]]
        name = "two and a half"
        weights = { "内蒙古" = 1.0, "Guangxi" = 1.0, "500000" = 0.5 }
        min_share = 0.13

        [[allocation.constraint]]
        name = "coast"
        provinces = ["Shandong", "Jiangsu"]
        max_mt = 1000.0

        [balance]"""
    spoil("own.toml", "[balance]", rules)
    code, _, message = call("run", own_study, "-o", "out")
    assert (code, message) == (0, "")
    same_optimum(tmp_path / "out")
