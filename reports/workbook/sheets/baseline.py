r"""Emissions before abatement, year by year: from the base year, growth and the autonomous change; all live.

.. math:: Y_{it} = \frac{Y_t}{Y_0}\sum_j Y_{j0}\cdot\frac{Y_{i0}(1+g_i)^{m_t}}{\sum_j Y_{j0}(1+g_j)^{m_t}},
    \qquad E_{it} = E_{i0}\,\frac{Y_{it}}{Y_{i0}}(1-a)^{t-t_0}
"""

from __future__ import annotations

from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.figures import figure_key
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.growth import Growth, has_growth, leads_differ, nation_grows
from capshare.reports.workbook.own_emissions import is_carried
from capshare.reports.workbook.sheets.base_gdp import base_gdp, past_factor
from capshare.reports.workbook.sheets.base_year import PROVINCES, base_year_tables
from capshare.reports.workbook.sheets.base_year import reserve as reserve_base_year
from capshare.reports.workbook.workbook_data import WorkbookData

BASELINE, AHEAD = "baseline", "years_ahead"
_NAMES = ("gdp_weight", "gdp_1e8yuan", "constant_intensity_mt", "emissions_mt")


def is_stated(data: WorkbookData) -> bool:
    """Whether the study states emissions of later years.

    Parameters
    ----------
    data : of the run
    """
    return str(data.setting("baseline.method", "")) == "table"


def has_baseline(data: WorkbookData) -> bool:
    """Whether a run has anything to show of other years than the dataset's.

    Parameters
    ----------
    data : of the run
    """
    return nation_grows(data) or is_stated(data) or is_carried(data)


def _rows(data: WorkbookData) -> list[tuple[int, str]]:
    return [(year, code) for year in data.all_years for code in data.codes]


def reserve(builder: WorkbookBuilder) -> None:
    """Place the tables of the sheet one below the other.

    Parameters
    ----------
    builder : takes the places of ``baseline`` and ``years_ahead``, and those of the base year
    """
    data, top = builder.data, HEADING_ROW
    identity = ("year", *(field.name for field in builder.code_fields(data.codes)))
    if has_growth(data):
        names = _NAMES if leads_differ(data) else _NAMES[1:]
        top = builder.grid(BASELINE, BASELINE, _rows(data), (*identity, *names), top).bottom + 4
    elif is_stated(data):
        top = builder.grid(BASELINE, BASELINE, _rows(data), (*identity, "emissions_mt"), top).bottom + 4
    if nation_grows(data):
        # A cap of the nation's intensity follows growth where emissions of provinces do not.
        power = ("lead_power",) if leads_differ(data) else ()
        left = ("intensity_left",) if has_growth(data) else ()
        columns = ("year", "growth_pct", "gdp_ratio", *power, *left)
        top = builder.grid(AHEAD, BASELINE, Growth(data).years, columns, top).bottom + 4
    reserve_base_year(builder, top)


def baseline_sheet(builder: WorkbookBuilder) -> None:
    """Provinces in every year; below, national growth, the base year, and how emissions came to it.

    Parameters
    ----------
    builder : with the places of ``inputs``, ``assumptions`` and what :func:`reserve` placed
    """
    data = builder.data
    if not has_baseline(data):
        return
    sheet = builder.open(BASELINE)
    if BASELINE in builder.grids:
        fields = [*_identity(builder), *(_growing(builder) if has_growth(data) else [_stated(builder)])]
        builder.write(BASELINE, fields, frozen=3)
    if AHEAD in builder.grids:
        if BASELINE in builder.grids:
            builder.subtitle(sheet, builder.grids[AHEAD].top - 1, AHEAD)
        builder.write(AHEAD, _ahead(builder, Growth(data)), None if BASELINE in builder.grids else 1)
    base_year_tables(builder)


def _identity(builder: WorkbookBuilder) -> list[Field]:
    rows = _rows(builder.data)
    code, name = builder.code_fields(builder.data.codes)
    return [
        Field("year", {row: row[0] for row in rows}, unit=""),
        *(Field(known.name, {row: known.values[row[1]] for row in rows}) for known in (code, name)),
    ]


def _ahead(builder: WorkbookBuilder, growth: Growth) -> list[Field]:
    """Growth of the nation, and what follows from it in each year."""
    grid, percent, base = builder.grids[AHEAD], builder.named("percent"), builder.named("base_year")

    def before(name: str, year: Label, start: str) -> str:
        above = f"{grid.letter(name)}{grid.row(year) - 1}"
        return f"IF({grid.at('year', year)}={base}+1,{start},{above})"

    def ratio(year: Label) -> str:
        return f"{before('gdp_ratio', year, '1')}*(1+{grid.at('growth_pct', year)}/{percent})"

    def power(year: Label) -> str:
        return f"{before('lead_power', year, '0')}*{builder.named('persistence')}+1"

    return [
        Field("year", {year: year for year in growth.years}, unit=""),
        Field(
            "growth_pct",
            growth.known["value"].to_dict(),
            "input",
            unit=PERCENT,
            key=lambda year: figure_key(growth.known, year),
        ),
        Field("gdp_ratio", growth.ratio.to_dict(), "live", ratio, ""),
        *(
            [Field("lead_power", growth.power.to_dict(), "live", power, "")]
            if leads_differ(growth.data)
            else []
        ),
        *([_intensity_left(builder, growth)] if has_growth(growth.data) else []),
    ]


def _intensity_left(builder: WorkbookBuilder, growth: Growth) -> Field:
    grid, base, change = builder.grids[AHEAD], builder.named("base_year"), builder.named("autonomous_change")

    def left(year: Label) -> str:
        return f"(1-{change})^({grid.at('year', year)}-{base})"

    return Field("intensity_left", growth.left.to_dict(), "live", left, "")


def of_year(builder: WorkbookBuilder, name: str, year_cell: str, at_start: str) -> str:
    """What a year's row of the nation's growth says; a stated number in the base year.

    Parameters
    ----------
    builder : with the place of ``years_ahead``
    name : of the column
    year_cell : cell with the year
    at_start : of the base year
    """
    found = builder.grids[AHEAD].find(name, year_cell, "year")
    return f"IF({year_cell}={builder.named('base_year')},{at_start},{found})"


def _growing(builder: WorkbookBuilder) -> list[Field]:
    """GDP of the provinces, and emissions that follow it."""
    data, grid, base = builder.data, builder.grids[BASELINE], builder.grids[PROVINCES]
    inputs, rows = builder.grids["inputs"], _rows(builder.data)
    gdp, at_start = _gdp_by_row(data), base_gdp(data).to_dict()
    emitted = data.inputs["emissions_mt"].to_dict()
    constant = {row: float(emitted[row[1]]) * gdp[row] / float(at_start[row[1]]) for row in rows}

    def own(row: Label) -> str:
        return base.find("base_gdp_1e8yuan", grid.at("code", row), "code")

    def shared(row: Label) -> str:
        nation = of_year(builder, "gdp_ratio", grid.at("year", row), "1")
        if not leads_differ(data):
            return f"{own(row)}*{nation}"
        total = grid.sum_where("gdp_weight", year=grid.at("year", row))
        return f"SUM({base.column('base_gdp_1e8yuan')})*{nation}*{grid.at('gdp_weight', row)}/{total}"

    def at_constant(row: Label) -> str:
        emissions = inputs.find("emissions_mt", grid.at("code", row), "code")
        return f"{emissions}*{grid.at('gdp_1e8yuan', row)}/{own(row)}"

    def emissions(row: Label) -> str:
        left = of_year(builder, "intensity_left", grid.at("year", row), "1")
        return f"{grid.at('constant_intensity_mt', row)}*{left}"

    return [
        *([_weight(builder)] if leads_differ(data) else []),
        Field("gdp_1e8yuan", gdp, "live", shared),
        Field("constant_intensity_mt", constant, "live", at_constant, MT),
        Field("emissions_mt", _emissions_by_row(data), "live", emissions, MT),
    ]


def _gdp_by_row(data: WorkbookData) -> dict[Label, float]:
    if data.used is None or data.used.gdp_1e8yuan is None:
        raise ValueError("a baseline by growth has GDP")
    gdp = data.used.gdp_1e8yuan.to_dict()
    return {row: float(gdp[row]) for row in _rows(data)}


def _emissions_by_row(data: WorkbookData) -> dict[Label, float]:
    found = data.outcome.allocation.provinces["emissions_mt"].to_dict()
    return {row: float(found[row]) for row in _rows(data)}


def _weight(builder: WorkbookBuilder) -> Field:
    """What the nation's GDP is shared in proportion to."""
    data, grid, base = builder.data, builder.grids[BASELINE], builder.grids[PROVINCES]
    growth, factor, own = Growth(data), past_factor(data).to_dict(), base_gdp(data).to_dict()
    power = {data.base_year: 0.0, **growth.power.to_dict()}
    values = {row: float(own[row[1]]) * float(factor[row[1]]) ** power[row[0]] for row in _rows(data)}

    def formula(row: Label) -> str:
        gdp, lead = (base.find(name, grid.at("code", row), "code") for name in ("base_gdp_1e8yuan", "lead"))
        return f"{gdp}*{lead}^{of_year(builder, 'lead_power', grid.at('year', row), '0')}"

    return Field("gdp_weight", values, "live", formula, "")


def _stated(builder: WorkbookBuilder) -> Field:
    """Emissions of later years as the study states them, by the names that it uses."""
    data, names = builder.data, builder.names()
    stated = data.setting("baseline.mt", {})
    called = {code: next((name for name in stated if name in (code, names[code])), "") for code in data.codes}
    known = all(called.values())
    return Field(
        "emissions_mt",
        _emissions_by_row(data),
        "input" if known else "solved",
        key=(lambda row: f"baseline.mt.{called[row[1]]}.{row[0]}") if known else None,
        unit=MT,
    )
