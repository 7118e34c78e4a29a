"""The national cap of every year: as given, or live from pledged cuts of intensity and a later peak."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import MT, PERCENT, SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.cap_formulas import cap_formula, cap_inputs, cut_formula, is_of_plan
from capshare.reports.workbook.sheets.splits import CAPS

_UNITS = {"base_mt": MT, "base_cut_pct": PERCENT, "cut_pct": PERCENT, "peak_mt": MT, "peak_net_ghg_mt": MT}
_TAIL = (
    *("cap_mt", "divided_share", "divided_mt", "emissions_mt", "missing_mt"),
    *("segment_of_caps", "factor_of_caps"),
)


def cap_path_sheet(builder: WorkbookBuilder) -> None:
    """One row per year: how the cap is made, emissions before abatement, and what is missing.

    Parameters
    ----------
    builder : with the places of ``entitlements`` and ``projection``
    """
    data = builder.data
    years, cap = data.all_years, data.outcome.cap.path.loc[list(data.all_years)]
    about = cap_inputs(cap)
    part = ("plan_part",) if data.targets else ()
    grid = builder.grid("cap", "cap", years, ("year", *about, *part, *_TAIL))
    emissions = data.outcome.allocation.provinces["emissions_mt"].groupby("year").sum()
    builder.open("cap")
    builder.write(
        "cap",
        [
            Field("year", {year: year for year in years}, unit=""),
            *(_about(builder, name, cap[name]) for name in about),
            *(_part_of_plan(builder, data.targets.part) if data.targets else ()),
            _cap(builder, cap, about),
            *_divided(builder, cap["cap_mt"]),
            Field(
                "emissions_mt", emissions.to_dict(), "live", lambda year: _sum(builder, year, "emissions_mt")
            ),
            Field(
                "missing_mt",
                (emissions - cap["cap_mt"]).to_dict(),
                "live",
                lambda year: f"{grid.at('emissions_mt', year)}-{grid.at('cap_mt', year)}",
            ),
            *_factor(builder),
        ],
        frozen=1,
    )


def _about(builder: WorkbookBuilder, name: str, values: pd.Series) -> Field:
    unit, shown = _UNITS.get(name, ""), values.where(values.notna(), "").to_dict()
    if name == "constant_intensity_mt" and builder.data.targets:
        return Field(name, shown, "live", lambda year: _sum(builder, year, name), plain="input")
    if name == "cut_status" and is_of_plan(builder):
        return Field(name, {year: builder.word(status) for year, status in shown.items()})
    if name == "cut_pct":
        return Field(name, shown, "live", lambda year: cut_formula(builder, year), unit, plain="input")
    return Field(name, shown, "text" if values.dtype == object else "input", unit=unit)


def _cap(builder: WorkbookBuilder, cap: pd.DataFrame, about: tuple[str, ...]) -> Field:
    values = cap["cap_mt"].to_dict()
    if not about:
        return Field("cap_mt", values, "input")
    return Field("cap_mt", values, "live", lambda year: cap_formula(builder, year), plain="input")


def _divided(builder: WorkbookBuilder, cap_mt: pd.Series) -> list[Field]:
    """The part of the cap that is divided between the provinces: all, unless the study holds some back."""
    grid, divided = builder.grids["cap"], builder.data.total_mt.loc[cap_mt.index]
    part = (divided / cap_mt).round(12)
    return [
        Field("divided_share", part.to_dict(), "input", unit=SHARE),
        Field(
            "divided_mt",
            divided.to_dict(),
            "live",
            lambda year: f"{grid.at('cap_mt', year)}*{grid.at('divided_share', year)}",
        ),
    ]


def _part_of_plan(builder: WorkbookBuilder, part: pd.Series) -> list[Field]:
    """How much of the plan's cut each year asks for."""
    grid, last = builder.grids["cap"], builder.data.all_years[-1]

    def formula(year: Label) -> str:
        return f"{grid.at('cut_pct', year)}/{grid.at('cut_pct', last)}"

    return [Field("plan_part", part.to_dict(), "live", formula, SHARE)]


def _sum(builder: WorkbookBuilder, year: Label, column: str) -> str:
    if year not in builder.data.years:
        return ""
    return f"SUM({builder.grids['entitlements'].column(column, builder.data.of_year(year))})"


def _factor(builder: WorkbookBuilder) -> list[Field]:
    found, grid, years = builder.splits, builder.grids["cap"], builder.data.all_years
    known = [year for year in years if (CAPS, year) in found.found]
    segments: dict[Label, object] = {year: found.found[CAPS, year].segment for year in known}
    factors: dict[Label, object] = {year: found.factor(CAPS, year) for year in known}
    # Years that are not shown in full have no factor here.
    blank: dict[Label, object] = dict.fromkeys(years, "")

    def segment(year: Label) -> str:
        if not found.is_live or year not in known:
            return ""
        return found.segment_formula(CAPS, year, grid.at("divided_mt", year))

    def factor(year: Label) -> str:
        if not found.is_live or year not in known:
            return ""
        total, row = grid.at("divided_mt", year), grid.at("segment_of_caps", year)
        return found.factor_formula(CAPS, year, total, row)

    return [
        Field("segment_of_caps", blank | segments, "live", segment, ""),
        Field("factor_of_caps", blank | factors, "live", factor, ""),
    ]
