"""What entitled cuts follow from, live: emissions at constant intensity, points of the burden, the band."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import MT, POINTS
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
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
    return [
        Field("gdp_ratio", _gdp_ratio(builder, targets).to_dict(), "input", unit=""),
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
            lambda row: f"-{grid.at(CONSTANT, row)}*{grid.at('points_above_mean', row)}/100",
        ),
        Field("floor_mt", p["floor_mt"].to_dict(), "live", lambda row: _edge(builder, row, "band_most")),
        Field("ceiling_mt", p["ceiling_mt"].to_dict(), "live", lambda row: _edge(builder, row, "band_least")),
        Field("distance_mt", targets.distance_mt.to_dict(), "live", lambda row: _distance(builder, row)),
    ]


def _gdp_ratio(builder: WorkbookBuilder, targets: TargetColumns) -> pd.Series:
    emissions = builder.data.inputs["emissions_mt"]
    base = pd.Series({row: float(emissions[row[1]]) for row in builder.data.rows})
    # Without emissions any growth gives the same.
    return (targets.constant_mt / base).where(base > 0, 1.0)


def _constant(builder: WorkbookBuilder, row: Label) -> str:
    base = builder.grids["inputs"].ref("emissions_mt", str(row[1]))
    return f"{base}*{builder.grids['entitlements'].at('gdp_ratio', row)}"


def _share_values(builder: WorkbookBuilder) -> dict[Label, object]:
    share = builder.data.raw_share
    return dict.fromkeys(builder.data.rows, "") if share is None else dict(share)


def _share(builder: WorkbookBuilder, row: Label) -> str:
    """What the national cut leaves to the province where everybody cuts alike."""
    grid, divided = builder.grids["entitlements"], builder.grids["cap"].ref("divided_mt", row[0])
    total = f"SUM({grid.span(CONSTANT, builder.data.of_year(row[0]))})"
    return f"{divided}*{grid.at(CONSTANT, row)}/{total}"


def _points(builder: WorkbookBuilder, row: Label) -> str:
    grid, same = builder.grids["entitlements"], builder.data.of_year(row[0])
    weight, burden = grid.span(CONSTANT, same), grid.span("score", same)
    spread = f"{builder.named('spread_points')}*{_part(builder, row)}"
    width = f"(MAX({burden})-MIN({burden}))"
    above = f"({grid.at('score', row)}-SUMPRODUCT({weight},{burden})/SUM({weight}))"
    return f"IF({width}>0,{spread}*{above}/{width},0)"


def _part(builder: WorkbookBuilder, row: Label) -> str:
    return builder.grids["cap"].ref("plan_part", row[0])


def _edge(builder: WorkbookBuilder, row: Label, name: str) -> str:
    cut = f"{_part(builder, row)}*{builder.named(name)}"
    return f"{builder.grids['entitlements'].at(CONSTANT, row)}*(1-{cut}/100)"


def _distance(builder: WorkbookBuilder, row: Label) -> str:
    points = builder.named("distance_points")
    amount = f"{builder.grids['entitlements'].at(CONSTANT, row)}*{points}*{_part(builder, row)}/100"
    return f"IF(ISNUMBER({points}),{amount},{builder.words('no_limit')})"
