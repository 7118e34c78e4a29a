r"""Inside and outside the national market: emissions by sector, and what is left of each quota; all live.

.. math:: Q^M_{it} = M_i (1+g)^{t-b} \;\text{or}\; Q_{it} M_i/E_i, \qquad Q^R_{it} = Q_{it} - Q^M_{it}
"""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.sheets.base_year import PROVINCES
from capshare.reports.workbook.sheets.baseline import BASELINE
from capshare.reports.workbook.sheets.market_parts import PARTS, part_fields, part_names
from capshare.reports.workbook.workbook_data import WorkbookData

SHEET = "market_sectors"
_AMOUNTS = (
    "emissions_mt",
    "market_mt",
    "rest_mt",
    "market_pct",
    "quota_mt",
    "market_quota_mt",
    "rest_quota_mt",
)
_CHANGES = ("market_change_pct", "rest_change_pct")
_CUTS = ("gdp_ratio", "market_cut_pct", "rest_cut_pct")


def has_market_sectors(data: WorkbookData) -> bool:
    """Whether a run divides quotas into what the national market allocates and the rest.

    Parameters
    ----------
    data : of the run
    """
    known = data.used is not None and data.used.market_parts is not None
    return known and data.outcome.allocation.market_sectors is not None


def market_sectors_sheet(builder: WorkbookBuilder) -> None:
    """One row per province and year; below, one per province and sector.

    Parameters
    ----------
    builder : with the places of ``inputs``, ``assumptions``, ``allocation`` and the baseline; takes those of
        ``market_sectors`` and ``market_parts``
    """
    data = builder.data
    if not has_market_sectors(data):
        return
    table = data.outcome.allocation.market_sectors
    if table is None or data.used is None or data.used.market_parts is None:
        return
    rows = table.loc[list(data.rows)].astype(float)
    sheet, identity = builder.open(SHEET), builder.province_fields()
    cuts = _CUTS if "gdp_ratio" in rows else ()
    names = (*builder.identity, *_AMOUNTS, *_CHANGES, *cuts)
    grid = builder.grid(SHEET, SHEET, data.rows, names)
    # Cells of one kind stand together: which may be edited is a matter of the sector's source.
    parts = data.used.market_parts.sort_index(level=["sector", "code"])
    builder.grid(
        PARTS, SHEET, list(parts.index), part_names(builder, parts), max(grid.bottom + 4, HEADING_ROW)
    )
    fields = [*identity, *_amounts(builder, rows), *_changes(builder, rows), *_of_cuts(builder, rows, cuts)]
    builder.write(SHEET, fields, frozen=len(identity))
    builder.subtitle(sheet, builder.grids[PARTS].top - 1, PARTS)
    builder.write(PARTS, part_fields(builder, parts))


def _live(builder: WorkbookBuilder, rows: pd.DataFrame, name: str, unit: str, formula: ToFormula) -> Field:
    return Field(name, _filled(rows[name]), "live", formula, unit)


def _filled(values: pd.Series) -> dict[Label, object]:
    """A part without emissions has no change; its cell is blank."""
    return {label: value if value == value else "" for label, value in values.items()}


def _amounts(builder: WorkbookBuilder, rows: pd.DataFrame) -> list[Field]:
    data, grid, parts = builder.data, builder.grids[SHEET], builder.grids[PARTS]
    inputs, percent = builder.grids["inputs"], builder.named("percent")

    def allocated(row: Label) -> str:
        market = grid.at("market_mt", row)
        if data.setting("market_sectors.yearly_change_pct", None) is None:
            return f"{grid.at('quota_mt', row)}*{market}/{grid.at('emissions_mt', row)}"
        year = grid.at("year", row) if data.several else builder.named("year_shown")
        growth = f"(1+{builder.named('market_yearly_change')}/{percent})"
        return f"{market}*{growth}^({year}-{builder.named('base_year')})"

    formulas: dict[str, tuple[str, ToFormula]] = {
        "emissions_mt": (MT, lambda row: inputs.find("emissions_mt", grid.at("code", row), "code")),
        "market_mt": (MT, lambda row: parts.sum_where("emissions_mt", code=grid.at("code", row))),
        "rest_mt": (MT, lambda row: f"{grid.at('emissions_mt', row)}-{grid.at('market_mt', row)}"),
        "market_pct": (
            PERCENT,
            lambda row: f"{percent}*{grid.at('market_mt', row)}/{grid.at('emissions_mt', row)}",
        ),
        "quota_mt": (MT, lambda row: builder.grids["allocation"].peer("quota_mt", row)),
        "market_quota_mt": (MT, allocated),
        "rest_quota_mt": (MT, lambda row: f"{grid.at('quota_mt', row)}-{grid.at('market_quota_mt', row)}"),
    }
    return [_live(builder, rows, name, *formulas[name]) for name in _AMOUNTS]


def _changes(builder: WorkbookBuilder, rows: pd.DataFrame) -> list[Field]:
    grid, percent = builder.grids[SHEET], builder.named("percent")

    def change(part: str) -> ToFormula:
        def formula(row: Label) -> str:
            quota, own = grid.at(f"{part}_quota_mt", row), grid.at(f"{part}_mt", row)
            return f'IF({own}>0,{percent}*({quota}/{own}-1),"")'

        return formula

    return [_live(builder, rows, f"{part}_change_pct", PERCENT, change(part)) for part in ("market", "rest")]


def _of_cuts(builder: WorkbookBuilder, rows: pd.DataFrame, names: tuple[str, ...]) -> list[Field]:
    """Growth of GDP, and the cut per unit of it that each part is left with."""
    if not names:
        return []
    grid, percent = builder.grids[SHEET], builder.named("percent")

    def cut(part: str) -> ToFormula:
        def formula(row: Label) -> str:
            quota, own = grid.at(f"{part}_quota_mt", row), grid.at(f"{part}_mt", row)
            return f'IF({own}>0,{percent}*(1-{quota}/({own}*{grid.at("gdp_ratio", row)})),"")'

        return formula

    return [
        _growth(builder, rows),
        *(_live(builder, rows, f"{part}_cut_pct", PERCENT, cut(part)) for part in ("market", "rest")),
    ]


def _growth(builder: WorkbookBuilder, rows: pd.DataFrame) -> Field:
    """GDP against the base year: of the baseline, or as the run has it where the workbook has none."""
    grid, ahead, base = builder.grids[SHEET], builder.grids.get(BASELINE), builder.grids.get(PROVINCES)
    values = _filled(rows["gdp_ratio"])
    if ahead is None or base is None or "gdp_1e8yuan" not in ahead.names:
        return Field("gdp_ratio", values, "solved", unit="")

    def formula(row: Label) -> str:
        code = grid.at("code", row)
        year = grid.at("year", row) if builder.data.several else builder.named("year_shown")
        now = ahead.sum_where("gdp_1e8yuan", year=year, code=code)
        return f"{now}/{base.find('base_gdp_1e8yuan', code, 'code')}"

    return Field("gdp_ratio", values, "live", formula, "")
