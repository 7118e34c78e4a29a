"""What every indicator contributes to a province's score, and the group it was put into."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.distance import ranks
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import UNIT_INTERVAL
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.indicators import indicator_ids
from capshare.reports.workbook.sheets.rank_formula import first_rank_formula

_GROUP = ("group_found", "group_given", "group")


def scores_sheet(builder: WorkbookBuilder) -> None:
    """One row per province: weight times rescaled indicator, their sum, the fixed group.

    Parameters
    ----------
    builder : with the places of ``indicators`` and ``weights``; takes that of ``scores``
    """
    data = builder.data
    ids = indicator_ids(data)
    identity = builder.code_fields(data.codes)
    names = [*(field.name for field in identity), *(f"w_{name}" for name in ids), "score", "rank", *_GROUP]
    grid = builder.grid("scores", "scores", data.codes, names)
    first = data.in_year(data.years[0])
    score = first["score"]
    parts = [_part(builder, name) for name in ids]

    def rank(code: Label) -> str:
        return first_rank_formula(builder, grid.at("score", code), grid.span("score"))

    def total(code: Label) -> str:
        return f"SUM({grid.across(f'w_{ids[0]}', f'w_{ids[-1]}', code)})"

    builder.open("scores")
    builder.write(
        "scores",
        [
            *identity,
            *parts,
            Field("score", score.to_dict(), "live", total),
            Field("rank", ranks(score, "min").astype(int).to_dict(), "live", rank),
            *_group_fields(builder, first["group"].astype(str)),
        ],
        frozen=2,
    )


def _group_fields(builder: WorkbookBuilder, group: pd.Series) -> list[Field]:
    """The group that was found, another that a reviewer gives, and the one that holds."""
    data, grid = builder.data, builder.grids["scores"]
    found = data.outcome.groups.found
    found = group if found is None else found.reindex(group.index)
    given = {
        code: "" if name == own else name for code, name, own in zip(group.index, group, found, strict=True)
    }
    names = tuple(sorted({*map(str, group), *map(str, found)}))
    optional = Field(
        "group_given",
        given,
        "input",
        key=lambda code: f"groups.given.{code}",
        choices=names,
        codes=names,
        optional=True,
    )
    if data.used is None or data.setting("groups.method", "none") == "none":
        optional = Field("group_given", given)

    def holds(code: Label) -> str:
        own = grid.at("group_given", code)
        # Names of groups may be numbers, which a spreadsheet would read as such.
        return f'IF({own}="",{grid.at("group_found", code)},{own}&"")'

    return [
        Field("group_found", found.to_dict(), "solved"),
        optional,
        Field("group", group.to_dict(), "live", holds),
    ]


def _part(builder: WorkbookBuilder, name: str) -> Field:
    weights = builder.data.outcome.weights
    values = weights.normalised[name] * weights.table["weight"][name]
    z, weight = builder.grids["indicators"], builder.grids["weights"].ref("weight", name)
    heading = term("indicators", name, builder.lang)
    return Field(
        f"w_{name}",
        values.to_dict(),
        "live",
        lambda code: f"{z.peer(f'z_{name}', code)}*{weight}",
        UNIT_INTERVAL,
        heading,
    )
