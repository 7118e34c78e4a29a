"""Column roles: which column or series of a dataset is its GDP, its emissions, …, whatever its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.column_names import called
from capshare.indicators.dataset.package_json import FILE_NAME
from capshare.indicators.dataset.published_split import SplitColumns, read_splits

COLUMN_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "provinces": (
            "emissions", "second_inventory", "gdp", "population", "income", "electricity_generation",
            "electricity_consumption",
        ),
        "panel": (
            "emissions", "second_inventory", "gdp", "population", "electricity_generation",
            "electricity_consumption",
        ),
        "inventory": ("emissions", "power_and_heat"),
        "national": (
            "gdp_growth", "intensity_change", "real_gdp", "official_cut", "pledged_cut", "second_inventory",
            "electricity_factor",
        ),
        "emission_factors": ("electricity",),
    }
)  # fmt: skip
"""Role of a table → roles that its columns or variables may play. ``official_cut``: cut of carbon intensity
against the reference year, %, and ``pledged_cut`` the one pledged for a year; ``real_gdp``: index of GDP at
constant prices; ``gdp_growth`` and ``intensity_change``: over the year before, %; ``electricity_factor`` and
``electricity``: CO2 of a kilowatt-hour; ``power_and_heat``: the part of emissions that is of that sector."""
_PLAN_KEYS = ("name", "table", "column", "from", "to", "national")
_PLAN_MAY_HAVE = ("figures_of",)
_OTHER_KEYS = ("reference_year", "plans", "splits")


@dataclass(frozen=True)
class Plan:
    """Targets that were assigned to the regions for a stretch of years.

    Attributes
    ----------
    name : of the plan, ``13fyp``
    table, column : role of the table, and column of cuts in carbon intensity, %
    first_year, last_year : the cut is of the last against the first
    national : variable of the national table with the nation's cut, in the last year
    figures_of : year of the GDP and population that were known, the first year unless stated
    """

    name: str
    table: str
    column: str
    first_year: int
    last_year: int
    national: str
    figures_of: int


@dataclass(frozen=True)
class ColumnRoles:
    """Which column or variable plays which role, the plans that assigned targets, and published splits.

    Attributes
    ----------
    names : role of a table → role of a column → column or variable
    reference_year : that cuts of intensity are measured against; None where the dataset says none
    plans : assigned targets, the oldest first
    splits : published quotas, or quotas less emissions
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reference_year: int | None = None
    plans: tuple[Plan, ...] = ()
    splits: tuple[SplitColumns, ...] = ()

    def renamed(self, names: Mapping[tuple[str, str], str]) -> ColumnRoles:
        """The same roles with columns under other names, by (table, column).

        Parameters
        ----------
        names : (table, column) → new name; others stay
        """
        of = {
            table: {role: names.get((table, name), name) for role, name in roles.items()}
            for table, roles in self.names.items()
        }
        plans = (replace(p, column=names.get((p.table, p.column), p.column)) for p in self.plans)
        splits = (
            replace(
                split,
                column=names.get((split.table, split.column), split.column),
                emissions=split.emissions and names.get((split.table, split.emissions), split.emissions),
            )
            for split in self.splits
        )
        return replace(self, names=of, plans=tuple(plans), splits=tuple(splits))

    def find(self, table: str, role: str) -> str | None:
        """Column or variable of a table that plays a role, None where none does.

        Parameters
        ----------
        table : role of the table
        role : one of `COLUMN_ROLES` of the table
        """
        return self.names.get(table, {}).get(role)

    def require(self, table: str, role: str, dataset: str) -> str:
        """Column or variable of a table that plays a role.

        Parameters
        ----------
        table : role of the table
        role : one of `COLUMN_ROLES` of the table
        dataset : its name, for the message

        Raises
        ------
        CapshareError
            where the dataset does not say which it is.
        """
        name = self.find(table, role)
        if name is not None:
            return name
        remedy = f'Name it in {FILE_NAME}: "roles": {{"{table}": {{"{role}": ...}}}}.'
        expected = f"the role {role} among the figures of table {table}"
        raise CapshareError(Problem(f"dataset {dataset}", "", expected, "none", remedy))

    def require_reference_year(self, dataset: str) -> int:
        """Year that cuts of intensity are measured against.

        Parameters
        ----------
        dataset : its name, for the message

        Raises
        ------
        CapshareError
            where the dataset does not say it.
        """
        if self.reference_year is not None:
            return self.reference_year
        remedy = f'State it in {FILE_NAME}: "roles": {{"reference_year": 2005}}, say.'
        expected = "the year that cuts of intensity are measured against"
        raise CapshareError(Problem(f"dataset {dataset}", "", expected, "none", remedy))


def read_column_roles(
    said: object, known: Mapping[str, tuple[str, ...]]
) -> tuple[ColumnRoles, list[Problem]]:
    """Roles that the key ``roles`` of a datapackage.json gives to columns and variables.

    A column or variable that is called like a role, or is the only one called so but for its unit, plays it,
    unless another is named.

    Parameters
    ----------
    said : its value; None where the package has none
    known : role of a table, name of a published one → its columns, or the variables of a long one

    Returns
    -------
    ColumnRoles, and the problems found
    """
    names = {
        table: {role: name for role in roles if (name := called(role, known.get(table, ()))) is not None}
        for table, roles in COLUMN_ROLES.items()
    }
    if said is None:
        return ColumnRoles(names), []
    if not isinstance(said, Mapping):
        remedy = 'Write "roles": {"provinces": {"gdp": ...}}.'
        return ColumnRoles(), [Problem(FILE_NAME, "roles", "an object", shown(said), remedy)]
    problems: list[Problem] = []
    for table, roles in said.items():
        if table in COLUMN_ROLES and isinstance(roles, Mapping):
            problems += _name_problems(table, roles, known)
            names[table] |= {str(role): str(name) for role, name in roles.items()}
        elif table not in _OTHER_KEYS:
            expected = f"one of {', '.join((*COLUMN_ROLES, *_OTHER_KEYS))}, each with its roles"
            remedy = suggestion(str(table), COLUMN_ROLES)
            problems.append(Problem(FILE_NAME, f"roles.{table}", expected, shown(table), remedy))
    year = said.get("reference_year")
    if year is not None and not (isinstance(year, int) and 1000 <= year <= 9999):
        problems.append(Problem(FILE_NAME, "roles.reference_year", "a year", shown(year), "Write 2005, say."))
    plans, found = _read_plans(said.get("plans", []), known)
    splits, more = read_splits(said.get("splits", []), known)
    problems += [*found, *more]
    return (ColumnRoles(), problems) if problems else (ColumnRoles(names, year, plans, splits), [])


def _name_problems(
    table: str, roles: Mapping[str, Any], known: Mapping[str, tuple[str, ...]]
) -> list[Problem]:
    problems = [
        Problem(FILE_NAME, f"roles.{table}.{role}", f"one of {', '.join(COLUMN_ROLES[table])}", shown(role),
                suggestion(str(role), COLUMN_ROLES[table]))
        for role in roles
        if role not in COLUMN_ROLES[table]
    ]  # fmt: skip
    return problems + [_unknown(f"roles.{table}.{role}", name, known.get(table, ()))
                       for role, name in roles.items() if name not in known.get(table, ())]  # fmt: skip


def _unknown(place: str, name: object, known: tuple[str, ...]) -> Problem:
    return Problem(
        FILE_NAME, place, "a column or variable of the table", shown(name), suggestion(str(name), known)
    )


def _read_plans(said: object, known: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Plan, ...], list[Problem]]:
    if not isinstance(said, list) or not all(
        isinstance(plan, Mapping) and set(plan) - set(_PLAN_MAY_HAVE) == set(_PLAN_KEYS) for plan in said
    ):
        expected = f"a list of objects with {', '.join(_PLAN_KEYS)}, perhaps {', '.join(_PLAN_MAY_HAVE)}"
        return (), [Problem(FILE_NAME, "roles.plans", expected, shown(said), "Complete each of them.")]
    problems, plans = [], []
    for plan in said:
        place, first, last = f"roles.plans, {plan['name']}", plan["from"], plan["to"]
        named = {plan["table"]: plan["column"], "national": plan["national"]}
        problems += [
            _unknown(place, name, known.get(table, ()))
            for table, name in named.items()
            if name not in known.get(table, ())
        ]
        if not (isinstance(first, int) and isinstance(last, int) and first < last):
            problems.append(
                Problem(FILE_NAME, place, "from a year to a later one", f"{first} to {last}", "Correct them.")
            )
            continue
        known_of = plan.get("figures_of", first)
        if not isinstance(known_of, int):
            problems.append(Problem(FILE_NAME, place, "a year", shown(known_of), "Correct figures_of."))
            continue
        plans.append(
            Plan(plan["name"], plan["table"], plan["column"], first, last, plan["national"], known_of)
        )
    return tuple(sorted(plans, key=lambda plan: plan.first_year)), problems
