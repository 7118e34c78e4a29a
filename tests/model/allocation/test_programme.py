"""One programme whatever the size: how it is made must not be seen in the result."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.checks import checks
from capshare.model.allocation.constraints.bounds import FLOOR
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.prices import constraint_prices, decomposition
from capshare.model.allocation.programme import first_stage, programme_of
from capshare.solvers.highs import IPM_FROM_ROWS, HighsOptions


def counties(n, count=3):
    random = np.random.default_rng(2021)
    codes = [f"{110000 + i}" for i in range(n)]
    emissions = random.lognormal(1, 1, n)
    provinces = pd.DataFrame(
        {
            "block": [f"g{i % 5}" for i in range(n)],
            "share": emissions**0.8,
            "emissions_mt": emissions,
            "floor_mt": 0.5 * emissions,
            "ceiling_mt": np.inf,
        },
        index=codes,
    )
    index = pd.MultiIndex.from_product([codes, range(1, count + 1)])
    steps = pd.DataFrame(
        {
            "size_mt": np.repeat(0.6 * emissions / count, count),
            "cost_yuan_per_t": np.sort(random.uniform(1, 500, (n, count))).ravel(),
        },
        index=index,
    )
    caps = 0.85 * provinces["emissions_mt"].groupby(provinces["block"]).sum()
    return allocation_data(provinces, caps, steps, ScalarLimits(0.2, 0.1, 1e-4, 2000.0))


def test_a_programme_that_is_held_gives_what_a_fresh_one_gives(small):
    held, changed = programme_of(small), small.with_caps(small.caps_mt * [0.375, 1.25])
    again, fresh = held(changed), arrays(changed)
    assert (again.matrix != fresh.matrix).nnz == 0
    for name in ("cost", "row_lower", "row_upper", "lower", "upper"):
        assert (getattr(again, name) == getattr(fresh, name)).all(), name


def test_a_constraint_with_the_readable_builder_alone_is_compiled(small):
    floor = replace(FLOOR, name="again", rows=None)
    data = replace(small, further=(floor,))
    with pytest.raises(ValueError, match="no array builder of again"):
        arrays(data)
    program = programme_of(data)(data)
    assert program.rows["again"].equals(program.rows["floor"])
    assert first_stage(data).objective == pytest.approx(first_stage(small).objective)


def test_first_stage_of_golden_number_6(three):
    """Own: cap 20 Mt costs 60e6 yuan; its price lies between the sides of the kink, 20 and 30 yuan/t."""
    found = first_stage(three(20.0))
    assert found.objective == pytest.approx(60)
    assert found.values("quota").sum() == pytest.approx(20)
    assert 20 - 1e-6 <= constraint_prices(found)["cap", "all"] <= 30 + 1e-6


def test_interior_point_and_simplex_agree_beyond_the_size_where_the_engine_changes():
    data = counties(IPM_FROM_ROWS // 7 + 1)
    inner = first_stage(data)
    assert "method=ipm" in inner.engine
    outer = first_stage(data, HighsOptions("simplex"))
    assert inner.objective == pytest.approx(outer.objective, rel=1e-9)
    assert inner.duality_gap < 1e-9


def test_prices_of_many_units_are_a_vertex_and_add_up():
    """Crossover leaves a basis: with as many basic columns and rows as there are rows."""
    data = counties(IPM_FROM_ROWS // 7 + 1)
    found = first_stage(data)
    statuses = [*found.basis.statuses.col_status, *found.basis.statuses.row_status]
    assert sum(status.name == "kBasic" for status in statuses) == len(found.dual)
    price = constraint_prices(found)
    of_block = data.provinces["block"].map(price["cap"]).to_numpy()
    assert decomposition(price, data).to_numpy() == pytest.approx(of_block, rel=1e-9)


def test_an_allocation_of_many_units_passes_every_check():
    assert checks(allocate(counties(201)))["passed"].all()
