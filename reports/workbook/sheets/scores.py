"""What every indicator contributes to a province's score, and the group it was put into."""

from __future__ import annotations

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import UNIT_INTERVAL
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.indicators import indicator_ids


def scores_sheet(draft: Draft) -> None:
    """One row per province: weight times rescaled indicator, their sum, the fixed group."""
    facts = draft.facts
    ids = indicator_ids(facts)
    identity = draft.code_fields(facts.codes)
    names = [*(field.name for field in identity), *(f"w_{name}" for name in ids), "score", "rank", "group"]
    grid = draft.grid("scores", "scores", facts.codes, names)
    first = facts.in_year(facts.years[0])
    score = first["score"]
    parts = [_part(draft, name) for name in ids]

    def rank(code: Label) -> str:
        return f"RANK({grid.at('score', code)},{grid.span('score')})"

    def total(code: Label) -> str:
        return f"SUM({grid.across(f'w_{ids[0]}', f'w_{ids[-1]}', code)})"

    ranks = score.rank(ascending=False, method="min").astype(int)
    draft.open("scores")
    draft.write(
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


def _part(draft: Draft, name: str) -> Field:
    weights = draft.facts.outcome.weights
    values = weights.normalised[name] * weights.table["weight"][name]
    z, weight = draft.grids["indicators"], draft.grids["weights"].ref("weight", name)
    heading = term("indicators", name, draft.lang)
    return Field(
        f"w_{name}",
        values.to_dict(),
        "live",
        lambda code: f"{z.ref(f'z_{name}', code)}*{weight}",
        UNIT_INTERVAL,
        heading,
    )
