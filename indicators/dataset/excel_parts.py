"""Excel parts: the parts of a workbook's archive, unpacked only where they are wanted and bounded."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Protocol
from xml.etree.ElementTree import ParseError

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import readable_size

PARTS = 2000
"""Parts of an archive; a workbook with a hundred charts has some hundreds."""
UNPACKED_BYTES = 40_000_000
"""Of all parts that are read, unpacked: about a million cells."""
RATIO = 200
"""Unpacked to packed size of one part; sheets come to 5 to 50, a bomb to 1000."""
# Bytes that are parsed at once; elements inside one another, of which a workbook has about ten.
_CHUNK, _DEEPEST = 1 << 16, 100
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_AGAIN = "Save it again as .xlsx without a password."


class Target(Protocol):
    """What is told of the elements of a part, in their order; names are without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element.

        Parameters
        ----------
        name : of the element
        attributes : name → text
        """

    def data(self, text: str) -> None:
        """Take text inside the element begun last, perhaps in several pieces.

        Parameters
        ----------
        text : a piece of it
        """

    def end(self, name: str) -> None:
        """Take the end of an element.

        Parameters
        ----------
        name : of the element
        """


class Parts:
    """The archive that an .xlsx file is.

    Parameters
    ----------
    data : content of the file
    source : what to call it in a message

    Raises
    ------
    CapshareError
        where it is no archive, or one with too many parts.
    """

    def __init__(self, data: bytes, source: str) -> None:
        self._source, self._left = source, UNPACKED_BYTES
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise self._no_workbook("another format, or one with a password") from None
        found = len(self._archive.infolist())
        if found > PARTS:
            expected, remedy = f"an archive of at most {PARTS} parts", "Copy the sheets to a new workbook."
            raise CapshareError(Problem(source, "", expected, f"{found}", remedy))

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def parse(self, name: str, target: Target) -> None:
        """Tell a target the elements of a part.

        Parameters
        ----------
        name : of the part
        target : is told them

        Raises
        ------
        CapshareError
            where the part is missing, too large, broken, or no plain XML.
        """
        from defusedxml.ElementTree import DefusedXMLParser

        self._require_bounded(name)
        parser = DefusedXMLParser(target=_Plain(target), forbid_dtd=True)
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.feed(chunk)
            parser.close()
        except ParseError as error:
            line, column = error.position
            found = f"a fault in line {line}, column {column + 1} of {name}"
            raise self._no_workbook(found) from None
        # Of the archive: damaged, cut short, encrypted; of the XML: an entity, a DTD or an odd encoding.
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError):
            raise self._no_workbook(f"a part that cannot be read, {name}") from None

    def _require_bounded(self, name: str) -> None:
        info = self._archive.NameToInfo.get(name)
        if info is None:
            raise self._no_workbook(f"no part {name}")
        if info.compress_type not in _PLAIN:
            raise self._no_workbook(f"another compression of {name}")
        self._left -= info.file_size
        if self._left < 0 or info.file_size > RATIO * max(info.compress_size, 1000):
            limit = readable_size(UNPACKED_BYTES)
            expected = f"parts of at most {limit} in all, each {RATIO} times its packed size"
            found = f"{name}, of {readable_size(info.file_size)}"
            remedy = "Keep only the cells with data; clear formats of the others."
            raise CapshareError(Problem(self._source, "", expected, found, remedy))

    def _no_workbook(self, found: str) -> CapshareError:
        return CapshareError(Problem(self._source, "", "an Excel workbook (.xlsx)", found, _AGAIN))


class _Plain:
    """A target that names reach without their namespace: two are in use, and they mean the same."""

    def __init__(self, target: Target) -> None:
        self._target, self.data, self._depth = target, target.data, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("no part is nested so deep")
        self._target.start(name.rpartition("}")[2], attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._target.end(name.rpartition("}")[2])
