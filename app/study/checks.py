"""Whether the parts of a study fit together and its dataset has what it names."""

from __future__ import annotations

from functools import partial
from math import inf

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.dataset import Dataset
from capshare.model.allocation.projection import ROUNDING
from capshare.model.groups.kmeans import roman
from capshare.study.cost_curves import curve_settings
from capshare.study.price_checks import check_prices
from capshare.study.rule_checks import check_rules
from capshare.study.sections.base import LARGEST_MT, LARGEST_YUAN_PER_T
from capshare.study.study import Study

# One tonne; less than it is rounding of an amount in Mt.
LEAST_EMISSIONS_MT = 1e-6
# Places that are named in a message; of more, how many they are.
LISTED = 5


def check_study(study: Study, dataset: Dataset, found: Collector) -> None:
    """Everything that can be told before any number is computed.

    Parameters
    ----------
    study, dataset : the study and the dataset that it names
    found : keeps the problems
    """
    n, base = len(dataset.table), study.study.base_year
    _check_base_year(study, dataset, found)
    early = [str(year) for year in study.allocation_years() if year < base]
    if early:
        found.add("study.years", f"years from the base year {base} on", ", ".join(early), "Leave them out.")
    _check_ties(study, found)
    _check_groups(study, n, found)
    _check_given_groups(study, dataset, found)
    rules = [constraint.name for constraint in study.allocation.constraint]
    if len(set(rules)) < len(rules):
        found.add("allocation.constraint", "a name of its own for each rule", ", ".join(rules), "Rename one.")
    if study.weights.given is not None and set(study.weights.given) != {i.id for i in study.scored}:
        expected = "a weight for each of " + ", ".join(i.id for i in study.scored)
        found.add(
            "weights.given",
            expected,
            ", ".join(study.weights.given),
            "Give every indicator a weight, or none.",
        )
    _check_names(study, dataset, found)
    _check_curves(study, found)
    check_prices(study, dataset, found)
    _check_growth(study, dataset, found)
    check_rules(study, dataset, found)


def check_bounds(
    years: pd.Series, floor_mt: pd.DataFrame, ceiling_mt: pd.DataFrame, dataset: Dataset, found: Collector
) -> None:
    """Whether floors and ceilings leave room for the cap of every year.

    Parameters
    ----------
    years : index year; what is divided, Mt
    floor_mt, ceiling_mt : code × year, Mt
    dataset : knows the provinces' names
    found : keeps the problems
    """
    for year, cap in years.items():
        low, high = floor_mt[year].sum(), ceiling_mt[year].sum()
        slack = ROUNDING * abs(cap)
        if low > cap + slack:
            found.add("allocation.floor", f"floors that add up to at most the cap of {year}, {cap:.10g} Mt",
                      f"{low:.10g} Mt", "Lower the floors or raise the cap.")  # fmt: skip
        if high < cap - slack:
            found.add("allocation.ceiling", f"ceilings that leave room for the cap of {year}, {cap:.10g} Mt",
                      f"{high:.10g} Mt", "Raise the ceilings or lower the cap.")  # fmt: skip
    crossed = floor_mt.index[(floor_mt > ceiling_mt).any(axis="columns")]
    if len(crossed):
        names = ", ".join(map(dataset.regions.label, crossed))
        found.add("allocation.ceiling", "no ceiling below its floor", f"ceiling below floor in {names}",
                  "Raise the ceiling or lower the floor.")  # fmt: skip


def check_amounts(emissions_mt: pd.DataFrame, dataset: Dataset, found: Collector) -> None:
    """Whether emissions are amounts that the allocation's solver can tell apart.

    Parameters
    ----------
    emissions_mt : code × year, Mt
    dataset, found : as of :func:`check_bounds`
    """
    listed = [
        f"{amount:g} Mt at {dataset.regions.label(str(code))} in {year}"
        for year, column in emissions_mt.items()
        for code, amount in column.items()
        if amount > LARGEST_MT or 0 < amount < LEAST_EMISSIONS_MT
    ]
    if listed:
        more = f" and {len(listed) - LISTED} more" if len(listed) > LISTED else ""
        found.add("emissions", f"0, or {LEAST_EMISSIONS_MT:g} to {LARGEST_MT:g} Mt in each province and year",
                  ", ".join(listed[:LISTED]) + more, "Correct the figure or its unit.")  # fmt: skip


def check_costs(steps: pd.DataFrame, dataset: Dataset, found: Collector) -> None:
    """Whether abatement costs are prices that the allocation's solver can tell apart.

    Parameters
    ----------
    steps : index (code, step); ``cost_yuan_per_t``
    dataset, found : as of :func:`check_bounds`
    """
    dearest = steps["cost_yuan_per_t"].groupby(level=0).max()
    odd = dearest[~(dearest <= LARGEST_YUAN_PER_T)].sort_values(ascending=False)
    if len(odd):
        code, cost = str(odd.index[0]), float(odd.iloc[0])
        unit = dataset.facts.conventions.price_unit
        found.add("prices", f"abatement costs of at most {LARGEST_YUAN_PER_T:g} {unit}",
                  f"{cost:.6g} {unit} at {dataset.regions.label(code)}, and {len(odd)} provinces above",
                  "Correct the unit of the columns that prices are made of, or the anchor.")  # fmt: skip


def published_table(dataset: Dataset, name: str, file: str, place: str) -> pd.DataFrame:
    """Published table of a dataset, index code.

    Parameters
    ----------
    dataset : in which the table is looked for
    name : of the table
    file, place : named in the message

    Raises
    ------
    CapshareError
        where the dataset has no such table, with the nearest name.
    """
    if name not in dataset.published:
        expected = f"a published table of dataset {dataset.name}"
        remedy = suggestion(name, dataset.published)
        raise CapshareError(Problem(file, place, expected, shown(name), remedy))
    return dataset.published[name]


def _check_base_year(study: Study, dataset: Dataset, found: Collector) -> None:
    """The dataset's year, or a later one that a nowcast from it leads to."""
    base, own = study.study.base_year, f"{dataset.base_year}, the year of dataset {dataset.name}"
    if study.nowcast is None:
        if base != dataset.base_year:
            found.add("study.base_year", own, str(base),
                      "Use the dataset's year, or add [nowcast] for a later one.")  # fmt: skip
        return
    if study.nowcast.from_year != dataset.base_year:
        found.add("nowcast.from", own, str(study.nowcast.from_year), "Begin at the dataset's year.")
    if base <= study.nowcast.from_year:
        found.add("study.base_year", f"a year after {study.nowcast.from_year}, which the nowcast begins at",
                  str(base), "Leave out [nowcast], or give the year that it leads to.")  # fmt: skip


def _check_ties(study: Study, found: Collector) -> None:
    """Rules between years need years."""
    years, base = study.allocation_years(), study.study.base_year
    if years == (base,):
        asked = {
            "smoothing": study.smoothing is not None,
            "allocation.max_abatement_change": study.allocation.max_abatement_change < inf,
        }
        for place in (place for place, is_asked in asked.items() if is_asked):
            found.add(place, "a year after the base year, in which something may change", f"{base} alone",
                      "Allocate later years (study.years), or leave it out.")  # fmt: skip
    if study.carry_over is not None and len(years) == 1:
        found.add("carry_over", "a later year that quota may be carried to", f"{years[0]} alone",
                  "Allocate several years (study.years), or leave it out.")  # fmt: skip


def _check_groups(study: Study, n: int, found: Collector) -> None:
    """One group, or as many as there are provinces, is no grouping: k-means would say nothing."""
    asked = study.groups
    if asked.method == "kmeans" and not 2 <= asked.k <= n - 1 and study.targets is not None:
        expected = (
            f"2 to {n - 1} tiers of {n} provinces" if n > 2 else "three provinces or more to tell tiers of"
        )
        found.add("targets.tiers_k", expected, str(asked.k), 'Choose fewer, or, for none, tiers = "none".')
    elif asked.method == "kmeans" and not 2 <= asked.k <= n - 1:
        expected = f"2 to {n - 1} groups of {n} provinces" if n > 2 else "three provinces or more to group"
        remedy = "For" if asked.k == 1 or n <= 2 else "Choose fewer, or, for"
        found.add("groups.k", f"{expected}, for k-means", str(asked.k),
                  f'{remedy} one group of all provinces, method = "none".')  # fmt: skip


def _check_given_groups(study: Study, dataset: Dataset, found: Collector) -> None:
    """Provinces that are put into a group are known, and so are the groups."""
    asked = study.groups
    if not asked.given:
        return
    found.attempt(partial(dataset.regions.resolve_all, asked.given, found.file, "groups.given"))
    known = [roman(place) for place in range(1, asked.k + 1)]
    if asked.method == "given":
        table = dataset.published.get(asked.table or "")
        known = [] if table is None else sorted(set(table["group"].astype(str)))
    for province, group in asked.given.items():
        if group not in known:
            found.add(f"groups.given.{province}", f"one of the groups {', '.join(known)}", shown(group),
                      "Name a group that there is.")  # fmt: skip


def _check_names(study: Study, dataset: Dataset, found: Collector) -> None:
    """Tables and columns that are named outside expressions."""
    asked = {
        "groups.table": study.groups.table,
        "published.table": study.published.table if study.published else None,
        "published.potential": study.published.potential if study.published else None,
    }
    for place, name in asked.items():
        if name is not None:
            found.attempt(partial(published_table, dataset, name, found.file, place))


def _check_curves(study: Study, found: Collector) -> None:
    known = curve_settings()
    for name in study.prices.compare or ():
        if name not in known:
            found.add("prices.compare", f"curves among {', '.join(known)}", shown(name),
                      suggestion(name, known))  # fmt: skip


def _check_growth(study: Study, dataset: Dataset, found: Collector) -> None:
    """Growth of the provinces, of one vintage over the years that it is taken from."""
    if study.baseline is not None and study.baseline.method == "growth":
        years = study.baseline.growth_window
        found.attempt(partial(dataset.facts.vintages.require_one, "panel", "gdp_index", years))
