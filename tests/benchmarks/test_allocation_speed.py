"""Speed of the first stage beside HiGHS alone on the same arrays, as ratios in one run.

Run it with ``pytest -m benchmark tests/benchmarks -s``. Nothing is asserted about time; the costs must agree.
"""

import resource
import time
from dataclasses import dataclass

import highspy
import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.prices import constraint_prices
from capshare.model.allocation.programme import first_stage, programme_of
from capshare.solvers.highs import solve

pytestmark = pytest.mark.benchmark

TERMS = ScalarLimits(
    max_deviation=0.2, trade_limit=0.1, trade_cost_yuan_per_t=1e-4, penalty_yuan_per_t=2000.0
)


def inputs(units, steps, blocks):
    """Log-normal emissions and costs; caps 15 % below emissions."""
    random = np.random.default_rng(2021)
    codes = [f"{110000 + number}" for number in range(units)]
    emissions = random.lognormal(1, 1.2, units)
    provinces = pd.DataFrame(
        {
            "block": [f"block {number}" for number in random.integers(blocks, size=units)],
            "share": emissions**0.8 * random.lognormal(0, 0.35, units),
            "emissions_mt": emissions,
            "floor_mt": 0.5 * emissions,
            "ceiling_mt": 3 * emissions,
        },
        index=codes,
    )
    rise = 0.2 + 1.6 * (np.arange(steps) + 0.5) / steps
    table = pd.DataFrame(
        {
            "size_mt": np.repeat(0.6 * emissions / steps, steps),
            "cost_yuan_per_t": np.outer(random.lognormal(5.5, 0.5, units), rise).ravel(),
        },
        index=pd.MultiIndex.from_product([codes, range(1, steps + 1)]),
    )
    return provinces, 0.85 * provinces["emissions_mt"].groupby(provinces["block"]).sum(), table, TERMS


def highs_alone(program, method, time_limit=np.inf):
    """Seconds and cost of HiGHS, with its own defaults, on ready arrays; infinite where it is cut off."""
    matrix, columns = program.matrix, len(program.cost)
    engine = highspy.Highs()
    engine.silent()
    engine.setOptionValue("solver", method)
    engine.setOptionValue("time_limit", time_limit)
    began = time.perf_counter()
    engine.passModel(
        columns, len(program.row_lower), matrix.nnz, 1, 1, 0.0,
        program.cost, program.lower, program.upper, program.row_lower, program.row_upper,
        matrix.indptr, matrix.indices, matrix.data, np.zeros(columns, dtype=np.int32),
    )  # fmt: skip
    engine.run()
    seconds = time.perf_counter() - began
    optimal = engine.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (seconds, engine.getObjectiveValue()) if optimal else (np.inf, np.nan)


def medians_ms(*actions, repeats=200):
    """Median of each action over many numbers, the actions taking turns."""
    times = []
    for number in range(repeats):
        marks = [time.perf_counter()]
        for action in actions:
            action(number)
            marks.append(time.perf_counter())
        times.append(np.diff(marks))
    return 1e3 * np.median(times, axis=0)


def test_thirty_provinces_solved_again():
    data = allocation_data(*inputs(30, 12, 6))
    programme = programme_of(data)
    start = solve(programme(data)).basis
    changed = [data.with_caps(data.caps_mt * factor) for factor in np.linspace(0.95, 1.05, 200)]
    programs = [programme(each) for each in changed]

    def from_numbers(number):
        solved = solve(programme(changed[number]), start=start)
        return solved.values("quota"), constraint_prices(solved)

    def from_caps(number):
        solved = solve(programme(data.with_caps(changed[number].caps_mt)), start=start)
        return solved.values("quota"), constraint_prices(solved)

    alone, *ours = medians_ms(
        lambda number: highs_alone(programs[number], "simplex"),
        lambda number: solve(programs[number], start=start),
        from_numbers,
        from_caps,
    )
    print(f"\n30 provinces x 12, numbers changed: HiGHS alone {alone:.2f} ms")
    texts = (
        "arrays to solution",
        "numbers to labelled quotas and prices",
        "caps to labelled quotas and prices",
    )
    for text, ms in zip(texts, ours, strict=True):
        print(f"  {text}: {ms:.2f} ms, ratio {ms / alone:.2f}")
    for program in programs[::50]:
        cost = highs_alone(program, "simplex")[1]
        assert solve(program, start=start).objective == pytest.approx(cost, rel=1e-7)


@dataclass(frozen=True)
class Timing:
    """Seconds of one case, ours and those of HiGHS alone."""

    ours: float
    alone: float


def allocated(frames):
    """Seconds from frames to labelled quotas and prices, and these."""
    began = time.perf_counter()
    solved = first_stage(allocation_data(*frames))
    quota, price = solved.values("quota"), constraint_prices(solved)
    return time.perf_counter() - began, solved, quota, price


def timing(units, steps, blocks, repeats=1):
    """Best of some runs of ours, and of HiGHS alone by either method."""
    frames = inputs(units, steps, blocks)
    runs = [allocated(frames) for _ in range(repeats)]
    ours, (_, solved, quota, price) = min(run[0] for run in runs), runs[0]
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    inner, cost = min(highs_alone(solved.program, "ipm") for _ in range(repeats))
    simplex, _ = min(highs_alone(solved.program, "simplex", time_limit=inner) for _ in range(repeats))
    alone = min(inner, simplex)
    print(
        f"\n{units} units x {steps}, {blocks} blocks: frames to labelled quotas and prices {ours:.2f} s, "
        f"HiGHS alone {alone:.2f} s (interior point {inner:.2f}, simplex {simplex:.2f}; cut off there), "
        f"ratio {ours / alone:.2f}, peak {peak_gb:.2f} GB"
    )
    assert len(quota) == units
    assert price.notna().all()
    assert solved.objective == pytest.approx(cost, rel=1e-7)
    return Timing(ours, alone)


def test_counties():
    timing(2_860, 12, 31, repeats=3)


def test_facilities():
    small, large = timing(10_000, 3, 31, repeats=3), timing(100_000, 3, 31)
    print(
        f"\nten times the facilities: {large.ours / small.ours:.1f} times the time, "
        f"HiGHS alone {large.alone / small.alone:.1f} times"
    )
