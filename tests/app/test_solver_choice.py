"""A study may name its solver and the engine's options."""

import tomllib

import pytest
import tomli_w

from capshare.analyses.run import run
from capshare.base.errors import CapshareError
from capshare.study.reading import load_study


@pytest.fixture(scope="module")
def settings(place_of_study):
    """Of a study with room for the programme, whose costs are quick to estimate."""
    data = tomllib.loads(place_of_study("tian-lin-2021-t20").read_text(encoding="utf-8"))
    data["prices"] |= {"method": "productivity"}
    return data


@pytest.fixture
def study(settings, tmp_path):
    def write(**solver):
        path = tmp_path / "study.toml"
        path.write_text(tomli_w.dumps({**settings, "solver": solver}), encoding="utf-8")
        return load_study(path)

    return write


@pytest.fixture(scope="module")
def by_highs(settings, tmp_path_factory):
    path = tmp_path_factory.mktemp("highs") / "study.toml"
    path.write_text(tomli_w.dumps(settings), encoding="utf-8")
    return run(load_study(path), analyses=())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("glpk", marks=pytest.mark.needs("glpsol")),
        pytest.param("cbc", marks=pytest.mark.needs("cbc")),
    ],
)
def test_named_solver_finds_the_same_optimum(study, by_highs, name):
    found = run(study(name=name), analyses=())
    assert found.allocation.total.solver.startswith(name)
    assert found.allocation.total.objective_1e8yuan == pytest.approx(
        by_highs.allocation.total.objective_1e8yuan, rel=1e-9
    )
    assert found.allocation.total.duality_gap < 1e-9
    assert found.allocation.checks.loc["named_solver_objective", "passed"]
    assert found.allocation.provinces["quota_mt"].equals(by_highs.allocation.provinces["quota_mt"])


def test_options_reach_the_engine(study, by_highs):
    found = run(study(method="ipm", presolve="off", feasibility_tolerance=1e-8, threads=2), analyses=())
    for part in ("method=ipm", "presolve=off", "feasibility=1e-08", "threads=2"):
        assert part in found.allocation.total.solver
    assert found.allocation.total.objective_1e8yuan == pytest.approx(
        by_highs.allocation.total.objective_1e8yuan, rel=1e-8
    )


def test_unknown_solver_is_wrong_input(study):
    with pytest.raises(CapshareError, match="a solver that Pyomo knows and finds on this machine") as raised:
        run(study(name="nosuchsolver"))
    assert raised.value.exit_code == 2


def test_a_run_out_of_iterations_names_the_key_to_raise(study):
    with pytest.raises(CapshareError, match=r"max_simplex_iterations = 3,.*or raise max_simplex") as raised:
        run(study(max_simplex_iterations=3, presolve="off"))
    assert raised.value.exit_code == 2
    assert len(raised.value.problems) == 1
