"""Each province's own figure beside what the draws of an ensemble say of it."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.balance import BALANCE_CLASSES
from capshare.model.outcome.ensemble import DEFICIT, QUANTILE_NAMES, Ensemble
from capshare.model.outcome.outcome import Outcome

# Where a run's own figure lies among the draws.
MIDDLE, NINE_TENTHS, OUTSIDE = "in the middle half", "in nine in ten", "outside nine in ten"
# Of a cut, in points, and of a quota, in Mt: no figure lies outside by what rounding alone does.
DIGITS = 6


def drawn_year(outcome: Outcome, found: Ensemble) -> int:
    """The year whose figures were drawn.

    Parameters
    ----------
    outcome : of a run
    found : its ensemble
    """
    return outcome.years[-1] if found.counts.year is None else found.counts.year


def own_figure(outcome: Outcome, found: Ensemble) -> pd.Series:
    """What intervals are of: the cut where the study sets targets for the year, %, else the quota, Mt.

    Parameters
    ----------
    outcome : of a run
    found : its ensemble

    Returns
    -------
    Series, index code; its name is the figure's
    """
    year = drawn_year(outcome, found)
    if outcome.targets is not None and outcome.targets.cuts is not None and year == outcome.years[-1]:
        cut: pd.Series = outcome.targets.cuts["cut_pct"]
        return cut
    quota: pd.Series = outcome.in_year(year).provinces["quota_mt"]
    return quota


def intervals(outcome: Outcome, found: Ensemble) -> pd.DataFrame:
    """Between what each province's figure lies, and where its own lies among the draws.

    Parameters
    ----------
    outcome : of a run
    found : its ensemble

    Returns
    -------
    DataFrame, index code; the run's own figure, ``p05_`` to ``p95_`` before its name, and ``place``
    """
    own = own_figure(outcome, found)
    figure, spread = str(own.name), found.spread(str(own.name)).reindex(own.index)
    named = spread.rename(columns={name: f"{name}_{figure}" for name in QUANTILE_NAMES})
    return pd.concat([own, named], axis="columns").assign(place=_places(own, spread))


def _places(own: pd.Series, spread: pd.DataFrame) -> list[str]:
    half = _between(own, spread["p25"], spread["p75"])
    wide = _between(own, spread["p05"], spread["p95"])
    return [
        MIDDLE if middle else NINE_TENTHS if inside else OUTSIDE
        for middle, inside in zip(half, wide, strict=True)
    ]


def _between(own: pd.Series, low: pd.Series, high: pd.Series) -> pd.Series:
    return (own.round(DIGITS) >= low.round(DIGITS)) & (own.round(DIGITS) <= high.round(DIGITS))


def chances(outcome: Outcome, found: Ensemble) -> pd.DataFrame:
    """Chances of a deficit and of what the run says: its published target, or the class of its balance.

    Parameters
    ----------
    outcome : of a run
    found : its ensemble

    Returns
    -------
    DataFrame, index code; ``deficit_share`` and, where the study sets targets, ``rounded_cut_pct`` with its
    ``own_share`` of the draws and the ``likely_target_pct`` with its ``likely_share``; else
    ``balance_class`` and ``likely_class`` with theirs. Shares are of 1
    """
    own = own_figure(outcome, found)
    table = pd.DataFrame({"deficit_share": found.chance(DEFICIT).reindex(own.index).fillna(0.0)})
    if own.name == "cut_pct":
        return table.join(_of_targets(outcome, found))
    return table.join(_of_classes(outcome, found))


def _of_targets(outcome: Outcome, found: Ensemble) -> pd.DataFrame:
    assert outcome.targets is not None
    assert outcome.targets.cuts is not None
    rounded, likely = outcome.targets.cuts["rounded_cut_pct"], found.likeliest_target()
    every = found.targets()
    # Published targets come in steps: the name of an event has six digits of them.
    met = every[(every["target_pct"] - every["code"].map(rounded)).abs() < 1e-6]
    return pd.DataFrame(
        {
            "rounded_cut_pct": rounded,
            "own_share": met.set_index("code")["probability"].reindex(rounded.index).fillna(0.0),
            "likely_target_pct": likely["target_pct"].reindex(rounded.index),
            "likely_share": likely["probability"].reindex(rounded.index),
        }
    )


def class_chances(found: Ensemble, classes: tuple[str, ...]) -> pd.DataFrame:
    """Chance of each class of the balance, code × class, from 0 to 1.

    Parameters
    ----------
    found : the ensemble
    classes : in their order
    """
    table = pd.DataFrame({name: found.chance(name) for name in classes})
    return table.reindex(found.probabilities.index.get_level_values("code").unique()).fillna(0.0)


def _of_classes(outcome: Outcome, found: Ensemble) -> pd.DataFrame:
    own = outcome.in_year(drawn_year(outcome, found)).provinces["balance_class"]
    share = class_chances(found, BALANCE_CLASSES).reindex(own.index).fillna(0.0)
    return pd.DataFrame(
        {
            "balance_class": own,
            "own_share": [float(share[str(name)][str(code)]) for code, name in own.items()],
            "likely_class": share.idxmax(axis="columns"),
            "likely_share": share.max(axis="columns"),
        }
    )
