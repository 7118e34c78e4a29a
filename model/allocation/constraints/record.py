"""The record of a constraint: all that the chain and its reports need to know of one kind of row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from capshare.model.allocation.data import AllocationData
from capshare.solvers.program import Vector


@dataclass(frozen=True)
class Rows:
    """All rows of one constraint as arrays.

    Attributes
    ----------
    labels : of the rows
    coefficients : variable → its coefficients, one line per row; absent variables have none
    lower, upper : one per row, or one for all
    """

    labels: pd.Index
    coefficients: Mapping[str, coo_array]
    lower: Vector | float = -np.inf
    upper: Vector | float = np.inf


@dataclass(frozen=True)
class Constraint:
    """One kind of row of the allocation LP.

    Attributes
    ----------
    name : of the component, and of its rows in the table of prices
    formula : in plain text, as in the documentation
    labels : data → labels of its rows
    expression : (Pyomo model, label) → the row, readable as the formula
    rows : data → all rows at once, for many units; a test holds both builders equal
    title : language → what a reader calls it
    applies : data → whether an allocation has such rows at all
    priced : whether the price table has it; definitions of a variable have no price of their own
    price_sign : what turns the dual into the price, where the side on which a row binds does not say:
        for equalities, and where a price may be negative by convention
    keeps : where rules collide, how long the search holds on to rows of this kind; those with the smallest
        number are dropped first, None: never part of a collision
    """

    name: str
    formula: str
    labels: Callable[[AllocationData], pd.Index]
    expression: Callable[[Any, Any], Any]
    rows: Callable[[AllocationData], Rows]
    title: Mapping[str, str] = field(default_factory=dict)
    applies: Callable[[AllocationData], bool] = lambda data: True
    priced: bool = True
    price_sign: float | None = None
    keeps: int | None = None
