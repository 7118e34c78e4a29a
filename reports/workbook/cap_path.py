"""The national cap of every year, with the formula where it follows from pledges."""

from __future__ import annotations

from capshare.reports.columns import MT, PERCENT
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.facts import Facts
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.splits import CAPS

_PLEDGED = ("base_mt", "base_cut_pct", "gdp_ratio", "cut_pct")


def cap_path_sheet(draft: Draft) -> None:
    """One row per year: how the cap is made, emissions before abatement, and what is missing."""
    facts = draft.facts
    years, cap = facts.years, facts.result.cap.loc[list(facts.years)]
    inputs = [name for name in _PLEDGED if _is_pledged(facts)]
    shown = ["year", *inputs, "cap_mt", "emissions_mt", "missing_mt", "segment_of_caps", "factor_of_caps"]
    grid = draft.grid("cap", "cap", years, shown)
    emissions = facts.provinces["emissions_mt"].groupby("year").sum()
    units = {"base_mt": MT, "base_cut_pct": PERCENT, "cut_pct": PERCENT, "gdp_ratio": ""}
    about = [Field(name, cap[name].to_dict(), "input", unit=units[name]) for name in inputs]
    cap_mt = Field("cap_mt", cap["cap_mt"].to_dict(), "input")
    if inputs:
        cap_mt = Field("cap_mt", cap["cap_mt"].to_dict(), "live", lambda year: _by_pledge(draft, year))
    draft.open("cap")
    draft.write(
        "cap",
        [
            Field("year", {year: year for year in years}),
            *about,
            cap_mt,
            Field("emissions_mt", emissions.to_dict(), "live", lambda year: _sum(draft, year)),
            Field(
                "missing_mt",
                (emissions - cap["cap_mt"]).to_dict(),
                "live",
                lambda year: f"{grid.at('emissions_mt', year)}-{grid.at('cap_mt', year)}",
            ),
            *_factor(draft),
        ],
        frozen=1,
    )


def _is_pledged(facts: Facts) -> bool:
    cap = facts.result.cap
    if not set(_PLEDGED) <= set(cap.columns):
        return False
    made = cap["base_mt"] * cap["gdp_ratio"] * (100 - cap["cut_pct"]) / (100 - cap["base_cut_pct"])
    return bool((made - cap["cap_mt"]).abs().le(1e-9 * cap["cap_mt"]).all())


def _by_pledge(draft: Draft, year: Label) -> str:
    base, start, ratio, cut = (draft.grids["cap"].at(name, year) for name in _PLEDGED)
    return f"{base}*{ratio}*(100-{cut})/(100-{start})"


def _sum(draft: Draft, year: Label) -> str:
    return f"SUM({draft.grids['entitlements'].column('emissions_mt', draft.facts.of_year(year))})"


def _factor(draft: Draft) -> list[Field]:
    found, grid, years = draft.splits, draft.grids["cap"], draft.facts.years
    known = [year for year in years if (CAPS, year) in found.found]
    segments: dict[Label, object] = {year: found.found[CAPS, year].segment for year in known}
    factors: dict[Label, object] = {year: found.factor(CAPS, year) for year in known}
    if not found.is_live or len(known) < len(years):
        # A run that does not say what its caps are in proportion to has no factor either.
        blank: dict[Label, object] = dict.fromkeys(years, "")
        return [
            Field("segment_of_caps", blank | segments, "solved", unit=""),
            Field("factor_of_caps", blank | factors, "solved", unit=""),
        ]

    def segment(year: Label) -> str:
        return found.segment_formula(CAPS, year, grid.at("cap_mt", year))

    def factor(year: Label) -> str:
        total, row = grid.at("cap_mt", year), grid.at("segment_of_caps", year)
        return found.factor_formula(CAPS, year, total, row)

    return [
        Field("segment_of_caps", segments, "live", segment, ""),
        Field("factor_of_caps", factors, "live", factor, ""),
    ]
