"""Reduction potential: the score follows from the indicators and the components, which are given."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import HUNDRED
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.expressions import formula_of
from capshare.reports.workbook.grid import Field, Formula, Label
from capshare.reports.workbook.text_cells import put_heading, put_text
from capshare.reports.workbook.workbook_data import WorkbookData

MEAN, DEVIATION = "mean", "deviation"


def potential_sheet(builder: WorkbookBuilder) -> None:
    """One row per province in deficit; below, the components.

    Parameters
    ----------
    builder : with the places of ``inputs`` and ``assumptions``
    """
    data = builder.data
    table = data.outcome.potential.ranking
    sheet = builder.open("potential")
    codes = tuple(map(str, table.index))
    if not codes:
        builder.say_here(sheet, HEADING_ROW, "no_potential")
        return
    components, raw = data.outcome.potential.components, data.outcome.potential.indicators
    identity = builder.code_fields(codes)
    if components is None or raw is None:
        builder.grid("potential", "potential", codes, [f.name for f in identity] + ["score", "rank", "tier"])
        builder.write("potential", [*identity, *_plain(builder, table)], 2)
        return
    ids = tuple(str(name) for name in components.columns if name in raw)
    kept = tuple(map(str, components.index))
    names = [f"{part}_{name}" for part, some in (("x", ids), ("t", ids), ("f", kept)) for name in some]
    tail = ("composite", "score", "rank", "tier")
    grid = builder.grid("potential", "potential", codes, [f.name for f in identity] + names + list(tail))
    builder.grid("components", "potential", (MEAN, DEVIATION, *kept), grid.names, grid.bottom + 3)
    shown = raw.loc[list(codes), list(ids)]
    fields = [
        *_raw(builder, shown),
        *_standardised(builder, shown),
        *_component_scores(builder, shown, components),
    ]
    builder.write("potential", [*identity, *fields, *_scores(builder, shown, components)], 2)
    builder.subtitle(sheet, grid.bottom + 2, "components")
    _components(builder, shown, components)


def _plain(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    return [
        Field("score", table["score"].to_dict(), "solved", unit=HUNDRED),
        Field("rank", table["rank"].to_dict(), "solved", unit=""),
        Field("tier", table["tier"].map(builder.word).to_dict(), "solved", unit=""),
    ]


def _asked(data: WorkbookData) -> dict[str, dict[str, str]]:
    return {str(item["id"]): item for item in data.setting("potential.indicators", ())}


def _raw(builder: WorkbookBuilder, shown: pd.DataFrame) -> list[Field]:
    asked, inputs = _asked(builder.data), builder.grids["inputs"]
    fields = []
    for name, values in shown.items():
        expression = str(asked[str(name)]["expression"])
        heading = term("indicators", name, builder.lang)

        def formula(code: Label, expression: str = expression) -> str:
            return formula_of(expression, lambda column: inputs.ref(column, code))

        fields.append(Field(f"x_{name}", values.to_dict(), "live", formula, "", heading, expression))
    return fields


def _signs(data: WorkbookData, shown: pd.DataFrame) -> pd.Series:
    asked = _asked(data)
    return pd.Series({name: -1.0 if asked[str(name)]["direction"] == "less" else 1.0 for name in shown})


def _t(data: WorkbookData, shown: pd.DataFrame) -> pd.DataFrame:
    return (shown - shown.mean()) / shown.std(ddof=1) * _signs(data, shown)


def _standardised(builder: WorkbookBuilder, shown: pd.DataFrame) -> list[Field]:
    grid, components, signs = (
        builder.grids["potential"],
        builder.grids["components"],
        _signs(builder.data, shown),
    )
    fields = []
    for name, values in _t(builder.data, shown).items():
        x = f"x_{name}"
        mean, deviation = components.at(x, MEAN), components.at(x, DEVIATION)
        sign = "-" if signs[str(name)] < 0 else ""

        def formula(code: Label, x: str = x, mean: str = mean, sd: str = deviation, sign: str = sign) -> str:
            return f"{sign}({grid.at(x, code)}-{_fixed(mean)})/{_fixed(sd)}"

        heading = builder.say("heading.standardised", indicator=term("indicators", name, builder.lang))
        fields.append(Field(f"t_{name}", values.to_dict(), "live", formula, "", heading))
    return fields


def _fixed(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"{letters}${cell[len(letters) :]}"


def _f(data: WorkbookData, shown: pd.DataFrame, components: pd.DataFrame) -> pd.DataFrame:
    return _t(data, shown) @ components[list(shown.columns)].T


def _component_scores(builder: WorkbookBuilder, shown: pd.DataFrame, components: pd.DataFrame) -> list[Field]:
    grid, below = builder.grids["potential"], builder.grids["components"]
    first, last = f"t_{shown.columns[0]}", f"t_{shown.columns[-1]}"
    fields = []
    for name, values in _f(builder.data, shown, components).items():

        def formula(code: Label, name: object = name) -> str:
            ends = below.across(first, last, name).split(":")
            return f"SUMPRODUCT({grid.across(first, last, code)},{':'.join(map(_fixed, ends))})"

        fields.append(Field(f"f_{name}", values.to_dict(), "live", formula, "", str(name)))
    return fields


def _scores(builder: WorkbookBuilder, shown: pd.DataFrame, components: pd.DataFrame) -> list[Field]:
    grid, below = builder.grids["potential"], builder.grids["components"]
    table = builder.data.outcome.potential.ranking
    weight = components["eigenvalue"] / components["eigenvalue"].sum()
    composite = _f(builder.data, shown, components) @ weight
    kept = [str(name) for name in components.index]

    def total(code: Label) -> str:
        return "+".join(
            f"{grid.at(f'f_{name}', code)}*{_fixed(below.at('composite', name))}" for name in kept
        )

    def score(code: Label) -> str:
        span = grid.span("composite")
        return f"ROUND(100*({grid.at('composite', code)}-MIN({span}))/(MAX({span})-MIN({span})),9)"

    def tier(code: Label) -> str:
        high, low = (builder.named(name) for name in ("tier_high", "tier_low"))
        words, cell = [builder.words(word) for word in ("high", "low", "middle")], grid.at("score", code)
        return f"IF({cell}>{high},{words[0]},IF({cell}<{low},{words[1]},{words[2]}))"

    return [
        Field("composite", composite.to_dict(), "live", total, ""),
        Field("score", table["score"].to_dict(), "live", score, HUNDRED),
        Field(
            "rank",
            table["rank"].to_dict(),
            "live",
            lambda code: f"RANK({grid.at('score', code)},{grid.span('score')})",
            "",
        ),
        Field("tier", table["tier"].map(builder.word).to_dict(), "live", tier, ""),
    ]


def _components(builder: WorkbookBuilder, shown: pd.DataFrame, components: pd.DataFrame) -> None:
    """Mean and standard deviation under the raw values, coefficients under the standardised ones."""
    grid, main = builder.grids["components"], builder.grids["potential"]
    sheet, kept = builder.book[grid.sheet], list(map(str, components.index))
    _component_headings(builder, kept)
    for name in map(str, shown.columns):
        span, x = main.span(f"x_{name}"), f"x_{name}"
        builder.put_at(sheet, grid.at(x, MEAN), Formula(f"=AVERAGE({span})", shown[name].mean()))
        builder.put_at(sheet, grid.at(x, DEVIATION), Formula(f"=STDEV({span})", shown[name].std(ddof=1)))
        for component in kept:
            builder.put_at(sheet, grid.at(f"t_{name}", component), components.loc[component, name])
    eigenvalues, first = components["eigenvalue"], f"f_{kept[0]}"
    for component in kept:
        builder.put_at(sheet, grid.at(first, component), eigenvalues[component])
        share = f"={grid.at(first, component)}/SUM({grid.span(first, kept)})"
        weight = eigenvalues[component] / eigenvalues.sum()
        builder.put_at(sheet, grid.at("composite", component), Formula(share, weight))


def _component_headings(builder: WorkbookBuilder, kept: list[str]) -> None:
    grid, main = builder.grids["components"], builder.grids["potential"]
    sheet = builder.book[grid.sheet]
    own = {
        "composite": builder.say("heading.weight_of_component"),
        f"f_{kept[0]}": builder.say("heading.eigenvalue"),
    }
    for place, name in enumerate(grid.names, start=1):
        above = str(sheet.cell(main.top, place).value) if name[:2] in ("x_", "t_") else ""
        put_heading(sheet, grid.top, place, own.get(name, above), of_numbers=place > 2)
    sheet.heights[grid.top] = sheet.heights[main.top]
    for row in grid.labels:
        called = builder.say(f"component.{row}") if row in (MEAN, DEVIATION) else str(row)
        put_text(sheet, grid.row(row), 1, called)
