r"""Sectors of the national market: their part of each province's emissions, from the cells it is known from.

.. math:: a_{is} = I_{is}/I_i, \qquad M_{is} = a_{is} E^{pro}_i + [s = power]\,(E_i - E^{pro}_i)
"""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import MT, SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.workbook_data import WorkbookData

PARTS = "market_parts"
_POWER, _STATED, _FROM_INVENTORY = "power", "share", "inventory"
# Purposes of the figures of an inventory, and the columns that show them.
_INVENTORY = {"power_and_heat": "sector_inventory_mt", "inventory_total": "inventory_total_mt"}
_MADE = ("emissions_share", "is_power", "emissions_mt")


def part_names(builder: WorkbookBuilder, parts: pd.DataFrame) -> tuple[str, ...]:
    """Columns of the table.

    Parameters
    ----------
    builder : of the workbook
    parts : index (code, sector); of a run
    """
    shown = "name_zh" if builder.lang == "zh" else "name_en"
    read = tuple(_INVENTORY.values()) if _has_inventory(builder.data, parts) else ()
    return ("code", shown, "sector", "source", "source_year", *read, *_MADE)


def part_fields(builder: WorkbookBuilder, parts: pd.DataFrame) -> list[Field]:
    """One row per province and sector: its share of what arises, and with power what crosses borders.

    Parameters
    ----------
    builder : with the places of ``inputs`` and ``market_parts``
    parts : as of :func:`part_names`
    """
    grid, names, lang = builder.grids[PARTS], builder.names(), builder.lang
    labels = list(parts.index)
    sources = {label: term("sector_sources", source, lang) for label, source in parts["source"].items()}
    return [
        Field("code", {label: label[0] for label in labels}),
        Field(grid.names[1], {label: names[label[0]] for label in labels}),
        Field("sector", {label: term("sectors", label[1], lang) for label in labels}),
        Field("source", sources),
        Field("source_year", parts["source_year"].astype(int).to_dict(), unit=""),
        *_inventory(builder, parts),
        _share(builder, parts),
        Field("is_power", {label: float(label[1] == _POWER) for label in labels}, unit=""),
        _emissions(builder, parts),
    ]


def _has_inventory(data: WorkbookData, parts: pd.DataFrame) -> bool:
    """Whether a share is made of the inventory, and the run keeps the figures; older ones did not."""
    known = None if data.used is None else data.used.provincial
    kept = known is not None and set(_INVENTORY) <= set(known.index.get_level_values("purpose"))
    return kept and bool((parts["source"] == _FROM_INVENTORY).any())


def _inventory(builder: WorkbookBuilder, parts: pd.DataFrame) -> list[Field]:
    """Emissions of the sector and of all in the inventory; blank where a share is from elsewhere."""
    used = builder.data.used
    if used is None or used.provincial is None or not _has_inventory(builder.data, parts):
        return []
    rows = used.provincial.reset_index()
    return [
        _figures(column, rows[rows["purpose"] == purpose], parts) for purpose, column in _INVENTORY.items()
    ]


def _figures(column: str, known: pd.DataFrame, parts: pd.DataFrame) -> Field:
    figures = {
        (str(row["code"]), int(row["series_year"])): (
            float(row["value"]),
            f"inputs.{row['table']}.{row['variable']}.{row['code']}.{row['series_year']}",
        )
        for _, row in known.iterrows()
    }
    years, source = parts["source_year"].astype(int).to_dict(), parts["source"].to_dict()
    read: dict[Label, tuple[object, str]] = {
        label: figures[label[0], years[label]] if source[label] == _FROM_INVENTORY else ("", "")
        for label in parts.index
    }
    values = {label: value for label, (value, _) in read.items()}
    return Field(column, values, "input", unit=MT, key=lambda label: read[label][1])


def _share(builder: WorkbookBuilder, parts: pd.DataFrame) -> Field:
    """What the study states may be edited, what its inventory says follows it, sums of facilities stay."""
    grid, values = builder.grids[PARTS], parts["emissions_share"].astype(float).to_dict()
    live = set(_INVENTORY.values()) <= set(grid.names)
    source, keys = parts["source"].to_dict(), _stated_keys(builder, parts)

    def ratio(label: Label) -> str:
        if not live or source[label] != _FROM_INVENTORY:
            return ""
        own, whole = (grid.at(column, label) for column in _INVENTORY.values())
        return f"{own}/{whole}"

    return Field(
        "emissions_share",
        values,
        "live",
        ratio,
        SHARE,
        key=lambda label: keys.get(label, ""),
        plain="input",
        keyless="solved",
    )


def _stated_keys(builder: WorkbookBuilder, parts: pd.DataFrame) -> dict[Label, str]:
    """Row → key of its share, where the study states it: of the province, which may follow one for all."""
    names = builder.data.in_year(builder.data.years[0])
    keys: dict[Label, str] = {}
    for number, sector in enumerate(builder.data.setting("market_sectors.sectors", ()), start=1):
        if sector["source"] != _STATED:
            continue
        said = set(sector.get("shares") or ())
        called = {
            str(code): next((name for name in (code, row["name_en"], row["name_zh"]) if name in said), code)
            for code, row in names.iterrows()
        }
        # A name that only the dataset knows would be given twice by its code.
        if said <= set(called.values()):
            place = f"market_sectors.sectors.{number}.shares"
            keys |= {(code, sector["sector"]): f"{place}.{name}" for code, name in called.items()}
    return {label: key for label, key in keys.items() if label in parts.index}


def _emissions(builder: WorkbookBuilder, parts: pd.DataFrame) -> Field:
    grid, inputs = builder.grids[PARTS], builder.grids["inputs"]

    def formula(row: Label) -> str:
        share, code = grid.at("emissions_share", row), grid.at("code", row)
        counted = inputs.find("emissions_mt", code, "code")
        if "electricity" not in builder.grids:
            return f"{share}*{counted}"
        produced = builder.grids["electricity"].find("production_mt", code, "code")
        return f"{share}*{produced}+{grid.at('is_power', row)}*({counted}-{produced})"

    return Field("emissions_mt", parts["emissions_mt"].astype(float).to_dict(), "live", formula, MT)
