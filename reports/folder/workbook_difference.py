"""How far two workbooks lie apart: every part of the file, and in sheets which cells and how much.

A workbook that came from elsewhere is never parsed as XML and never unpacked beyond the size of the one it
is compared with: what is not as this program writes it differs, whatever it may mean to a spreadsheet.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import unescape
from typing import TypeAlias

from capshare.reports.folder.difference import Difference, differing_cells

_Cells: TypeAlias = tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]
_SHEET = re.compile(rb'<sheet [^<>]*?name="([^"]*)"')
_TEXTS = "xl/sharedStrings.xml"
# Bytes on either side of a difference that fit into a line.
_SHOWN = 60
# More than any list of texts needs.
_DIGITS = 9
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    NotImplementedError,
)


def workbook_difference(here: bytes, again: bytes) -> Difference | None:
    """Difference of two workbooks in any of their parts; how they are packed does not count.

    Parameters
    ----------
    here : a workbook that was written, and perhaps changed since
    again : the same made again

    Returns
    -------
    Difference, or None where every part agrees; its places are cells, or parts of the file
    """
    expected = _parts(again, None)
    try:
        found = _parts(here, {name: len(data) for name, data in expected.items()})
    except _UNREADABLE as error:
        return Difference(1, None, None, "the file", f"no workbook that can be read ({error})", "a workbook")
    cells = _sheet_cells(found, expected)
    for name in dict.fromkeys([*expected, *found]):
        one, other = found.get(name), expected.get(name)
        # Where a cell differs by its text, the list of texts differs with it.
        if one != other and not (name == _TEXTS and cells[0]) and not _has_cells(cells, name, expected):
            of_part = _part_places(name, one, other)
            cells = cells[0] | of_part[0], cells[1] | of_part[1]
    return differing_cells(*cells)


def _sheet_cells(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> _Cells:
    """Cells of the sheets that differ, on both sides; a cell's text may stand in a list of its own."""
    texts = _texts(found.get(_TEXTS, b"")), _texts(expected.get(_TEXTS, b""))
    here: dict[tuple[str, str], str] = {}
    again: dict[tuple[str, str], str] = {}
    for name, title in _titles(expected).items():
        one, other = found.get(name), expected[name]
        if one is None or (one == other and texts[0] == texts[1]):
            continue
        cells = _cells(one, title, texts[0]), _cells(other, title, texts[1])
        if cells[0] != cells[1]:
            here |= cells[0]
            again |= cells[1]
    return here, again


def _has_cells(cells: _Cells, name: str, expected: Mapping[str, bytes]) -> bool:
    """Whether cells of a sheet's part are among those that differ."""
    title = _titles(expected).get(name)
    return title is not None and any(place == f"sheet {title}" for place, _ in cells[0])


def _texts(part: bytes) -> list[str]:
    """The texts that cells name by their number, in their order."""
    return [_between(text, b"<t", b"</t>") for text in part.split(b"<si>")[1:]]


def _parts(data: bytes, sizes: Mapping[str, int] | None) -> dict[str, bytes]:
    """Parts of a workbook; of one from elsewhere only as much as can be the same."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = book.namelist()
        if len(set(names)) < len(names):
            raise ValueError("a part stands in it twice")
        return {entry.filename: _part(book, entry, sizes) for entry in book.infolist()}


def _part(book: zipfile.ZipFile, entry: zipfile.ZipInfo, sizes: Mapping[str, int] | None) -> bytes:
    if sizes is None:
        return book.read(entry)
    most = 2 * sizes.get(entry.filename, 0) + 1000
    if entry.compress_type not in _METHODS:
        raise ValueError(f"{entry.filename} is packed in an unusual way")
    with book.open(entry) as stream:
        # One byte more than the most is enough to differ.
        return stream.read(most + 1)


def _titles(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Title of each sheet by the name of its part."""
    titles = _SHEET.findall(parts["xl/workbook.xml"])
    return {
        f"xl/worksheets/sheet{place}.xml": unescape(title.decode())
        for place, title in enumerate(titles, start=1)
    }


def _part_places(name: str, here: bytes | None, again: bytes | None) -> _Cells:
    """What differs in a part, on both sides: whether it is there, or where the bytes part."""
    if here is None:
        return {}, {(f"part {name}", ""): "there"}
    if again is None:
        return {(f"part {name}", ""): "there"}, {}
    return _where_bytes_part(name, here, again)


def _where_bytes_part(name: str, here: bytes, again: bytes) -> _Cells:
    same = next((place for place, (a, b) in enumerate(zip(here, again, strict=False)) if a != b), None)
    start = max(0, (min(len(here), len(again)) if same is None else same) - _SHOWN // 2)
    # Bytes, not text: two ways to write one character are a difference too.
    one, other = (repr(data[start : start + _SHOWN])[2:-1] for data in (here, again))
    place = (f"part {name}", f"byte {start + 1}")
    return {place: one}, {place: other}


def _cells(sheet: bytes, title: str, texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """Values and formulas of a sheet's cells, and the attributes of each."""
    cells = {}
    for mark_up in sheet.split(b'<c r="')[1:]:
        cell, _, rest = mark_up.partition(b'"')
        attributes, _, content = rest.partition(b">")
        place = f"sheet {title}", _text(cell)
        cells[place] = _shown(_between(content, b"<v", b"</v>"), attributes, texts)
        cells[place[0], f"{place[1]}, formula"] = _between(content, b"<f", b"</f>")
        cells[place[0], f"{place[1]}, format"] = _text(attributes)
    return cells


def _shown(value: str, attributes: bytes, texts: Sequence[str]) -> str:
    known = attributes.endswith(b't="s"') and value.isascii() and value.isdigit() and len(value) < _DIGITS
    return texts[int(value)] if known and int(value) < len(texts) else value


def _between(content: bytes, tag: bytes, end: bytes) -> str:
    """Text of the first element of a name."""
    inside = content.partition(tag)[2].partition(end)[0]
    return _text(inside.partition(b">")[2])


def _text(data: bytes) -> str:
    return unescape(data.decode("utf-8", errors="backslashreplace"))
