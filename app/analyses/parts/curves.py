"""The split of the last year under several curves of abatement cost, so that no price stands alone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.notes import Note, caution, detail
from capshare.chain.from_inputs import numbers_of
from capshare.chain.numbers import Numbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.split import Split, split
from capshare.chain.stages.curves import OtherCurve, other_curves
from capshare.chain.varied import with_penalty
from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.year_links import unit
from capshare.model.allocation.years import join_years
from capshare.model.outcome.drivers import ComparedCurves
from capshare.model.targets.cuts import cut_pct
from capshare.study.cost_curves import own_curve

# Cuts that move by more between the curves are fragile: half a point, the step of published tables.
FRAGILE_POINTS = 0.5
# And where quotas are no cuts, quotas that move by more of their own.
FRAGILE_SHARE = 0.02


def compare_curves(found: PreparedStudy) -> tuple[ComparedCurves | None, tuple[Note, ...]]:
    """Split the last year under every curve that the study compares with, and its own.

    Parameters
    ----------
    found : the study, prepared

    Returns
    -------
    ComparedCurves, None where there is no other curve; and what a planner should know of it
    """
    curves, without = other_curves(found)
    reason = "no_panel" if found.inputs.dataset.panel is None else "no_figures_for_curve"
    notes = [detail("curves_left_out", curves=[(name, reason) for name in without])] if without else []
    own = own_curve(found.study.prices)
    if not curves:
        return None, (*notes, caution("one_curve", curve=own))
    splits = {name: split(_numbers(found, curve), found.split) for name, curve in curves.items()}
    compared = side_by_side(found, {own: found.split, **splits})
    return compared, (*notes, _moved(compared))


def _numbers(found: PreparedStudy, curve: OtherCurve) -> Numbers:
    """The study's numbers with another curve."""
    return numbers_of(with_penalty(found, curve.study, curve.costs), found.inputs, curve.costs)


def side_by_side(found: PreparedStudy, splits: Mapping[str, Split]) -> ComparedCurves:
    """Allocate the last year of several splits.

    Parameters
    ----------
    found : the study, whose engine solves them
    splits : curve → split, the run's own first
    """
    year = found.inputs.years[-1]
    solved = {name: _last_year(found, each) for name, each in splits.items()}
    quotas = pd.DataFrame({name: quantities["quota_mt"] for name, (quantities, _) in solved.items()})
    cuts = _cuts(found, quotas)
    fragile = _fragile(quotas, cuts)
    own, block = quotas.iloc[:, 0], found.blocks.block
    rows, prices = {}, {}
    for name, (quantities, price) in solved.items():
        columns = {"quota_mt": quotas[name]} | ({} if cuts is None else {"cut_pct": cuts[name]})
        rows[name, year] = pd.DataFrame(columns).assign(
            abatement_mt=quantities["abatement_mt"],
            value_yuan_per_t=quantities["value_yuan_per_t"],
            fragile=fragile,
        )
        moved = (quotas[name] - own).abs().groupby(block).sum() / 2
        cost = quantities["cost_1e8yuan"].groupby(block).sum()
        prices[name, year] = pd.DataFrame(
            {"price_yuan_per_t": price, "cost_1e8yuan": cost, "moved_mt": moved}
        )
    return ComparedCurves(
        pd.concat(rows, names=["curve", "year", "code"]), pd.concat(prices, names=["curve", "year", "group"])
    )


def _last_year(found: PreparedStudy, changed: Split) -> tuple[pd.DataFrame, pd.Series]:
    """Quantities of each province and the prices of the caps in the last year."""
    rules, years = found.numbers.year_rules, found.inputs.years
    if not rules.tie:
        return _labelled(found.engine.allocate(changed.data(years[-1])))
    joint = join_years({year: changed.data(year) for year in years}, rules, found.base)
    quantities, price = _labelled(found.engine.allocate(joint))
    codes, groups = found.inputs.emissions_mt.index.sort_values(), found.blocks.block.unique()
    name = years[-1]
    return (
        quantities.loc[[unit(name, code) for code in codes]].set_axis(codes),
        price.loc[[unit(name, group) for group in groups]].set_axis(groups),
    )


def _labelled(allocation: Allocation) -> tuple[pd.DataFrame, pd.Series]:
    price = allocation.prices["price_yuan_per_t"]
    return allocation.quantities.assign(value_yuan_per_t=price["coverage"]), price["cap"]


def _cuts(found: PreparedStudy, quotas: pd.DataFrame) -> pd.DataFrame | None:
    targets = found.numbers.sharing.targets
    if targets is None:
        return None
    constant = targets.constant_intensity_mt[found.inputs.years[-1]]
    return pd.DataFrame({name: cut_pct(quota, constant) for name, quota in quotas.items()})


def _fragile(quotas: pd.DataFrame, cuts: pd.DataFrame | None) -> pd.Series:
    if cuts is not None:
        return cuts.max(axis="columns") - cuts.min(axis="columns") > FRAGILE_POINTS
    apart = quotas.max(axis="columns") - quotas.min(axis="columns")
    return apart > FRAGILE_SHARE * quotas.iloc[:, 0].abs()


def _moved(compared: ComparedCurves) -> Note:
    """How many quotas the curve moves, and whose."""
    moved = compared.prices["moved_mt"].groupby(level="curve").sum()
    fragile = compared.quotas["fragile"].groupby(level="code").any()
    most, curves = float(moved.max()), int(moved.size)
    if not fragile.any():
        return caution("curves_agree", curves=curves, moved=most)
    provinces = [str(code) for code in fragile.index[fragile]]
    return caution("curves_move", curves=curves, moved=most, curve=str(moved.idxmax()), provinces=provinces)
