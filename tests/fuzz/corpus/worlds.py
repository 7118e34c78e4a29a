"""Datasets to make studies of: the shipped one, and small made-up ones, many of them degenerate."""

import csv
from dataclasses import dataclass, field

from capshare.indicators.dataset.catalogue import shipped_folder
from corpus.packages import COLUMNS, package

CLASSES = ("ample surplus", "moderate surplus", "slight surplus", "light deficit", "severe deficit")
ODD_NAMES = (
    "Jiāng, Sū",
    'the "North"',
    "a|b",
    "</script>",
    "<b>x</b>",
    "100 %",
    "内蒙古 🐉",
    "x" * 300,
    "ー",
    "=1+1",
    "+A",
    "@x",
    "tab\there",
    "vertical\x0btab",
    "\u202eright to left",
    " ",
    "nan",
    "all",
)

ODD_CELLS = ("", "-3", "NaN", "inf", "1e400", "many", "１２", "1,234", "=A1", "北京")


@dataclass(frozen=True)
class World:
    """What a study may name, and the files beside it.

    Attributes
    ----------
    dataset : as the study names it
    codes : of all regions
    regions : names of some regions, as a study may spell them
    emissions : sections [emissions] that fit
    total_mt : about as much the regions emit
    expressions : of indicators
    prices : sections [prices] that fit, without what fits anywhere
    tables : published tables with groups, their shares and quotas
    potential : published rankings
    rich : whether there are panel and national series, as in the shipped dataset
    files : path → content
    """

    dataset: str
    codes: tuple
    regions: tuple
    emissions: tuple
    total_mt: float
    expressions: tuple
    prices: tuple
    tables: tuple = ()
    potential: tuple = ()
    rich: bool = False
    files: dict = field(default_factory=dict)


def shipped():
    """The dataset that comes with the package; its regions in several spellings."""
    fuels = ["coal", "gasoline", "kerosene", "diesel", "fuel_oil", "natural_gas"]
    text = (shipped_folder("china-2017") / "regions.csv").read_text(encoding="utf-8")
    return World(
        dataset="china-2017",
        codes=tuple(row["code"] for row in csv.DictReader(text.splitlines())),
        regions=(
            "Beijing",
            "河北",
            "140000",
            "Inner Mongolia",
            "内蒙古自治区",
            "Shanghai",
            "Guangxi",
            "宁夏",
        ),
        emissions=(
            {"method": "column", "table": "table1", "column": "emissions_1e8t"},
            {"method": "fuels", "fuels": fuels},
            {"method": "fuels", "fuels": ["coal"], "factors": {"coal": 2.0}},
        ),
        total_mt=10500.0,
        expressions=(
            "gdp_1e8yuan",
            "population_1e4",
            "gdp_1e8yuan / emissions_mt",
            "forest_stock_1e4m3",
            "cultivated_land_1e3ha",
            "income_per_capita_yuan",
            "rd_intensity_pct",
            "coal_1e4t / energy_total_1e4tce",
            "gdp_1e8yuan - population_1e4",
        ),
        prices=(
            {
                "method": "distance-function",
                "years": [2005, 2017],
                "absent_as_zero": ["kerosene"],
                "technology": "levels",
                "emissions": "fuels",
            },
            {"method": "power", "years": [2005, 2017], "absent_as_zero": ["kerosene"], "emissions": "fuels"},
            {"method": "productivity"},
            {"method": "given", "column": "income_per_capita_yuan"},
        ),
        tables=("table1",),
        potential=("potential_ranking",),
        rich=True,
    )


def made_up(draw):
    """A small dataset of one's own."""
    codes = [f"r{number}" for number in range(1 if draw.slip() else draw.pick(2, 3, 3, 4, 4, 5, 6, 8))]
    names = [f"Region {code}" for code in codes]
    if draw.slip():
        names[-1] = draw.pick(*ODD_NAMES)
    rows = figures(draw, codes)
    total_mt = sum(row["inventory_mt"] for row in rows)
    if draw.slip():
        draw.pick(*rows)[draw.pick(*COLUMNS)] = draw.pick(*ODD_CELLS)
    tables = ("earlier",) if draw.chance(0.4) else ()
    return World(
        dataset="data",
        codes=tuple(codes),
        regions=tuple(draw.pick(code, name) for code, name in zip(codes, names, strict=True)),
        emissions=(
            {"method": "column", "column": "inventory_mt"},
            {"method": "column", "column": "inventory_mt"},
            {"method": "fuels", "fuels": ["coal", "natural_gas"]},
        ),
        total_mt=total_mt,
        expressions=(
            "gdp_1e8yuan",
            "population_1e4",
            "forest_1e4m3",
            "gdp_1e8yuan / population_1e4",
            "emissions_mt / gdp_1e8yuan",
            "forest_1e4m3 - population_1e4",
        ),
        prices=({"method": "given", "column": "price_yuan_per_t"}, {"method": "productivity"}),
        tables=tables,
        files=package(codes, names, rows, [earlier(draw, codes)] if tables else []),
    )


def figures(draw, codes):
    """Rows of the provinces' table: plausible, or degenerate in one of many ways."""
    low, high = draw.pick((1, 1e4), (1, 1e4), (1, 30), (1, 30), (1e-2, 1), (1e2, 1e5), (1e-2, 1e5))
    if draw.chance(0.08):
        low, high = draw.pick((1e-6, 1e-3), (1e6, 1e9), (1e-9, 1e12))
    spread = draw.pick("even", "even", "by size")

    def amount():
        if spread == "by size":
            return float(f"{low * (high / low) ** draw.random.random():.6g}")
        return float(f"{draw.random.uniform(low, high):.6g}")

    rows = [{column: amount() for column in COLUMNS} for _ in codes]
    for _ in range(draw.pick(0, 0, 0, 0, 1, 2)):
        spoil_figures(draw, rows)
    return rows


def spoil_figures(draw, rows):
    """Make a table degenerate, in a way that its form does not show."""
    column, other = draw.pick(*COLUMNS), draw.pick(*COLUMNS)
    match draw.pick("equal", "zeros", "twins", "proportional", "one", "tiny", "huge", "zero"):
        case "equal":
            change = {row: {column: 7.0} for row in range(len(rows))}
        case "zeros":
            change = {row: {column: 0.0} for row in range(len(rows))}
        case "twins":
            change = {len(rows) - 1: dict(rows[0])}
        case "proportional":
            change = {number: {column: row[other] * 3} for number, row in enumerate(rows)}
        case "one":
            change = {row: {column: 0.0} for row in range(1, len(rows))}
        case "tiny":
            change = {0: {column: draw.pick(1e-300, 1e-30, 1e-12)}}
        case "huge":
            change = {0: {column: draw.pick(1e12, 1e30, 1e300)}}
        case _:
            change = {0: {column: 0.0}}
    for row, cells in change.items():
        rows[row].update(cells)


def earlier(draw, codes):
    """A published table in the layout of Table 1: its groups, their shares, quotas, balances, classes."""
    groups = [draw.pick("I", "II", "III", "north") for _ in codes]
    parts = {group: draw.whole(1, 9) for group in groups}
    share = {group: round(100 * part / sum(parts.values()), 2) for group, part in parts.items()}
    return [
        {
            "code": code,
            "group": group,
            "group_share_pct": share[group],
            "allocation_1e8t": draw.number(0.1, 5),
            "balance_1e8t": draw.number(-1, 1, least=-1.0),
            "type_en": draw.pick(*CLASSES),
        }
        for code, group in zip(codes, groups, strict=True)
    ]
