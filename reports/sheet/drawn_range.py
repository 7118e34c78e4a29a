"""What an ensemble of draws says of one province, where the run has one beside it."""

from __future__ import annotations

from capshare.model.outcome.outcome import Outcome
from capshare.reports.sheet.province_sheet import CUT, QUOTA, DrawnRange
from capshare.reports.words.cuts import assigned_cuts


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
    found = getattr(outcome.drivers, "ensemble", None)
    figure = QUOTA if assigned_cuts(outcome) is None else CUT
    if found is None or year != (getattr(found, "year", None) or outcome.years[-1]):
        return None
    quantiles = found.spread(figure)
    if code not in quantiles.index:
        return None
    low, middle, high = (float(quantiles.at[code, name]) for name in ("p05", "p50", "p95"))
    likely = found.likeliest_target()
    own = likely.loc[code] if code in likely.index else None
    return DrawnRange(
        int(found.counts.solved),
        low,
        middle,
        high,
        None if own is None else float(own["target_pct"]),
        None if own is None else float(own["probability"]),
    )
