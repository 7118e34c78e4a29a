"""The allocation: the frames of quotas, caps and steps, column by column as a run's files name them."""

from __future__ import annotations

import pandas as pd

from capshare.analyses.parts.market_sectors import market_sectors
from capshare.analyses.parts.targets import quota_intensity
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations
from capshare.model.allocation.allocate import Allocation
from capshare.model.groups.kmeans import roman_value
from capshare.model.outcome.allocation import Ending, SolvedAllocation
from capshare.model.outcome.balance import balance_mt, cause, classify
from capshare.solvers.highs import mps_text


def allocation(found: PreparedStudy, solved: YearlyAllocations, provinces: pd.DataFrame) -> SolvedAllocation:
    """What each province and each block got.

    Parameters
    ----------
    found, solved : of the run
    provinces : as of :func:`province_table`
    """
    steps = {year: data.steps for year, data in solved.data.items()}
    shares = {year: data.provinces["share"].rename("raw_share_mt") for year, data in solved.data.items()}
    return SolvedAllocation(
        provinces=provinces,
        blocks=_block_table(found, solved),
        contributions=solved.contributions,
        steps=pd.concat(steps, names=["year", "code", "step"]),
        raw_share=pd.concat(shares, names=["year", "code"]),
        endings=tuple(_ending(years, allocation) for years, allocation in solved.allocations.items()),
        checks=solved.checks,
        mps=mps_text(solved.program()),
        market_sectors=market_sectors(found, provinces["quota_mt"]),
    )


def province_table(found: PreparedStudy, solved: YearlyAllocations) -> pd.DataFrame:
    """Rows of ``provinces.csv``, index (year, code).

    Parameters
    ----------
    found : gives thresholds of the balance (Mt CO2), names, groups and scores
    solved : of the years to show; `quota_mt`, `emissions_mt` (Mt CO2)
    """
    thresholds, names = found.study.balance, found.inputs.dataset.regions.names
    frame = solved.entitled
    code = frame.index.get_level_values("code")
    quota, emissions = frame["quota_mt"], frame["emissions_mt"]
    balance = balance_mt(quota, emissions)
    return frame.assign(
        name_en=names["name_en"].reindex(code).to_numpy(),
        name_zh=names["name_zh"].reindex(code).to_numpy(),
        group=found.blocks.group.reindex(code).to_numpy(),
        score=found.score.reindex(code).to_numpy(),
        quota_share=quota / quota.groupby(level="year").transform("sum"),
        balance_mt=balance,
        balance_class=classify(balance, thresholds.slight_mt, thresholds.severe_mt),
        cause=cause(emissions, quota, thresholds.cause_mt),
        **_intensity(found, quota),
    )


def _intensity(found: PreparedStudy, quota_mt: pd.Series) -> dict[str, pd.Series]:
    """Cut of intensity that each quota implies against the base year, %; none without GDP."""
    targets = quota_intensity(found, quota_mt)
    return {} if targets is None else {"intensity_cut_pct": targets["cut_vs_base_pct"]}


def _block_table(found: PreparedStudy, solved: YearlyAllocations) -> pd.DataFrame:
    """Rows of ``groups.csv``, index (year, group), groups in the order of their names."""
    frame = solved.caps.copy()
    caps, group = frame["cap_mt"], frame.index.get_level_values("group")
    frame.insert(0, "members", found.blocks.block.value_counts().reindex(group).to_numpy())
    frame.insert(2, "cap_share", caps / caps.groupby(level="year").transform(lambda own: own.sum()))
    order = frame.index.to_frame(index=False)
    order["group"] = order["group"].map(roman_value)
    return frame.iloc[order.sort_values(list(order.columns)).index]


def _ending(years: tuple[int, ...], allocation: Allocation) -> Ending:
    return Ending(
        years=years,
        status="optimal",
        objective_1e8yuan=allocation.objective_1e8yuan,
        penalty_1e8yuan=allocation.penalty_1e8yuan,
        duality_gap=(allocation.named or allocation.first).duality_gap,
        solver=(allocation.named or allocation.first).engine,
    )
