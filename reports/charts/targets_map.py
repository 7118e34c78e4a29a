"""How much each province is to cut, on the map of squares."""

from __future__ import annotations

import itertools

import altair as alt
import numpy as np
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import AnyChart, finished
from capshare.reports.charts.tiles import tile_map, tiles
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import describe
from capshare.reports.words.cuts import assigned_cuts

# From the smallest cuts to the largest.
_BLUES = ("#E4EEF6", "#9CCDEB", "#3D8FC6", "#00527F")


def targets_map_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """One square per province with its cut, the darker the larger.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the study sets no targets for the year
    """
    assigned = assigned_cuts(one.outcome)
    if assigned is None or one.year != assigned.year:
        return None
    cut = assigned.cuts["rounded_cut_pct"]
    classes = _classes(cut)
    frame = tiles(one, lang).assign(
        cut=cut, note=[f"{each:.4g} %" for each in cut.reindex(one.provinces.index)], range=classes
    )
    shown = {name: describe("targets", name, lang) for name in ("rounded_cut_pct", f"name_{lang}")}
    tooltip = [
        alt.Tooltip("province:N", title=shown[f"name_{lang}"].label),
        alt.Tooltip("cut:Q", title=shown["rounded_cut_pct"].heading, format=".1f"),
    ]
    colours = dict(zip(classes.cat.categories, _BLUES, strict=True))
    present = {name: colour for name, colour in colours.items() if (classes == name).any()}
    drawn = tile_map(
        frame.assign(range=frame["range"].astype(str)),
        present,
        "range",
        text("chart.targets_map.legend", lang),
        tooltip,
        lang,
    )
    names = assigned.cuts[f"name_{lang}"]
    return finished(
        drawn, "targets_map", lang, base=assigned.base_year, year=assigned.year,
        most=cut.max(), least=cut.min(), first=names[cut.idxmax()], last=names[cut.idxmin()],
    )  # fmt: skip


def _classes(cut: pd.Series) -> pd.Series:
    """Four classes as wide as one another, by index code; each is called by its ends."""
    edges = np.linspace(float(cut.min()), float(cut.max()) + 1e-9, len(_BLUES) + 1)
    names = [f"{low:.1f}–{high:.1f}" for low, high in itertools.pairwise(edges)]
    if len(set(names)) < len(names):
        return pd.Series(f"{cut.iloc[0]:.1f}", cut.index, dtype=pd.CategoricalDtype([f"{cut.iloc[0]:.1f}"]))
    return pd.cut(cut, edges, labels=names, include_lowest=True)
