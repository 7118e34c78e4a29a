"""The sections of a provincial sheet: sentences, a chart, a table each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from capshare.reports.charts.inline import InlineChart, inline_chart
from capshare.reports.charts.province import own_tornado_chart, peers_chart
from capshare.reports.page.tables import Cell, PageTable, page_table
from capshare.reports.sheet.argue import Arguments, arguments
from capshare.reports.sheet.deciding import what_decides
from capshare.reports.sheet.province_sheet import CUT, ProvinceSheet
from capshare.reports.sheet.sentences import how_sure, what_it_gets
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MT, describe, readable
from capshare.reports.words.explanation import rule_rows

_DASH = "–"
_PEERS_SHOWN = (
    "rounded_cut_pct", "decided_by", "quota_mt", "quota_of_emissions_pct", "base_mt",
    "gdp_per_head_1e4yuan", "base_intensity_t_per_1e4yuan",
)  # fmt: skip


@dataclass(frozen=True)
class SheetSection:
    """One section of a sheet.

    Attributes
    ----------
    key : unique on the page; its title is ``sheet.<key>``
    said : sentences
    chart : beside them; None where there is none
    table : below them; None where there is none
    after : sentences below the table
    """

    key: str
    said: tuple[str, ...]
    chart: InlineChart | None = None
    table: PageTable | None = None
    after: tuple[str, ...] = ()


def sheet_sections(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> tuple[SheetSection, ...]:
    """Every section of a sheet, in the order in which a planner asks.

    Parameters
    ----------
    sheet : of a province
    lang : of the words
    """
    return (
        SheetSection("get", what_it_gets(sheet, lang)),
        SheetSection("decide", what_decides(sheet, lang), table=_rules(sheet, lang)),
        _peers(sheet, lang),
        _earlier(sheet, lang),
        _sure(sheet, lang),
        _argue(sheet, lang),
    )


def _rules(sheet: ProvinceSheet, lang: str) -> PageTable:
    headings = tuple(
        text(f"explain.{name}", lang) for name in ("binding", "price", "next_tonne", "last_tonne")
    )
    rows = tuple(tuple(map(Cell, row)) for row in rule_rows(sheet.told, lang))
    return _table("rules", text("sheet.rules_table", lang), headings, rows)


def _table(key: str, title: str, headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> PageTable:
    """A table of names and, after them, numbers."""
    numeric = (False, *([True] * (len(headings) - 1)))
    return PageTable(key, title, "", headings, ("",) * len(headings), numeric, rows)


def _peers(sheet: ProvinceSheet, lang: str) -> SheetSection:
    names = [term("indicators", name, lang) for name in sheet.told.indicators.index]
    listed = text("terms.separator", lang).join(names)
    said = [text("sheet.peers_lead", lang, name=sheet.name(lang), list=listed)]
    if "gdp_per_head_1e4yuan" in sheet.peers:
        said.append(text("sheet.peers_gdp", lang, year=sheet.standing.gdp_year))
    table = page_table("peers", sheet.peers, sheet.peers[f"name_{lang}"], lang, _PEERS_SHOWN)
    chart = inline_chart("peers", peers_chart(sheet, lang))
    return SheetSection("peers", tuple(said), chart, table)


def _earlier(sheet: ProvinceSheet, lang: str) -> SheetSection:
    name = sheet.name(lang)
    if not sheet.plans:
        return SheetSection("earlier", (text("sheet.earlier_none", lang, name=name),))
    rows = [
        _plan_row(
            describe("targets", plan.column, lang).label,
            f"{plan.first_year}–{plan.last_year}",
            plan.cut_pct,
            plan.national_pct,
        )
        for plan in sheet.plans
    ]
    own, national = _own_cut(sheet)
    if own is not None:
        last = sheet.told.year if sheet.row is None else sheet.standing.last_year
        years = f"{sheet.standing.base_year}–{last}"
        rows.append(_plan_row(text("sheet.earlier_now", lang), years, own, national))
    headings = (
        text("sheet.earlier_plan", lang),
        text("sheet.earlier_years", lang),
        text("sheet.earlier_own", lang, name=name),
        text("sheet.earlier_nation", lang),
        text("sheet.earlier_difference", lang),
    )
    table = _table("plans", text("sheet.earlier_table", lang), headings, tuple(rows))
    return SheetSection("earlier", (text("sheet.earlier_lead", lang),), table=table)


def _own_cut(sheet: ProvinceSheet) -> tuple[float | None, float | None]:
    """The cut that this study gives, and the nation's."""
    row, cut = sheet.row, sheet.told.cut
    if row is not None and cut is not None:
        return float(row["rounded_cut_pct"]), cut.assigned.national_pct
    implied = sheet.told.province.get("intensity_cut_pct")
    return (None if implied is None else float(implied)), None


def _plan_row(name: str, years: str, own: float, national: float | None) -> tuple[Cell, ...]:
    nation = _DASH if national is None else f"{national:.1f}"
    difference = _DASH if national is None else _signed(own - national, 1)
    return Cell(name), Cell(years), Cell(_minus(f"{own:.1f}")), Cell(nation), Cell(difference)


def _signed(value: float, digits: int) -> str:
    return _minus(f"{round(value, digits) + 0.0:+,.{digits}f}")


def _minus(number: str) -> str:
    return number.replace("-", "−")


def _sure(sheet: ProvinceSheet, lang: str) -> SheetSection:
    drawn = own_tornado_chart(sheet, lang)
    chart = None if drawn is None else inline_chart("own_tornado", drawn)
    return SheetSection("sure", how_sure(sheet, lang), chart)


def _argue(sheet: ProvinceSheet, lang: str) -> SheetSection:
    found, name = arguments(sheet, lang), sheet.name(lang)
    lead = text(f"sheet.argue_lead_{sheet.figure}", lang, name=name)
    after = []
    digits = 2 if sheet.figure == CUT else 1
    if found.smaller:
        listed = [
            text("sheet.argue_small", lang, what=what, change=_signed(change, digits))
            for what, change in found.smaller
        ]
        after.append(text("sheet.argue_smaller", lang, list=_joined(listed, lang)))
    for key, names in (("nothing", found.nothing), ("unsolved", found.unsolved)):
        if names:
            after.append(text(f"sheet.argue_{key}", lang, list=_joined(names, lang)))
    table = _argue_table(found, sheet, lang)
    return SheetSection("argue", (lead,), table=table if table.rows else None, after=tuple(after))


def _joined(names: list[str] | tuple[str, ...], lang: str) -> str:
    return text("terms.part_separator", lang).join(names)


def _argue_table(found: Arguments, sheet: ProvinceSheet, lang: str) -> PageTable:
    numbers = ("cut_pct", "change_points", "change_mt") if sheet.figure == CUT else ("quota_mt", "change_mt")
    keys = {"cut_pct": "argue_cut_pct", "change_points": "argue_points", "quota_mt": "argue_quota_mt",
            "change_mt": "argue_mt"}  # fmt: skip
    headings = tuple(
        text(f"sheet.{key}", lang) for key in ("argue_what", *(keys[n] for n in numbers), "argue_why")
    )
    rows = tuple(
        (Cell(str(row["what"])), *(Cell(_number(name, row[name])) for name in numbers), Cell(str(row["why"])))
        for _, row in found.moving.iterrows()
    )
    table = _table("argue", text("sheet.argue_table", lang), headings, rows)
    return replace(table, numeric=(False, *([True] * len(numbers)), False))


def _number(name: str, value: float) -> str:
    if name == "cut_pct":
        return f"{value:.1f}"
    if name == "quota_mt":
        return readable(value, MT)
    return _signed(value, 2 if name == "change_points" else 1)
