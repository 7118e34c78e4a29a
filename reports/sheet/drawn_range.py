"""What an ensemble of draws says of one province, where the run has one beside it."""

from __future__ import annotations

from capshare.model.outcome.outcome import Outcome
from capshare.reports.sheet.province_sheet import CUT, QUOTA, DrawnRange
from capshare.reports.words.cuts import assigned_cuts
from capshare.reports.words.intervals import drawn_year


def drawn_range(outcome: Outcome, code: str, year: int) -> DrawnRange | None:
    """Quantiles of a province's result over the draws.

    Parameters
    ----------
    outcome : of a run
    code : of the province
    year : that the sheet is of

    Returns
    -------
    DrawnRange, or None where the run has no ensemble, or it is of another year
    """
    found = outcome.drivers.ensemble
    figure = QUOTA if assigned_cuts(outcome) is None else CUT
    if found is None or year != drawn_year(outcome, found):
        return None
    quantiles = found.spread(figure)
    if code not in quantiles.index:
        return None
    low, middle, high = (float(quantiles[name][code]) for name in ("p05", "p50", "p95"))
    likely = found.likeliest_target()
    has_target = code in likely.index
    return DrawnRange(
        int(found.counts.solved),
        low,
        middle,
        high,
        float(likely["target_pct"][code]) if has_target else None,
        float(likely["probability"][code]) if has_target else None,
    )
