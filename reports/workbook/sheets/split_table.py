"""Where the members of splits stand, and what each split finds among them: last breakpoint and factor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from capshare.reports.words.columns import MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Grid, Label, ToFormula
from capshare.reports.workbook.sheets.splits import CAPS

PROVINCES, GROUPS = "projection", "projection_caps"
SUMS = ("sum_at_floor_mt", "sum_at_ceiling_mt")


@dataclass(frozen=True)
class SplitTable:
    """Where the members of splits stand, and which column says the split of each.

    Attributes
    ----------
    grid : of the members
    key : column whose cells are alike for the members of one split
    """

    grid: Grid
    key: str

    def total(self, terms: str, key_cell: str) -> str:
        """Sum of terms over the members of a split.

        Parameters
        ----------
        terms : formula over columns
        key_cell : cell that says the split
        """
        return f"SUMPRODUCT(({self.grid.column(self.key)}={key_cell})*({terms}))"

    def reached(self, point: str, is_sum: bool = False) -> str:
        """Weights of the members that are free after a point, each times its way to the point where asked.

        Parameters
        ----------
        point : cell with the factor
        is_sum : whether weights count times how far the point is behind each breakpoint
        """
        parts = []
        for place, weight in (("floor_point", "split_weight"), ("ceiling_point", "ceiling_weight")):
            points = self.grid.column(place)
            way = f"*({point}-{points})" if is_sum else ""
            parts.append(f"({points}<={point})*{self.grid.column(weight)}{way}")
        return "-".join(parts)

    def sum_at(self, point: str, key_cell: str) -> str:
        """Sum of the split with the factor at a point, Mt CO2.

        Parameters
        ----------
        point : cell with the factor
        key_cell : cell that says the split
        """
        lowest = self.total(self.grid.column("lower_mt"), key_cell)
        return f"{lowest}+{self.total(self.reached(point, is_sum=True), key_cell)}"


def table_of(builder: WorkbookBuilder, kind: str) -> SplitTable:
    """The table of the members of splits of a kind.

    Parameters
    ----------
    builder : with what :func:`reserve` placed
    kind : "caps" or "within"
    """
    if kind == CAPS:
        return SplitTable(builder.grids[GROUPS], "year")
    return SplitTable(builder.grids[PROVINCES], "block_key")


def point_fields(
    builder: WorkbookBuilder, kind: str, keys: dict[Label, Label], total: ToFormula, grid: Grid
) -> list[Field]:
    """Columns of a split's own row: its last breakpoint, rate and sum there, and the factor.

    Parameters
    ----------
    builder : with the table of the members
    kind : "caps" or "within"
    keys : row label → key among the splits found; other rows of the grid stay blank
    total : row label → formula of what is split, Mt CO2
    grid : of the splits' own rows, with the columns of :func:`point_names`, and ``block_key`` or ``year``
    """
    table, names, found = table_of(builder, kind), point_names(kind), builder.splits.found
    rounding = builder.named("rounding")

    def field(own: str, name: str, made: Callable[[Label, str], str]) -> Field:
        def formula(row: Label) -> str:
            return made(row, grid.at(table.key, row)) if row in keys else ""

        values = {row: getattr(found[kind, keys[row]], name) if row in keys else "" for row in grid.labels}
        return Field(own, values, "live", formula, MT if name == "sum_mt" else "")

    def factor(row: Label, key: str) -> str:
        at, slope, sums = (grid.at(name, row) for name in names[:3])
        enough = f"{rounding}*{table.total(table.grid.column('split_weight'), key)}"
        return f"{at}+IF({slope}>{enough},({total(row)}-{sums})/{slope},0)"

    return [
        field(names[0], "point", lambda row, key: last_point(table, key, total(row), rounding)),
        field(names[1], "rate", lambda row, key: table.total(table.reached(grid.at(names[0], row)), key)),
        field(names[2], "sum_mt", lambda row, key: table.sum_at(grid.at(names[0], row), key)),
        field(names[3], "factor", factor),
    ]


def last_point(table: SplitTable, key_cell: str, total: str, rounding: str) -> str:
    """The largest breakpoint at which the sum of the split has not passed the total.

    Parameters
    ----------
    table : of the members
    key_cell : cell that says the split
    total : what is split, Mt CO2
    rounding : relative; a sum this near to the total has reached it
    """
    grid, ends = table.grid, ("floor_point", "ceiling_point")
    points = ",".join(grid.column(name) for name in ends)
    # What is not reached is put below all breakpoints.
    below = f"(MAX({points})-MIN({points})+1)"
    most = f"{total}+{rounding}*ABS({total})"

    def largest(point: str, sums: str) -> str:
        reached = f"({grid.column(table.key)}={key_cell})*({grid.column(sums)}<={most})"
        return f"SUMPRODUCT(MAX({grid.column(point)}-(1-{reached})*{below}))"

    return f"MAX({largest('floor_point', SUMS[0])},{largest('ceiling_point', SUMS[1])})"


def point_names(kind: str) -> tuple[str, str, str, str]:
    """Names of the columns of :func:`point_fields`.

    Parameters
    ----------
    kind : "caps" or "within"
    """
    if kind == CAPS:
        return "point_of_caps", "rate_of_caps", "sum_of_caps_mt", "factor_of_caps"
    return "point_within", "rate_within", "sum_within_mt", "factor_within"
