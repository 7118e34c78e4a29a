"""A map without boundaries: one square per province, roughly where the province lies."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from io import StringIO
from typing import Any

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.theme import (
    BLACK,
    NEUTRAL,
    SLATE,
    AnyChart,
    layered,
    scale_of,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import describe

# Pixels: a province's name and its number fit into it, and eight beside one another into the width of a page.
TILE = 57
# Names are as large as fits, up to this; a letter is at most so wide as a share of its height.
_LARGEST_PX, _LATIN, _CHINESE = 11.0, 0.6, 1.05
_ROOM_PX = TILE - 5


@cache
def grid() -> pd.DataFrame:
    """Where each part of China has its square; not all of them are in a dataset.

    Returns
    -------
    DataFrame, index ``code``; ``column, row`` (counted from the north-west), ``name_en, name_zh``, and
        ``short_en``, letters of ISO 3166-2:CN
    """
    source = resources.files("capshare.reports.charts") / "tiles.csv"
    return pd.read_csv(StringIO(source.read_text(encoding="utf-8")), dtype={"code": str}).set_index("code")


def tiles(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """The provinces with their squares; regions the grid does not know stand in rows, in their order.

    Parameters
    ----------
    one : the year drawn
    lang : of the names

    Returns
    -------
    DataFrame, index ``code``; the columns of the provinces, ``column, row``
    """
    frame = named_provinces(one, lang)
    if frame.index.isin(grid().index).all():
        return frame.join(grid()[["column", "row"]])
    wide = math.ceil(math.sqrt(len(frame)))
    number = pd.Series(range(len(frame)), index=frame.index)
    return frame.assign(column=number % wide, row=number // wide)


def tile_map(
    frame: pd.DataFrame,
    colours: dict[str, str],
    field: str,
    title: str,
    tooltip: list[alt.Tooltip],
    lang: str = DEFAULT_LANGUAGE,
) -> AnyChart:
    """Squares coloured by a field, each with its name; hollow ones are not in the data.

    Parameters
    ----------
    frame : of :func:`tiles`, with ``note``, the small text below the name
    colours : value of the field → colour
    field : column of the frame
    title : of the legend
    tooltip : shown on hover
    lang : of the names
    """
    inks = {value: readable_ink(colour) for value, colour in colours.items()}
    used = ["column", "row", "province", "note", *(str(part["shorthand"]).split(":")[0] for part in tooltip)]
    shown = frame[list(dict.fromkeys([*used, field]))].assign(ink=frame[field].map(inks))
    base = _placed(_named(shown)).encode(tooltip=tooltip)
    squares = base.mark_rect(cornerRadius=3).encode(
        color=alt.Color(f"{field}:N", scale=scale_of(colours), legend=wrapping_legend(title, 110))
    )
    outside = _hollow(frame, lang)
    layers = [*outside, squares, *_words(base, alt.Color("ink:N", scale=None))]
    every = grid() if outside else frame
    size = {axis: TILE * int(every[axis].max() - every[axis].min() + 1) for axis in ("column", "row")}
    return layered(*layers, width=size["column"], height=size["row"])


def _placed(frame: pd.DataFrame) -> alt.Chart:
    gap = alt.Scale(paddingInner=0.06)
    placed: alt.Chart = alt.Chart(frame).encode(
        x=alt.X("column:O", axis=None, scale=gap), y=alt.Y("row:O", axis=None, scale=gap)
    )
    return placed


def _hollow(frame: pd.DataFrame, lang: str) -> list[alt.Chart]:
    """Squares of what the grid knows and the data do not have; none where the grid is of another country."""
    if not frame.index.isin(grid().index).all():
        return []
    absent = grid().drop(index=frame.index)
    if absent.empty:
        return []
    note = text("chart.tiles.absent", lang)
    named = absent[["column", "row"]].assign(province=absent[f"name_{lang}"], note=note)
    tooltip = [alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
               alt.Tooltip("note:N", title=text("chart.series", lang))]  # fmt: skip
    base = _placed(_named(named)).encode(tooltip=tooltip)
    hollow = base.mark_rect(cornerRadius=3, filled=False, stroke=NEUTRAL, strokeWidth=1, strokeDash=[3, 2])
    return [hollow, *_words(base, alt.ColorValue(SLATE), size=8)]


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """With each name in lines, and how large its letters can be."""
    label = frame["province"].str.replace(" ", "\n")
    wide = [max(map(_width, each.split("\n"))) for each in label]
    return frame.assign(label=label, px=[round(min(_LARGEST_PX, _ROOM_PX / each), 1) for each in wide])


def _width(line: str) -> float:
    return sum(_CHINESE if letter > "\u2e7f" else _LATIN for letter in line)


def _words(base: alt.Chart, ink: alt.Color | Any, size: float = 9) -> tuple[alt.Chart, alt.Chart]:
    """The name, and the note below it, so that the map can be read without its colours."""
    names = base.mark_text(baseline="middle", lineBreak="\n", lineHeight=11, dy=-10)
    notes = base.mark_text(fontSize=size, baseline="middle", lineBreak="\n", lineHeight=size, dy=13)
    return (
        names.encode(text=alt.Text("label:N"), size=alt.Size("px:Q", scale=None, legend=None), color=ink),
        notes.encode(text=alt.Text("note:N"), color=ink),
    )


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
