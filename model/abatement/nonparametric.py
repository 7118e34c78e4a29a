"""The directional distance by data envelopment analysis: a check on the quadratic function."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note, detail
from capshare.model.abatement._lp import solve_arrays
from capshare.model.abatement.technology import LEVELS
from capshare.solvers.program import Vector

Disposability = Literal["weak", "strong"]


def envelopment_distance(
    inputs: pd.DataFrame,
    outputs: pd.DataFrame,
    emissions_mt: pd.Series | None = None,
    *,
    contract_inputs: bool = False,
    disposability: Disposability = "weak",
) -> pd.DataFrame:
    r"""Measure the directional distance to the cone spanned by the units, own values as the direction.

    .. math:: \max_{\beta,\lambda\ge0}\beta\quad\text{s.t.}\quad X\lambda\le x_i(1-\gamma\beta),\;
        Y\lambda\ge y_i(1+\beta),\; B\lambda=b_i(1-\beta)

    Constant returns to scale; :math:`\gamma` is 1 where inputs shrink too and 0 otherwise. The equality makes
    emissions weakly disposable: they fall together with output alone. Strong disposability writes
    :math:`\le`: a unit may be compared with one that emits less for nothing. The row duals say what
    :math:`\beta` gains per unit of each row.

    Parameters
    ----------
    inputs : index of the units, one column per input
    outputs : index of the units, one column per good output
    emissions_mt : index of the units, Mt; left out, there is no bad output
    contract_inputs : whether the direction shrinks inputs as well
    disposability : of emissions, ``weak`` or ``strong``

    Returns
    -------
    DataFrame
        index of the units; ``distance``, one column ``<output>_dual`` per good output and ``emissions_dual``
        where there are emissions: the change of the distance per unit of each

    Raises
    ------
    CapshareError
        If the indexes differ, or a cell is not a finite number of at least 0.

    References
    ----------
    Chung, Färe & Grosskopf 1997. Productivity and undesirable outputs: a directional distance function
    approach. Journal of Environmental Management 51: 229-240. https://doi.org/10.1006/jema.1997.0146
    """
    bads = (
        pd.DataFrame(index=inputs.index)
        if emissions_mt is None
        else emissions_mt.rename("emissions").to_frame()
    )
    _check_units({"inputs": inputs, "outputs": outputs, "emissions_mt": bads})
    outputs, bads = outputs.reindex(inputs.index), bads.reindex(inputs.index)
    goods_and_bads = [f"{name}_dual" for name in (*outputs.columns, *bads.columns)]
    technology = [frame.to_numpy(dtype=float) for frame in (inputs, outputs, bads)]
    shrink, strong = float(contract_inputs), disposability == "strong"
    rows = [_one_unit(unit, technology, shrink=shrink, strong=strong) for unit in range(len(inputs))]
    return pd.DataFrame(rows, index=inputs.index, columns=["distance", *goods_and_bads])


def envelopment_price_yuan_per_t(
    inputs: pd.DataFrame,
    gdp_1e8yuan: pd.Series,
    emissions_mt: pd.Series,
    disposability: Disposability = "weak",
) -> pd.Series:
    r"""Price a tonne of CO2 by the duals of the envelopment.

    .. math:: q_i = -p_Y\,\frac{\partial D/\partial b}{\partial D/\partial y}

    On few units the supporting facet is shared and the duals are not unique, so many provinces show one
    price: this is a check on the quadratic function and no substitute for it.

    Parameters
    ----------
    inputs : index code, one column per input
    gdp_1e8yuan : index code, 1e8 yuan
    emissions_mt : index code, Mt
    disposability : of emissions, ``weak`` or ``strong``

    Returns
    -------
    Series
        index code, yuan/t; weak disposability lets it be negative; missing where GDP carries no value

    Raises
    ------
    CapshareError
        If the indexes differ, or a cell is not a finite number of at least 0.
    """
    gdp = gdp_1e8yuan.rename("gdp").to_frame()
    table = envelopment_distance(inputs, gdp, emissions_mt, disposability=disposability)
    valued = table["gdp_dual"] < 0
    ratio = -table["emissions_dual"] / table["gdp_dual"].where(valued)
    return (LEVELS.yuan_per_t * ratio).rename("price_yuan_per_t")


def envelopment_notes(price_yuan_per_t: pd.Series) -> tuple[Note, ...]:
    """Which provinces have no price, and how coarse the prices are.

    Parameters
    ----------
    price_yuan_per_t : index code, from :func:`envelopment_price_yuan_per_t`
    """
    unpriced = price_yuan_per_t.index[price_yuan_per_t.isna()]
    coarse = detail(
        "envelopment",
        distinct=price_yuan_per_t.round(2).nunique(),
        count=len(price_yuan_per_t),
        negative=int((price_yuan_per_t <= 0).sum()),
    )
    return (detail("unpriced", provinces=list(unpriced)), coarse) if len(unpriced) else (coarse,)


def _one_unit(unit: int, technology: list[Vector], *, shrink: float, strong: bool) -> list[float]:
    # The three arrays were taken from frames brought to one index, so a row number is one unit in each.
    x, y, b = (array[unit] for array in technology)
    everyone = np.hstack(technology).T
    direction = np.concatenate([shrink * x, -y, b])
    own = np.concatenate([x, y, b])
    lower = np.concatenate([np.full(len(x), -np.inf), y, np.full(len(b), -np.inf) if strong else b])
    upper = np.concatenate([x, np.full(len(y), np.inf), b])
    columns = everyone.shape[1] + 1
    # Each row divided by the unit's own value: tonnes and yuan differ by orders of magnitude.
    weight = np.where(own > 0, own, 1.0)
    _, duals, cost = solve_arrays(
        -_unit_vector(columns),
        sparse.csr_matrix(np.column_stack([direction, everyone]) / weight[:, None]),
        lower / weight,
        upper / weight,
        np.concatenate([[-np.inf], np.zeros(columns - 1)]),
        np.full(columns, np.inf),
    )
    return [0.0 - cost, *(0.0 - duals / weight)[len(x) :]]


def _unit_vector(columns: int) -> Vector:
    vector = np.zeros(columns)
    vector[0] = 1.0
    return vector


def _check_units(frames: dict[str, pd.DataFrame]) -> None:
    expected = frames["inputs"].index
    problems = [
        Problem(name, "index", "the units of inputs", f"differing {list(differing)}", "Align them.")
        for name, frame in frames.items()
        if len(differing := frame.index.symmetric_difference(expected)) or frame.index.has_duplicates
    ]
    for name, frame in frames.items():
        sound = frame.ge(0) & frame.lt(np.inf)
        problems += [
            Problem(name, f"{unit}, {column}", "a finite number >= 0", str(value), "Correct the cell.")
            for column in frame.columns
            for unit, value in frame.loc[~sound[column], column].items()
        ]
    if problems:
        raise CapshareError(problems)
