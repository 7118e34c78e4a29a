"""Each province's result beside the draws of the uncertain inputs: intervals, chances, drivers, ranks."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.ensemble import QUANTILE_NAMES, Ensemble
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import SHARE, describe, has_column
from capshare.reports.words.ensemble_rows import count_rows, driver_rows, price_rows, rank_rows
from capshare.reports.words.intervals import (
    DIGITS,
    MIDDLE,
    NINE_TENTHS,
    OUTSIDE,
    chances,
    drawn_year,
    intervals,
)
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cells import MIXED
from capshare.reports.workbook.grid import Field, Grid, Label
from capshare.reports.workbook.interval_chart import add_interval_chart

# Column → the quantiles it lies between.
_PARTS = {"lower_part": ("p05", "p25"), "middle_part": ("p25", "p75"), "upper_part": ("p75", "p95")}
_DRIVER = ("total_index", "total_low", "total_high")


def ensemble_sheets(builder: WorkbookBuilder) -> None:
    """Intervals with the run's own result live; on a second sheet what drives them, ranks, prices, counts.

    Parameters
    ----------
    builder : with the places of ``allocation`` and, where the study sets targets, ``targets``; takes that of
        ``ensemble``. Of a run that was given no ensemble nothing is written
    """
    found = builder.data.outcome.drivers.ensemble
    if found is None:
        return
    outcome, lang = builder.data.outcome, builder.lang
    builder.open("ensemble")
    table = intervals(outcome, found).reindex(list(builder.data.codes))
    least = float(table[[table.columns[0], f"p05_{table.columns[0]}"]].min().min())
    add_interval_chart(builder, _intervals(builder, found, table), drawn_year(outcome, found), least)
    further = {
        "ensemble_drivers": driver_rows(outcome, found, lang),
        "ensemble_ranks": rank_rows(found),
        "ensemble_prices": price_rows(found),
        "ensemble_draws": count_rows(found.counts, lang),
    }
    sheet, top = builder.open("spread"), HEADING_ROW
    for name, frame in further.items():
        if frame.empty:
            continue
        if top > HEADING_ROW:
            builder.subtitle(sheet, top - 1, name)
        top = _table(builder, name, frame, top) + 4


def _intervals(builder: WorkbookBuilder, found: Ensemble, table: pd.DataFrame) -> Grid:
    figure, codes = str(table.columns[0]), [str(code) for code in table.index]
    identity, further = builder.code_fields(codes), _further(builder, found, codes)
    unit = describe("ensemble", figure).unit
    names = (
        *(field.name for field in identity), figure, *(f"{name}_{figure}" for name in QUANTILE_NAMES),
        *_PARTS, "place", *(field.name for field in further),
    )  # fmt: skip
    grid = builder.grid("ensemble", "ensemble", codes, names)

    def part(name: str) -> Field:
        low, high = (f"{end}_{figure}" for end in _PARTS[name])
        widths = (table[high] - table[low]).to_dict()
        return Field(
            name, widths, "live", lambda code: f"{grid.at(high, code)}-{grid.at(low, code)}", unit=unit
        )

    builder.write(
        "ensemble",
        [
            *identity,
            _own(builder, found, table[figure]),
            *(
                Field(f"{name}_{figure}", table[f"{name}_{figure}"].to_dict(), "solved")
                for name in QUANTILE_NAMES
            ),
            *map(part, _PARTS),
            _place(builder, grid, figure, table["place"]),
            *further,
        ],
        frozen=2,
    )
    return grid


def _own(builder: WorkbookBuilder, found: Ensemble, values: pd.Series) -> Field:
    """The run's own figure, linked; of a year that the workbook does not show, as a value."""
    figure, year = str(values.name), drawn_year(builder.data.outcome, found)

    def formula(code: Label) -> str:
        if figure == "cut_pct":
            return builder.grids["targets"].ref(figure, code)
        return builder.grids["allocation"].ref(figure, (year, code)) if year in builder.data.years else ""

    heading = describe("ensemble", figure, builder.lang).label
    return Field(figure, values.to_dict(), "live", formula, heading=heading)


def _place(builder: WorkbookBuilder, grid: Grid, figure: str, places: pd.Series) -> Field:
    said = {place: term("places", place, builder.lang) for place in (MIDDLE, NINE_TENTHS, OUTSIDE)}

    def between(code: Label, low: str, high: str) -> str:
        own, least, most = (
            f"ROUND({grid.at(name, code)},{DIGITS})"
            for name in (figure, f"{low}_{figure}", f"{high}_{figure}")
        )
        return f"AND({own}>={least},{own}<={most})"

    def formula(code: Label) -> str:
        half, wide = between(code, "p25", "p75"), between(code, "p05", "p95")
        inside = f'IF({wide},"{said[NINE_TENTHS]}","{said[OUTSIDE]}")'
        return f'IF({half},"{said[MIDDLE]}",{inside})'

    return Field("place", places.map(said).to_dict(), "live", formula, plain="text")


def _further(builder: WorkbookBuilder, found: Ensemble, codes: list[str]) -> list[Field]:
    """Chances, and what drives the spread most; blank where nothing does."""
    outcome = builder.data.outcome
    chance = chances(outcome, found).reindex(codes)
    first = driver_rows(outcome, found, builder.lang).reset_index("input").groupby(level="code").first()
    table = chance.join(first.reindex(codes))
    return [_field(builder, str(name), table[name]) for name in table]


def _field(builder: WorkbookBuilder, name: str, values: pd.Series, table: str = "") -> Field:
    """A column as the run found it: words of the result in the workbook's language, blanks as blanks."""
    own = has_column(table, name, builder.lang)
    heading = describe(table, name, builder.lang).label if own else ""
    shown = values.astype(object).where(values.notna(), "").to_dict()
    if name in ("balance_class", "likely_class", "group"):
        return Field(name, {label: builder.word(value) for label, value in shown.items()})
    if name in ("input", "figure"):
        return Field(name, shown, heading=heading)
    # The seed stands among the counts.
    units = {"count": MIXED, **dict.fromkeys(_DRIVER, "")}
    unit = SHARE if name.endswith("_share") else units.get(name, "auto")
    return Field(name, shown, "solved", unit=unit, heading=heading)


def _table(builder: WorkbookBuilder, name: str, frame: pd.DataFrame, top: int) -> int:
    """A table of the second sheet, and the row it ends in."""
    labels, flat = list(frame.index), frame.reset_index().set_axis(frame.index)
    called = "name_zh" if builder.lang == "zh" else "name_en"
    names = builder.names()
    fields = [
        Field(called, {label: names[str(code)] for label, code in flat["code"].items()})
        if column == "code"
        else _field(builder, str(column), flat[column], name)
        for column in flat
    ]
    grid = builder.grid(name, "spread", labels, [field.name for field in fields], top)
    builder.write(name, fields, frozen=2 if top == HEADING_ROW else None)
    return grid.bottom
