"""What a market is made of, and the checks on it: provinces, steps, and a collar on the price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import Problem

KINDS = ("abatement", "offset")
# Quantities are differences of sums of floats: so little is none.
ROUNDING_MT = 1e-9
# Mt times yuan/t is 1e6 yuan.
IN_1E8YUAN = 0.01


@dataclass(frozen=True)
class PriceCollar:
    """Bounds of the price and what keeps them.

    Attributes
    ----------
    floor_yuan_per_t : below it the authority withholds allowances, taking them up at the floor
    ceiling_yuan_per_t : above it the authority sells extra allowances: the cap is then exceeded
    """

    floor_yuan_per_t: float = 0.0
    ceiling_yuan_per_t: float = np.inf


def market_problems(provinces: pd.DataFrame, steps: pd.DataFrame) -> list[Problem]:
    """What is wrong with the frames of a market.

    Parameters
    ----------
    provinces : index ``code``; ``emissions_mt, quota_mt``
    steps : index (``code``, ``step``); ``size_mt, cost_yuan_per_t``, optionally ``kind``

    Returns
    -------
    the problems, none where the frames can be used
    """
    problems = [
        *_column_problems("provinces", provinces, ["emissions_mt", "quota_mt"]),
        *_column_problems("steps", steps, ["size_mt", "cost_yuan_per_t"]),
        *_duplicates("provinces", provinces),
        *_duplicates("steps", steps),
    ]
    codes = steps.index.get_level_values(0).unique()
    remedy = "Give every province its steps; one of size 0 where it has none."
    problems += [
        Problem("clear_market", "steps", "steps of every province", f"none of {code}", remedy)
        for code in provinces.index.difference(codes)
    ]
    problems += [
        Problem("clear_market", "steps", "provinces of the market", str(code), "Drop its steps.")
        for code in codes.difference(provinces.index)
    ]
    kinds = steps.loc[~steps["kind"].isin(KINDS), "kind"] if "kind" in steps else pd.Series(dtype="str")
    return problems + [
        Problem("clear_market", f"steps[{label}, kind]", " or ".join(KINDS), repr(kind), "Correct it.")
        for label, kind in kinds.items()
    ]


def collar_problems(collar: PriceCollar | None, outside_yuan_per_t: float | None) -> list[Problem]:
    """What is wrong with the prices set from outside.

    Parameters
    ----------
    collar : or None
    outside_yuan_per_t : price of emissions without cover, or None

    Returns
    -------
    the problems, none where the prices can be used
    """
    problems = []
    if collar and not 0 <= collar.floor_yuan_per_t <= collar.ceiling_yuan_per_t:
        found = f"{collar.floor_yuan_per_t:g} and {collar.ceiling_yuan_per_t:g}"
        remedy = "Give the floor and the ceiling in yuan/t."
        problems.append(Problem("clear_market", "collar", "0 <= floor <= ceiling", found, remedy))
    elif collar and collar.floor_yuan_per_t == np.inf:
        remedy = "Give a price in yuan/t."
        problems.append(Problem("clear_market", "collar", "a finite floor", "inf", remedy))
    if outside_yuan_per_t is not None and not 0 <= outside_yuan_per_t < np.inf:
        found, remedy = f"{outside_yuan_per_t:g}", "Give a price in yuan/t."
        problems.append(
            Problem("clear_market", "outside_yuan_per_t", "a finite price of at least 0", found, remedy)
        )
    return problems


def _column_problems(name: str, frame: pd.DataFrame, columns: list[str]) -> list[Problem]:
    problems = [
        Problem("clear_market", name, f"a column {column}", "none", "Add the column.")
        for column in columns
        if column not in frame
    ]
    return problems + [
        Problem(
            "clear_market",
            f"{name}[{label}, {column}]",
            "a finite number of at least 0",
            f"{value}",
            "Correct it.",
        )
        for column in columns
        if column in frame
        for label, value in frame[column].items()
        if not 0 <= value < np.inf
    ]


def _duplicates(name: str, frame: pd.DataFrame) -> list[Problem]:
    return [
        Problem("clear_market", name, "each row once", f"{label} more than once", "Keep one of them.")
        for label in frame.index[frame.index.duplicated()].unique()
    ]
