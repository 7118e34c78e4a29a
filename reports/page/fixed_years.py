"""Sections of the page that show one year, whichever the reader chooses."""

from __future__ import annotations

from capshare.model.outcome.outcome import Outcome

OF_LAST_YEAR = ("targets", "sensitivity", "ensemble", "drivers", "potential", "comparison")


def fixed_years(outcome: Outcome) -> dict[str, int]:
    """Sections that show one year, whichever is chosen → that year.

    Parameters
    ----------
    outcome : of a run; its ensemble may be of an earlier year than the last
    """
    found = dict.fromkeys(OF_LAST_YEAR, outcome.years[-1])
    ensemble = outcome.drivers.ensemble
    if ensemble is not None and ensemble.counts.year is not None:
        found["ensemble"] = ensemble.counts.year
    return found
