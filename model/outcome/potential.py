"""Reduction potential of the provinces in deficit, scored by principal components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.notes import Note, caution
from capshare.model.outcome.component_arrays import SAME
from capshare.model.outcome.potential_arrays import (
    LEAST_INDICATORS,
    LEAST_PROVINCES,
    composite,
    kept_count,
    ranks,
    relative_scores,
)
from capshare.model.outcome.principal_components import (
    PrincipalComponents,
    constant_indicators,
    principal_components,
)

# Of a score from 0 to 100; where tiers begin is a convention, no finding.
HIGH_ABOVE, LOW_BELOW = 80.0, 50.0
# Squared: a component with less than 1 % of the mean indicator's variance does not say which way is up.
WEAK_CORRELATION = 0.1


@dataclass(frozen=True)
class Potential:
    """How able each deficit province is to cut emissions, relative to the others.

    Attributes
    ----------
    table : index ``code``, best first; ``score`` (0 to 100, no unit), ``rank`` (1 is the highest, equal
        scores share a rank), ``tier`` (high above 80, low below 50, else middle); no row without a ranking
    components : the principal components and all their figures; None where no ranking was made
    kept : names of the components that the score uses
    kept_share : share of the variance that these explain; None where no ranking was made
    constant : indicators left out because they do not differ between the provinces
    """

    table: pd.DataFrame
    components: PrincipalComponents | None
    kept: tuple[str, ...]
    kept_share: float | None
    constant: tuple[str, ...]


def orient(indicators: pd.DataFrame, directions: Mapping[str, str]) -> pd.DataFrame:
    """Turn every indicator so that more of it means more potential: "less" changes the sign.

    Parameters
    ----------
    indicators : index ``code``, one column per indicator, any unit
    directions : indicator -> "more" | "less", whichever means more potential

    Raises
    ------
    CapshareError
        where an indicator has no direction, a direction no indicator, or a direction is another word.
    """
    source, given = "orient(indicators, directions)", set(directions)
    columns = set(indicators.columns)
    problems = [
        Problem(source, str(name), '"more" or "less"', "no direction", "Give one.")
        for name in sorted(columns - given)
    ]
    problems += [
        Problem(source, name, "an indicator of the frame", "none of that name", "Correct the name.")
        for name in sorted(given - columns)
    ]
    problems += [
        Problem(source, name, '"more" or "less"', repr(word), "Correct the direction.")
        for name, word in directions.items()
        if word not in ("more", "less")
    ]
    if problems:
        raise CapshareError(problems)
    less = [name for name, word in directions.items() if word == "less"]
    return indicators.assign(**{name: -indicators[name] for name in less})


def potential(oriented: pd.DataFrame, keep: Literal["kaiser"] | float = "kaiser") -> Potential:
    r"""Score and rank the deficit provinces on the principal components of their indicators.

    .. math:: F_i = \sum_{k\,\text{kept}} \frac{\lambda_k}{\sum_{l\,\text{kept}}\lambda_l} F_{ik},\qquad
        \text{score}_i = 100\,\frac{F_i-\min F}{\max F-\min F}

    The score is relative: the best of these provinces has 100 and the worst 0, whoever they are. Fewer than
    3 provinces, or 2 indicators that vary, are not ranked; :func:`potential_notes` says so, and what else to
    know before trusting a ranking.

    Parameters
    ----------
    oriented : index ``code`` (the deficit provinces), one column per indicator in any unit, more of it
        meaning more potential (see `orient`)
    keep : "kaiser" keeps the components with an eigenvalue above 1; a number in (0, 1] the fewest that
        together explain that share of the variance

    Raises
    ------
    CapshareError
        where a province is repeated, a cell is not finite, `keep` is neither, or no indicator correlates
        with another, so that no eigenvalue is above 1.

    References
    ----------
    Kaiser, H. F. (1960). Educational and Psychological Measurement 20, 141-151.
    doi:10.1177/001316446002000116
    """
    source = "potential(oriented, keep)"
    _require_rule(source, keep)
    require_same_index(source, oriented=oriented)
    require_numbers(source, "oriented", oriented)
    if len(oriented) < LEAST_PROVINCES:
        return _no_ranking(oriented, ())
    constant = tuple(str(name) for name in constant_indicators(oriented))
    varying = oriented.drop(columns=list(constant))
    if len(varying.columns) < LEAST_INDICATORS:
        return _no_ranking(oriented, constant)
    components = principal_components(varying)
    kept = _kept(components.eigenvalues, len(varying.columns), keep)
    score = relative_scores(_composite(components, kept).to_numpy())
    table = _table(pd.Series(score, index=oriented.index))
    return Potential(table, components, tuple(kept), float(components.explained_share[kept].sum()), constant)


def _no_ranking(oriented: pd.DataFrame, constant: tuple[str, ...]) -> Potential:
    return Potential(_table(pd.Series(dtype=float, index=oriented.index[:0])), None, (), None, constant)


def _require_rule(source: str, keep: object) -> None:
    number = isinstance(keep, (int, float)) and not isinstance(keep, bool) and 0 < keep <= 1
    if keep != "kaiser" and not number:
        expected, remedy = '"kaiser" or a share of the variance in (0, 1]', "Correct the rule."
        raise CapshareError(Problem(source, "keep", expected, repr(keep), remedy))


def _kept(eigenvalues: pd.Series, indicators: int, keep: Literal["kaiser"] | float) -> list[str]:
    count = kept_count(eigenvalues.to_numpy(dtype=float), indicators, keep)
    if count == 0:
        expected, remedy = "an eigenvalue above 1", "Keep a share of the variance, or other indicators."
        found = f"{eigenvalues.iloc[0]:.6g} as the largest: no indicator correlates with another"
        raise CapshareError(Problem("potential(oriented, keep)", "keep", expected, found, remedy))
    return list(eigenvalues.index[:count])


def _composite(components: PrincipalComponents, kept: list[str], turned: str | None = None) -> pd.Series:
    scores, sign = components.scores[kept], np.array([-1.0 if name == turned else 1.0 for name in kept])
    weight = sign * components.eigenvalues[kept].to_numpy(dtype=float)
    return pd.Series(composite(scores.to_numpy(dtype=float), weight), index=scores.index)


def potential_notes(found: Potential, provinces: int) -> tuple[Note, ...]:
    """What a planner should know before trusting a ranking, or why there is none.

    Parameters
    ----------
    found : from :func:`potential`
    provinces : number of provinces that were to be ranked
    """
    if found.components is None:
        if provinces < LEAST_PROVINCES:
            return (caution("no_ranking", count=provinces, least=LEAST_PROVINCES),)
        return (caution("no_ranking_alike", least=LEAST_INDICATORS),)
    return (
        *(caution("constant_in_deficit", indicator=name) for name in found.constant),
        *_sign_notes(found.components, list(found.kept)),
        *_axis_notes(found.components, list(found.kept)),
    )


def _sign_notes(components: PrincipalComponents, kept: list[str]) -> list[Note]:
    correlation = components.sign_correlation[kept]
    notes = []
    for name in correlation.index[correlation < WEAK_CORRELATION]:
        as_is, turned = (_composite(components, kept, turn).rank() for turn in (None, name))
        values = {"correlation": correlation[name], "rank": as_is.corr(turned)}
        notes.append(caution("component_sign", component=name, **values))
    return notes


def _axis_notes(components: PrincipalComponents, kept: list[str]) -> list[Note]:
    values = components.eigenvalues
    notes = [
        caution("same_eigenvalue", component=one, next_component=next_one)
        for one, next_one in pairwise(values.index)
        if one in kept and values[one] - values[next_one] < SAME * values[one]
    ]
    if components.kmo is None:
        indicators, provinces = len(components.means), len(components.scores)
        notes.append(caution("no_kmo", indicators=indicators, count=provinces))
    return notes


def _table(score: pd.Series) -> pd.DataFrame:
    score = score.rename("score")
    rank = pd.Series(ranks(score.to_numpy(dtype=float)), index=score.index)
    tier = pd.Series(
        np.select([score > HIGH_ABOVE, score < LOW_BELOW], ["high", "low"], "middle"),
        index=score.index,
        dtype="str",
    )
    table = pd.DataFrame({"score": score, "rank": rank, "tier": tier})
    return table.sort_index().sort_values("rank", kind="stable")
