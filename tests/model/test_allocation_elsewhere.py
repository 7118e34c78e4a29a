"""The allocation LP in other engines: through Pyomo by name, and from its .mps file in GLPK."""

import re
import subprocess

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.formulation import formulate
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.prices import constraint_prices
from capshare.solvers.compiled import CompiledModel
from capshare.solvers.highs import mps_text, solve
from capshare.solvers.named import solve_named
from capshare.solvers.program import UnsolvedError

GLPK = pytest.param("glpk", marks=pytest.mark.needs("glpsol"))
CBC = pytest.param("cbc", marks=pytest.mark.needs("cbc"))
ENGINES = [GLPK, CBC, "appsi_highs"]


def programme(data):
    model = formulate(data)
    return model, CompiledModel(model).program(data.parameters())


@pytest.fixture
def thirty():
    """Thirty provinces with numbers of many digits, three blocks, a rule, scarce caps."""
    rng = np.random.default_rng(2021)
    codes = [f"{n:02d}0000" for n in range(11, 41)]
    emissions = rng.lognormal(5.5, 0.8, 30)
    provinces = pd.DataFrame(
        {
            "block": np.resize(["I", "II", "III"], 30),
            "share": emissions * rng.uniform(0.7, 1.3, 30),
            "emissions_mt": emissions,
            "floor_mt": 0.3 * emissions,
            "ceiling_mt": np.inf,
        },
        index=codes,
    )
    index = pd.MultiIndex.from_product([codes, range(1, 7)], names=["code", "step"])
    size = np.repeat(emissions / 10, 6)
    cost = np.repeat(rng.uniform(50, 400, 30), 6) * np.tile(np.arange(1, 7), 30)
    steps = pd.DataFrame({"size_mt": size, "cost_yuan_per_t": cost}, index=index)
    caps = 0.8 * provinces.groupby("block")["emissions_mt"].sum()
    rule = PlannerRule("first ten", dict.fromkeys(codes[:10], 1.0), "at least", share=0.31)
    return allocation_data(provinces, caps, steps, ScalarLimits(0.2, 0.1, 1e-4, 4000.0), (rule,))


@pytest.mark.parametrize("engine", ENGINES)
def test_small_has_the_same_optimum_and_prices(small, engine):
    model, program = programme(small)
    reference, found = solve(program), solve_named(model, program, engine)
    assert found.objective == pytest.approx(reference.objective, rel=1e-9)
    assert found.duality_gap < 1e-9
    # Two optimal bases differ by the cost of idle trade, 1e-4 yuan/t.
    expected = constraint_prices(reference)
    assert constraint_prices(found).to_numpy() == pytest.approx(expected.to_numpy(), abs=2e-4)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("cap", "cost", "low", "high"), [(21.0, 40.0, 20.0, 20.0), (20.0, 60.0, 20.0, 30.0)])
def test_price_of_the_cap_by_hand(three, engine, cap, cost, low, high):
    """Golden number 6, own: at the kink any price between the one-sided ones is right."""
    model, program = programme(three(cap))
    found = solve_named(model, program, engine)
    assert found.objective == pytest.approx(cost)
    assert found.duality_gap < 1e-9
    assert low - 1e-6 <= constraint_prices(found)["cap", "all"] <= high + 1e-6


@pytest.mark.parametrize("engine", ENGINES)
def test_thirty_provinces_have_the_same_optimum(thirty, engine):
    model, program = programme(thirty)
    found = solve_named(model, program, engine)
    assert found.objective == pytest.approx(solve(program).objective, rel=1e-9)
    assert found.duality_gap < 1e-9


@pytest.mark.parametrize("engine", ENGINES)
def test_infeasible_is_a_status(small, engine):
    model, program = programme(small)
    model.rule_bound["第二"] = 1.0
    with pytest.raises(UnsolvedError, match="infeasible"):
        solve_named(model, program, engine)


def optimum_in_glpk(program, folder):
    """Objective that ``glpsol`` finds for the programme's .mps text."""
    mps, report = folder / "allocation.mps", folder / "solution.txt"
    mps.write_text(mps_text(program), encoding="ascii")
    command = ["glpsol", "--freemps", str(mps), "--min", "--write", str(report)]
    subprocess.run(command, check=True, capture_output=True)
    (line,) = (line for line in report.read_text().splitlines() if line.startswith("s bas"))
    primal, dual, objective = re.fullmatch(r"s bas \d+ \d+ (\w) (\w) (\S+)", line).groups()
    assert (primal, dual) == ("f", "f")
    return float(objective)


@pytest.mark.needs("glpsol")
def test_mps_of_small_and_thirty_in_glpk(small, thirty, tmp_path):
    for data in (small, thirty):
        _, program = programme(data)
        assert optimum_in_glpk(program, tmp_path) == pytest.approx(solve(program).objective, rel=1e-9)


@pytest.mark.needs("glpsol")
@pytest.mark.parametrize(("cap", "cost"), [(21.0, 40.0), (20.0, 60.0)])
def test_mps_of_three_in_glpk(three, cap, cost, tmp_path):
    """Golden number 6, own."""
    _, program = programme(three(cap))
    assert optimum_in_glpk(program, tmp_path) == pytest.approx(cost)
