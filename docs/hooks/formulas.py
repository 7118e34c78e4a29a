"""Formulas as MathML, which browsers draw themselves: no script, no network."""

from __future__ import annotations

import html
import re
from logging import getLogger
from typing import Any

from latex2mathml.converter import convert

# Warnings under this name end a strict build.
_LOG = getLogger("mkdocs.hooks.formulas")
_INLINE = re.compile(r'<span class="arithmatex">\\\((.+?)\\\)</span>', re.DOTALL)
_BLOCK = re.compile(r'<div class="arithmatex">\s*\\\[(.+?)\\\]\s*</div>', re.DOTALL)
# What the converter does not know it passes on as it is.
_LEFT_OVER = re.compile(r"\\[A-Za-z]+|<m[io]>&(?:amp;)?</m[io]>")


def on_page_content(content: str, *, page: Any, **_: Any) -> str:
    """Replace the formulas that pymdownx.arithmatex marked."""

    def block(match: re.Match[str]) -> str:
        return mathml(match[1], "block", page.file.src_uri)

    def inline(match: re.Match[str]) -> str:
        return mathml(match[1], "inline", page.file.src_uri)

    return _INLINE.sub(inline, _BLOCK.sub(block, content))


def mathml(latex: str, display: str, place: str) -> str:
    """MathML of one formula, whose text stays readable for those who do not see it.

    Parameters
    ----------
    latex : as it stands in the page's HTML
    display : "block" or "inline"
    place : page, named in warnings
    """
    source = " ".join(html.unescape(latex).split())
    try:
        found: str = convert(source, display=display)
    # The converter's errors have no class in common.
    except Exception as error:
        _LOG.warning("%s: the formula %s cannot be converted (%r)", place, source, error)
        return latex
    if left := _LEFT_OVER.search(found):
        _LOG.warning("%s: the formula %s keeps %s unconverted", place, source, left[0])
    return found
