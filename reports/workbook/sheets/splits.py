"""Every split of the run with its breakpoints: the cap between blocks, and each block between provinces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.reports.workbook.breakpoints import Breakpoints, breakpoints
from capshare.reports.workbook.grid import Label
from capshare.reports.workbook.workbook_data import MOST_ROWS, WorkbookData

CAPS, WITHIN = "caps", "within"


@dataclass(frozen=True)
class Splits:
    """The splits of a run.

    Attributes
    ----------
    found : (``caps``, year) or (``within``, (year, block)) → its breakpoints
    is_live : whether the workbook shows them; very large splits are given by their factors alone
    """

    found: dict[tuple[str, Label], Breakpoints]
    is_live: bool

    def factor(self, kind: str, key: Label) -> float:
        """The factor of a split.

        Parameters
        ----------
        kind : "caps" or "within"
        key : year, or (year, block)
        """
        return self.found[kind, key].factor

    def has(self, kind: str) -> bool:
        """Whether the run has splits of a kind, which the workbook shows.

        Parameters
        ----------
        kind : "caps" or "within"
        """
        return self.is_live and any(known == kind for known, _ in self.found)


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
            found[WITHIN, (year, block)] = breakpoints(
                share.loc[year].loc[members.index],
                float(blocks.loc[block, "cap_mt"]) - float(moved.sum()),
                members["floor_mt"] - moved,
                members["ceiling_mt"] - moved,
            )
    largest = max((len(split.members) for split in found.values()), default=0)
    return Splits(found, largest <= MOST_ROWS)


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
