"""A study without a solution: every repair that is offered, typed into its file, gives it one."""

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tomli_w

import capshare
from capshare.base.errors import InfeasibleError, StudyChange
from capshare.chain.infeasible import explained
from capshare.chain.prepared import prepare
from capshare.chain.repaired import repaired_study
from capshare.chain.solve import solve_years
from capshare.reports.console.infeasible import repair_text

WEST = ("内蒙古", "广西", "重庆", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "宁夏", "新疆")
ISLES = [*"abcdef"]
PLEDGE = Path(__file__).parents[1] / "studies" / "pledge-2021.toml"


def solve(loaded):
    found = prepare(loaded, bootstrap=False)
    with explained(found):
        return solve_years(found)


def refused(loaded):
    """The error of a study without a solution; None where it has one."""
    try:
        solve(loaded)
    except InfeasibleError as error:
        return error
    return None


def random_rule(rng, number):
    limit = rng.choice(["min_share", "max_share", "min_mt", "max_mt"])
    some = [str(name) for name in rng.choice(ISLES, rng.integers(1, 4), replace=False)]
    amount = rng.uniform(0.0, 0.8) if limit.endswith("share") else rng.uniform(0.0, 400.0)
    return {"name": f"rule {number}", "provinces": some, str(limit): round(float(amount), 3)}


def random_bound(rng, low, high):
    """One number, or a table of a default and a few islands."""
    number = round(float(rng.uniform(low, high)), 3)
    if rng.random() < 0.6:
        return number
    named = {
        str(name): round(float(rng.uniform(low, high)), 3) for name in rng.choice(ISLES, 2, replace=False)
    }
    return {"default": number, **named}


def random_study(isles, seed):
    """The islands over one to three years, under rules that often contradict each other."""
    rng = np.random.default_rng(seed)
    study = tomllib.loads(isles.read_text(encoding="utf-8"))
    years = [2017, 2018, 2020][: rng.integers(1, 4)]
    caps = {str(year): round(float(rng.uniform(0.5, 0.95)) * 590.0, 1) for year in years}
    study["cap"]["mt"] = caps
    study["baseline"] = {"method": "base-year"}
    study["groups"] |= {"diagnostics_draws": 0}
    study["allocation"] = {
        "scope": str(rng.choice(["groups", "national"])),
        "max_deviation": float(rng.choice([0.0, 0.05, 0.2, 0.6, np.inf])),
        "floor": random_bound(rng, 0.0, 0.5),
        "ceiling": random_bound(rng, 1.0, 2.5),
        "constraint": [random_rule(rng, number) for number in range(rng.integers(1, 4))],
    }
    if rng.random() < 0.3:
        study["market"] = {"reserve_share": 0.05}
    if len(years) > 1 and rng.random() < 0.4:
        study["smoothing"] = {"max_yearly_change": round(float(rng.uniform(0.01, 0.3)), 3)}
    path = isles.parent / f"random-{seed}.toml"
    path.write_text(tomli_w.dumps(study), encoding="utf-8")
    return path


def require_every_mend_repairs(path, finish):
    """How many repairs the study was offered, each of which was applied; 0 where it has a solution."""
    loaded = capshare.load_study(path)
    error = refused(loaded)
    if error is None:
        return 0
    for repair in error.repairs:
        finish(replace(loaded, study=repaired_study(loaded.study, repair.changes)))
        assert repair_text(repair) in str(error)
    return len(error.repairs)


def usable(path):
    """Whether floors and ceilings leave room for the cap, so that only the rules can collide."""
    try:
        prepare(capshare.load_study(path))
    except capshare.CapshareError:
        return False
    return True


@pytest.mark.slow
def test_every_repair_of_random_studies_repairs(isles):
    paths = [path for seed in range(5) if usable(path := random_study(isles, seed))]
    offered = [require_every_mend_repairs(path, solve) for path in paths]
    assert sum(count > 0 for count in offered) >= 2
    assert sum(offered) >= 3


@pytest.mark.slow
def test_every_repair_of_many_random_studies_gives_a_whole_run(isles):
    paths = [path for seed in range(1000, 1040) if usable(path := random_study(isles, seed))]
    offered = [require_every_mend_repairs(path, capshare.run) for path in paths]
    assert sum(count > 0 for count in offered) >= 8


def with_rule(loaded, years, **rule):
    """The study in some years, under one planner's rule."""
    settings = loaded.study.settings()
    settings["study"]["years"] = years
    settings["allocation"]["constraint"] = (rule,)
    return replace(loaded, study=type(loaded.study).model_validate(settings))


@pytest.mark.slow
def test_a_repair_is_one_of_all_years_together(isles):
    """The isle c may get 1.2 times its emissions of 60 Mt and is asked for a third of 300 and of 400 Mt.

    So its share must fall to 72 / 400; the year 2017 alone would be content with 72 / 300.
    """
    study = isles.read_text(encoding="utf-8").replace("2017 = 480.0", "2017 = 300.0, 2018 = 400.0")
    rules = (
        '[allocation]\nscope = "national"\nmax_deviation = inf\nfloor = 0.1\nceiling = 1.2\n'
        '[[allocation.constraint]]\nname = "third"\nprovinces = ["c"]\nmin_share = 0.3333\n'
        '[baseline]\nmethod = "base-year"\n[potential]'
    )
    isles.write_text(study.replace("[potential]", rules, 1), encoding="utf-8")
    loaded = capshare.load_study(isles)
    error = refused(loaded)
    assert "found none for 2017-2018." in str(error)
    [repair] = [repair for repair in error.repairs if repair.changes[0].path[1] == "constraint"]
    assert repair.years == (2017, 2018)
    [change] = repair.changes
    assert change.path == ("allocation", "constraint", 0, "min_share")
    assert change.after == pytest.approx(72 / 400)
    assert repair_text(repair) == 'allocation.constraint "third": min_share 0.3333 → 0.18'
    ceilings = [repair_text(repair) for repair in error.repairs if repair.changes[0].path[1] == "ceiling"]
    assert ceilings[1] == 'allocation.ceiling: 1.2 → { default = 1.2, "Cedar" = 2.222 }'
    assert solve(replace(loaded, study=repaired_study(loaded.study, repair.changes))) is not None


@pytest.mark.slow
def test_the_west_of_china_in_several_years():
    """45 % for the west from 2017 to 2035: what is offered gives every year a solution."""
    west = {"name": "west at least 45 %", "provinces": WEST, "min_share": 0.45}
    loaded = with_rule(capshare.load_study(PLEDGE), (2017, 2030, 2035), **west)
    error = refused(loaded)
    assert "found none for 2017, 2030, 2035." in str(error)
    assert [repair_text(repair) for repair in error.repairs] == [
        "allocation.max_deviation: 0.2 → 0.3628",
        'allocation.constraint "west at least 45 %": min_share 0.45 → 0.39625',
    ]
    assert max(map(len, str(error).splitlines())) <= 200
    solve(replace(loaded, study=repaired_study(loaded.study, error.repairs[0].changes)))


@pytest.mark.slow
def test_a_rule_that_no_band_of_cuts_can_mend_is_mended_otherwise():
    """A third of all quotas for the west: even a band up to a cut of nearly everything is too little."""
    west = {"name": "west", "provinces": WEST, "min_share": 0.33, "year": 2030}
    loaded = with_rule(capshare.load_study("china-15fyp"), tuple(range(2026, 2031)), **west)
    repairs = refused(loaded).repairs
    assert repairs
    for repair in repairs:
        assert "band_pct" not in repair_text(repair)
        solve(replace(loaded, study=repaired_study(loaded.study, repair.changes)))


def test_a_number_for_all_becomes_the_default_of_a_table(isles):
    study = capshare.load_study(isles).study
    change = StudyChange(("allocation", "floor", "Cedar"), "", 0.3, 0.2, splits=True)
    repaired = repaired_study(study, [change])
    assert repaired.allocation.floor == {"default": 0.3, "Cedar": 0.2}
    assert repaired_study(repaired, [replace(change, after=0.1)]).allocation.floor["Cedar"] == 0.1


@pytest.mark.slow
def test_groups_without_a_national_solution_lose_only_what_grouping_costs(isles):
    """Whether the same rules hold for one national block has no part in whether the study does."""
    rules = "[allocation]\nmax_deviation = 0.0\nfloor = 0.0\n"
    base = isles.read_text(encoding="utf-8").replace("k = 2", 'k = 2\nsplit = "centroid"')
    isles.write_text(base.replace("[potential]", f"{rules}[potential]", 1), encoding="utf-8")
    split = capshare.run(isles).groups.loss.droplevel("year")
    moved = (split["national_entitlement_mt"] - split["entitlement_mt"]).sort_values()
    code, least = moved.index[-1], float(split["entitlement_mt"][moved.index[-1]]) + 1e-6
    assert moved.iloc[-1] > 1e-3
    rules += f'[[allocation.constraint]]\nname = "lid"\nprovinces = ["{code}"]\nmax_mt = {least}\n'
    isles.write_text(base.replace("[potential]", f"{rules}[potential]", 1), encoding="utf-8")
    result = capshare.run(isles)
    assert result.groups.loss is None
    assert any(note.key == "no_national_block" for note in result.notes)
