"""How much each province is to cut, on the map of squares."""

from __future__ import annotations

from itertools import pairwise

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import CUT_COLOURS, AnyChart, finished
from capshare.reports.charts.tiles import tile_map, tiles
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import describe
from capshare.reports.words.cuts import assigned_cuts


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
    frame = tiles(one, lang).assign(cut=cut, range=classes)
    frame["note"] = [f"{each:.4g} %" for each in frame["cut"]]
    shown = {name: describe("targets", name, lang) for name in ("rounded_cut_pct", f"name_{lang}")}
    tooltip = [
        alt.Tooltip("province:N", title=shown[f"name_{lang}"].label),
        alt.Tooltip("cut:Q", title=shown["rounded_cut_pct"].heading, format=".1f"),
    ]
    present = dict(zip(classes[cut.sort_values().index].unique(), CUT_COLOURS, strict=False))
    drawn = tile_map(frame, present, "range", text("chart.targets_map.legend", lang), tooltip, lang)
    names = assigned.cuts[f"name_{lang}"]
    return finished(
        drawn, "targets_map", lang, base=assigned.base_year, year=assigned.year,
        most=cut.max(), first=names.loc[str(cut.idxmax())],
        least=cut.min(), last=names.loc[str(cut.idxmin())],
    )  # fmt: skip


def _classes(cut: pd.Series) -> pd.Series:
    """Four classes as wide as one another, index code, called by their ends; one where all are alike."""
    least, most = float(cut.min()), float(cut.max())
    edges = [least + part * (most - least) / len(CUT_COLOURS) for part in range(len(CUT_COLOURS) + 1)]
    names = [f"{low:.1f}–{high:.1f}" for low, high in pairwise(edges)]
    if len(set(names)) < len(names):
        return pd.Series(f"{least:.1f}", cut.index)
    place = [sum(each > edge for edge in edges[1:-1]) for each in cut]
    return pd.Series([names[each] for each in place], cut.index)
