"""Charts as files: SVG, and PNG at print resolution."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capshare.base.conventions import conventions
from capshare.base.errors import CapshareError, Problem
from capshare.base.progress import counted
from capshare.reports.charts.engine import require_engine
from capshare.reports.charts.printed import printed
from capshare.reports.charts.theme import AnyChart
from capshare.reports.words.vocabulary import in_its_words

# What journals ask of a picture.
PRINT_PPI = 300
FORMATS = ("svg", "png")
# What stands between tags; attributes hold labels for who cannot see the chart.
_WORDS = re.compile(r">[^<>]*₂[^<>]*<")
_LOWERED_2 = '<tspan font-size="75%" baseline-shift="-20%">2</tspan>'


def image(chart: AnyChart, kind: str) -> bytes:
    """The chart as an image; the same chart gives the same bytes with the same fonts installed.

    Parameters
    ----------
    chart : of this package
    kind : "svg" or "png"; the PNG has 300 pixels per inch

    Returns
    -------
    bytes

    Raises
    ------
    CapshareError
        for another kind, or where nothing can be drawn here.
    """
    if kind not in FORMATS:
        remedy = "End the file's name in .svg or .png."
        raise CapshareError(Problem("image(chart, kind)", "kind", " or ".join(FORMATS), repr(kind), remedy))
    drawing = svg_text(printed(chart))
    if kind == "svg":
        return f"{drawing}\n".encode()
    import vl_convert

    return bytes(vl_convert.svg_to_png(with_lowered_digits(drawing), ppi=PRINT_PPI))


def with_lowered_digits(svg: str) -> str:
    """A drawing whose subscripts are digits set lower, in words alone.

    Where a font lacks the letter ₂, and Liberation Sans does, the PNG would have the whole text in another.

    Parameters
    ----------
    svg : as it was drawn
    """
    return _WORDS.sub(lambda words: words[0].replace("₂", _LOWERED_2), svg)


def svg_text(specification: dict[str, Any]) -> str:
    """A drawing as SVG, in the words of the dataset whose results it shows.

    Parameters
    ----------
    specification : of a chart, as Vega-Lite reads it

    Raises
    ------
    CapshareError
        where the engine that draws cannot start under the limits of this process.
    """
    require_engine()
    import vl_convert

    return in_readers_words(vl_convert.vegalite_to_svg(specification))


def in_readers_words(svg: str) -> str:
    """A drawing in the words of the dataset whose results it shows.

    Parameters
    ----------
    svg : as it was drawn
    """
    # For who cannot see it, every mark is labelled with the names of its fields.
    return in_its_words(conventions().outward(svg), "en")


def images(charts: Mapping[str, AnyChart]) -> dict[str, bytes]:
    """Every chart as SVG and PNG, by file name.

    Parameters
    ----------
    charts : name of the file without its ending → chart
    """
    wanted = [(name, kind) for name in charts for kind in FORMATS]
    return {f"{name}.{kind}": image(charts[name], kind) for name, kind in counted("images", wanted)}


def save(chart: AnyChart, path: Path) -> Path:
    """Write one chart; the ending of the name decides the format.

    Parameters
    ----------
    chart : of this package
    path : ends in .svg or .png

    Returns
    -------
    Path

    Raises
    ------
    CapshareError
        for another ending.
    """
    path.write_bytes(image(chart, path.suffix.lstrip(".").lower()))
    return path
