"""Ways in which a workbook is broken or hostile."""

import io
import re
import zipfile

from corpus import forms
from corpus.spoil_text import flipped, noise, truncated


def part_changed(draw, content):
    """A part of the archive left out, emptied, cut, spoiled, twice, or another's."""
    parts = forms.unpacked(content)
    name = draw.pick(*parts)
    match draw.pick("out", "empty", "cut", "flip", "swap", "noise"):
        case "out":
            del parts[name]
        case "empty":
            parts[name] = b""
        case "cut":
            parts[name] = truncated(draw, parts[name])
        case "flip":
            parts[name] = flipped(draw, parts[name])
        case "swap":
            other = draw.pick(*parts)
            parts[name], parts[other] = parts[other], parts[name]
        case _:
            parts[name] = noise(draw, parts[name])
    return forms.packed(parts)


def xml_changed(draw, content):
    """Well-formed parts that say something no program of offices would."""
    parts = forms.unpacked(content)
    sheets = [name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    name = draw.pick(*sheets)
    old, new = draw.pick(
        (r'<c r="[A-Z]+1"', '<c r="XFD1048576"'),
        (r'<c r="[A-Z]+2"', '<c r="ZZZZZZ2"'),
        (r'<row r="2"', '<row r="100000000000"'),
        (r'<row r="2"', '<row r="-1"'),
        (r'<row r="2"', '<row r="x"'),
        (r't="s"><v>\d+</v>', 't="s"><v>99999</v>'),
        (r't="s"><v>\d+</v>', 't="s"><v>-1</v>'),
        (r't="s"><v>\d+</v>', 't="e"><v>#DIV/0!</v>'),
        (r't="s"><v>\d+</v>', 't="b"><v>1</v>'),
        (r't="s"><v>\d+</v>', 't="d"><v>2017-13-41</v>'),
        (r't="n"><v>[^<]*</v>', 't="n"><v>one</v>'),
        (r't="n"><v>[^<]*</v>', "><f>1/0</f>"),
        (r't="n"', 't="n" s="9999"'),
        (r't="n"', 't="unknown"'),
        (r"<sheetData>", '<sheetData><row r="1"><c r="A1"/></row>'),
        (r"</sheetData>", "</sheetData>" + "<x>" * 3000 + "</x>" * 3000),
        (r"^", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'),
    )
    parts[name] = re.sub(old.encode(), new.encode(), parts[name], count=draw.pick(1, 1, 0))
    return forms.packed(parts)


def bomb(draw, content):
    """Strings that fill the memory once they are unpacked."""
    parts = forms.unpacked(content)
    size = draw.pick(1, 50, 500) << 20
    head = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    stream = io.BytesIO(forms.packed({k: v for k, v in parts.items() if k != "xl/sharedStrings.xml"}))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        part.write(head)
        for _ in range(size >> 20):
            part.write(b"<si><t>" + b"x" * ((1 << 20) - 18) + b"</t></si>")
        part.write(b"</sst>")
    return stream.getvalue()


def renamed(draw, content):
    """Another kind of file under the name of a workbook."""
    return draw.pick(
        b"PK\x05\x06" + b"\x00" * 18,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096,
        b"code,name\na,Aster\n",
        b"<html><table><tr><td>code</td></tr></table></html>",
        forms.packed({"hello.txt": b"hello"}),
    )


BOOK = (flipped, *(part_changed,) * 5, *(xml_changed,) * 8, bomb, renamed)
