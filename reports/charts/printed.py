"""A chart as it is printed: title in lines that fit, and below it what the chart is of."""

from __future__ import annotations

import re
from typing import Any

from capshare.reports.charts.theme import GREY, SUBTITLE, WIDTH, AnyChart

_TITLE_PX, _SUBTITLE_PX = 11, 8.5
# Width of letters as a share of their height; Chinese ones are square.
_BOLD, _PLAIN = 0.6, 0.52
# A word, or one Chinese letter, each with the space after it.
_PIECES = re.compile(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef]\s*|\s+")
# No line begins with it.
_CLOSING = "，。；：、）"


def printed(chart: AnyChart) -> dict[str, Any]:
    """The specification of a chart for print.

    Parameters
    ----------
    chart : finished; signed with what it is of, or not
    """
    drawn: dict[str, Any] = chart.to_dict()
    of = str(drawn.pop("usermeta", {}).get(SUBTITLE, ""))
    room = max(float(drawn["width"]), WIDTH / 2) - 8
    drawn["title"] = {"text": lines(str(drawn["title"]), room, _TITLE_PX * _BOLD, _TITLE_PX)}
    if of:
        drawn["title"] |= {
            "subtitle": lines(of, room, _SUBTITLE_PX * _PLAIN, _SUBTITLE_PX),
            "subtitleColor": GREY,
            "subtitleFontSize": _SUBTITLE_PX,
            "subtitlePadding": 4,
        }
    return drawn


def lines(said: str, room_px: float, latin_px: float, chinese_px: float) -> list[str]:
    """A text broken into lines that fit.

    Parameters
    ----------
    said : one line
    room_px : width of a line, pixels
    latin_px, chinese_px : width of a letter, pixels
    """
    broken, line, used = [], "", 0.0
    for piece in _PIECES.findall(said):
        wide = sum(chinese_px if letter > "\u2e7f" else latin_px for letter in piece.rstrip())
        if line and used + wide > room_px and piece[0] not in _CLOSING:
            broken.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += wide + latin_px * (len(piece) - len(piece.rstrip()))
    return [*broken, line.rstrip()]
