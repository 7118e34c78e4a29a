"""The frames of a result, column by column as the contract of a run's files names them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from capshare.comparison import reduction_potential
from capshare.indicators.entropy import entropies
from capshare.inputs import Inputs
from capshare.model.allocate import Allocation
from capshare.model.balance import balance_mt, cause, classify
from capshare.model.groups import roman_value
from capshare.model.one_sided import rule_sides
from capshare.model.penalty import cap_price_parts
from capshare.model.quota_range import quota_ranges
from capshare.stages import Blocks, highs_options
from capshare.study import Study


def settings(study: Study, allocation: Allocation) -> dict[str, Any]:
    """The study as it ran; the penalty as the number it became."""
    settings = study.settings()
    settings["allocation"]["penalty_yuan_per_t"] = allocation.data.terms.penalty_yuan_per_t
    return settings


def weight_table(study: Study, normalised: pd.DataFrame, weight: pd.Series) -> pd.DataFrame:
    """Rows of ``weights.csv``."""
    about = pd.DataFrame(
        {i.id: {"principle": i.principle, "direction": i.direction} for i in study.indicators}
    ).T
    return about.assign(entropy=entropies(normalised), weight=weight).rename_axis("indicator")


def province_table(
    study: Study, inputs: Inputs, blocks: Blocks, score: pd.Series, allocation: Allocation
) -> pd.DataFrame:
    """Rows of ``provinces.csv``."""
    data, quantities = allocation.data.provinces, allocation.quantities
    quota = quantities["quota_mt"]
    balance = balance_mt(quota, inputs.emissions_mt)
    frame = inputs.dataset.regions.names.assign(
        group=blocks.group,
        score=score,
        entitlement_mt=data["entitlement_mt"],
        emissions_mt=inputs.emissions_mt,
        floor_mt=inputs.floor_mt,
        ceiling_mt=inputs.ceiling_mt,
        quota_mt=quota,
        quota_share=quota / quota.sum(),
        balance_mt=balance,
        balance_class=classify(balance, study.balance.slight_mt, study.balance.severe_mt),
        cause=cause(inputs.emissions_mt, quota, study.balance.cause_mt),
        value_yuan_per_t=allocation.prices["price_yuan_per_t"]["coverage"],
    )
    frame = frame.join(quantities.drop(columns="quota_mt"))
    if study.allocation.quota_ranges:
        frame = frame.join(quota_ranges(allocation, highs_options(study)))
    return frame.rename_axis("code")


def group_table(blocks: Blocks, allocation: Allocation, sides: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``groups.csv``; ``sides`` are the one-sided prices of the caps."""
    caps = allocation.data.caps_mt
    frame = pd.DataFrame(
        {
            "members": blocks.block.value_counts(),
            "cap_mt": caps,
            "cap_share": caps / caps.sum(),
            "price_yuan_per_t": allocation.prices["price_yuan_per_t"]["cap"],
        }
    )
    frame = frame.join(sides).join(cap_price_parts(allocation.first).add_prefix("of_it_"))
    return frame.rename_axis("group").sort_index(key=lambda names: names.map(roman_value))


def price_table(allocation: Allocation, sides: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``prices.csv``: every constraint with both its prices."""
    caps = pd.concat({"cap": sides}).rename_axis(["constraint", "name"])
    every = pd.concat([caps, rule_sides(allocation)]).reindex(allocation.prices.index).astype(object)
    # None is the mark of a side without a price; pandas makes NaN of it.
    return allocation.prices.join(every.where(every.notna(), None))


def potential_table(study: Study, inputs: Inputs, provinces: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``potential.csv``: the provinces in deficit, ranked."""
    deficit = provinces.index[provinces["balance_class"].str.endswith("deficit")]
    names = provinces.loc[deficit, ["name_en", "name_zh"]]
    found = reduction_potential(study, inputs, deficit)
    if found is None:
        return names.iloc[:0].assign(score=0.0, rank=0, tier="")
    return names.join(found.table, how="right").rename_axis("code")
