r"""How alike two groupings of the same provinces are, live: the adjusted Rand index.

.. math:: R = \frac{S - AB/N}{(A+B)/2 - AB/N}

N counts ordered pairs of provinces, A and B those in one group of the first and of the second grouping,
S those in one group of both.
"""

from __future__ import annotations

import pandas as pd

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Grid, Label, ToFormula


def pair_names(second: str) -> tuple[str, str]:
    """Names of the columns that compare a grouping with the first one.

    Parameters
    ----------
    second : column of the other grouping
    """
    return f"pairs_{second}", f"pairs_both_{second}"


def pair_field(builder: WorkbookBuilder, grid: Grid, groups: pd.DataFrame, name: str) -> Field:
    """How many other provinces are in a province's group, by one grouping or by several at once.

    Parameters
    ----------
    builder : gives the heading
    grid : that the column stands in
    groups : row label by columns of the grid; the groupings in which the group must be the same
    name : of the new column
    """
    columns = [str(column) for column in groups]
    others = groups.groupby(columns)[columns[0]].transform("size") - 1

    def formula(row: Label) -> str:
        same = ",".join(f"{grid.span(column)},{grid.at(column, row)}" for column in columns)
        return f"COUNTIFS({same})-1"

    both = len(columns) > 1
    heading = builder.say(
        "heading.pairs_both" if both else "heading.pairs", grouping=builder.about(columns[-1]).label
    )
    return Field(name, others.to_dict(), "live", formula, "", heading)


def pair_fields(builder: WorkbookBuilder, grid: Grid, groups: pd.DataFrame) -> list[Field]:
    """The columns of :func:`pair_names` of a second grouping.

    Parameters
    ----------
    builder, grid : as of :func:`pair_field`
    groups : row label by two columns of the grid, the first grouping and the second
    """
    second = str(groups.columns[1])
    own, both = pair_names(second)
    return [pair_field(builder, grid, groups[[second]], own), pair_field(builder, grid, groups, both)]


def rand_formula(grid: Grid, first: str, second: str) -> ToFormula:
    """The index as a formula, without =, for a cell of any sheet.

    Parameters
    ----------
    grid : with the columns of pairs
    first : name of the column of pairs of the first grouping
    second : column of the second grouping
    """
    own, both = pair_names(second)
    in_first, in_second, in_both = (f"SUM({grid.column(name)})" for name in (first, own, both))
    rows = f"ROWS({grid.column(first)})"
    chance = f"{in_first}*{in_second}/({rows}*({rows}-1))"
    most = f"AVERAGE({in_first},{in_second})"
    # Where all provinces are alone, or all together, in both, nothing can differ.
    found = f"IF({most}-{chance}=0,1,({in_both}-{chance})/({most}-{chance}))"
    return lambda _: found
