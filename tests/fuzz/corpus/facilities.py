"""Tables of facilities that no registry would hold: CSV and Excel, with rules of one's own, beside a run."""

import csv
import io
import json

import tomli_w
from openpyxl import Workbook

from corpus.spoil_text import ENCODINGS, flipped, inserted, truncated

SECTORS = {
    "power": ("power", "发电", "Power"),
    "steel": ("steel", "钢铁", "STEEL"),
    "cement": ("cement", "水泥"),
    "aluminium": ("aluminium", "电解铝", "aluminum"),
}
PROVINCES = ("Beijing", "河北", "140000", "Inner Mongolia", "内蒙古自治区", "Shanghai", "广西", "650000")
CLASSES = ("conventional coal > 300 MW", "燃气机组", "", "无")
OPTIONAL = (
    *("benchmark", "unit_class", "heat_gj", "previous_emissions_t", "carried_t", "offsets_t", "status"),
)
REQUIRED = ("facility", "province", "sector", "year", "emissions_t", "output")
ODD_CELLS = ("", " ", "-3", "NaN", "inf", "1e400", "many", "１２", "1,234", "=A1", "0", "1e-9", "2025.5")
# Cases of the corpus that end in a result, the last of regions that are no provinces of the market.
AGAINST = (("plans", 288), ("plans", 656), ("plans", 207))


def facilities(draw):
    """Files of a case: a table, ``asked.json`` with what to ask for, and perhaps rules."""
    # Only power has rules of the years before 2024.
    known = draw.pick((2024, 2025, 2026), (2024, 2025, 2026), (2020, 2021, 2022, 2025))
    years = sorted(draw.some(known)[: draw.pick(1, 1, 2, 3)])
    columns = [*REQUIRED, *draw.some(OPTIONAL, least=0)]
    if draw.chance(0.5) and "benchmark" not in columns:
        columns.append("benchmark")
    rows = _rows(draw, years, columns)
    for _ in range(draw.whole(1, 3) if draw.chance(0.25) else 0):
        _spoil(draw, rows, columns)
    name, content = _file(draw, columns, rows)
    asked = {"table": name, "lang": draw.pick("en", "zh")}
    if draw.chance(0.4):
        asked["year"] = draw.pick(2019, 10**6) if draw.chance(0.1) else draw.pick(*years)
    if draw.chance(0.35):
        asked["against"] = list(draw.pick(*AGAINST))
    files = {name: content}
    if draw.chance(0.3):
        asked["parameters"] = "rules.toml"
        files["rules.toml"] = tomli_w.dumps(_rules(draw))
    return files | {"asked.json": json.dumps(asked)}


def _rows(draw, years, columns):
    """A row for each facility and year, some years left out; figures as in a registry."""
    sectors = draw.some(SECTORS) if min(years) > 2022 or draw.chance(0.2) else ("power",)
    rows = []
    for number in range(draw.pick(1, 2, 5, 12, 40) if draw.chance(0.95) else 0):
        sector, province = draw.pick(*sectors), draw.pick(*PROVINCES)
        spelling = draw.pick(*SECTORS[sector])
        output = draw.number(1, 10) * 10 ** draw.whole(3, 6)
        for year in years:
            if draw.chance(0.9):
                figures = _figures(draw, sector, output)
                row = {"facility": f"F{number}", "province": province, "sector": spelling, "year": year}
                rows.append({name: (row | figures)[name] for name in columns})
    draw.random.shuffle(rows)
    return rows


def _figures(draw, sector, output):
    emissions = round(output * draw.number(0.3, 2.5, most=1e3), 3)
    return {
        "emissions_t": min(emissions, 1e11),
        "output": output,
        # Few years have a benchmark of power of their own.
        "benchmark": draw.number(0.5, 2, 1e-6) if draw.chance(0.8) or sector == "power" else "",
        "unit_class": draw.pick(*CLASSES) if sector == "power" and draw.chance(0.1) else "",
        "heat_gj": draw.number(0, 1e5) if draw.chance(0.01) else "",
        "previous_emissions_t": draw.number(0, 2) * emissions if draw.chance(0.5) else "",
        "carried_t": draw.number(0, 1e5, most=1e11) if draw.chance(0.3) else "",
        "offsets_t": draw.number(0, 1e5, most=1e11) if draw.chance(0.3) else "",
        "status": draw.pick("verified", "reported", "estimate", "synthetic", ""),
    }


def _spoil(draw, rows, columns):
    """One thing wrong, as a hand or a program leaves it."""
    if not rows:
        return
    row, column = draw.pick(*rows), draw.pick(*columns)
    match draw.pick("cell", "cell", "cell", "twice", "sector", "province", "column"):
        case "cell":
            row[column] = draw.pick(*ODD_CELLS)
        case "twice":
            rows.append(dict(row))
        case "sector":
            row["sector"] = draw.pick("glass", "玻璃", "")
        case "province":
            row["province"] = draw.pick("Atlantis", "台湾", "")
        case _:
            columns.remove(column)


def _file(draw, columns, rows):
    """Name and content of a CSV or a workbook of the rows."""
    if draw.chance(0.3):
        content = _workbook(draw, columns, rows)
        name = "facilities.xlsx"
    else:
        text = io.StringIO()
        writer = csv.DictWriter(
            text, columns, delimiter=draw.pick(",", ",", ",", ";", "\t"), extrasaction="ignore",
            lineterminator=draw.pick("\n", "\r\n"),
        )  # fmt: skip
        writer.writeheader()
        writer.writerows(rows)
        encoding = draw.pick(*ENCODINGS) if draw.chance(0.1) else draw.pick("utf-8", "utf-8-sig", "gb18030")
        name, content = "facilities.csv", text.getvalue().encode(encoding, "replace")
    if draw.chance(0.08):
        content = draw.pick(flipped, truncated, inserted)(draw, content)
    return name, content


def _workbook(draw, columns, rows):
    book = Workbook()
    sheet = book.active
    sheet.title = draw.pick(*["facilities"] * 9, "Facilities ")
    sheet.append(columns)
    for row in rows:
        cells = [row[name] for name in columns]
        # A number kept as text, as some programs export it.
        sheet.append([str(cell) if draw.chance(0.005) else None if cell == "" else cell for cell in cells])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rules(draw):
    """Terms of one's own, a sector that is replaced or new, or what is refused."""
    terms = {
        "advance_share": draw.number(0, 1, most=1),
        "offset_share": draw.number(0, 0.2, most=1),
        "carry_over_share": draw.number(0, 1, most=1),
        "price_yuan_per_t": draw.number(0, 200, most=1e6),
        "penalty_multiple": draw.number(0, 10, most=1e6),
    }
    rules = {"terms": {name: terms[name] for name in draw.some(terms, least=0)}}
    if draw.chance(0.5):
        rule = {"first_year": 2019, "form": draw.pick("band", "output", "emissions")}
        if rule["form"] == "band":
            rule |= {"slope": draw.number(0.01, 1, 1e-6), "band": draw.number(0.01, 1, 1e-6)}
        if draw.chance(0.7):
            rule["benchmark"] = draw.number(0.3, 3, 1e-3, 1e6)
        rules["sector"] = [{"name": draw.pick("steel", "glass"), "output_unit": "t", "rule": [rule]}]
    if draw.chance(0.1):
        rules["terms"][draw.pick("advance_share", "unknown")] = draw.pick(-1, 2.0, "x", [])
    return rules
