r"""Cuts of intensity as they are stated, the cut of every year between them, and the peak after the last.

.. math:: 1-r_t = (1-r_a)^{(b-t)/(b-a)}\,(1-r_b)^{(t-a)/(b-a)}
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.model.cap.intensity import interpolate_cuts
from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.figures import figure_key, figures
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.workbook_data import WorkbookData

STATED, PEAK = "stated_cuts", "peak"


def stated_cuts(data: WorkbookData) -> dict[int, float]:
    """Year → cut that is stated, %, the base year first: 0 of a plan, what was achieved by then of a pledge.

    Parameters
    ----------
    data : of a run whose cap follows cuts
    """
    base = data.base_year
    if data.setting("cap.method", "") == "intensity":
        start = float(data.outcome.cap.path["base_cut_pct"].iloc[0])
        pledged = {int(year): float(cut) for year, cut in data.setting("cap.cuts_pct", {}).items()}
        return {base: start, **dict(sorted(pledged.items()))}
    last, first = _plan_year(data), data.setting("cap.first_year_cut_pct", None)
    early = {} if first is None or last <= base + 1 else {base + 1: float(first)}
    return {base: 0.0, **early, last: float(data.setting("cap.cut_pct", 0.0))}


def _plan_year(data: WorkbookData) -> int:
    return int(data.setting("cap.plan_year", data.all_years[-1]))


def _key(data: WorkbookData, year: int) -> str:
    if data.setting("cap.method", "") == "intensity-plan":
        keys = {data.base_year: "", _plan_year(data): "cap.cut_pct"}
        return keys.get(year, "cap.first_year_cut_pct")
    if year != data.base_year:
        return f"cap.cuts_pct.{year}"
    known = figures(data, "official_cut")
    return "" if known.empty else figure_key(known, year)


def reserve(builder: WorkbookBuilder, top: int) -> None:
    """Place the stated cuts, and below them the peak where emissions fall after it.

    Parameters
    ----------
    builder : takes the places of ``stated_cuts`` and ``peak``
    top : row of the headings of the first
    """
    data = builder.data
    grid = builder.grid(STATED, "cap", tuple(stated_cuts(data)), ("year", "stated_cut_pct"), top)
    if falls(data):
        names = ("peak_year", "peak_mt", "peak_net_ghg_mt")
        builder.grid(PEAK, "cap", (PEAK,), names, grid.bottom + 4)


def falls(data: WorkbookData) -> bool:
    """Whether the cap falls after the last stated cut.

    Parameters
    ----------
    data : of the run
    """
    return data.setting("cap.then", None) is not None


def stated_tables(builder: WorkbookBuilder) -> None:
    """One row per stated cut; the year, level and gases of the peak.

    Parameters
    ----------
    builder : with what :func:`reserve` placed
    """
    data, grid = builder.data, builder.grids[STATED]
    sheet, cuts = builder.book[builder.title("cap")], stated_cuts(builder.data)
    builder.subtitle(sheet, grid.top - 1, STATED)
    builder.write(
        STATED,
        [
            Field("year", {year: year for year in cuts}, unit=""),
            # A plan counts from its base year, which is no figure to edit.
            Field(
                "stated_cut_pct",
                cuts,
                "live",
                lambda year: "0" if _is_start_of_plan(data, int(year)) else "",
                PERCENT,
                plain="input",
                key=lambda year: _key(data, int(year)),
            ),
        ],
    )
    if PEAK in builder.grids:
        builder.subtitle(sheet, builder.grids[PEAK].top - 1, PEAK)
        builder.write(PEAK, _peak(builder))


def _is_start_of_plan(data: WorkbookData, year: int) -> bool:
    return year == data.base_year and data.setting("cap.method", "") == "intensity-plan"


def _peak(builder: WorkbookBuilder) -> list[Field]:
    data, cap, grid = builder.data, builder.grids["cap"], builder.grids[PEAK]
    row = data.outcome.cap.path.iloc[0]
    year = int(max(stated_cuts(data)))
    level = float(row["peak_mt"]) if "peak_mt" in row else 0.0
    years = builder.grids[STATED]

    def peak(_: Label) -> str:
        # A year that is not allocated has no cap here to be read.
        return cap.find("planned_mt", grid.at("peak_year", PEAK), "year") if year in data.all_years else ""

    gases = f"{grid.at('peak_mt', PEAK)}*{builder.named('net_ghg_per_co2')}"
    return [
        Field("peak_year", {PEAK: year}, "live", lambda _: f"MAX({years.span('year')})", ""),
        Field("peak_mt", {PEAK: level}, "live", peak, MT),
        Field("peak_net_ghg_mt", {PEAK: float(row.get("peak_net_ghg_mt", 0.0))}, "live", lambda _: gases, MT),
    ]


def planned_cuts(data: WorkbookData) -> pd.Series:
    """Cut of every year to allocate as stated or between two that are; after the last, the last.

    Parameters
    ----------
    data : of a run whose cap follows cuts

    Returns
    -------
    Series, index year, %
    """
    cuts = pd.Series(stated_cuts(data))
    return interpolate_cuts(cuts, pd.Index(list(data.all_years)))


def planned_fields(builder: WorkbookBuilder, planned_mt: Mapping[Label, float]) -> list[Field]:
    """Between which stated cuts a year lies, its cut, and the cap that follows from it.

    Parameters
    ----------
    builder : with the places of ``cap`` and ``stated_cuts``
    planned_mt : year → the cap that follows, Mt CO2
    """
    data, grid, stated = builder.data, builder.grids["cap"], builder.grids[STATED]
    years, cuts, percent = data.all_years, stated_cuts(builder.data), builder.named("percent")
    place = {year: sum(known <= year for known in cuts) for year in years}

    def ends(name: str, year: Label) -> tuple[str, str]:
        column, row = stated.column(name), grid.at("stated_row", year)
        return f"INDEX({column},{row})", f"INDEX({column},MIN({row}+1,ROWS({column})))"

    def part(year: Label) -> str:
        first, last = ends("year", year)
        return f"IF({last}>{first},({grid.at('year', year)}-{first})/({last}-{first}),0)"

    def cut(year: Label) -> str:
        passed = grid.at("part_between", year)
        low, high = (f"(1-{end}/{percent})" for end in ends("stated_cut_pct", year))
        return f"{percent}*(1-{low}^(1-{passed})*{high}^{passed})"

    return [
        Field(
            "stated_row",
            place,
            "live",
            lambda year: f"MATCH({grid.at('year', year)},{stated.column('year')},1)",
            "",
        ),
        Field("part_between", _parts(years, list(cuts)), "live", part, ""),
        Field("planned_cut_pct", planned_cuts(data).to_dict(), "live", cut, PERCENT),
        Field("planned_mt", dict(planned_mt), "live", lambda year: _planned(builder, year), MT),
    ]


def _parts(years: tuple[int, ...], stated: list[int]) -> dict[Label, float]:
    found: dict[Label, float] = {}
    for year in years:
        before = max(known for known in stated if known <= year)
        after = min((known for known in stated if known > year), default=before)
        found[year] = (year - before) / (after - before) if after > before else 0.0
    return found


def _planned(builder: WorkbookBuilder, year: Label) -> str:
    grid, percent = builder.grids["cap"], builder.named("percent")
    cut = grid.at("planned_cut_pct", year)
    if builder.data.setting("cap.method", "") == "intensity-plan":
        return f"{grid.at('constant_intensity_mt', year)}*(1-{cut}/{percent})"
    return f"{_per_start(builder, year)}*({percent}-{cut})"


def _per_start(builder: WorkbookBuilder, year: Label) -> str:
    """Emissions at the base year's intensity, over what the cut by then had left of it in per cent."""
    grid, stated = builder.grids["cap"], builder.grids[STATED]
    emissions = f"SUM({builder.grids['inputs'].column('emissions_mt')})"
    left = f"({builder.named('percent')}-{stated.ref('stated_cut_pct', builder.data.base_year)})"
    return f"{emissions}*{grid.at('gdp_ratio', year)}/{left}"


def cut_of_cap(builder: WorkbookBuilder, year: Label) -> str:
    """The cut of intensity that a year's cap means.

    Parameters
    ----------
    builder : with the places of ``cap`` and ``stated_cuts``
    year : row of the cap path
    """
    grid, percent = builder.grids["cap"], builder.named("percent")
    cap = grid.at("cap_mt", year)
    if builder.data.setting("cap.method", "") == "intensity-plan":
        return f"{percent}*(1-{cap}/{grid.at('constant_intensity_mt', year)})"
    return f"{percent}-{cap}/({_per_start(builder, year)})"
