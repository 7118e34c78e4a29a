"""Table roles: what a table of a dataset may be, what identifies its rows, and which columns it must have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.package_json import FILE_NAME

LONG_COLUMNS = ("year", "variable", "value", "unit")


@dataclass(frozen=True)
class TableRole:
    """A kind of table.

    Attributes
    ----------
    key : columns that together occur once; ``code`` stands for the table's own column of regions
    required : whether every dataset has one
    many : whether a dataset may have several
    whole : whether every region has a row
    converted : whether its columns are figures converted to the unit that a study reads
    """

    key: tuple[str, ...]
    required: bool = False
    many: bool = False
    whole: bool = False
    converted: bool = False

    @property
    def by_region(self) -> bool:
        """Whether its rows belong to regions."""
        return "code" in self.key

    @property
    def long(self) -> bool:
        """Whether a row is one figure with its variable and unit."""
        return "variable" in self.key


TABLE_ROLES: Mapping[str, TableRole] = MappingProxyType(
    {
        "regions": TableRole(("code",), required=True),
        "provinces": TableRole(("code",), required=True, whole=True, converted=True),
        "panel": TableRole(("code", "year", "variable")),
        "production": TableRole(("code", "year", "variable")),
        "national": TableRole(("year", "variable")),
        "published": TableRole(("code",), many=True, converted=True),
        "inventory": TableRole(("code", "year"), converted=True),
        "official_targets": TableRole(("code",), whole=True, converted=True),
        "emission_factors": TableRole(("code", "year", "variable")),
    }
)
"""``production``: output, investment, labour and energy of one vintage, where the panel is of another;
``inventory``: emissions by region, year and item; ``official_targets``: cuts that a plan assigned;
``emission_factors``: long like a panel, of factors and not of quantities."""


def needed_columns(role: str, region_column: str) -> list[str]:
    """Columns that a table cannot do without.

    Parameters
    ----------
    role : of the table; of an unknown role only the regions' column is known
    region_column : its own name for the column of regions

    Returns
    -------
    names of columns
    """
    if role == "regions":
        return ["code", "name_en"]
    kind = TABLE_ROLES.get(role, TableRole(("code",)))
    key = [region_column if column == "code" else column for column in kind.key]
    return list(dict.fromkeys([*key, *(LONG_COLUMNS if kind.long else ())]))


def role_problems(roles: Sequence[object]) -> list[Problem]:
    """Roles that nothing knows, that no table plays and must, or that two tables play.

    Parameters
    ----------
    roles : of a dataset's tables, as its description says them

    Returns
    -------
    list of Problem
    """
    problems = [
        _problem(f"a role of {', '.join(TABLE_ROLES)}", shown(role), suggestion(str(role), TABLE_ROLES))
        for role in roles
        if role not in TABLE_ROLES
    ]
    problems += [
        _problem(f"one table of role {name}", "none", "Give the table this role.")
        for name, role in TABLE_ROLES.items()
        if role.required and name not in roles
    ]
    return problems + [
        _problem(f"one table of role {name}", str(roles.count(name)), "Keep one of them.")
        for name, role in TABLE_ROLES.items()
        if not role.many and roles.count(name) > 1
    ]


def _problem(expected: str, found: str, remedy: str) -> Problem:
    return Problem(FILE_NAME, "resources", expected, found, remedy)
