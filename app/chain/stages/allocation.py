"""One year's allocation, ready to be solved."""

from __future__ import annotations

import pandas as pd

from capshare.chain.numbers import Numbers
from capshare.chain.stages.divide import Blocks
from capshare.chain.stages.targets import target_columns
from capshare.model.allocation.data import AllocationData, allocation_data


def allocation_of(
    numbers: Numbers, blocks: Blocks, share: pd.Series, score: pd.Series, year: int
) -> AllocationData:
    """Bring together one year's allocation, entitlements in proportion to a raw share.

    Parameters
    ----------
    numbers : of the study
    blocks : of the provinces, with their caps
    share : index code, any unit
    score : index code, which moves cuts where quotas are cuts
    year : one of the study's
    """
    columns = {
        "block": blocks.block,
        "share": share,
        "emissions_mt": numbers.baseline_mt[year],
        "floor_mt": numbers.floor_mt[year],
        "ceiling_mt": numbers.ceiling_mt[year],
    }
    targets = numbers.sharing.targets
    if targets is not None:
        columns |= target_columns(targets, score, blocks.group, year)
    provinces = pd.DataFrame(columns)
    caps, steps = blocks.caps[year].amount_mt, steps_of_year(numbers, year)
    return allocation_data(provinces, caps, steps, numbers.limits, numbers.constraints[year])


def steps_of_year(numbers: Numbers, year: int) -> pd.DataFrame:
    """Abatement steps of a year: the same relative cuts at the same cost, of that year's emissions.

    Parameters
    ----------
    numbers : of the study
    year : one of the study's

    Returns
    -------
    DataFrame, index (code, step); ``size_mt, cost_yuan_per_t``
    """
    base = numbers.emissions_mt
    growth = (numbers.baseline_mt[year] / base).where(base > 0, 1.0)
    code = numbers.steps.index.get_level_values("code")
    return numbers.steps.assign(size_mt=numbers.steps["size_mt"] * growth.reindex(code).to_numpy())
