"""Ways in which a table comes out of a spreadsheet or a script."""

import csv
import io

from corpus.spoil_text import TEXT

CELLS = (
    "",
    " ",
    "-3",
    "NaN",
    "inf",
    "-inf",
    "1e308",
    "1e400",
    "1e-320",
    "many",
    "１２",
    "1,234",
    "1.234.567,8",
    "=A1",
    "=cmd|' /C calc'!A0",
    "@x",
    "北京",
    "a\x0bb",
    "\u202e",
    "9" * 5000,
    "x" * 40000,
    "TRUE",
    "2017-01-01",
    "#REF!",
    "0x10",
    "1_000",
    "--",
    "None",
    "null",
    "'",
    '"',
    "\ufeff",
)


def cells(draw, content):
    """A cell, a row or a column full of something else."""
    rows = list(csv.reader(io.StringIO(content)))
    value, row, column = (
        draw.pick(*CELLS),
        draw.random.randrange(len(rows)),
        draw.random.randrange(len(rows[0])),
    )
    match draw.pick("cell", "cell", "cell", "row", "column"):
        case "cell":
            rows[row][column] = value
        case "row":
            rows[row] = [value] * len(rows[row])
        case _:
            rows[1:] = [[value if n == column else cell for n, cell in enumerate(line)] for line in rows[1:]]
    return _lines(rows)


def columns(draw, content):
    """Columns in another order, left out, twice, or of another name."""
    rows = list(csv.reader(io.StringIO(content)))
    order = list(range(len(rows[0])))
    match draw.pick("order", "out", "twice", "name", "many"):
        case "order":
            draw.random.shuffle(order)
        case "out":
            order = draw.some(order)
        case "twice":
            order.append(draw.pick(*order))
        case "many":
            order *= 3000
        case _:
            rows[0][draw.pick(*order)] = draw.pick(*CELLS, "code")
    return _lines([[row[n] for n in order] for row in rows])


def long_table(draw, content):
    """Many rows of regions that nobody knows."""
    header, *rows = content.splitlines()
    many = [f"z{number}{row[1:]}" for number in range(20_000) for row in rows[:1]]
    return "\n".join([header, *rows, *many, ""])


def quotes(draw, content):
    """Quotes, delimiters and lengths of rows."""
    at = draw.random.randrange(len(content))
    return (
        content[:at] + draw.pick('"', ",", ";", '"\n', ",,,,", "\t", '""', "\\", "#", "\n\n\n") + content[at:]
    )


def delimiters(draw, content):
    """Another delimiter, perhaps with decimal commas."""
    text = content.replace(",", draw.pick(";", "\t", "|", " "))
    return text.replace(".", ",") if draw.chance(0.5) else text


def _lines(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


TABLE = (*TEXT, *(cells,) * 5, *(columns,) * 3, long_table, quotes, quotes, delimiters)
