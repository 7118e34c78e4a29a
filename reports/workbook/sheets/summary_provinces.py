"""The provinces of the year chosen, in the order of their cuts or quotas, each by a formula."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.balance import BALANCE_CLASSES
from capshare.model.outcome.distance import RANK_DIGITS
from capshare.reports.words.columns import MONEY, PERCENT, SHARE
from capshare.reports.words.shown_units import PER_MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.cells import CHOSEN
from capshare.reports.workbook.formats import mark_negative, mark_texts, mark_unit
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.in_order import ORDER

CUT = "shown_cut_pct"
_AMOUNTS = ("quota_mt", "emissions_mt", "balance_mt", "abatement_mt", "purchase_mt")
CLASS = "balance_class"
BALANCE_ORDER = ("balance_sort", "balance_key", "balance_place")
# Quotas in order, where provinces are in that of their cuts.
QUOTAS, QUOTAS_DRAWN = "quotas_in_order", ("quota_mt", "emissions_mt")
# From ample surplus to severe deficit: blue to red, told apart by the colour-blind and in grey print.
CLASS_COLOURS = ("#08519C", "#4292C6", "#9ECAE1", "#D9D9D9", "#FDBE85", "#E6730D", "#A63603")
_GROUNDS = ("#C6DBEF", "#DEEBF7", "#EFF6FC", "#F2F2F2", "#FEEDDE", "#FDD0A2", "#FDAE6B")


def name_column(builder: WorkbookBuilder) -> str:
    """Column with the names of provinces in the workbook's language.

    Parameters
    ----------
    builder : its language is read
    """
    return "name_zh" if builder.lang == "zh" else "name_en"


def class_columns() -> tuple[str, ...]:
    """Names of the columns that hold the balance of one class each, for the chart."""
    return tuple(f"class_{number}" for number in range(1, len(BALANCE_CLASSES) + 1))


def reserve_provinces(builder: WorkbookBuilder, top: int) -> int:
    """Place the table of provinces and that of their order, and return the last row.

    Parameters
    ----------
    builder : takes the places of ``top_provinces``, ``class_balances``, ``province_order`` and, where
        provinces are in the order of their cuts, ``quotas_in_order``
    top : row of the headings
    """
    count, called = len(builder.data.codes), name_column(builder)
    cut = (CUT,) if builder.data.targets is not None else ()
    amounts = (*cut, *(f"shown_{name}" for name in _AMOUNTS), "shown_share", "shown_cost")
    places = tuple(range(1, count + 1))
    names = ("order", "code", called, "group", CLASS, *amounts, "source_row")
    grid = builder.grid("top_provinces", "summary", places, names, top)
    drawn = ("order", *BALANCE_ORDER, "code", called, *class_columns())
    grid = builder.grid("class_balances", "summary", places, drawn, grid.bottom + 4)
    if cut:
        shown = (*ORDER, "code", called, *(f"shown_{name}" for name in QUOTAS_DRAWN))
        grid = builder.grid(QUOTAS, "summary", places, shown, grid.bottom + 4)
    own = ("number", "code", called, "sort_value", "sort_key")
    return builder.grid("province_order", "summary", builder.data.codes, own, grid.bottom + 4).bottom


def write_provinces(builder: WorkbookBuilder) -> pd.DataFrame:
    """One row per place; below, what puts the provinces in their order.

    Parameters
    ----------
    builder : with the choices written, and the places of ``allocation``, ``balance`` and ``scores``

    Returns
    -------
    DataFrame
        the provinces of the last year by place, index 1, 2, …
    """
    rows = _in_order(builder)
    grid, order = builder.grids["top_provinces"], builder.grids["province_order"]
    sheet = builder.book[grid.sheet]
    builder.subtitle(sheet, grid.top - 1, "by_cut" if builder.data.targets is not None else "by_quota")
    builder.write("top_provinces", [*_identity(builder, rows), *_figures(builder, rows)])
    builder.subtitle(sheet, order.top - 1, "province_order")
    _write_order(builder, rows)
    for name in _AMOUNTS:
        mark_unit(
            sheet, grid, f"shown_{name}", builder.named("unit_per_mt"), is_red_below_0=name == "balance_mt"
        )
    # The formats of units come first: of two rules, some programs follow only the first.
    mark_negative(sheet, grid, "shown_balance_mt")
    for word, ground in zip(map(builder.word, BALANCE_CLASSES), _GROUNDS, strict=True):
        mark_texts(sheet, grid, CLASS, word, ground)
    return rows


def _sorted_by(builder: WorkbookBuilder) -> pd.Series:
    """What provinces are put in order by, in the last year, index code."""
    year, targets = builder.data.years[-1], builder.data.targets
    quota = builder.data.in_year(year)["quota_mt"]
    return quota if targets is None else 100 * (1 - quota / targets.constant_mt.loc[year])


def _in_order(builder: WorkbookBuilder) -> pd.DataFrame:
    """The provinces of the last year by place, index 1, 2, …; equal ones keep the order of their codes."""
    data, value = builder.data, _sorted_by(builder)
    table = data.in_year(data.years[-1]).assign(sort_value=value.round(RANK_DIGITS), cut=value)
    table["number"] = range(1, len(table) + 1)
    table["sort_key"] = table["sort_value"].rank(ascending=False, method="min") + table["number"] / (
        len(table) + 1
    )
    ordered = table.reset_index().sort_values("sort_key", kind="stable")
    return ordered.set_axis(pd.RangeIndex(1, len(ordered) + 1))


def _pick(builder: WorkbookBuilder, source: str, column: str) -> ToFormula:
    """The cell of a table with rows per year, in the row of the place."""
    grid, table = builder.grids["top_provinces"], builder.grids[source]
    return lambda place: f"INDEX({table.column(column)},{grid.at('source_row', place)})"


def _identity(builder: WorkbookBuilder, rows: pd.DataFrame) -> list[Field]:
    called, grid, scores = name_column(builder), builder.grids["top_provinces"], builder.grids["scores"]

    def group(place: Label) -> str:
        return scores.find("group", grid.at("code", place), by="code")

    words = rows[CLASS].map(builder.word)
    return [
        Field("order", {place: place for place in rows.index}, unit=""),
        Field("code", rows["code"].to_dict(), "live", _pick(builder, "allocation", "code")),
        Field(called, rows[called].to_dict(), "live", _pick(builder, "allocation", called)),
        Field("group", rows["group"].astype(str).to_dict(), "live", group, ""),
        Field(CLASS, words.to_dict(), "live", _pick(builder, "balance", CLASS), ""),
    ]


def _figures(builder: WorkbookBuilder, rows: pd.DataFrame) -> list[Field]:
    grid, per_mt = builder.grids["top_provinces"], PER_MT[builder.shown_unit]

    def amount(name: str) -> Field:
        source = _pick(builder, "balance" if name == "balance_mt" else "allocation", name)
        return Field(
            f"shown_{name}", (rows[name] * per_mt).to_dict(), "live",
            lambda place: f"{source(place)}*{builder.named('unit_per_mt')}", CHOSEN,
            builder.about(name).label,
        )  # fmt: skip

    def share(place: Label) -> str:
        return f"{grid.at('shown_quota_mt', place)}/SUM({grid.span('shown_quota_mt')})"

    first = builder.data.rows.index((builder.data.years[-1], str(builder.data.codes[0])))
    spent = _pick(builder, "allocation", "cost_1e8yuan")
    order = builder.grids["province_order"]

    def place_of(place: Label) -> str:
        found = f"MATCH(SMALL({order.span('sort_key')},{grid.at('order', place)}),{order.span('sort_key')},0)"
        return f"{builder.named('first_row')}+{found}-1"

    return [
        *_cut(builder, rows),
        *map(amount, _AMOUNTS),
        Field("shown_share", (rows["quota_mt"] / rows["quota_mt"].sum()).to_dict(), "live", share, SHARE,
              builder.about("quota_share").label),
        Field("shown_cost", rows["cost_1e8yuan"].to_dict(), "live", spent, MONEY,
              builder.about("cost_1e8yuan").label),
        Field("source_row", (rows["number"] + first).to_dict(), "live", place_of, ""),
    ]  # fmt: skip


def _cut(builder: WorkbookBuilder, rows: pd.DataFrame) -> list[Field]:
    if builder.data.targets is None:
        return []
    quota = _pick(builder, "allocation", "quota_mt")
    constant = _pick(builder, "entitlements", "constant_intensity_mt")

    def formula(place: Label) -> str:
        return f"{builder.named('percent')}*(1-{quota(place)}/{constant(place)})"

    return [
        Field(CUT, rows["cut"].to_dict(), "live", formula, PERCENT, builder.about("cut_vs_base_pct").label)
    ]


def _write_order(builder: WorkbookBuilder, rows: pd.DataFrame) -> None:
    data, grid = builder.data, builder.grids["province_order"]
    known, names = rows.set_index("code"), builder.names()
    allocation, entitlements = builder.grids["allocation"], builder.grids["entitlements"]

    def value(code: Label) -> str:
        row = f"{builder.named('first_row')}+{grid.at('number', code)}-1"
        quota = f"INDEX({allocation.column('quota_mt')},{row})"
        if data.targets is not None:
            constant = f"INDEX({entitlements.column('constant_intensity_mt')},{row})"
            quota = f"{builder.named('percent')}*(1-{quota}/{constant})"
        return f"ROUND({quota},{builder.named('rank_digits')})"

    def key(code: Label) -> str:
        values, numbers = grid.span("sort_value"), grid.span("number")
        return f"RANK({grid.at('sort_value', code)},{values})+{grid.at('number', code)}/(ROWS({numbers})+1)"

    builder.write(
        "province_order",
        [
            Field("number", known["number"].to_dict(), unit=""),
            Field("code", {code: code for code in data.codes}),
            Field(name_column(builder), {code: names[code] for code in data.codes}),
            Field("sort_value", known["sort_value"].to_dict(), "live", value, ""),
            Field("sort_key", known["sort_key"].to_dict(), "live", key, ""),
        ],
    )
