"""The sheet of facilities: every step from emissions and output to the fine, a formula each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from capshare.model.facilities.benchmarks import MEAN
from capshare.reports.words.facilities import class_word, said, sector_word
from capshare.reports.workbook.facilities.builder import FacilityBook
from capshare.reports.workbook.grid import Field, Label

COLUMNS = (
    *("facility", "province", "sector", "unit_class", "emissions_t", "output", "intensity"),
    *("benchmark_given", "benchmark", "heat_gj", "heat_benchmark", "benchmark_emissions_t", "deviation"),
    *("quota_t", "advance_basis_t", "advance_t", "settled_t", "carried_t", "held_t", "own_t"),
    *("offsets_t", "offset_limit_t", "offsets_used_t", "surrender_t", "shortfall_t", "surplus_t"),
    *("penalty_yuan", "benchmark_source", "advance_basis", "carried_source", "status"),
)
_INPUTS = ("emissions_t", "output", "heat_gj", "heat_benchmark", "advance_basis_t", "carried_t", "offsets_t")
Cell = Callable[[str], str]


def _formulas(sectors: Callable[[str, str], str]) -> Mapping[str, Callable[[Cell], str]]:
    """Column → its formula, of the cells of its own row; `sectors` finds what the rule of a sector says."""
    return {
        "intensity": lambda c: f"{c('emissions_t')}/{c('output')}",
        "benchmark": lambda c: (
            f'IF({c("benchmark_given")}="",{sectors("mean_intensity", c("sector"))},{c("benchmark_given")})'
        ),
        "benchmark_emissions_t": lambda c: (
            f"{c('benchmark')}*{c('output')}+{c('heat_benchmark')}*{c('heat_gj')}"
        ),
        "deviation": lambda c: (
            f"({c('emissions_t')}-{c('benchmark_emissions_t')})/{c('benchmark_emissions_t')}"
        ),
        "quota_t": lambda c: (
            f"IF({sectors('by_output', c('sector'))}=1,{c('benchmark_emissions_t')},"
            f"{c('emissions_t')}*(1-{sectors('slope', c('sector'))}"
            f"*MAX(-{sectors('band', c('sector'))},MIN({sectors('band', c('sector'))},{c('deviation')}))))"
        ),
        "advance_t": lambda c: f"advance_share*{c('advance_basis_t')}",
        "settled_t": lambda c: f"{c('quota_t')}-{c('advance_t')}",
        "held_t": lambda c: f"{c('quota_t')}+carry_over_share*{c('carried_t')}",
        "own_t": lambda c: f"MIN({c('held_t')},{c('emissions_t')})",
        "offset_limit_t": lambda c: f"offset_share*{c('emissions_t')}",
        "offsets_used_t": lambda c: (
            f"MIN({c('offsets_t')},{c('offset_limit_t')},{c('emissions_t')}-{c('own_t')})"
        ),
        "surrender_t": lambda c: f"{c('own_t')}+{c('offsets_used_t')}",
        "shortfall_t": lambda c: f"{c('emissions_t')}-{c('own_t')}-{c('offsets_used_t')}",
        "surplus_t": lambda c: f"{c('held_t')}-{c('own_t')}",
        "penalty_yuan": lambda c: f"penalty_multiple*price_yuan_per_t*{c('shortfall_t')}",
    }


def reserve_facilities(builder: FacilityBook) -> None:
    """Reserve the place of the facilities, which sums refer to.

    Parameters
    ----------
    builder : of the workbook
    """
    builder.reserve("facilities", list(builder.rows.index), COLUMNS)


def facilities_sheet(builder: FacilityBook, terms_carry_over: float) -> None:
    """A row per facility.

    Parameters
    ----------
    builder : with the sectors written
    terms_carry_over : share of what was carried that may be used
    """
    grid, sectors = builder.grids["facilities"], builder.grids["sectors"]
    values = _values(builder, terms_carry_over)
    formulas = _formulas(lambda name, key: sectors.find(name, key, by="sector"))
    fields = []
    for name in COLUMNS:
        if name in formulas:
            fields.append(Field(name, values[name], "live", _of_row(formulas[name], grid.at)))
        else:
            is_input = name in _INPUTS or name == "benchmark_given"
            fields.append(Field(name, values[name], "input" if is_input else "text"))
    builder.write("facilities", fields, 1)


def _of_row(formula: Callable[[Cell], str], at: Callable[[str, Label], str]) -> Callable[[Label], str]:
    return lambda label: formula(lambda name: at(name, label))


def _values(builder: FacilityBook, carry_over_share: float) -> dict[str, dict[Label, object]]:
    frame, lang = builder.rows, builder.lang
    held = frame["quota_t"] + carry_over_share * frame["carried_t"]
    own = frame["surrender_t"] - frame["offsets_used_t"]
    given = frame["benchmark"].astype(object).where(frame["benchmark_source"] != MEAN, "")
    expected = frame["benchmark"] * frame["output"] + frame["heat_benchmark"] * frame["heat_gj"]
    made = {"held_t": held, "own_t": own, "benchmark_given": given, "benchmark_emissions_t": expected}
    words = {
        "province": builder.outcome.provinces[f"name_{lang}"].to_dict(),
        "sector": {name: sector_word(str(name), lang) for name in frame["sector"].unique()},
        "unit_class": {name: class_word(str(name), lang) for name in frame["unit_class"].unique()},
        "benchmark_source": {
            name: said(f"sources.{str(name).replace(' ', '_')}", lang)
            for name in frame["benchmark_source"].unique()
        },
        "advance_basis": {
            name: said(f"basis.{str(name).replace(' ', '_')}", lang)
            for name in frame["advance_basis"].unique()
        },
        "carried_source": {
            name: said(f"carried.{str(name).replace(' ', '_')}", lang)
            for name in frame["carried_source"].unique()
        },
        "status": {name: said(f"status.{name}", lang) if name else "" for name in frame["status"].unique()},
    }
    found = {}
    for name in COLUMNS:
        column = made[name] if name in made else frame[name]
        cells = column.astype(object).map(words[name]) if name in words else column
        found[name] = dict(zip(frame.index, np.asarray(cells, dtype=object).tolist(), strict=True))
    return found
