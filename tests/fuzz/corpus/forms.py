"""Sound files to spoil: the same small country as a data package, as a workbook, and a study of it."""

import io
import re
import zipfile

from openpyxl import Workbook

from corpus.packages import COLUMNS, package

CODES = ("a", "b", "c", "d", "e")
NAMES = ("Aster", "Birch", "Cedar", "Dahlia", "Elder")
FIGURES = (
    (900.0, 300.0, 90.0, 10.0, 40.0, 3500.0, 12.5),
    (400.0, 350.0, 120.0, 80.0, 25.0, 5100.0, 8.0),
    (250.0, 200.0, 60.0, 300.0, 60.0, 2200.0, 3.25),
    (1200.0, 500.0, 200.0, 5.0, 90.0, 7900.0, 31.0),
    (100.0, 150.0, 45.0, 500.0, 30.0, 1900.0, 0.5),
)
STUDY = """\
[study]
name = "isles"
dataset = "{dataset}"
base_year = 2017
seed = 1
[emissions]
method = "column"
column = "inventory_mt"
[cap]
method = "table"
mt = {{ 2017 = {cap:.6g} }}
[[indicators]]
id = "population"
expression = "population_1e4"
direction = "more"
principle = "equality"
[[indicators]]
id = "gdp"
expression = "gdp_1e8yuan / population_1e4"
direction = "less"
principle = "capability"
reason = "Those who can pay, pay."
[groups]
method = "kmeans"
k = 2
restarts = 2
diagnostics_draws = 0
[prices]
method = "given"
column = "price_yuan_per_t"
[allocation]
scope = "groups"
max_deviation = 0.3
floor = 0.2
trade_limit = inf
[[allocation.constraint]]
name = "at most"
provinces = ["a", "Birch"]
max_share = 0.9
[comparison]
rules = ["equal", "grandfathering"]
[potential]
[[potential.indicators]]
id = "income"
expression = "gdp_1e8yuan / population_1e4"
direction = "more"
"""


def rows():
    """Figures of the country."""
    return [dict(zip(COLUMNS, figures, strict=True)) for figures in FIGURES]


def study(dataset):
    """Its study."""
    cap = 0.95 * sum(row["inventory_mt"] for row in rows())
    return STUDY.format(dataset=dataset, cap=cap)


def country():
    """Its data package, path → text."""
    return package(CODES, NAMES, rows())


def workbook():
    """Its workbook."""
    book = Workbook()
    book.remove(book.active)
    figures = [[name, *row] for name, row in zip(NAMES, FIGURES, strict=True)]
    titles = [column.split("_")[0] for column in COLUMNS]
    sheets = {
        "dataset": [["item", "value"], ["name", "isles"], ["base_year", 2017]],
        "regions": [["code", "name_en"], *zip(CODES, NAMES, strict=True)],
        "provinces": [["region", *titles], ["unit", *COLUMNS.values()], *figures],
        "columns": [["column", "title", "source"], ["gdp", "GDP", ""], ["price", "Price", "made up"]],
        "national": [["year", "variable", "value", "unit"], [2017, "carbon_price", 50, "yuan/t"]],
    }
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    parts = unpacked(stream.getvalue())
    # The time of saving would make each one another file.
    moment = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    parts["docProps/core.xml"] = re.sub(moment, b"2020-01-01T00:00:00Z", parts["docProps/core.xml"])
    return packed(parts)


def unpacked(content):
    """Parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    """Archive of parts, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
