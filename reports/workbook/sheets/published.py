"""The published table beside this run, and the distance in figures; live."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.distance import ranks
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import MT, POINTS
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cells import MIXED
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.rand_index import pair_field, pair_fields, pair_names, rand_formula
from capshare.reports.workbook.sheets.rank_formula import rank_formula

_NAMES = (
    *("quota_mt", "published_quota_mt", "quota_share_error_points", "balance_class"),
    *("published_balance_class", "same_class", "same_sign", "rank_here", "rank_published"),
    *("group", "published_group", "pairs_group", *pair_names("published_group")),
)


def published_sheet(builder: WorkbookBuilder) -> None:
    """Figures on top, then one row per province.

    Parameters
    ----------
    builder : with the places of ``allocation`` and ``balance``; a study without published results has no such
        sheet
    """
    data = builder.data
    found = data.outcome.published
    if found is None:
        return
    sheet = builder.open("published")
    table, figures = found.table, found.agreement
    # The run is set beside them in its last year.
    year = data.years[-1]
    rows = tuple((year, str(code)) for code in table.index)
    names = ("code", "name_zh" if builder.lang == "zh" else "name_en", *_NAMES)
    top = HEADING_ROW + len(figures) + 4
    builder.grid("published", "published", rows, names, top)
    builder.grid("agreement", "published", tuple(map(str, figures.index)), ("figure", "value", "unit"))
    builder.write("agreement", _figures(builder, figures))
    builder.subtitle(sheet, top - 1, "published_provinces")
    builder.write("published", _provinces(builder, table.set_axis(pd.Index(rows, tupleize_cols=False))), 2)


def _provinces(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    rows, names, grid = list(table.index), builder.names(), builder.grids["published"]
    theirs, error = table["published_quota_mt"], table["quota_share_error_points"]

    def off(row: Label) -> str:
        mine = f"{grid.at('quota_mt', row)}/SUM({grid.span('quota_mt')})"
        other = f"{grid.at('published_quota_mt', row)}/SUM({grid.span('published_quota_mt')})"
        return f"{builder.named('percent')}*({mine}-{other})"

    return [
        Field("code", {row: row[1] for row in rows}),
        Field(grid.names[1], {row: names[row[1]] for row in rows}),
        builder.link("quota_mt", "allocation", "quota_mt", table["quota_mt"]),
        Field("published_quota_mt", theirs.to_dict(), unit=MT),
        Field("quota_share_error_points", error.to_dict(), "live", off, POINTS),
        *_classes(builder, table),
        *(_rank(builder, name, table[f"{name}_mt"]) for name in ("quota", "published_quota")),
        *_groups(builder, table),
    ]


def _classes(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    grid, balance = builder.grids["published"], builder.grids["balance"]
    ours, theirs = table["balance_class"], table["published_balance_class"]
    shown, printed = ours.map(builder.word).to_dict(), theirs.map(builder.word).to_dict()
    same, sign = (ours == theirs).astype(int), (ours.map(_sign) == theirs.map(_sign)).astype(int)

    def equal(row: Label) -> str:
        return f"IF({grid.at('balance_class', row)}={grid.at('published_balance_class', row)},1,0)"

    return [
        Field("balance_class", shown, "live", lambda row: balance.peer("balance_class", row), ""),
        Field("published_balance_class", printed, unit=""),
        Field("same_class", same.to_dict(), "live", equal, ""),
        Field("same_sign", sign.to_dict(), "live", lambda row: _same_sign(builder, row), ""),
    ]


def _rank(builder: WorkbookBuilder, name: str, quota: pd.Series) -> Field:
    """Rank of each quota, the largest first; equal ones share the mean of their ranks."""
    grid = builder.grids["published"]

    def formula(row: Label) -> str:
        return rank_formula(builder, grid.at(f"{name}_mt", row), grid.span(f"{name}_mt"))

    called = {"quota": "rank_here", "published_quota": "rank_published"}[name]
    return Field(called, ranks(quota).to_dict(), "live", formula, "")


def _sign(name: object) -> int:
    return str(name).endswith("surplus") - str(name).endswith("deficit")


def _same_sign(builder: WorkbookBuilder, row: Label) -> str:
    """Sign of the balance here against the published class, whose words end as surplus or deficit."""
    balance = builder.grids["balance"].peer("balance_mt", row)
    published = builder.grids["published"].at("published_balance_class", row)
    surplus = ("ample surplus", "moderate surplus", "slight surplus")
    words = ",".join(f"{published}={builder.words(name)}" for name in surplus)
    here = f"IF(ABS({balance})<{builder.named('balanced_mt')},0,SIGN({balance}))"
    return f"IF({here}=IF({published}={builder.words('balanced')},0,IF(OR({words}),1,-1)),1,0)"


def _groups(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    """Both groupings, and for each province how many others share its group."""
    grid, scores = builder.grids["published"], builder.grids["scores"]
    both = table[["group", "published_group"]].astype(str)

    def group(row: Label) -> str:
        return scores.find("group", grid.at("code", row), by="code")

    return [
        Field("group", both["group"].to_dict(), "live", group, ""),
        Field("published_group", both["published_group"].map(builder.block).to_dict(), unit=""),
        pair_field(builder, grid, both[["group"]], "pairs_group"),
        *pair_fields(builder, grid, both),
    ]


def _figures(builder: WorkbookBuilder, figures: pd.DataFrame) -> list[Field]:
    grid = builder.grids["published"]
    names = list(map(str, figures.index))
    error = grid.span("quota_share_error_points")
    ranks = f"{grid.span('rank_here')},{grid.span('rank_published')}"
    formulas = {
        "group_adjusted_rand": rand_formula(grid, "pairs_group", "published_group")(None),
        "quota_share_error_mean": f"SUMPRODUCT(ABS({error}))/ROWS({error})",
        "quota_share_error_max": f"MAX(MAX({error}),-MIN({error}))",
        "quota_rank_correlation": f"CORREL({ranks})",
        "balance_signs_right": f"SUM({grid.span('same_sign')})",
        "balance_classes_right": f"SUM({grid.span('same_class')})",
    }
    return [
        Field("figure", {name: term("agreement", name, builder.lang) for name in names}),
        Field(
            "value",
            figures["value"].to_dict(),
            "live",
            lambda name: formulas.get(str(name), ""),
            MIXED,
        ),
        Field("unit", {name: builder.unit(str(figures.loc[name, "unit"])) for name in names}),
    ]
