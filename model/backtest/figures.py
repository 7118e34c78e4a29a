"""How far a prediction is from a published split."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.frames import require_same_index
from capshare.model.backtest.published_split import PublishedSplit
from capshare.model.groups.line import line_groups
from capshare.model.outcome.balance import balance_mt
from capshare.model.outcome.distance import balance_sign, rank_correlation, share_error_points

POINTS = 100


@dataclass(frozen=True)
class PredictionFigures:
    """How far a prediction is from a published split; None where a figure has no meaning.

    Attributes
    ----------
    mean_error_points, largest_error_points : of the cuts, percentage points; of a table of cuts alone
    misplaced_share : share of the cap that would have to move; not of balances
    rank_correlation : of cuts, quotas or balances (Spearman); None where all predictions are equal
    tiers_adjusted_rand : which regions share a tier: 1 the same, 0 no better than chance; of cuts alone
    signs_right : regions in surplus, balanced or in deficit as published; None for cuts
    """

    mean_error_points: float | None
    largest_error_points: float | None
    misplaced_share: float | None
    rank_correlation: float | None
    tiers_adjusted_rand: float | None
    signs_right: int | None


def prediction_figures(split: PublishedSplit, quota_mt: pd.Series) -> PredictionFigures:
    """How far predicted quotas are from a published split.

    The tiers of a table of cuts are its distinct values. Those of the prediction are the best grouping of the
    predicted cuts on a line into as many groups, because no prediction but a table repeated has tiers of its
    own; a prediction of fewer distinct cuts has fewer. Quotas and balances come without tiers: each of their
    values stands alone.

    Parameters
    ----------
    split : what was published
    quota_mt : index ``code``, predicted, Mt CO2

    Returns
    -------
    PredictionFigures

    Raises
    ------
    CapshareError
        where the regions differ.

    References
    ----------
    Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    doi:10.1007/BF01908075
    """
    require_same_index("prediction_figures", published=split.published, quota_mt=quota_mt)
    quota_mt = quota_mt.reindex(split.published.index)
    published, predicted = split.published, _as_published(split, quota_mt)
    error = (predicted - published).abs()
    cuts, own_mt, own_balance_mt = split.kind == "cuts", split.quota_mt, split.balance_mt
    misplaced = None if own_mt is None else share_error_points(quota_mt, own_mt).abs().sum() / 2 / POINTS
    signs = None
    if own_balance_mt is not None:
        ours = balance_sign(balance_mt(quota_mt, split.emissions_mt))
        signs = int((ours == balance_sign(own_balance_mt)).sum())
    return PredictionFigures(
        mean_error_points=float(error.mean()) if cuts else None,
        largest_error_points=float(error.max()) if cuts else None,
        misplaced_share=None if misplaced is None else float(misplaced),
        rank_correlation=rank_correlation(predicted, published),
        tiers_adjusted_rand=_tiers_adjusted_rand(predicted, published) if cuts else None,
        signs_right=signs,
    )


def _as_published(split: PublishedSplit, quota_mt: pd.Series) -> pd.Series:
    if split.kind == "cuts":
        return split.cut_pct(quota_mt)
    return quota_mt if split.kind == "quotas" else quota_mt - split.emissions_mt


def _tiers_adjusted_rand(predicted: pd.Series, published: pd.Series) -> float:
    from sklearn.metrics import adjusted_rand_score

    tiers = line_groups(predicted, published.nunique())
    return float(adjusted_rand_score(published.factorize()[0], tiers))
