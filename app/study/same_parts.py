"""What two settings of one study have in common: parts that need not be found anew."""

from __future__ import annotations

from capshare.study.sections.source import Indicator
from capshare.study.study import Study

# Keys of ``[prices]`` that no step and no price of abatement follows.
_BESIDE_COSTS = ("compare", "bootstrap_draws")


def same_emissions(study: Study, before: Study) -> bool:
    """Whether emissions of the base year are made alike.

    Parameters
    ----------
    study, before : settings of one study
    """
    same_year = study.study.base_year == before.study.base_year
    same_data = study.study.dataset == before.study.dataset
    asked, own = (_emissions(one) for one in (study, before))
    return same_year and same_data and asked == own


def same_indicators(study: Study, before: Study) -> bool:
    """Whether values of the score's indicators are made alike; their directions may differ.

    Parameters
    ----------
    study, before : as of :func:`same_emissions`
    """
    same_kind = (study.burden is None) == (before.burden is None)
    return same_kind and _expressions(study.scored) == _expressions(before.scored)


def same_potential(study: Study, before: Study) -> bool:
    """Whether values of the potential's indicators, and of those that readings allow, are made alike.

    Parameters
    ----------
    study, before : as of :func:`same_emissions`
    """
    return study.potential == before.potential and study.published == before.published


def same_gdp(study: Study, before: Study) -> bool:
    """Whether GDP of every province and year is made alike.

    Parameters
    ----------
    study, before : as of :func:`same_emissions`
    """
    same_years = study.study == before.study and _horizon(study) == _horizon(before)
    return same_years and _growth(study) == _growth(before)


def same_cap(study: Study, before: Study) -> bool:
    """Whether the national cap follows the same emissions and GDP alike.

    Parameters
    ----------
    study, before : as of :func:`same_emissions`
    """
    return study.study == before.study and study.cap == before.cap


def same_baseline(study: Study, before: Study) -> bool:
    """Whether emissions before abatement follow the same emissions and GDP alike.

    Parameters
    ----------
    study, before : as of :func:`same_emissions`
    """
    return study.allocation_years() == before.allocation_years() and study.baseline == before.baseline


def same_bounds(study: Study, before: Study) -> bool:
    """Whether floors, ceilings and what is held back of one cap are the same.

    Parameters
    ----------
    study, before : as of :func:`same_emissions`
    """
    asked, own = study.allocation, before.allocation
    same = (asked.floor, asked.ceiling) == (own.floor, own.ceiling)
    same_band = (study.targets and study.targets.band_pct) == (before.targets and before.targets.band_pct)
    return same and same_band and study.market.reserve_share == before.market.reserve_share


def same_costs(study: Study, before: Study) -> bool:
    """Whether costs of the same emissions with the same anchor are made alike.

    Parameters
    ----------
    study, before : as of :func:`same_emissions`
    """
    asked, own = (one.prices.model_dump(exclude={*_BESIDE_COSTS, "anchor"}) for one in (study, before))
    return asked == own


def _emissions(study: Study) -> tuple[object, ...]:
    """What emissions of the base year are made by."""
    return study.emissions, study.nowcast, study.electricity


def _expressions(indicators: tuple[Indicator, ...]) -> list[tuple[str, str]]:
    return [(indicator.id, indicator.expression) for indicator in indicators]


def _horizon(study: Study) -> tuple[object, ...]:
    """What the last year that growth is followed to depends on."""
    cap = study.cap
    return cap.method, tuple(cap.cuts_pct), cap.plan_year, cap.then.target_year if cap.then else None


def _growth(study: Study) -> tuple[object, ...] | None:
    asked = study.baseline
    if asked is None:
        return None
    return asked.method, asked.growth_window, asked.persistence, asked.gdp_column
