"""How a cell looks: face, ground, number format and alignment, as a value that many cells share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FACE = "Calibri"
INK, GREY, LINK, SHADE = "#1F2933", "#5F6C7B", "#1F5FA8", "#E4ECF4"
# XlsxWriter's own number for a fill of one colour, and for a thin line.
_SOLID, _THIN = 1, 1


@dataclass(frozen=True)
class Look:
    """The look of a cell; what is left out is the spreadsheet's own.

    Attributes
    ----------
    bold, size, colour, underlined, struck : of its letters; a colour is "#1F2933"
    ground : its colour; "" leaves it white
    form : number format of Excel; "" is the general one
    side, vertical, wraps, indent : where its content stands
    ruled : whether a line stands below it
    quoted : whether it stays text when someone edits it, although it looks like a formula
    unlocked : whether it may be edited on a protected sheet
    """

    bold: bool = False
    size: float = 11
    colour: str = INK
    underlined: bool = False
    struck: bool = False
    ground: str = ""
    form: str = ""
    side: Literal["", "left", "right"] = ""
    vertical: Literal["", "top", "bottom"] = ""
    wraps: bool = False
    indent: int = 0
    ruled: bool = False
    quoted: bool = False
    unlocked: bool = False

    def properties(self) -> dict[str, object]:
        """The look as XlsxWriter's properties of a format, only those that are asked for."""
        return {"font_name": FACE, "font_size": self.size, **self.emphasis(), **self._place()}

    def emphasis(self) -> dict[str, object]:
        """Letters, ground and number format, which is all that a conditional format may set."""
        found: dict[str, object] = {"font_color": self.colour}
        if self.form:
            found["num_format"] = _with_room(self.form)
        if self.bold:
            found["bold"] = True
        if self.underlined:
            found["underline"] = 1
        if self.struck:
            found["font_strikeout"] = True
        if self.ground:
            found |= {"pattern": _SOLID, "bg_color": self.ground}
        return found

    def _place(self) -> dict[str, object]:
        has_room = self.side == "right" and self.indent > 0 and _with_room(self.form) != self.form
        asked: dict[str, object] = {
            "num_format": _with_room(self.form) if has_room else self.form,
            "align": self.side,
            "valign": self.vertical,
            "text_wrap": self.wraps,
            "indent": 0 if has_room else self.indent,
            "bottom": _THIN * self.ruled,
            "bottom_color": GREY if self.ruled else "",
            "quote_prefix": self.quoted,
        }
        found = {name: value for name, value in asked.items() if value}
        return found | {"locked": False} if self.unlocked else found


def _with_room(form: str) -> str:
    """A number format that leaves the width of a letter to the right of the number.

    LibreOffice forgets the indent of some numbers that stand on the right, and draws them beside the others.
    In a format with an exponent it would forget digits, and a general one would shorten no number.
    """
    if not form or form == "General" or "E" in form:
        return form
    return ";".join(f"{part}_w" for part in form.split(";"))


PLAIN = Look()
