"""What entitled cuts follow from, live: emissions at constant intensity, points of the burden, the band."""

from __future__ import annotations

from capshare.reports.words.columns import MT, POINTS
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.base_gdp import base_gdp
from capshare.reports.workbook.sheets.years_shown import of_cap, of_province, sum_of_year
from capshare.reports.workbook.target_columns import TargetColumns

OFFSET = "burden_offset_mt"
CONSTANT = "constant_intensity_mt"
TARGETS = (
    *("gdp_ratio", CONSTANT, "share", "points_above_mean", OFFSET, "floor_mt", "ceiling_mt"),
    "distance_mt",
)


def target_fields(builder: WorkbookBuilder, targets: TargetColumns) -> list[Field]:
    """The columns ``TARGETS`` of the sheet of entitlements.

    Parameters
    ----------
    builder : with the places of ``cap``, ``entitlements``, ``inputs`` and ``assumptions``
    targets : of its data
    """
    p, grid = builder.data.provinces, builder.grids["entitlements"]
    percent = builder.named("percent")
    return [
        _gdp_ratio(builder),
        Field(CONSTANT, targets.constant_mt.to_dict(), "live", lambda row: _constant(builder, row)),
        Field("share", _share_values(builder), "live", lambda row: _share(builder, row), MT),
        Field(
            "points_above_mean",
            targets.points.to_dict(),
            "live",
            lambda row: _points(builder, row),
            POINTS,
        ),
        Field(
            OFFSET,
            targets.offset_mt.to_dict(),
            "live",
            lambda row: f"-{grid.at(CONSTANT, row)}*{grid.at('points_above_mean', row)}/{percent}",
        ),
        Field("floor_mt", p["floor_mt"].to_dict(), "live", lambda row: _edge(builder, row, "band_most")),
        Field("ceiling_mt", p["ceiling_mt"].to_dict(), "live", lambda row: _edge(builder, row, "band_least")),
        Field("distance_mt", targets.distance_mt.to_dict(), "live", lambda row: _distance(builder, row)),
    ]


def _gdp_ratio(builder: WorkbookBuilder) -> Field:
    """GDP of the year as a multiple of the base year's, from the baseline."""
    data, baseline = builder.data, builder.grids["baseline"]
    base, gdp = base_gdp(data), data.used.gdp_1e8yuan if data.used else None
    if gdp is None:
        raise ValueError("a plan follows GDP")
    ratio = {row: float(gdp[row]) / float(base[row[1]]) for row in data.rows}

    def formula(row: Label) -> str:
        own = of_province(builder, "entitlements", "base_year", "base_gdp_1e8yuan", row)
        return f"{baseline.peer('gdp_1e8yuan', row)}/{own}"

    return Field("gdp_ratio", ratio, "live", formula, "")


def _constant(builder: WorkbookBuilder, row: Label) -> str:
    return builder.grids["baseline"].peer("constant_intensity_mt", row)


def _share_values(builder: WorkbookBuilder) -> dict[Label, object]:
    share = builder.data.raw_share
    return dict.fromkeys(builder.data.rows, "") if share is None else dict(share)


def _share(builder: WorkbookBuilder, row: Label) -> str:
    """What the national cut leaves to the province where everybody cuts alike."""
    divided = of_cap(builder, "entitlements", "divided_mt", row)
    own = builder.grids["entitlements"].at(CONSTANT, row)
    return f"{divided}*{own}/{sum_of_year(builder, 'entitlements', CONSTANT, row)}"


def _points(builder: WorkbookBuilder, row: Label) -> str:
    grid = builder.grids["entitlements"]
    weight, burden = grid.span(CONSTANT), grid.span("score")
    same = f"({grid.span('year')}={grid.at('year', row)})*" if builder.data.several else ""
    mean = f"SUMPRODUCT({same}{weight}*{burden})/{sum_of_year(builder, 'entitlements', CONSTANT, row)}"
    spread = f"{builder.named('spread_points')}*{_part(builder, row)}"
    # The index is the same in every year.
    width = f"(MAX({burden})-MIN({burden}))"
    return f"IF({width}>0,{spread}*({grid.at('score', row)}-{mean})/{width},0)"


def _part(builder: WorkbookBuilder, row: Label) -> str:
    return of_cap(builder, "entitlements", "plan_part", row)


def _edge(builder: WorkbookBuilder, row: Label, name: str) -> str:
    cut = f"{_part(builder, row)}*{builder.named(name)}"
    return f"{builder.grids['entitlements'].at(CONSTANT, row)}*(1-{cut}/{builder.named('percent')})"


def _distance(builder: WorkbookBuilder, row: Label) -> str:
    points = builder.named("distance_points")
    own = builder.grids["entitlements"].at(CONSTANT, row)
    amount = f"{own}*{points}*{_part(builder, row)}/{builder.named('percent')}"
    return f"IF(ISNUMBER({points}),{amount},{builder.words('no_limit')})"
