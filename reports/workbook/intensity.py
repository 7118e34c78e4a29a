"""Carbon intensity that each quota implies, in the terms in which provinces are given targets; live."""

from __future__ import annotations

import pandas as pd

from capshare.model.intensity_targets import T_PER_1E4YUAN
from capshare.reports.columns import MT, PERCENT
from capshare.reports.workbook.draft import HEADING_ROW, Draft
from capshare.reports.workbook.facts import Facts, with_year
from capshare.reports.workbook.grid import Field, Label

TARGET = "ci_reduction_target_13fyp_pct"
_MONEY, _INTENSITY = "1e8 yuan", "t/1e4 yuan"


def gdp_1e8yuan(facts: Facts) -> pd.Series | None:
    """GDP of every row's year, index (year, code), 1e8 yuan; None where the run does not carry it."""
    found = facts.found("gdp_1e8yuan")
    if found is None and "gdp_1e8yuan" in facts.inputs:
        found = facts.inputs["gdp_1e8yuan"]
    if found is None:
        return None
    if found.index.nlevels == 1 and (facts.several or facts.years[0] != facts.base_year):
        # GDP of the base year says nothing about the intensity of another.
        return None
    return with_year(found, facts.years).loc[list(facts.rows)]


def intensity_sheet(draft: Draft) -> None:
    """One row per province and year."""
    facts = draft.facts
    gdp = gdp_1e8yuan(facts)
    sheet = draft.open("intensity")
    if gdp is None or "gdp_1e8yuan" not in facts.inputs:
        draft.say_here(sheet, HEADING_ROW, "no_intensity")
        return
    names = ["base_emissions_mt", "base_gdp_1e8yuan", "quota_mt", "gdp_1e8yuan", "base_intensity", "intensity"]
    with_target = TARGET in facts.inputs
    target = ["target_13fyp_pct"] if with_target else []
    identity = draft.province_fields()
    draft.grid("intensity", "intensity", facts.rows, [*draft.identity, *names, "cut_vs_base_pct", *target])
    fields = [*identity, *_amounts(draft, gdp), *_intensities(draft, gdp)]
    if with_target:
        fields.append(_from_inputs(draft, "target_13fyp_pct", TARGET, PERCENT))
    draft.write("intensity", fields, len(identity))


def _from_inputs(draft: Draft, name: str, column: str, unit: str) -> Field:
    facts, inputs = draft.facts, draft.grids["inputs"]
    values = {row: facts.inputs.loc[row[1], column] for row in facts.rows}
    return Field(name, values, "live", lambda row: inputs.ref(column, row[1]), unit)  # type: ignore[index]


def _amounts(draft: Draft, gdp: pd.Series) -> list[Field]:
    facts = draft.facts
    same = not facts.several and facts.years[0] == facts.base_year
    later = Field("gdp_1e8yuan", gdp.to_dict(), "input", unit=_MONEY)
    return [
        _from_inputs(draft, "base_emissions_mt", "emissions_mt", MT),
        _from_inputs(draft, "base_gdp_1e8yuan", "gdp_1e8yuan", _MONEY),
        draft.link("quota_mt", "allocation", "quota_mt", facts.provinces["quota_mt"]),
        _from_inputs(draft, "gdp_1e8yuan", "gdp_1e8yuan", _MONEY) if same else later,
    ]


def _intensities(draft: Draft, gdp: pd.Series) -> list[Field]:
    facts, grid = draft.facts, draft.grids["intensity"]
    inputs, p = facts.inputs, facts.provinces
    codes = p.index.get_level_values("code")
    base = pd.Series(
        T_PER_1E4YUAN * (inputs["emissions_mt"] / inputs["gdp_1e8yuan"]).reindex(codes).to_numpy(), index=p.index
    )
    implied = T_PER_1E4YUAN * p["quota_mt"] / gdp.to_numpy()

    def ratio(amount: str, money: str, row: Label) -> str:
        return f"{T_PER_1E4YUAN:g}*{grid.at(amount, row)}/{grid.at(money, row)}"

    return [
        Field(
            "base_intensity",
            base.to_dict(),
            "live",
            lambda row: ratio("base_emissions_mt", "base_gdp_1e8yuan", row),
            _INTENSITY,
        ),
        Field("intensity", implied.to_dict(), "live", lambda row: ratio("quota_mt", "gdp_1e8yuan", row), _INTENSITY),
        Field(
            "cut_vs_base_pct",
            (100 * (1 - implied / base)).to_dict(),
            "live",
            lambda row: f"100*(1-{grid.at('intensity', row)}/{grid.at('base_intensity', row)})",
            PERCENT,
        ),
    ]
