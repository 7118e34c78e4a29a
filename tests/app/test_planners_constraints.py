"""Planners' constraints of some years, and those relative to another run: kept, priced, repaired."""

import functools
import json
import shutil
import tomllib
from dataclasses import replace

import pytest
import tomli_w

import capshare
from capshare.base.errors import CapshareError, InfeasibleError
from capshare.chain.repaired import repaired_study

WEST = {"name": "north", "provinces": ["a", "b"]}


def written(isles, *constraints, name="isles", **allocation):
    """The islands' study over three years, under constraints and with other numbers of the split."""
    data = tomllib.loads(isles.read_text(encoding="utf-8"))
    data["study"] |= {"name": name}
    data["cap"]["mt"] = {"2017": 480.0, "2018": 460.0, "2020": 440.0}
    data["baseline"] = {"method": "base-year"}
    data["groups"] |= {"diagnostics_draws": 0}
    asked = {"scope": "national", "max_deviation": float("inf"), "floor": 0.2, "trade_limit": 0.0}
    data["allocation"] = {**asked, **allocation}
    if constraints:
        data["allocation"]["constraint"] = list(constraints)
    path = isles.parent / f"{name}.toml"
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
    return path


@pytest.fixture
def study(isles):
    return functools.partial(written, isles)


@pytest.fixture(scope="session")
def reference_run(once, whole_isles):
    """A run of the islands in proportion to emissions, made once."""

    def make(folder):
        shutil.copytree(whole_isles, folder, ignore=shutil.ignore_patterns("run"))
        path = written(folder / "isles.toml", name="reference", within="grandfathering", max_deviation=0.0)
        capshare.write(capshare.run(path, analyses=()), folder / "reference")

    return once("reference run of the isles", make) / "reference"


@pytest.fixture
def reference(reference_run, isles):
    """A copy of that run beside the studies."""
    return shutil.copytree(reference_run, isles.parent / "runs" / "reference")


def quotas(outcome):
    return outcome.allocation.provinces["quota_mt"].unstack("year")


def problems_of(path):
    with pytest.raises(CapshareError) as raised:
        capshare.run(path, analyses=())
    return raised.value.problems


@pytest.mark.parametrize("years", [{"year": 2018}, {"years": [2018, 2020]}, {}])
def test_a_constraint_is_about_its_years(study, years):
    free = quotas(capshare.run(study(name="free"), analyses=())).loc[["a", "b"]].sum()
    bound = {str(year): 1.2 * mt for year, mt in free.items()}
    found = capshare.run(study({**WEST, "min_mt": bound["2018"], **years}), analyses=())
    held = quotas(found).loc[["a", "b"]].sum()
    about = years.get("years") or ([years["year"]] if years else [2017, 2018, 2020])
    named = found.prices.xs("north", level="name")
    assert set(named.index.get_level_values("year")) == set(about)
    for year in (2017, 2018, 2020):
        if year in about:
            assert held[year] >= bound["2018"] - 1e-6
        else:
            assert held[year] == pytest.approx(free[year], abs=1e-6)


@pytest.mark.slow
def test_nobody_falls_below_a_share_of_another_run(study, reference):
    free = quotas(capshare.run(study(name="free"), analyses=()))
    of_run = quotas(capshare.read_run(reference))
    assert (free < 0.9 * of_run - 1.0).any(axis=None)
    asked = {"name": "nine tenths", "min_share_of": {"run": "runs/reference", "share": 0.9}}
    found = capshare.run(study(asked), analyses=())
    held = quotas(found)
    assert (held >= 0.9 * of_run - 1e-6).all(axis=None)
    assert held.sum().to_numpy() == pytest.approx([480.0, 460.0, 440.0], rel=1e-9)
    prices = found.prices["price_yuan_per_t"].xs("rule_at_least", level="constraint")
    assert len(prices) == 3 * 6
    assert prices.max() > 1.0
    assert prices.index.isin([(2018, "nine tenths: Cedar")]).any()


def test_a_share_of_another_run_may_be_the_most_of_some_provinces_in_some_years(study, reference):
    asked = {"name": "lid", "provinces": ["Cedar", "丁岛"], "year": 2020}
    free = quotas(capshare.run(study(name="free"), analyses=()))
    found = capshare.run(
        study({**asked, "max_share_of": {"run": "runs/reference", "share": 0.8}}), analyses=()
    )
    of_run, held = quotas(capshare.read_run(reference)), quotas(found)
    assert (held.loc[["c", "d"], 2020] <= 0.8 * of_run.loc[["c", "d"], 2020] + 1e-6).all()
    assert (free.loc[["c", "d"], 2020] > 0.8 * of_run.loc[["c", "d"], 2020]).any()
    assert held[[2017, 2018]].to_numpy() == pytest.approx(free[[2017, 2018]].to_numpy(), abs=1e-6)


@pytest.mark.slow
def test_the_price_is_what_a_little_less_of_the_share_saves(study, reference):
    def solved(mt):
        asked = {"name": "tenths", "provinces": ["b"], "year": 2020, "min_mt": mt}
        return capshare.run(study(asked), analyses=())

    share = 0.9
    asked = {
        "name": "tenths",
        "provinces": ["b"],
        "year": 2020,
        "min_share_of": {"run": "runs/reference", "share": share},
    }
    found = capshare.run(study(asked), analyses=())
    bound = share * quotas(capshare.read_run(reference)).loc["b", 2020]
    price = found.prices["price_yuan_per_t"][2020, "rule_at_least", "tenths: Birch"]
    cost = found.allocation.total.objective_1e8yuan
    sides = [100 * (solved(bound + step).allocation.total.objective_1e8yuan - cost) / step
             for step in (-0.01, 0.01)]  # fmt: skip
    assert sides[0] - 1e-5 <= price <= sides[1] + 1e-5
    assert price > 1.0


@pytest.mark.slow
def test_a_run_with_a_reference_repeats_without_it(study, reference, call, made_before, tmp_path):
    asked = {"name": "nine tenths", "min_share_of": {"run": "runs/reference", "share": 0.9}}
    path = study(asked)
    folder = capshare.write(capshare.run(path), tmp_path / "out")
    shutil.rmtree(reference)
    code, output, message = call("verify", folder)
    assert (code, message) == (0, ""), output
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["references"] == ["runs/reference"]
    assert "reference/1.csv" in manifest["inputs"]
    said = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    [constraint] = said["allocation"]["constraint"]
    assert constraint["min_share_of"] == {"run": "inputs/reference/1.csv", "share": 0.9}
    read = capshare.read_run(folder)
    assert read.study.settings["allocation"]["constraint"][0]["min_share_of"]["run"] == "runs/reference"
    assert (
        capshare.write(read, tmp_path / "again").joinpath("study.toml").read_bytes()
        == (folder / "study.toml").read_bytes()
    )
    outside = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(outside.replace("inputs/reference/1.csv", "../x"), encoding="utf-8")
    code, _, message = call("verify", folder)
    assert code == 2
    assert "allocation.constraint, run: expected a place inside the run's folder; found '../x'" in message


def of(run, **more):
    return {"name": "tenths", "min_share_of": {"run": run, "share": 0.9}, **more}


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        (of("runs/other"), "expected the folder of a run, or a CSV file with year, code and quota_mt; found "
                           "nothing at 'runs/other'"),
        (of("isles"), "found a folder without a run at 'isles'"),
        (of("isles.toml"), "found another file at 'isles.toml'"),
        (of("runs/reference", provinces=["Cedar", "Atlantis"]), "Atlantis"),
        (of("runs/reference", years=[2018, 2019]), "years: expected years of the study: 2017, 2018, 2020; "
                                                   "found 2019"),
        (of("runs/short"), "expected a run that allocates 2018, 2020; found 2017 in 'runs/short'"),
        (of("runs/few.csv", year=2018), "expected a run with a quota of each province that the constraint is "
                                        "about; found none of a (Aster), b (Birch), d (Dahlia), e (Elder)"),
        (of("runs/twice.csv", year=2018), "twice.csv: expected each province of a year once; found c in"),
        (of("runs/text.csv", year=2018), "text.csv"),
        (of("runs/edited"), "expected provinces.csv as the run left it; found it edited in 'runs/edited'"),
    ],
)  # fmt: skip
def test_a_wrong_reference_is_told_once(study, reference, whole_isles, constraint, message):
    runs = reference.parent
    shutil.copytree(whole_isles / "run", runs / "short")
    edited = shutil.copytree(reference, runs / "edited") / "provinces.csv"
    edited.write_text(edited.read_text(encoding="utf-8").replace("Cedar", "Oak"), encoding="utf-8")
    (runs / "few.csv").write_text("year,code,quota_mt\n2018,c,12.5\n", encoding="utf-8")
    (runs / "twice.csv").write_text("year,code,quota_mt\n2018,c,1\n2018,c,2\n", encoding="utf-8")
    (runs / "text.csv").write_text("year,code,quota_mt\n2018,c,much\n", encoding="utf-8")
    [problem] = problems_of(study(constraint))
    assert message in str(problem)


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        (of("runs/reference", year=2018, years=[2018]), "expected `year` or `years`, not both"),
        (of("runs/reference", weights={"a": 1.0}), "and no `weights` with another run"),
        (of("runs/reference", min_mt=3.0), "expected exactly one of min_share, max_share, min_mt"),
        ({"name": "tenths", "min_mt": 3.0}, "expected either `provinces` or `weights`"),
    ],
)
def test_a_constraint_that_says_two_things_is_told(study, constraint, message):
    with pytest.raises(CapshareError) as raised:
        capshare.load_study(study(constraint))
    [problem] = raised.value.problems
    assert message in str(problem)


@pytest.mark.slow
def test_colliding_shares_of_another_run_are_told_and_repaired(study, reference):
    """Nobody below 1.1 times the quotas of a run with the same caps: the share has to fall to 1."""
    asked = {"name": "more", "min_share_of": {"run": "runs/reference", "share": 1.1}, "years": [2018, 2020]}
    path = study(asked)
    with pytest.raises(InfeasibleError) as raised:
        capshare.run(path, analyses=())
    told = str(raised.value)
    assert 'allocation.constraint "more": min_share_of.share 1.1: ' in told
    assert "Cedar" in told
    repair = next(repair for repair in raised.value.repairs if "min_share_of" in repair.changes[0].path)
    assert repair.changes[0].after == pytest.approx(1.0, abs=1e-6)
    loaded = capshare.load_study(path)
    repaired = replace(loaded, study=repaired_study(loaded.study, repair.changes))
    held = quotas(capshare.run(repaired, analyses=()))
    of_run = quotas(capshare.read_run(reference))
    assert held[[2018, 2020]].to_numpy() == pytest.approx(of_run[[2018, 2020]].to_numpy(), rel=1e-5)


@pytest.mark.slow
def test_a_constraint_of_one_year_is_repaired_for_that_year_alone(study):
    """b may have 1.1 times its 120 Mt; in 2020 a third of the cap of 440 Mt is asked for."""
    rule = {"name": "third", "provinces": ["b"], "min_share": 1 / 3, "year": 2020}
    with pytest.raises(InfeasibleError) as raised:
        capshare.run(study(rule, ceiling=1.1), analyses=())
    repair = next(repair for repair in raised.value.repairs if "min_share" in repair.changes[0].path)
    assert repair.changes[0].after == pytest.approx(1.1 * 120 / 440, rel=1e-4)
