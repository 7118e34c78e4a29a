"""What a run repeats of its inputs, so that a reader can follow every number back to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd

from capshare.model.allocation.planners_constraint import PlannerRule


@dataclass(frozen=True)
class InputsUsed:
    """The figures of the dataset that the study uses.

    Attributes
    ----------
    table : index ``code``; the columns of the dataset that the study uses, population and GDP where it has
        them, and ``emissions_mt``, all of the base year
    fields : index ``column``; titles, unit, source and status of these columns
    indicators : index ``code``; the indicators of the allocation as they are, each in its own unit
    expressions : indicator → its expression over the dataset's columns
    gdp_1e8yuan : index ``year, code``, 1e8 yuan at base-year prices; None where the baseline does not
        follow it
    constraints : year → planners' own
    nowcast : index ``nowcast_year, code``; what emissions are carried to the base year by; None where the
        dataset reaches it
    market_parts : index ``code, sector``; emissions of the national market's sectors, and where they are
        known from; None where the study does not ask for it
    electricity : index ``code``; emissions of the base year by production, by consumption of electricity and
        shared, with what they were made of; None where the study does not ask for it
    national : index ``purpose, series_year``; figures of the nation that emissions, GDP and cap follow, with
        the table and variable that they stand in; None where they follow none
    provincial : index ``purpose, code, series_year``; the same of the provinces in other years
    """

    table: pd.DataFrame
    fields: pd.DataFrame
    indicators: pd.DataFrame
    expressions: Mapping[str, str]
    gdp_1e8yuan: pd.Series | None
    constraints: Mapping[int, tuple[PlannerRule, ...]]
    nowcast: pd.DataFrame | None = None
    market_parts: pd.DataFrame | None = None
    electricity: pd.DataFrame | None = None
    national: pd.DataFrame | None = None
    provincial: pd.DataFrame | None = None

    @property
    def constraint_table(self) -> pd.DataFrame | None:
        """The constraints as a table, index ``year, name, code``; None without any."""
        rows = {
            (year, rule.name, code): {
                "coefficient": float(coefficient),
                "sense": rule.sense,
                "share": float(rule.share),
                "bound_mt": float(rule.bound_mt),
            }
            for year, rules in self.constraints.items()
            for rule in rules
            for code, coefficient in rule.weight.items()
        }
        if not rows:
            return None
        index = pd.MultiIndex.from_tuples(rows, names=["year", "name", "code"])
        return pd.DataFrame(list(rows.values()), index)


def constraints_of(table: pd.DataFrame) -> dict[int, tuple[PlannerRule, ...]]:
    """The constraints that a table lists, in its order, year → constraints.

    Parameters
    ----------
    table : as of :attr:`InputsUsed.constraint_table`
    """
    found: dict[int, tuple[PlannerRule, ...]] = {}
    for label, rows in table.groupby(level=["year", "name"], sort=False):
        year, name = cast(tuple[int, str], label)
        codes, first = rows.index.get_level_values("code"), rows.iloc[0]
        weight = {str(code): float(value) for code, value in zip(codes, rows["coefficient"], strict=True)}
        share, bound_mt = float(first["share"]), float(first["bound_mt"])
        rule = PlannerRule(str(name), weight, first["sense"], share, bound_mt)
        found[int(year)] = (*found.get(int(year), ()), rule)
    return found
