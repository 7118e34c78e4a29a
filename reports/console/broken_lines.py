"""Chinese lines broken where a reader expects it: between signs, not inside a number nor before a comma."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.measure import Measurement
    from rich.text import Text

_OPENING, _CLOSING = "（“《〔", "）”》〕，。；：、！？"
_CHINESE = r"\u2e80-\uffef“”"
# A Chinese sign, or a word or number in other letters, each with the marks that no line begins or ends with.
_PIECE = re.compile(rf"[{_OPENING}]*(?:[^\s{_CHINESE}]+|[^\s{_CLOSING}{_OPENING}])?[{_CLOSING}]*\s*|\s+")
_IS_CHINESE = re.compile(r"[\u2e80-\uffef]")


class Prose:
    """A Chinese text for the console of rich, which breaks lines only at blanks by itself.

    Parameters
    ----------
    text : printed as it is
    style : of rich
    """

    def __init__(self, text: str, style: str = "") -> None:
        self._text = _signs()(text, style=style)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Any]:
        return self._text.__rich_console__(console, options)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return self._text.__rich_measure__(console, options)


def prose(text: str, style: str = "") -> Text | Prose:
    """A text for the console, broken at blanks, or between signs where it is Chinese.

    Parameters
    ----------
    text : printed as it is
    style : of rich
    """
    from rich.text import Text

    return Prose(text, style) if _IS_CHINESE.search(text) else Text(text, style=style)


def breaks(text: str, width: int) -> list[int]:
    """Places in a line at which a new one begins.

    Parameters
    ----------
    text : without line breaks
    width : of a line, in letters; a Chinese sign takes two
    """
    from rich.cells import cell_len, chop_cells

    found: list[int] = []
    place, used = 0, 0
    for piece in filter(None, _PIECE.findall(text)):
        wide = cell_len(piece.rstrip())
        if used and used + wide > width:
            found.append(place)
            used = 0
        if wide > width:
            parts = chop_cells(piece, width)
            found += [place + end for end in accumulate(map(len, parts[:-1]))]
            used = cell_len(parts[-1])
        else:
            used += cell_len(piece)
        place += len(piece)
    return found


@cache
def _signs() -> type[Text]:
    """The text of rich with lines of its own; made when first asked for, as rich takes a while to load."""
    from rich.containers import Lines
    from rich.text import Text

    class Signs(Text):
        def wrap(self, console: Console, width: int, *args: Any, **options: Any) -> Lines:
            if options.get("no_wrap"):
                return super().wrap(console, width, *args, **options)
            lines = Lines()
            for line in self.split(allow_blank=True):
                lines.extend(line.divide(breaks(line.plain, width)))
            for line in lines:
                line.rstrip()
            if options.get("justify"):
                lines.justify(console, width, options["justify"], options.get("overflow") or "fold")
            return lines

    return Signs
