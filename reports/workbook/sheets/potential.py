"""Reduction potential: the score follows from the indicators and the components, which are given."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import HUNDRED, describe
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.expression_numbers import expression_formula
from capshare.reports.workbook.grid import Field, Kind, Label, ToFormula
from capshare.reports.workbook.sheets.components import (
    COMPONENTS,
    INDICATORS,
    component_tables,
    indicator_ids,
    reserve_components,
    signs,
)


def potential_sheet(builder: WorkbookBuilder) -> None:
    """One row per province in deficit; below, its indicators, their correlations, and the components.

    Parameters
    ----------
    builder : with the places of ``inputs`` and ``assumptions``
    """
    potential = builder.data.outcome.potential
    sheet = builder.open("potential")
    codes = tuple(map(str, potential.ranking.index))
    if not codes:
        builder.say_here(sheet, HEADING_ROW, "no_potential")
        return
    components, raw = potential.components, potential.indicators
    identity = builder.code_fields(codes)
    if components is None or raw is None:
        builder.grid("potential", "potential", codes, [f.name for f in identity] + ["score", "rank", "tier"])
        builder.write("potential", [*identity, *_plain(builder, potential.ranking)], 2)
        return
    ids, kept = indicator_ids(components, raw), tuple(map(str, components.index))
    names = [f"{part}_{name}" for part, some in (("x", ids), ("t", ids), ("f", kept)) for name in some]
    tail = ["composite", "score", "rank", "tier"]
    grid = builder.grid("potential", "potential", codes, [field.name for field in identity] + names + tail)
    reserve_components(builder, ids, kept, grid.bottom + 3)
    shown = raw.loc[list(codes), list(ids)]
    fields = [
        *_raw(builder, shown),
        *_standardised(builder, shown),
        *_component_scores(builder, shown, components),
    ]
    builder.write("potential", [*identity, *fields, *_scores(builder, shown, components)], 2)
    component_tables(builder, standardised(builder, shown), shown, components)


def _plain(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    return [
        _score_field(builder, table, "solved", None),
        Field("rank", table["rank"].to_dict(), "solved", unit=""),
        Field("tier", table["tier"].map(builder.word).to_dict(), "solved", unit=""),
    ]


def _score_field(
    builder: WorkbookBuilder, table: pd.DataFrame, kind: Kind, formula: ToFormula | None
) -> Field:
    """The score of potential, which is no score of the allocation."""
    known = describe("potential", "score", builder.lang)
    return Field("score", table["score"].to_dict(), kind, formula, HUNDRED, known.label, known.meaning)


def _raw(builder: WorkbookBuilder, shown: pd.DataFrame) -> list[Field]:
    asked = {str(item["id"]): item for item in builder.data.setting("potential.indicators", ())}
    grid, inputs = builder.grids["potential"], builder.grids["inputs"]
    fields = []
    for name, values in shown.items():
        expression = str(asked[str(name)]["expression"])
        heading = term("indicators", name, builder.lang)

        def formula(code: Label, expression: str = expression) -> str:
            key = grid.at("code", code)
            return expression_formula(builder, expression, lambda column: inputs.find(column, key, by="code"))

        fields.append(Field(f"x_{name}", values.to_dict(), "live", formula, "", heading, expression))
    return fields


def standardised(builder: WorkbookBuilder, shown: pd.DataFrame) -> pd.DataFrame:
    """Deviations from the mean in standard deviations, turned so that more is more potential.

    Parameters
    ----------
    builder : its data says the directions
    shown : index code, one column per indicator, any unit
    """
    turned: pd.DataFrame = (shown - shown.mean()) / shown.std(ddof=1) * signs(builder.data, list(shown))
    return turned


def _standardised(builder: WorkbookBuilder, shown: pd.DataFrame) -> list[Field]:
    grid, below = builder.grids["potential"], builder.grids[INDICATORS]
    less = builder.words("less")
    fields = []
    for name, values in standardised(builder, shown).items():
        parts = tuple(below.ref(column, name) for column in ("direction", "mean_value", "standard_deviation"))

        def formula(code: Label, name: object = name, parts: tuple[str, ...] = parts) -> str:
            towards, middle, spread = parts
            return f"IF({towards}={less},-1,1)*({grid.at(f'x_{name}', code)}-{middle})/{spread}"

        heading = builder.say("heading.standardised", indicator=term("indicators", name, builder.lang))
        fields.append(Field(f"t_{name}", values.to_dict(), "live", formula, "", heading))
    return fields


def _f(builder: WorkbookBuilder, shown: pd.DataFrame, components: pd.DataFrame) -> pd.DataFrame:
    return standardised(builder, shown) @ components[list(shown.columns)].T


def _component_scores(builder: WorkbookBuilder, shown: pd.DataFrame, components: pd.DataFrame) -> list[Field]:
    grid, below = builder.grids["potential"], builder.grids[INDICATORS]
    first, last = f"t_{shown.columns[0]}", f"t_{shown.columns[-1]}"
    fields = []
    for name, values in _f(builder, shown, components).items():

        def formula(code: Label, name: object = name) -> str:
            return f"SUMPRODUCT(MMULT({grid.across(first, last, code)},{below.column(f'v_{name}')}))"

        fields.append(Field(f"f_{name}", values.to_dict(), "live", formula, "", str(name)))
    return fields


def _scores(builder: WorkbookBuilder, shown: pd.DataFrame, components: pd.DataFrame) -> list[Field]:
    grid, table = builder.grids["potential"], builder.data.outcome.potential.ranking
    weight = components["eigenvalue"] / components["eigenvalue"].sum()
    composite = _f(builder, shown, components) @ weight
    first, last = (f"f_{components.index[end]}" for end in (0, -1))

    def total(code: Label) -> str:
        weights = builder.grids[COMPONENTS].column("component_weight")
        return f"SUMPRODUCT(MMULT({grid.across(first, last, code)},{weights}))"

    def score(code: Label) -> str:
        least, most = (f"{end}({grid.span('composite')})" for end in ("MIN", "MAX"))
        part = f"({grid.at('composite', code)}-{least})/({most}-{least})"
        return f"ROUND({builder.named('percent')}*{part},{builder.named('score_digits')})"

    def tier(code: Label) -> str:
        high, low = (builder.named(name) for name in ("tier_high", "tier_low"))
        words, cell = [builder.words(word) for word in ("high", "low", "middle")], grid.at("score", code)
        return f"IF({cell}>{high},{words[0]},IF({cell}<{low},{words[1]},{words[2]}))"

    return [
        Field("composite", composite.to_dict(), "live", total, ""),
        _score_field(builder, table, "live", score),
        Field(
            "rank",
            table["rank"].to_dict(),
            "live",
            lambda code: f"RANK({grid.at('score', code)},{grid.span('score')})",
            "",
        ),
        Field("tier", table["tier"].map(builder.word).to_dict(), "live", tier, ""),
    ]
