"""The rules of the split as numbers: what is divided, floors and ceilings in Mt, planners' own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.base.collector import Collector
from capshare.chain.plan_targets import band_mt
from capshare.indicators.dataset.dataset import Dataset
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.study.checks import check_bounds
from capshare.study.sections.allocation import EVERY_OTHER
from capshare.study.study import Study


@dataclass(frozen=True)
class SplitTerms:
    """What the rules of the split decide of a study's inputs.

    Attributes
    ----------
    cap : index year; ``cap_mt``, the inputs it was made of, and ``divided_mt``, what the provinces share
    floor_mt, ceiling_mt : code × year, Mt
    rules : year → planners' own rules, provinces by code
    """

    cap: pd.DataFrame
    floor_mt: pd.DataFrame
    ceiling_mt: pd.DataFrame
    rules: Mapping[int, tuple[PlannerRule, ...]]


def split_terms(
    study: Study,
    cap: pd.DataFrame,
    emissions_mt: pd.Series,
    constant_mt: pd.DataFrame | None,
    dataset: Dataset,
    rules: Mapping[int, tuple[PlannerRule, ...]],
    found: Collector,
) -> SplitTerms:
    """Bring the rules of the split together; what is wrong with them is kept as problems.

    Parameters
    ----------
    study, dataset : of the run
    cap : index year; ``cap_mt`` and its inputs
    emissions_mt : index code; base year, which floors and ceilings are shares of in every year, Mt: a share
        of projected emissions would pay whoever projects more
    constant_mt : code × year, emissions at constant intensity, Mt, which a band of cuts is of; or None
    rules : of :func:`~capshare.chain.planners_rules.planner_rules`
    found : where problems are kept
    """
    asked = study.allocation
    cap = with_divided(study, cap)
    years = list(cap.index)
    if study.targets is not None and constant_mt is not None:
        # Such a study has no other floors and ceilings.
        floor, ceiling = band_mt(study, cap, constant_mt, found)
        return SplitTerms(cap, floor, ceiling, rules)
    floor = _bounds(asked.floor, 0.0, emissions_mt, years, dataset, "allocation.floor", found)
    ceiling = _bounds(asked.ceiling, float("inf"), emissions_mt, years, dataset, "allocation.ceiling", found)
    check_bounds(cap["divided_mt"], floor, ceiling, dataset, found)
    return SplitTerms(cap, floor, ceiling, rules)


def with_divided(study: Study, cap: pd.DataFrame) -> pd.DataFrame:
    """The cap with ``divided_mt``, what the provinces share: the cap less what is held back.

    Parameters
    ----------
    study : with its section ``[market]``
    cap : index year; ``cap_mt``
    """
    return cap.assign(divided_mt=cap["cap_mt"] * (1 - study.market.reserve_share))


def _bounds(
    share: float | Mapping[str, float],
    otherwise: float,
    emissions_mt: pd.Series,
    years: list[int],
    dataset: Dataset,
    place: str,
    found: Collector,
) -> pd.DataFrame:
    """Bounds in Mt, code × year, from shares of the base year's: one number, or a default and provinces."""
    stated = share if isinstance(share, Mapping) else {EVERY_OTHER: share}
    named = {name: part for name, part in stated.items() if name != EVERY_OTHER}
    if EVERY_OTHER not in stated:
        found.add(place, f"a table with `{EVERY_OTHER}`, the share of each province that it does not name",
                  ", ".join(named) or "an empty table",
                  f"Add the share that is meant, or {EVERY_OTHER} = {otherwise:g} for no limit.")  # fmt: skip
    shares = pd.Series(stated.get(EVERY_OTHER, otherwise), index=emissions_mt.index, dtype=float)
    codes = found.attempt(lambda: dataset.regions.resolve_all(named, found.file, place))
    if codes is not None:
        shares.update(pd.Series(dict(zip(codes, named.values(), strict=True)), dtype=float))
    # 0 × inf is no number: no emissions, no bound.
    bound = (emissions_mt * shares).where(emissions_mt > 0, otherwise)
    return pd.DataFrame(dict.fromkeys(years, bound))
