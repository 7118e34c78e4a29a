"""The national cap of every year: as given, or live from the cuts, the peak or the budget that it follows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.reports.words.columns import MT, PERCENT, SHARE
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.figures import BY_CUTS
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.growth import Growth
from capshare.reports.workbook.sheets.baseline import of_year
from capshare.reports.workbook.sheets.cap_formulas import cap_formula
from capshare.reports.workbook.sheets.split_table import point_fields, point_names
from capshare.reports.workbook.sheets.splits import CAPS
from capshare.reports.workbook.sheets.stated_cuts import (
    cut_of_cap,
    planned_cuts,
    planned_fields,
    stated_cuts,
    stated_tables,
)
from capshare.reports.workbook.sheets.stated_cuts import (
    reserve as reserve_stated,
)
from capshare.reports.workbook.workbook_data import WorkbookData

_PLANNED = ("stated_row", "part_between", "planned_cut_pct", "planned_mt")
_PLEDGED, _PLAN = "gdp_ratio", "constant_intensity_mt"


def _follows_cuts(data: WorkbookData) -> bool:
    return data.used is not None and data.setting("cap.method", "") in BY_CUTS


def _names(data: WorkbookData) -> tuple[str, ...]:
    """Columns of the path, but for those of the split between groups."""
    tail = ("divided_mt", "emissions_mt", "missing_mt")
    if not _follows_cuts(data):
        return ("year", "cap_mt", *tail)
    planned = data.setting("cap.method", "") == "intensity-plan"
    part = ("plan_part",) if data.targets else ()
    first = _PLAN if planned else _PLEDGED
    return ("year", first, *_PLANNED, "cut_status", "cap_mt", "cut_pct", *part, *tail)


def reserve(builder: WorkbookBuilder) -> None:
    """Place the path, and below it what is stated of it.

    Parameters
    ----------
    builder : takes the places of ``cap``, ``stated_cuts`` and ``peak``
    """
    data = builder.data
    split = point_names(CAPS) if builder.splits.has(CAPS) else ()
    grid = builder.grid("cap", "cap", data.all_years, (*_names(data), *split), HEADING_ROW)
    if _follows_cuts(data):
        reserve_stated(builder, grid.bottom + 4)


def cap_path_sheet(builder: WorkbookBuilder) -> None:
    """One row per year: how the cap is made, emissions before abatement, and what is missing.

    Parameters
    ----------
    builder : with the places of ``baseline``, ``inputs``, ``entitlements``, ``projection`` and what
        :func:`reserve` placed
    """
    data, grid = builder.data, builder.grids["cap"]
    cap = data.outcome.cap.path.loc[list(data.all_years)]
    emissions = data.outcome.allocation.provinces["emissions_mt"].groupby("year").sum()
    builder.open("cap")
    fields = [
        Field("year", {year: year for year in data.all_years}, unit=""),
        *(_made_of_cuts(builder, cap) if _follows_cuts(data) else ()),
        _cap(builder, cap),
        *(_meaning(builder, cap) if _follows_cuts(data) else ()),
        _divided(builder, cap["cap_mt"]),
        Field("emissions_mt", emissions.to_dict(), "live", lambda year: _emissions(builder, year)),
        Field(
            "missing_mt",
            (emissions - cap["cap_mt"]).to_dict(),
            "live",
            lambda year: f"{grid.at('emissions_mt', year)}-{grid.at('cap_mt', year)}",
        ),
        *_factor(builder),
    ]
    builder.write("cap", fields, frozen=1)
    if _follows_cuts(data):
        stated_tables(builder)


def _made_of_cuts(builder: WorkbookBuilder, cap: pd.DataFrame) -> list[Field]:
    """What the cut applies to, the cut that is planned, and its status."""
    data, grid = builder.data, builder.grids["cap"]
    cut = planned_cuts(data)
    if data.setting("cap.method", "") == "intensity-plan":
        constant = cap[_PLAN].astype(float)
        first = Field(_PLAN, constant.to_dict(), "live", lambda year: _constant(builder, year), MT)
        planned = constant * (1 - cut / 100)
    else:
        ratio = Growth(data).ratio.loc[list(data.all_years)]
        first = Field(
            _PLEDGED,
            ratio.to_dict(),
            "live",
            lambda year: of_year(builder, "gdp_ratio", grid.at("year", year), "1"),
            "",
        )
        start = stated_cuts(data)[data.base_year]
        planned = float(data.inputs["emissions_mt"].sum()) * ratio * (100 - cut) / (100 - start)
    status = Field("cut_status", {year: builder.word(text) for year, text in cap["cut_status"].items()})
    return [first, *planned_fields(builder, planned.to_dict()), status]


def _constant(builder: WorkbookBuilder, year: Label) -> str:
    return builder.grids["baseline"].sum_where(_PLAN, year=builder.grids["cap"].at("year", year))


def _cap(builder: WorkbookBuilder, cap: pd.DataFrame) -> Field:
    values, formula = cap["cap_mt"].to_dict(), cap_formula(builder)
    if formula is not None:
        return Field("cap_mt", values, "live", formula)
    if builder.data.setting("cap.method", "") == "table":
        return Field("cap_mt", values, "input", key=lambda year: f"cap.mt.{year}")
    return Field("cap_mt", values, "solved")


def _meaning(builder: WorkbookBuilder, cap: pd.DataFrame) -> list[Field]:
    """The cut that each cap means, and in a plan what part of its last cut that is."""
    grid, cut = builder.grids["cap"], cap["cut_pct"].astype(float)
    fields = [Field("cut_pct", cut.to_dict(), "live", lambda year: cut_of_cap(builder, year), PERCENT)]
    targets, last = builder.data.targets, builder.data.all_years[-1]
    if targets is None:
        return fields
    part = {year: float(targets.part[year]) for year in builder.data.all_years}
    of_last = grid.ref("cut_pct", last)
    return [
        *fields,
        Field("plan_part", part, "live", lambda year: f"{grid.at('cut_pct', year)}/{of_last}", SHARE),
    ]


def _divided(builder: WorkbookBuilder, cap_mt: pd.Series) -> Field:
    """The part of the cap that is divided between the provinces: all, unless the study holds some back."""
    grid, divided = builder.grids["cap"], builder.data.total_mt.loc[cap_mt.index]
    kept = f"(1-{builder.named('reserve_share')})"
    return Field("divided_mt", divided.to_dict(), "live", lambda year: f"{grid.at('cap_mt', year)}*{kept}")


def _emissions(builder: WorkbookBuilder, year: Label) -> str:
    """Emissions of all provinces before abatement."""
    data, key = builder.data, builder.grids["cap"].at("year", year)
    if "baseline" in builder.grids:
        return builder.grids["baseline"].sum_where("emissions_mt", year=key)
    total = float(data.inputs["emissions_mt"].sum())
    sums = data.outcome.allocation.provinces["emissions_mt"].groupby("year").sum()
    if np.allclose(sums, total, rtol=1e-9, atol=0.0):
        return f"SUM({builder.grids['inputs'].column('emissions_mt')})"
    if year not in data.years:
        return ""
    rows = builder.grids["entitlements"]
    return rows.sum_where("emissions_mt", year=key) if data.several else f"SUM({rows.column('emissions_mt')})"


def _factor(builder: WorkbookBuilder) -> list[Field]:
    """The split of the cap between groups; years that are not shown in full have none here."""
    found, grid, data = builder.splits, builder.grids["cap"], builder.data
    if not found.has(CAPS):
        return []
    keys: dict[Label, Label] = {year: year for year in data.all_years if (CAPS, year) in found.found}
    return point_fields(builder, CAPS, keys, lambda year: grid.at("divided_mt", year), grid)
