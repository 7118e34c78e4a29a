"""Carbon intensity that each quota implies, in the terms in which provinces are given targets; live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.conventions import conventions
from capshare.model.outcome.intensity_targets import t_per_1e4
from capshare.reports.words.columns import MONEY, MT, PERCENT, POINTS
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.matching import summed
from capshare.reports.workbook.workbook_data import WorkbookData

_ANNUAL, _AFTER = "target_annual_pct", "years_after"
_AMOUNTS = ("base_emissions_mt", "base_gdp_1e8yuan", "quota_mt", "gdp_1e8yuan")
_INTENSITY = "t/1e4 yuan"


def gdp_1e8yuan(data: WorkbookData) -> pd.Series | None:
    """GDP of every row's year, index (year, code), 1e8 yuan; None where the run does not say it.

    Parameters
    ----------
    data : of the run; `gdp_1e8yuan` of its inputs, or intensity (t/1e4 yuan) and quota (Mt CO2)
    """
    if data.used is not None and data.used.gdp_1e8yuan is not None:
        return data.used.gdp_1e8yuan.loc[list(data.rows)]
    if "gdp_1e8yuan" not in data.inputs:
        return None
    base = data.inputs["gdp_1e8yuan"]
    gdp = pd.Series({row: base[row[1]] if row[0] == data.base_year else float("nan") for row in data.rows})
    targets = data.outcome.targets
    if targets is not None:
        implied = targets.intensity["intensity_t_per_1e4yuan"].reindex(gdp.index)
        gdp = gdp.fillna(t_per_1e4(conventions()) * data.provinces["quota_mt"] / implied.where(implied > 0))
    return gdp if gdp.notna().all() else None


def base_gdp_1e8yuan(data: WorkbookData) -> pd.Series:
    """GDP of the base year, index code, 1e8 yuan: the inputs', unless the run carried it to a later year.

    Parameters
    ----------
    data : of the run; `gdp_1e8yuan` of its inputs, and its intensity (t/1e4 yuan)
    """
    own = data.inputs["gdp_1e8yuan"]
    if data.outcome.targets is None:
        return own
    intensity = data.outcome.targets.intensity["base_intensity_t_per_1e4yuan"]
    first = intensity.groupby(level="code").first().reindex(own.index)
    carried = (t_per_1e4(conventions()) * data.inputs["emissions_mt"] / first.where(first > 0)).fillna(own)
    return own if np.allclose(carried, own, rtol=1e-9, atol=0.0) else carried


def intensity_sheet(builder: WorkbookBuilder) -> None:
    """One row per province and year.

    Parameters
    ----------
    builder : with the places of ``allocation`` and ``inputs``
    """
    data = builder.data
    gdp = gdp_1e8yuan(data)
    sheet = builder.open("intensity")
    if gdp is None or "gdp_1e8yuan" not in data.inputs:
        builder.say_here(sheet, HEADING_ROW, "no_intensity")
        return
    identity = builder.province_fields()
    plan = _plan_columns(data)
    names = (*builder.identity, *_AMOUNTS, "base_intensity", "intensity", "cut_vs_base_pct", *(plan or ()))
    builder.grid("intensity", "intensity", data.rows, names)
    fields = [*identity, *_amounts(builder, gdp), *_intensities(builder, gdp)]
    fields += _plan(builder, gdp, plan) if plan else []
    builder.write("intensity", fields, len(identity), totals=("base_emissions_mt", *_AMOUNTS[2:]))


def _plan_columns(data: WorkbookData) -> tuple[str, ...] | None:
    """Columns about an earlier plan, its target third; None where the run shows none beside its cuts."""
    targets = data.outcome.targets
    named = [] if targets is None else [str(name) for name in targets.intensity if _is_target(str(name))]
    if not named or _input_of(data, named[0]) is None:
        return None
    return _AFTER, "annual_cut_pct", named[0], _ANNUAL, "asked_pct", "beyond_target_points"


def _is_target(name: str) -> bool:
    return name.startswith("target_") and name.endswith("_pct") and name != _ANNUAL


def _input_of(data: WorkbookData, target: str) -> str | None:
    """The input that a target is: the column that ends in its name."""
    return next((str(name) for name in data.inputs if str(name).endswith(target)), None)


def _from_inputs(builder: WorkbookBuilder, name: str, column: str, unit: str) -> Field:
    data, inputs = builder.data, builder.grids["inputs"]
    values: dict[Label, object] = {row: data.inputs.loc[row[1], column] for row in data.rows}
    grid = builder.grids["intensity"]
    return Field(name, values, "live", lambda row: inputs.find(column, grid.at("code", row), by="code"), unit)


def _base_gdp(builder: WorkbookBuilder) -> Field:
    data, base = builder.data, base_gdp_1e8yuan(builder.data)
    grid, name, source = builder.grids["intensity"], "base_gdp_1e8yuan", builder.grids.get("base_year")
    values: dict[Label, object] = {row: base[row[1]] for row in data.rows}
    if source is not None and name in source.names:
        return Field(
            name, values, "live", lambda row: source.find(name, grid.at("code", row), by="code"), MONEY
        )
    if base.equals(data.inputs["gdp_1e8yuan"]):
        return _from_inputs(builder, name, "gdp_1e8yuan", MONEY)
    return Field(name, values, "solved", unit=MONEY)


def _amounts(builder: WorkbookBuilder, gdp: pd.Series) -> list[Field]:
    data = builder.data
    return [
        _from_inputs(builder, "base_emissions_mt", "emissions_mt", MT),
        _base_gdp(builder),
        builder.link("quota_mt", "allocation", "quota_mt", data.provinces["quota_mt"]),
        _gdp(builder, gdp),
    ]


def _gdp(builder: WorkbookBuilder, gdp: pd.Series) -> Field:
    """GDP of the year: of the baseline, of the inputs where it is the base year's, else as the run has it."""
    data, name, source = builder.data, "gdp_1e8yuan", builder.grids.get("baseline")
    if source is not None and name in source.names:
        grid = builder.grids["intensity"]
        return Field(name, gdp.to_dict(), "live", lambda row: summed(source, name, grid, row), MONEY)
    if data.years == (data.base_year,):
        return _from_inputs(builder, name, name, MONEY)
    return Field(name, gdp.to_dict(), "solved", unit=MONEY)


def _implied(data: WorkbookData, gdp: pd.Series) -> tuple[pd.Series, pd.Series]:
    inputs, p = data.inputs, data.provinces
    codes = p.index.get_level_values("code")
    base = (
        t_per_1e4(conventions()) * (inputs["emissions_mt"] / base_gdp_1e8yuan(data)).reindex(codes).to_numpy()
    )
    return pd.Series(base, index=p.index), t_per_1e4(conventions()) * p["quota_mt"] / gdp.to_numpy()


def _intensities(builder: WorkbookBuilder, gdp: pd.Series) -> list[Field]:
    grid = builder.grids["intensity"]
    base, implied = _implied(builder.data, gdp)
    cut = 100 * (1 - implied / base)

    def ratio(amount: str, money: str) -> ToFormula:
        return lambda row: f"{builder.named('t_per_1e4')}*{grid.at(amount, row)}/{grid.at(money, row)}"

    def fall(row: Label) -> str:
        return f"{builder.named('percent')}*(1-{grid.at('intensity', row)}/{grid.at('base_intensity', row)})"

    then, now = ratio(*_AMOUNTS[:2]), ratio(*_AMOUNTS[2:])
    return [
        Field("base_intensity", base.to_dict(), "live", then, _INTENSITY),
        Field("intensity", implied.to_dict(), "live", now, _INTENSITY),
        Field("cut_vs_base_pct", cut.to_dict(), "live", fall, PERCENT),
    ]


def _plan(builder: WorkbookBuilder, gdp: pd.Series, names: tuple[str, ...]) -> list[Field]:
    """The same cut at the pace of the earlier plan; a year without time for a cut has none."""
    data, grid, column = builder.data, builder.grids["intensity"], str(_input_of(builder.data, names[2]))
    over = plan_years(data)
    base, implied = _implied(data, gdp)
    cut, target = 100 * (1 - implied / base), data.inputs[column]
    goal = pd.Series({row: target[row[1]] for row in data.rows})
    years = pd.Series({row: float(row[0] - data.base_year) for row in data.rows})
    known = years.where(years > 0)
    asked = 100 * (1 - (1 - goal / 100) ** (known / over))

    plan, whole = builder.named("plan_years"), builder.named("percent")

    def later(row: Label, formula: str) -> str:
        return f'IF({grid.at(_AFTER, row)}>0,{formula},"")'

    def paced(name: str, power: str) -> ToFormula:
        def formula(row: Label) -> str:
            after = grid.at(_AFTER, row)
            exponent = {"cut": f"1/{after}", "plan": f"1/{plan}", "years": f"{after}/{plan}"}
            kept = f"(1-{grid.at(name, row)}/{whole})^({exponent[power]})"
            return later(row, f"{whole}*(1-{kept})")

        return formula

    def beyond(row: Label) -> str:
        return later(row, f"{grid.at('cut_vs_base_pct', row)}-{grid.at('asked_pct', row)}")

    annual = (100 * (1 - (1 - cut / 100) ** (1 / known))).where(known.notna())
    yearly = (100 * (1 - (1 - goal / 100) ** (1 / over))).where(known.notna())
    return [
        _after(builder, years),
        _shown(names[1], annual, paced("cut_vs_base_pct", "cut"), PERCENT),
        _from_inputs(builder, names[2], column, PERCENT),
        _shown(names[3], yearly, paced(names[2], "plan"), PERCENT),
        _shown(names[4], asked, paced(names[2], "years"), PERCENT),
        _shown(names[5], cut - asked, beyond, POINTS),
    ]


def _after(builder: WorkbookBuilder, years: pd.Series) -> Field:
    """Years since the base year."""
    grid, base = builder.grids["intensity"], builder.named("base_year")

    def formula(row: Label) -> str:
        return f"{grid.at('year', row) if builder.data.several else builder.named('year_shown')}-{base}"

    return Field(_AFTER, years.to_dict(), "live", formula, "")


def plan_years(data: WorkbookData) -> int:
    """Years that the earlier plan's target is for: how many of its yearly cuts make it; 0 without one.

    Parameters
    ----------
    data : of the run; the target and its yearly pace in % of carbon intensity
    """
    columns, targets = _plan_columns(data), data.outcome.targets
    if columns is None or targets is None:
        return 0
    target = columns[2]
    cut, yearly = (np.log1p(-targets.intensity[name].astype(float) / 100) for name in (target, _ANNUAL))
    return round(float(np.median(cut / yearly)))


def _shown(name: str, values: pd.Series, formula: ToFormula, unit: str) -> Field:
    filled = {label: value if value == value else "" for label, value in values.items()}
    return Field(name, filled, "live", formula, unit)
