"""What a study asks of its dataset: labelled frames ready for the model, or every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import pandas as pd

from capshare.errors import CapshareError, Problem
from capshare.indicators.datapackage import load_dataset
from capshare.indicators.dataset import Dataset
from capshare.indicators.emissions import FUEL_FACTORS, emissions_from_column, emissions_from_fuels
from capshare.indicators.expression import evaluate
from capshare.indicators.spelling import suggestion
from capshare.model.planner_rule import PlannerRule
from capshare.study import Constraint, Indicator, Study
from capshare.study_file import LoadedStudy

T = TypeVar("T")


@dataclass(frozen=True)
class Inputs:
    """A study brought together with its dataset.

    Attributes
    ----------
    dataset : what was loaded
    emissions_mt : index code, Mt, base year
    year, cap_mt : the year allocated and its cap, Mt
    indicators : index code, one column per indicator of the allocation, each in its own unit
    potential_indicators : the same for the potential; None where the study does not ask for it
    floor_mt, ceiling_mt : index code, Mt
    rules : planners' own rules, provinces by code
    anchor_yuan_per_t : price that the median price is scaled to; None where prices stay as found
    """

    dataset: Dataset
    emissions_mt: pd.Series
    year: int
    cap_mt: float
    indicators: pd.DataFrame
    potential_indicators: pd.DataFrame | None
    floor_mt: pd.Series
    ceiling_mt: pd.Series
    rules: tuple[PlannerRule, ...]
    anchor_yuan_per_t: float | None


class _Collector:
    """Gathers the problems of several steps, so that a user sees all of them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def attempt(self, step: Callable[[], T]) -> T | None:
        """Result of a step, or None with its problems kept."""
        try:
            return step()
        except CapshareError as error:
            self.problems += error.problems
            return None

    def add(self, place: str, expected: str, found: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, place, expected, found, remedy))


def read_inputs(loaded: LoadedStudy) -> Inputs:
    """Load the dataset of a study and evaluate everything the study names in it.

    Parameters
    ----------
    loaded : a study and its file

    Returns
    -------
    Inputs

    Raises
    ------
    CapshareError
        with every problem found: of the dataset, else of all the study's references to it.
    """
    study, found = loaded.study, _Collector(loaded.path.name)
    dataset = load_dataset(study.study.dataset, relative_to=loaded.path.parent)
    year, cap_mt = _cap(study, dataset, found)
    emissions = found.attempt(lambda: emissions_mt(study, dataset, found.file))
    if emissions is None:
        # Nothing else can be evaluated truthfully.
        raise CapshareError(found.problems)
    table = dataset.table.assign(emissions_mt=emissions)
    indicators = _indicators(study.indicators, table, "indicators", found)
    wanted = study.potential.indicators if study.potential else ()
    potential = _indicators(wanted, table, "potential.indicators", found)
    floor = _bounds(study.allocation.floor, 0.0, emissions, dataset, "allocation.floor", found)
    ceiling = _bounds(study.allocation.ceiling, float("inf"), emissions, dataset, "allocation.ceiling", found)
    rules = [_rule(constraint, dataset, found) for constraint in study.allocation.constraint]
    _check_sizes(study, dataset, cap_mt, floor, ceiling, found)
    _check_names(study, dataset, found)
    anchor = _anchor(study, dataset, found)
    _check_panel(study, dataset, found)
    if found.problems:
        raise CapshareError(found.problems)
    return Inputs(
        dataset=dataset,
        emissions_mt=emissions,
        year=year,
        cap_mt=cap_mt,
        indicators=indicators,
        potential_indicators=potential if study.potential else None,
        floor_mt=floor,
        ceiling_mt=ceiling,
        rules=tuple(rule for rule in rules if rule is not None),
        anchor_yuan_per_t=anchor,
    )


def emissions_mt(study: Study, dataset: Dataset, file: str = "study") -> pd.Series:
    """Emissions of the base year as the study asks for them, index code, Mt.

    Raises
    ------
    CapshareError
        where a table, column or fuel is not in the dataset.
    """
    asked = study.emissions
    if asked.method == "fuels":
        factors = {fuel: asked.factors.get(fuel, FUEL_FACTORS.get(fuel, 0.0)) for fuel in asked.fuels}
        return emissions_from_fuels(dataset.table, factors)
    table = dataset.table
    if asked.table is not None:
        table = published_table(dataset, asked.table, file, "emissions.table")
    return emissions_from_column(table, asked.column or "")


def published_table(dataset: Dataset, name: str, file: str, place: str) -> pd.DataFrame:
    """Published table of a dataset, index code.

    Raises
    ------
    CapshareError
        where the dataset has no such table, with the nearest name.
    """
    if name not in dataset.published:
        expected = f"a published table of dataset {dataset.name}"
        raise CapshareError(Problem(file, place, expected, repr(name), suggestion(name, dataset.published)))
    return dataset.published[name]


def _cap(study: Study, dataset: Dataset, found: _Collector) -> tuple[int, float]:
    year = study.study.base_year
    if year != dataset.base_year:
        found.add("study.base_year", f"{dataset.base_year}, the year of dataset {dataset.name}", str(year),
                  "Use the dataset's year.")  # fmt: skip
    if list(study.cap.mt) != [str(year)]:
        found.add("cap.mt", f"one cap, of the base year {year}", ", ".join(study.cap.mt),
                  "Future years need a baseline of emissions, which this version does not have.")  # fmt: skip
    return year, study.cap.mt.get(str(year), 0.0)


def _indicators(
    asked: Sequence[Indicator], table: pd.DataFrame, place: str, found: _Collector
) -> pd.DataFrame:
    columns = {}
    for indicator in asked:
        where = f"{place}, {indicator.id}, expression"
        step = partial(evaluate, indicator.expression, table, found.file, where)
        columns[indicator.id] = found.attempt(step)
    return pd.DataFrame(columns, index=table.index)


def _bounds(
    share: float | Mapping[str, float],
    otherwise: float,
    emissions: pd.Series,
    dataset: Dataset,
    place: str,
    found: _Collector,
) -> pd.Series:
    """Bounds in Mt from shares of own emissions, one number or per province."""
    shares = pd.Series(otherwise if isinstance(share, Mapping) else share, index=emissions.index, dtype=float)
    if isinstance(share, Mapping):
        codes = found.attempt(lambda: dataset.regions.resolve_all(share, found.file, place))
        if codes is not None:
            shares.update(pd.Series(dict(zip(codes, share.values(), strict=True)), dtype=float))
    # 0 × inf is no number: no emissions, no bound.
    return (shares * emissions).where(emissions > 0, otherwise)


def _rule(constraint: Constraint, dataset: Dataset, found: _Collector) -> PlannerRule | None:
    names = constraint.weights or dict.fromkeys(constraint.provinces or (), 1.0)
    spelled = list(constraint.weights or constraint.provinces or ())
    place = f"allocation.constraint {constraint.name}"
    codes = found.attempt(lambda: dataset.regions.resolve_all(spelled, found.file, place))
    if codes is None:
        return None
    at_least = constraint.min_share is not None or constraint.min_mt is not None
    share = constraint.min_share if at_least else constraint.max_share
    bound = constraint.min_mt if at_least else constraint.max_mt
    return PlannerRule(
        name=constraint.name,
        weight=dict(zip(codes, names.values(), strict=True)),
        sense="at least" if at_least else "at most",
        share=share or 0.0,
        bound_mt=bound or 0.0,
    )


def _check_sizes(
    study: Study,
    dataset: Dataset,
    cap_mt: float,
    floor: pd.Series,
    ceiling: pd.Series,
    found: _Collector,
) -> None:
    """Numbers that can be right alone and wrong together."""
    n = len(dataset.table)
    if study.groups.method == "kmeans" and study.groups.k > n:
        found.add("groups.k", f"at most {n}, the number of provinces", str(study.groups.k), "Choose fewer.")
    if floor.sum() > cap_mt > 0:
        found.add("allocation.floor", f"floors that add up to at most the cap of {cap_mt:g} Mt",
                  f"{floor.sum():.6g} Mt", "Lower the floors or raise the cap.")  # fmt: skip
    if ceiling.sum() < cap_mt:
        found.add("allocation.ceiling", f"ceilings that leave room for the cap of {cap_mt:g} Mt",
                  f"{ceiling.sum():.6g} Mt", "Raise the ceilings or lower the cap.")  # fmt: skip
    crossed = floor.index[floor > ceiling]
    if len(crossed):
        names = ", ".join(map(dataset.regions.label, crossed))
        found.add("allocation.ceiling", "no ceiling below its floor", f"ceiling below floor in {names}",
                  "Raise the ceiling or lower the floor.")  # fmt: skip
    rules = [constraint.name for constraint in study.allocation.constraint]
    if len(set(rules)) < len(rules):
        found.add("allocation.constraint", "a name of its own for each rule", ", ".join(rules), "Rename one.")
    if study.weights.given is not None and set(study.weights.given) != {i.id for i in study.indicators}:
        expected = "a weight for each of " + ", ".join(i.id for i in study.indicators)
        found.add("weights.given", expected, ", ".join(study.weights.given), "Name exactly the indicators.")


def _check_names(study: Study, dataset: Dataset, found: _Collector) -> None:
    """Tables and columns that are named outside expressions."""
    asked = {
        "groups.table": study.groups.table,
        "published.table": study.published.table if study.published else None,
        "published.potential": study.published.potential if study.published else None,
    }
    for place, name in asked.items():
        if name is not None:
            found.attempt(partial(published_table, dataset, name, found.file, place))
    columns = {"prices.column": study.prices.column, "prices.gdp_column": study.prices.gdp_column}
    for place, column in columns.items():
        if column is not None and column not in dataset.table.columns:
            found.add(place, "a column of the provinces' table", repr(column),
                      suggestion(column, dataset.table.columns))  # fmt: skip


def _anchor(study: Study, dataset: Dataset, found: _Collector) -> float | None:
    """The named price, yuan/t."""
    asked = study.prices.anchor
    if asked == "none":
        return None
    national = dataset.national
    if national is not None:
        row = national[(national["variable"] == asked.series) & (national["year"] == asked.year)]
        if len(row) == 1 and row["unit"].iloc[0] == "yuan/t":
            return float(row["value"].iloc[0])
    listed = [] if national is None else _prices_in(national)
    found.add("prices.anchor", f"a price in yuan/t of the national table of dataset {dataset.name}",
              f"{asked.series} {asked.year}", f"Known: {', '.join(listed) or 'none'}.")  # fmt: skip
    return None


def _prices_in(national: pd.DataFrame) -> list[str]:
    prices = national[national["unit"] == "yuan/t"]
    return [f"{series} {year}" for series, year in zip(prices["variable"], prices["year"], strict=True)]


def panel_fuel(fuel: str) -> str:
    """Name of a fuel's consumption in the panel."""
    return f"{fuel}_consumption"


def _check_panel(study: Study, dataset: Dataset, found: _Collector) -> None:
    """What the distance function needs besides the provinces' table."""
    asked = study.prices
    unknown = sorted({*asked.fuels, *asked.absent_as_zero} - set(FUEL_FACTORS))
    if unknown:
        known = ", ".join(FUEL_FACTORS)
        found.add("prices.fuels", f"fuels among {known}", ", ".join(unknown), "Correct them.")
    if asked.method == "distance-function" and dataset.panel is None:
        found.add("prices.method", 'a dataset with a panel, for "distance-function"',
                  f"dataset {dataset.name} without one", 'Use "productivity" or "given".')  # fmt: skip
