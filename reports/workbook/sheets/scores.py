"""What every indicator contributes to a province's score, and the group it was put into."""

from __future__ import annotations

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import UNIT_INTERVAL
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.indicators import indicator_ids


def scores_sheet(builder: WorkbookBuilder) -> None:
    """One row per province: weight times rescaled indicator, their sum, the fixed group.

    Parameters
    ----------
    builder : with the places of ``indicators`` and ``weights``; takes that of ``scores``
    """
    data = builder.data
    ids = indicator_ids(data)
    identity = builder.code_fields(data.codes)
    names = [*(field.name for field in identity), *(f"w_{name}" for name in ids), "score", "rank", "group"]
    grid = builder.grid("scores", "scores", data.codes, names)
    first = data.in_year(data.years[0])
    score = first["score"]
    parts = [_part(builder, name) for name in ids]

    def rank(code: Label) -> str:
        return f"RANK({grid.at('score', code)},{grid.span('score')})"

    def total(code: Label) -> str:
        return f"SUM({grid.across(f'w_{ids[0]}', f'w_{ids[-1]}', code)})"

    ranks = score.rank(ascending=False, method="min").astype(int)
    builder.open("scores")
    builder.write(
        "scores",
        [
            *identity,
            *parts,
            Field("score", score.to_dict(), "live", total),
            Field("rank", ranks.to_dict(), "live", rank),
            Field("group", first["group"].to_dict(), "solved"),
        ],
        frozen=2,
    )


def _part(builder: WorkbookBuilder, name: str) -> Field:
    weights = builder.data.outcome.weights
    values = weights.normalised[name] * weights.table["weight"][name]
    z, weight = builder.grids["indicators"], builder.grids["weights"].ref("weight", name)
    heading = term("indicators", name, builder.lang)
    return Field(
        f"w_{name}",
        values.to_dict(),
        "live",
        lambda code: f"{z.ref(f'z_{name}', code)}*{weight}",
        UNIT_INTERVAL,
        heading,
    )
