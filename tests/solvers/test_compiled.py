"""The map from parameters to coefficients gives what compiling anew would give."""

import numpy as np
import pandas as pd
import pyomo.environ as pyo
import pytest

from capshare.solvers.compiled import CompiledModel
from capshare.solvers.highs import solve


def model():
    m = pyo.ConcreteModel()
    m.i = pyo.Set(initialize=["a", "b"])
    m.price = pyo.Param(m.i, initialize={"a": 2.0, "b": 0.0}, mutable=True)
    m.limit = pyo.Param(m.i, initialize={"a": 3.0, "b": np.inf}, mutable=True)
    m.need = pyo.Param(initialize=4.0, mutable=True)
    m.x = pyo.Var(m.i, bounds=lambda m, i: (0, m.limit[i]))
    m.y = pyo.Var(bounds=(0, 10))
    m.demand = pyo.Constraint(expr=m.x["a"] + m.x["b"] + 0.5 * m.y >= m.need)
    m.tie = pyo.Constraint(m.i, rule=lambda m, i: m.x[i] - m.price[i] * m.y <= 7)
    m.cost = pyo.Objective(expr=sum(m.price[i] * m.x[i] for i in m.i) + m.y)
    return m


def test_changed_numbers_reach_every_coefficient():
    compiled = CompiledModel(model())
    price, limit = pd.Series({"b": 5.0, "a": 4.0}), pd.Series({"a": np.inf, "b": 1.5})
    lp = compiled.program({"price": price, "limit": limit, "need": 6.0})
    assert lp.cost.tolist() == [4, 5, 1]
    assert lp.upper.tolist() == [np.inf, 1.5, 10]
    assert lp.row_lower.tolist() == [6, -np.inf, -np.inf]
    assert lp.row_upper.tolist() == [np.inf, 7, 7]
    assert lp.matrix.toarray().tolist() == [[1, 1, 0.5], [1, 0, -4], [0, 1, -5]]
    assert list(lp.columns["x"]) == ["a", "b"]


def test_a_zero_now_is_a_coefficient_later():
    compiled = CompiledModel(model())
    zero = compiled.program({"price": 0.0, "limit": 1.0, "need": 1.0})
    later = compiled.program({"price": 3.0, "limit": 1.0, "need": 1.0})
    assert zero.matrix.toarray()[1].tolist() == [1, 0, 0]
    assert later.matrix.toarray()[1].tolist() == [1, 0, -3]


def test_the_models_own_values_are_kept():
    m = model()
    CompiledModel(m)
    assert m.price["a"].value == 2.0
    assert m.limit["b"].value == np.inf


def test_a_product_of_parameters_is_refused():
    m = model()
    m.bad = pyo.Constraint(expr=m.price["a"] * m.price["b"] * m.y <= 1)
    with pytest.raises(ValueError, match="not plus or minus one parameter"):
        CompiledModel(m)


def test_solves():
    compiled = CompiledModel(model())
    found = solve(compiled.program({"price": pd.Series({"a": 2.0, "b": 1.0}), "limit": 3.0, "need": 4.0}))
    assert found.objective == pytest.approx(5.0)
