"""A map without boundaries: one square per province, roughly where the province lies."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from io import StringIO

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.theme import BLACK, AnyChart, layered, scale_of, wrapping_legend
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE

# Pixels: a province's name and its number fit into it.
TILE = 46


@cache
def grid() -> pd.DataFrame:
    """Where each province's square lies, with its letters from ISO 3166-2:CN.

    Returns
    -------
    DataFrame, index ``code``; ``column, row`` (counted from the north-west), ``short_en``
    """
    source = resources.files("capshare.reports.charts") / "tiles.csv"
    return pd.read_csv(StringIO(source.read_text(encoding="utf-8")), dtype={"code": str}).set_index("code")


@cache
def outside_data() -> pd.DataFrame:
    """Places of the same grid that no dataset has figures of, as the provincial inventories leave them out.

    Returns
    -------
    DataFrame, index ``code``; ``column, row, name_en, name_zh``
    """
    source = resources.files("capshare.reports.charts") / "outside.csv"
    return pd.read_csv(StringIO(source.read_text(encoding="utf-8")), dtype={"code": str}).set_index("code")


def tiles(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """The provinces with their squares; regions the grid does not know stand in rows, in their order.

    Parameters
    ----------
    one : the year drawn
    lang : ``label`` is the Chinese name, or the ISO letters

    Returns
    -------
    DataFrame, index ``code``; the columns of the provinces, ``column, row, label``
    """
    frame = named_provinces(one, lang)
    if frame.index.isin(grid().index).all():
        placed = frame.join(grid())
        return placed.assign(label=placed["province" if lang == "zh" else "short_en"])
    wide = math.ceil(math.sqrt(len(frame)))
    number = pd.Series(range(len(frame)), index=frame.index)
    return frame.assign(column=number % wide, row=number // wide, label=frame["province"].str[:6])


def tile_map(
    frame: pd.DataFrame, colours: dict[str, str], field: str, title: str, tooltip: list[alt.Tooltip]
) -> AnyChart:
    """Squares coloured by a field, each with its label.

    Parameters
    ----------
    frame : of :func:`tiles`, with ``note``, the small text below the label
    colours : value of the field → colour
    field : column of the frame
    title : of the legend
    tooltip : shown on hover
    """
    column = alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.06))
    row = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.06))
    inks = {value: readable_ink(colour) for value, colour in colours.items()}
    shown = frame.assign(ink=frame[field].map(inks))
    base = alt.Chart(shown).encode(x=column, y=row, tooltip=tooltip)
    squares = base.mark_rect(cornerRadius=3).encode(
        color=alt.Color(f"{field}:N", scale=scale_of(colours), legend=wrapping_legend(title, 110))
    )
    ink = alt.Color("ink:N", scale=None)
    labels = base.mark_text(fontSize=12, fontWeight="bold", dy=-6).encode(text="label:N", color=ink)
    # So that the map can be read without its colours.
    notes = base.mark_text(fontSize=9, dy=10).encode(text="note:N", color=ink)
    size = {axis: TILE * int(frame[axis].max() - frame[axis].min() + 1) for axis in ("column", "row")}
    return layered(squares, labels, notes).properties(width=size["column"], height=size["row"])


def readable_ink(colour: str) -> str:
    """Black or white, whichever contrasts more with a colour ``#rrggbb``.

    Parameters
    ----------
    colour : of the ground, "#rrggbb"
    """
    return max((BLACK, "#FFFFFF"), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours ``#rrggbb``, 1 to 21.

    Parameters
    ----------
    one, other : "#rrggbb", in any order

    References
    ----------
    Web Content Accessibility Guidelines 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(sum(c * part for c, part in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)))
