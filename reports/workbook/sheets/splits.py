"""Every split of the run with its breakpoints: the cap between blocks, and each block between provinces."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from capshare.reports.workbook.breakpoints import Breakpoints, breakpoints
from capshare.reports.workbook.grid import Grid, Label
from capshare.reports.workbook.workbook_data import MOST_ROWS, WorkbookData

CAPS = "caps"
# Of twice the sum of weights, in which each stands twice: a rate below it is what rounding leaves of 0.
LARGE = 1e-12


@dataclass
class Splits:
    """The splits of a run.

    Attributes
    ----------
    found : (``caps``, year) or (``within``, (year, block)) → its breakpoints
    is_live : whether the workbook shows them; very large splits are given by their factors alone
    grid : where they stand, once placed; its labels are (kind, key, member or number, end)
    """

    found: dict[tuple[str, Label], Breakpoints]
    is_live: bool
    grid: Grid | None = None
    rows: dict[tuple[str, Label], list[Label]] = field(default_factory=dict)

    def factor(self, kind: str, key: Label) -> float:
        """The factor of a split.

        Parameters
        ----------
        kind : "caps" or "within"
        key : year, or (year, block)
        """
        return self.found[kind, key].factor

    def segment_formula(self, kind: str, key: Label, total: str) -> str:
        """Number of the breakpoint at or before the total.

        Parameters
        ----------
        kind, key : as of :meth:`factor`
        total : cell or formula with what is split, Mt CO2
        """
        return f"IFERROR(MATCH({total},{self._span('walk_sum_mt', kind, key)},1),1)"

    def factor_formula(self, kind: str, key: Label, total: str, segment: str) -> str:
        """The factor: from the breakpoint on, what is left is shared at the rate after it.

        Parameters
        ----------
        kind, key, total : as of :meth:`segment_formula`
        segment : cell with what that formula gives
        """
        at, rate, sums = (
            f"INDEX({self._span(name, kind, key)},{segment})"
            for name in ("walk_breakpoint", "walk_rate", "walk_sum_mt")
        )
        enough = f"{LARGE!r}*SUM({self._span('split_weight', kind, key)})/2"
        return f"{at}+IF({rate}>{enough},({total}-{sums})/{rate},0)"

    def _span(self, name: str, kind: str, key: Label) -> str:
        if self.grid is None:
            raise ValueError("the splits have no place yet")
        return self.grid.column(name, self.rows[kind, key])


def splits(data: WorkbookData) -> Splits:
    """Breakpoints of every split.

    Parameters
    ----------
    data : of the run; without raw shares there are no splits inside the blocks
    """
    found: dict[tuple[str, Label], Breakpoints] = {}
    weight, share, p = block_weights(data), data.raw_share, data.provinces
    nothing = pd.Series(0.0, index=p.index)
    offset: pd.Series = data.targets.offset_mt if data.targets else nothing
    for year in data.years:
        blocks = data.blocks.loc[year]
        rows = p.xs(year, level="year")
        bounds = rows.groupby("block")[["floor_mt", "ceiling_mt"]].sum().reindex(blocks.index)
        if weight is not None:
            found[CAPS, year] = breakpoints(
                weight.loc[year].reindex(blocks.index),
                float(data.total_mt[year]),
                bounds["floor_mt"],
                bounds["ceiling_mt"],
            )
        for block in blocks.index:
            if share is None:
                break
            members = rows[rows["block"] == block]
            # Bounds and cap less the offsets are bounds and total of the proportional part.
            moved = offset.loc[year].loc[members.index]
            found["within", (year, block)] = breakpoints(
                share.loc[year].loc[members.index],
                float(blocks.loc[block, "cap_mt"]) - float(moved.sum()),
                members["floor_mt"] - moved,
                members["ceiling_mt"] - moved,
            )
    largest = max((len(split.walk) for split in found.values()), default=0)
    return Splits(found, largest <= 2 * MOST_ROWS)


def block_weights(data: WorkbookData) -> pd.Series | None:
    """What the blocks' caps are in proportion to, index (year, group); None where the run does not say.

    Parameters
    ----------
    data : of the run; scores, given weights or caps (Mt CO2)
    """
    p = data.provinces
    grouped = p["score"].groupby([p.index.get_level_values("year"), p["block"]])
    split = data.setting("groups.split", "")
    given = data.outcome.groups.block_weight
    if given is not None:
        repeated: pd.Series = pd.concat(dict.fromkeys(data.years, given))
        return repeated.astype(float)
    if split == "sum":
        return grouped.sum()
    if split == "centroid":
        return grouped.mean()
    caps = data.blocks["cap_mt"]
    return caps if np.isfinite(caps).all() else None
