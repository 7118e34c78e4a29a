"""Excel contents: which part of a workbook holds which sheet, its shared texts and its number formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from capshare.indicators.dataset.excel_parts import Parts

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Contents:
    """What the cells of a workbook refer to.

    Attributes
    ----------
    sheets : name of each sheet of cells, as written → its part
    texts : shared by the cells
    formats : of numbers, by the number of the style
    from_1904 : whether days are counted from 1904
    """

    sheets: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool


def read_contents(parts: Parts) -> Contents:
    """What a workbook's own parts say.

    Parameters
    ----------
    parts : of the workbook

    Returns
    -------
    Contents

    Raises
    ------
    CapshareError
        where a part is missing or broken.
    """
    root = _related(parts, "")
    book = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    listed = _Book()
    parts.parse(book, listed)
    related = _related(parts, book)
    by_kind = dict(related.values())
    # A sheet that is a chart, or a macro, has no cells.
    sheets = [
        (name, related[key][1])
        for name, key in listed.sheets
        if key in related and related[key][0] == "worksheet"
    ]
    texts, styles = Texts(), _Styles()
    for kind, target in (("sharedStrings", texts), ("styles", styles)):
        if by_kind.get(kind, "") in parts:
            parts.parse(by_kind[kind], target)
    return Contents(tuple(sheets), tuple(texts.found), styles.formats(), listed.from_1904)


def _related(parts: Parts, name: str) -> dict[str, tuple[str, str]]:
    """Parts that a part refers to: key → kind and name."""
    folder, file = posixpath.split(name)
    listed, described = _Relations(), f"{folder}/_rels/{file}.rels".lstrip("/")
    if described in parts:
        parts.parse(described, listed)
    return {
        key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for key, (kind, target) in listed.found.items()
    }


class _Relations:
    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    def data(self, text: str) -> None: ...

    def end(self, name: str) -> None: ...


class _Book:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith("}id")), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def data(self, text: str) -> None: ...

    def end(self, name: str) -> None: ...


class _Styles:
    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._used: list[str] = []
        self._of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            self._used.append(attributes.get("numFmtId", "0"))

    def data(self, text: str) -> None: ...

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False

    def formats(self) -> tuple[str, ...]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        known = {str(number): code for number, code in BUILTIN_FORMATS.items()} | self._codes
        # A workbook without styles has the one that is everywhere.
        return tuple(known.get(number, "General") for number in self._used) or ("General",)


class Texts:
    """Texts of a table of shared ones, or of a cell: each with its runs, without how it is pronounced."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._inside = self._spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element.

        Parameters
        ----------
        name, attributes : as of :meth:`Target.start`
        """
        if name == "t":
            self._inside = not self._spoken
        elif name == "rPh":
            self._spoken = True

    def data(self, text: str) -> None:
        """Take a piece of text.

        Parameters
        ----------
        text : as of :meth:`Target.data`
        """
        if self._inside:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element.

        Parameters
        ----------
        name : as of :meth:`Target.end`
        """
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._spoken = False
        elif name in ("si", "is"):
            self.found.append(unescaped("".join(self._pieces)))
            self._pieces.clear()


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, which Excel writes as ``_x000B_``.

    Parameters
    ----------
    text : of a cell or a name, as the XML holds it
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
