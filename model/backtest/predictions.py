"""Predictions of a published split that are no rule of sharing: uniform, by burden, fitted, repeated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from capshare.indicators.entropy import entropy_weights
from capshare.indicators.normalise import min_max
from capshare.indicators.score import scores
from capshare.model.backtest.published_split import PublishedSplit
from capshare.model.outcome.principle_mix import independent_rules, principle_mix
from capshare.model.targets.burden import points_above_mean

# Points between the least and the most burdened: the default of a study's burden index.
SPREAD_POINTS = 8.5
GDP, POPULATION, PAST = "gdp_1e8yuan", "population_1e4", "cumulative_emissions_mt"
BURDEN = "burden-index"
# Name of a burden index → its indicators, each a column, or one per another; more of each is more to do.
BURDENS: Mapping[str, tuple[tuple[str, str | None], ...]] = MappingProxyType(
    {
        BURDEN: ((GDP, None), (GDP, POPULATION)),
        "burden-size": ((GDP, None),),
        "burden-income": ((GDP, POPULATION),),
        "burden-intensity": (("emissions_mt", GDP),),
        "burden-past": ((PAST, POPULATION),),
    }
)


def uniform(split: PublishedSplit) -> pd.Series:
    """The same cut for all: quotas, index ``code``, Mt CO2.

    Parameters
    ----------
    split : to be predicted
    """
    return split.at_cut(pd.Series(split.national_cut_pct, index=split.inputs.index))


def burden_needs(name: str) -> tuple[str, ...]:
    """Columns that a burden index reads.

    Parameters
    ----------
    name : of :data:`BURDENS`
    """
    columns = [column for indicator in BURDENS[name] for column in indicator if column is not None]
    return tuple(dict.fromkeys([*columns, "emissions_mt"]))


def by_burden(split: PublishedSplit, name: str, spread_points: float = SPREAD_POINTS) -> pd.Series:
    """Cuts around the nation's by an index of who should do more, its indicators weighted by entropy.

    Parameters
    ----------
    split : with the columns of :func:`burden_needs`
    name : of :data:`BURDENS`
    spread_points : σ, points between the least and the most burdened; less than 0 turns the order

    Returns
    -------
    Series, index ``code``, quotas, Mt CO2
    """
    return split.at_cut(split.national_cut_pct + spread_points * _points(split, name))


def fitted_spread_points(on: PublishedSplit, name: str) -> float:
    r"""The spread with which a burden index comes closest to a table of cuts, by least squares.

    .. math:: \min_{a,\sigma}\;\sum_i(c_i-a-\sigma p_i)^2

    with :math:`p_i` the points of the index at a spread of one.

    Parameters
    ----------
    on : a table of cuts with the columns of :func:`burden_needs`
    name : of :data:`BURDENS`
    """
    points = _points(on, name)
    return float(points.cov(on.published) / points.var())


def _points(split: PublishedSplit, name: str) -> pd.Series:
    """Points above the national cut at a spread of one."""
    table = split.inputs
    values = pd.DataFrame(
        {
            f"{of} per {per}": table[of] / (1.0 if per is None else table[per])
            for of, per in BURDENS[name]
        }
    )  # fmt: skip
    z = min_max(values, dict.fromkeys(values.columns, "more"))
    return points_above_mean(scores(z, entropy_weights(z)), split.emissions_mt, 1.0)


def fitted(split: PublishedSplit, on: PublishedSplit) -> pd.Series:
    r"""Cuts fitted on another table by least squares, moved alike to the nation's cut of this one.

    .. math:: c_i = a + b\ln Y_i + d\ln(Y_i/P_i)

    Parameters
    ----------
    split : to be predicted
    on : another table of cuts; both with GDP and population

    Returns
    -------
    Series, index ``code`` of `split`, quotas, Mt CO2
    """
    coefficient = np.linalg.lstsq(_logs(on), on.published.to_numpy(dtype=float), rcond=None)[0]
    # Term by term, as the order of adding up in a matrix product depends on the machine's BLAS.
    cut = (_logs(split) * coefficient).sum(axis=1)
    return split.at_cut(split.to_national(pd.Series(cut, index=split.inputs.index)))


def _logs(split: PublishedSplit) -> np.ndarray:
    gdp, population = split.inputs[GDP], split.inputs[POPULATION]
    return np.column_stack([np.ones(len(gdp)), np.log(gdp), np.log(gdp / population)])


def repeated(split: PublishedSplit, other: PublishedSplit) -> pd.Series | None:
    """Another table said again: its cuts, moved alike to the nation's cut of this one, or its balances.

    Parameters
    ----------
    split : to be predicted
    other : of the same regions

    Returns
    -------
    Series, index ``code``, quotas, Mt CO2; None where the tables are of kinds that do not compare
    """
    if split.kind == other.kind == "cuts":
        return split.at_cut(split.to_national(other.published.reindex(split.inputs.index)))
    if split.kind == "cuts" or other.balance_mt is None:
        return None
    return split.emissions_mt + other.balance_mt.reindex(split.inputs.index)


def mixed(rules_mt: pd.DataFrame, on: PublishedSplit, on_rules_mt: pd.DataFrame) -> pd.Series | None:
    """The mixture of rules that comes closest to another table, applied to this one.

    Parameters
    ----------
    rules_mt : index ``code``, a column per rule, quotas of the table to be predicted, Mt CO2
    on : another table
    on_rules_mt : quotas by the same rules of that table, the plainest first

    Returns
    -------
    Series, index ``code``, quotas, Mt CO2; None where the other table's quotas are not known
    """
    if on.quota_mt is None:
        return None
    shared = on_rules_mt[[name for name in on_rules_mt if name in rules_mt]]
    kept = list(independent_rules(shared))
    weight = principle_mix(on.quota_mt, shared[kept]).weight
    # Term by term, as the order of adding up in a matrix product depends on the machine's BLAS.
    return (rules_mt[kept] * weight).sum(axis="columns")
