"""Speed of a variant on arrays beside the labelled chain and a whole run, as ratios in one run.

Run it with ``pytest -m benchmark tests/benchmarks -s -n 0``. Nothing is asserted about time; the quotas must
agree.
"""

import time

import highspy
import numpy as np
import pytest

import capshare
from capshare.chain.dividing import Dividing
from capshare.chain.prepared import prepare
from capshare.chain.split import split
from capshare.chain.variant_potential import deficit_potential, potential_numbers
from capshare.chain.variants import Variants
from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.second_stage import closest_to
from capshare.model.allocation.two_stages import closest_value
from capshare.model.groups.best_of_starts import best_of_starts
from capshare.solvers.highs import HighsOptions, load, solve
from capshare.study.reading import load_study

pytestmark = pytest.mark.benchmark

RESTARTS = 50


def taken(action, repeats):
    """Best and median wall time, and median time of the processor, in ms; the first call does not count."""
    action()
    wall, processor = [], []
    for _ in range(repeats):
        began, used = time.perf_counter(), time.process_time()
        action()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return 1e3 * np.array([min(wall), np.median(wall), np.median(processor)])


def highs_alone(program):
    kept = load(program, HighsOptions())
    assert kept.run() == highspy.HighsStatus.kOk


@pytest.mark.parametrize("study", ["tian-lin-2021", "china-15fyp"])
def test_a_variant_beside_the_labelled_chain_and_a_whole_run(study):
    loaded = load_study(study)
    made = prepare(loaded, bootstrap=False)
    base, engine = made.numbers.with_(grouping__restarts=RESTARTS), Engine()
    variants, asked = Variants(base, engine), potential_numbers(made.study, made.inputs)
    # Every draw has indicators of its own, so that nothing is kept from the one before.
    values = variants.base.indicators.values
    spread = np.random.default_rng(1).normal(0.0, 0.01, (50, *values.shape))
    drawn = [variants.base.with_(indicators__values=values * np.exp(one)) for one in spread]
    turn = iter(range(10**9))

    def draw():
        return drawn[next(turn) % len(drawn)]

    def whole_draw():
        found = variants.solve(draw())
        return deficit_potential(found.balance_mt, asked), found.rounded_cut_pct()

    data = split(base).data()
    programme = engine.programme(data)
    found, allocation = variants.solve(variants.base), engine.allocate(data)
    numbers, first = found.allocated, found.first
    second = closest_to(first, numbers.entitled.entitlement_mt)
    points = split(base).weighed.normalised.sort_index().to_numpy()
    k, dividing = base.grouping.k, Dividing(base)
    codes = list(numbers.provinces)

    cases = {
        "variant with potential and rounding": (whole_draw, 300),
        "variant on arrays": (lambda: variants.solve(draw()), 300),
        "allocate, programme held": (lambda: allocate(data, programme=programme), 300),
        "  weights to entitlements on arrays": (lambda: dividing(draw()), 300),
        "    k-means of 50 starts": (lambda: best_of_starts(points, k, 2021, RESTARTS), 300),
        "  programme of arrays": (lambda: programme.of(numbers), 300),
        "  first stage": (lambda: solve(first.program), 300),
        "  second stage and trades": (lambda: closest_value(first, numbers), 300),
        "  potential": (lambda: deficit_potential(found.balance_mt, asked), 300),
        "  rounded cuts": (found.rounded_cut_pct, 300),
        "HiGHS alone, first stage": (lambda: highs_alone(first.program), 300),
        "HiGHS alone, second stage": (lambda: highs_alone(second), 300),
        "split and allocate with labels": (lambda: engine.allocate(split(base).data()), 50),
        "run(analyses=())": (lambda: capshare.run(loaded, analyses=()), 3),
    }
    figures = {name: taken(*case) for name, case in cases.items()}
    print(f"\n{study:38s}{'best':>9s}{'median':>9s}{'CPU':>9s}  ms, CPU as a multiple of the first line's")
    for name, figure in figures.items():
        ratio = figure[2] / next(iter(figures.values()))[2]
        print(f"{name:38s}" + "".join(f"{ms:9.2f}" for ms in figure) + f"{ratio:9.2f}")
    expected = allocation.quantities.loc[codes, "quota_mt"].to_numpy()
    assert found.quantities.quota_mt == pytest.approx(expected, rel=1e-9, abs=1e-9)
