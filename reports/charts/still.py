"""A chart as a drawing inside a page: SVG without a script, a style or a word too many."""

from __future__ import annotations

import re

_TAG = re.compile(r"<[^<>]+>")
# The words for who cannot see it stand beside the drawing; letters are those of the page.
_NEEDLESS = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events|font-family|cursor|style|version|xmlns:xlink)="[^"]*"'
    r'| (?:opacity|stroke-width|stroke-opacity|fill-opacity)="1"'
)
_LONG = re.compile(r"(\.\d)\d+")
_UNSEEN = re.compile(
    r'<path(?=[^<>]* (?:d=""|d="M0,0h0v0h0Z"|display="none"|opacity="0"))[^<>]*/>'
    r'|<path d="[^"]*"/>(?=<g>)'
)
_EMPTY = re.compile(r"<g[^<>]*></g>")
_ROOT = re.compile(r"<svg [^<>]*(viewBox=\"[^\"]*\")[^<>]*>(?:<rect [^<>]*/>)?")


def still(svg: str) -> str:
    """The drawing of a chart for a page.

    Parameters
    ----------
    svg : drawn in the size of print

    Returns
    -------
    str
        An ``svg`` element that is as wide as the place it stands in.
    """
    short = _TAG.sub(lambda tag: _LONG.sub(r"\1", _NEEDLESS.sub("", tag[0])), svg)
    short = _UNSEEN.sub("", short)
    while short != (fewer := _EMPTY.sub("", short)):
        short = fewer
    return _ROOT.sub(r'<svg class="still" \1 aria-hidden="true" focusable="false">', short, count=1)
