"""The section of the page about an ensemble: its chart and its tables."""

from __future__ import annotations

from capshare.reports.page.tables import Shown

# Tables of :func:`capshare.reports.words.ensemble_rows.ensemble_tables`.
ENSEMBLE: tuple[tuple[str, ...], tuple[Shown, ...]] = (
    ("ensemble",),
    (
        Shown("ensemble"),
        Shown("ensemble_chances"),
        Shown("ensemble_drivers", folded=True),
        Shown("ensemble_ranks"),
        Shown("ensemble_prices"),
        Shown("ensemble_classes", folded=True),
        Shown("ensemble_draws"),
    ),
)
