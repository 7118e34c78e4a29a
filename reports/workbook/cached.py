"""Puts what Python found into the formula cells, for readers that do not compute: previews, scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

_FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)(?: t="[a-z]+")?><f>(.*?)</f><v ?/?>(?:</v>)?</c>'
)


def with_values(sheet_xml: bytes, values: Mapping[str, object]) -> bytes:
    """A sheet's XML with a value in every formula cell.

    Parameters
    ----------
    sheet_xml : as openpyxl writes it, with empty values
    values : cell → number or text
    """

    def filled(match: re.Match[bytes]) -> bytes:
        cell, style, formula = match.groups()
        value = values[cell.decode()]
        if isinstance(value, str):
            return b'<c r="%s"%s t="str"><f>%s</f><v>%s</v></c>' % (
                cell,
                style,
                formula,
                escape(value).encode(),
            )
        return b'<c r="%s"%s><f>%s</f><v>%s</v></c>' % (cell, style, formula, repr(value).encode())

    return _FORMULA_CELL.sub(filled, sheet_xml)
