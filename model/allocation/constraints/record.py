"""The record of a constraint: all that the chain and its reports need to know of one kind of row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays
from capshare.solvers.program import Vector


class Coefficients(NamedTuple):
    """Coefficients of one variable in the rows of one constraint, each place once.

    Attributes
    ----------
    row, column : positions among the constraint's rows and the variable's columns
    value : one per place; stored even where it is 0, so that the places do not depend on the numbers
    """

    row: NDArray[np.intp]
    column: NDArray[np.intp]
    value: Vector


@dataclass(frozen=True)
class Rows:
    """All rows of one constraint as arrays, in the order of its labels.

    Attributes
    ----------
    coefficients : variable → its coefficients; absent variables have none
    lower, upper : one per row, or one for all
    """

    coefficients: Mapping[str, Coefficients]
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
    rows : the data's numbers → all rows at once, which is what is solved; a test holds both builders equal.
        None: the readable one is compiled instead
    title : language → what a reader calls it
    collides_as : language → its line where it is among rules that contradict each other; ``{provinces}`` and
        ``{share}`` are filled in. Without one the title is the line
    asks : data → what each row asks for, as that line tells it; by default the side on which the row binds
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
    rows: Callable[[AllocationArrays], Rows] | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    collides_as: Mapping[str, str] = field(default_factory=dict)
    asks: Callable[[AllocationData], pd.Series] | None = None
    applies: Callable[[AllocationData], bool] = lambda data: True
    priced: bool = True
    price_sign: float | None = None
    keeps: int | None = None
