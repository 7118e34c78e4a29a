"""The frames of a result, column by column as the contract of a run's files names them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from capshare.analyses.intensity import quota_intensity
from capshare.analyses.published import reduction_potential
from capshare.analyses.rules import RuleComparison, settings_of_rules
from capshare.chain.inputs import Inputs
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import Solved
from capshare.indicators.entropy import entropies
from capshare.model.groups.kmeans import roman_value
from capshare.model.notes import at_bounds
from capshare.model.outcome.balance import balance_mt, cause, classify
from capshare.study.study import Study


def settings(found: PreparedStudy, solved: Solved, compared: RuleComparison | None) -> dict[str, Any]:
    """The study as it ran; the penalty as the number it became."""
    settings = found.study.settings()
    first = next(iter(solved.data.values()))
    settings["allocation"]["penalty_yuan_per_t"] = first.terms.penalty_yuan_per_t
    # By their names, not by where they lay: a run from a folder's copies is the same study.
    settings["study"]["dataset"] = found.inputs.dataset.name
    settings["study"]["scenario"] = Path(found.study.study.scenario).stem
    return settings | {"rules": settings_of_rules(found.study, compared)}


def raw_shares_used(solved: Solved) -> pd.Series:
    """What entitlements inside a block were in proportion to, index code, or year and code; Mt."""
    shares = {year: data.provinces["share"].rename("raw_share") for year, data in solved.data.items()}
    return pd.concat(shares, names=["year", "code"]) if len(shares) > 1 else next(iter(shares.values()))


def weight_table(found: PreparedStudy) -> pd.DataFrame:
    """Rows of ``weights.csv``."""
    about = {i.id: {"principle": i.principle, "direction": i.direction} for i in found.study.indicators}
    frame = pd.DataFrame.from_dict(about, orient="index").rename_axis("indicator")
    return frame.assign(entropy=entropies(found.normalised), weight=found.weight)


def province_table(found: PreparedStudy, solved: Solved) -> pd.DataFrame:
    """Rows of ``provinces.csv``."""
    thresholds, names = found.study.balance, found.inputs.dataset.regions.names
    frame = solved.entitled.copy()
    code = frame.index.get_level_values("code")
    quota, emissions = frame["quota_mt"], frame["emissions_mt"]
    balance = balance_mt(quota, emissions)
    by_year = quota.groupby(level="year") if "year" in frame.index.names else quota.groupby(lambda _: 0)
    return frame.assign(
        name_en=names["name_en"].reindex(code).to_numpy(),
        name_zh=names["name_zh"].reindex(code).to_numpy(),
        group=found.blocks.group.reindex(code).to_numpy(),
        score=found.score.reindex(code).to_numpy(),
        quota_share=quota / by_year.transform("sum"),
        balance_mt=balance,
        balance_class=classify(balance, thresholds.slight_mt, thresholds.severe_mt),
        cause=cause(emissions, quota, thresholds.cause_mt),
        **_intensity(found, frame),
    )


def _intensity(found: PreparedStudy, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Cut of intensity that each quota implies against the base year, %; none without GDP."""
    targets = quota_intensity(found, frame["quota_mt"])
    return {} if targets is None else {"intensity_cut_pct": targets["cut_vs_base_pct"]}


def group_table(found: PreparedStudy, solved: Solved) -> pd.DataFrame:
    """Rows of ``groups.csv``."""
    frame = solved.caps.copy()
    caps, group = frame["cap_mt"], frame.index.get_level_values("group")
    total = caps.groupby(level="year").transform("sum") if "year" in frame.index.names else caps.sum()
    frame.insert(0, "members", found.blocks.block.value_counts().reindex(group).to_numpy())
    frame.insert(2, "cap_share", caps / total)
    order = frame.index.to_frame(index=False)
    order["group"] = order["group"].map(roman_value)
    return frame.iloc[order.sort_values(list(order.columns)).index]


def year_table(found: PreparedStudy, solved: Solved) -> pd.DataFrame:
    """Rows of ``years.csv``: each year at a glance."""
    rows = {}
    for year, data in solved.data.items():
        q, prices = solved.of_year(solved.entitled, year), solved.of_year(solved.prices, year)
        price, bounds = prices["price_yuan_per_t"], at_bounds(prices)
        caps = price["cap"]
        rows[year] = {
            "cap_mt": found.inputs.cap["cap_mt"][year],
            "emissions_mt": data.provinces["emissions_mt"].sum(),
            "abatement_mt": q["abatement_mt"].sum(),
            "purchase_mt": q["purchase_mt"].sum(),
            "uncovered_mt": q["uncovered_mt"].sum(),
            "cost_1e8yuan": q["cost_1e8yuan"].sum(),
            "price_yuan_per_t": float((caps * data.caps_mt.reindex(caps.index)).sum() / data.caps_mt.sum()),
            "market_price_yuan_per_t": float(price["market"].iloc[0]),
            **{f"at_{name}": int(bounds[name]) for name in ("deviation", "floor", "ceiling")},
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("year")


def loss_table(solved: Solved) -> pd.DataFrame | None:
    """Rows of ``grouping.csv``: entitlements and quotas with groups and with one national block."""
    frames = {year: loss.provinces for year, loss in solved.losses.items()}
    if not frames:
        return None
    return pd.concat(frames, names=["year", "code"]) if len(solved.data) > 1 else next(iter(frames.values()))


def step_table(found: PreparedStudy, solved: Solved) -> pd.DataFrame:
    """Rows of ``abatement_steps.csv``; sizes follow each year's emissions."""
    frames = {year: data.steps for year, data in solved.data.items()}
    return pd.concat(frames, names=["year", "code", "step"]) if len(frames) > 1 else found.costs.steps


def deficit_codes(provinces: pd.DataFrame) -> pd.Index:
    """Codes of the provinces in deficit.

    Parameters
    ----------
    provinces : index code; ``balance_class``
    """
    return provinces.index[provinces["balance_class"].str.endswith("deficit")]


def potential_table(study: Study, inputs: Inputs, provinces: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``potential.csv``: the provinces in deficit, ranked."""
    deficit = deficit_codes(provinces)
    names = provinces.loc[deficit, ["name_en", "name_zh"]]
    found = reduction_potential(study, inputs, deficit)
    if found is None:
        return names.iloc[:0].assign(score=0.0, rank=0, tier="")
    return names.join(found.table, how="right").rename_axis("code")
