r"""What the score of potential is made of: indicators, their correlations, and the components as given.

.. math:: R = \operatorname{corr}(Z),\qquad R a_k = \lambda_k a_k
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from capshare.model.allocation.checks import TOLERANCE
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.cells import MIXED, SCIENTIFIC
from capshare.reports.workbook.check import Check
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.workbook_data import WorkbookData

INDICATORS, COMPONENTS, CORRELATIONS = "potential_indicators", "components", "correlations"
_RESIDUAL = "component_residual"
_DIRECTIONS = ("more", "less")


def indicator_ids(components: pd.DataFrame, raw: pd.DataFrame) -> tuple[str, ...]:
    """Indicators that the components are made of.

    Parameters
    ----------
    components : index component; one column per indicator among others
    raw : index code, one column per indicator
    """
    return tuple(str(name) for name in components.columns if name in raw)


def signs(data: WorkbookData, ids: Sequence[object]) -> pd.Series:
    """-1 for an indicator of which less is more potential, else 1, index indicator.

    Parameters
    ----------
    data : of the run; states the directions
    ids : of the indicators
    """
    asked = {str(item["id"]): item["direction"] for item in data.setting("potential.indicators", ())}
    return pd.Series({name: -1.0 if asked[str(name)] == "less" else 1.0 for name in ids})


def reserve_components(builder: WorkbookBuilder, ids: Sequence[str], kept: Sequence[str], top: int) -> None:
    """Place the three tables below that of the provinces.

    Parameters
    ----------
    builder : takes the places of ``potential_indicators``, ``components`` and ``correlations``
    ids, kept : of the indicators and of the components
    top : row of the headings of the first
    """
    names = ("indicator", "number", "expression", "direction", "mean_value", "standard_deviation")
    indicators = builder.grid(INDICATORS, "potential", tuple(ids), (*names, *(f"v_{k}" for k in kept)), top)
    of_component = ("component", "number", "eigenvalue", "component_weight", "explained_share", _RESIDUAL)
    grid = builder.grid(COMPONENTS, "potential", tuple(kept), of_component, indicators.bottom + 3)
    across = ("indicator", "number", *(f"r_{name}" for name in ids))
    builder.grid(CORRELATIONS, "potential", tuple(ids), across, grid.bottom + 3)


def component_tables(
    builder: WorkbookBuilder, z: pd.DataFrame, shown: pd.DataFrame, components: pd.DataFrame
) -> None:
    """Write the three tables.

    Parameters
    ----------
    builder : with the place of ``potential`` and what :func:`reserve_components` placed
    z, shown : index code, one column per indicator: standardised, and as they are
    components : index component; ``eigenvalue`` and a coefficient of every indicator
    """
    tables = {
        INDICATORS: _indicators(builder, shown, components),
        COMPONENTS: _components(builder, z, components),
        CORRELATIONS: _correlations(builder, z),
    }
    for name, fields in tables.items():
        grid = builder.grids[name]
        builder.subtitle(builder.book[grid.sheet], grid.top - 1, name)
        builder.write(name, fields)


def _called(builder: WorkbookBuilder, ids: Sequence[object]) -> list[Field]:
    return [
        Field("indicator", {name: term("indicators", name, builder.lang) for name in ids}),
        Field("number", {name: place for place, name in enumerate(ids, start=1)}, unit=""),
    ]


def _indicators(builder: WorkbookBuilder, shown: pd.DataFrame, components: pd.DataFrame) -> list[Field]:
    main = builder.grids["potential"]
    asked = {str(item["id"]): item for item in builder.data.setting("potential.indicators", ())}
    ids = list(map(str, shown.columns))
    values = f"{main.quoted}!{_block(builder, 'x', ids)}"

    def own(function: str, name: Label) -> str:
        number = builder.grids[INDICATORS].at("number", name)
        return f"{function}(INDEX({values},0,{number}))"

    return [
        *_called(builder, ids),
        Field("expression", {name: str(asked[name]["expression"]) for name in ids}),
        Field(
            "direction",
            {name: builder.word(asked[name]["direction"]) for name in ids},
            "input",
            meaning=builder.say("potential_direction"),
            key=lambda name: f"potential.indicators.{name}.direction",
            choices=tuple(map(builder.word, _DIRECTIONS)),
            codes=_DIRECTIONS,
        ),
        Field("mean_value", shown.mean().to_dict(), "live", lambda name: own("AVERAGE", name), MIXED),
        Field(
            "standard_deviation", shown.std(ddof=1).to_dict(), "live", lambda name: own("STDEV", name), MIXED
        ),
        *(
            Field(f"v_{component}", row[ids].to_dict(), "solved", unit="", heading=str(component))
            for component, row in components.iterrows()
        ),
    ]


def _block(builder: WorkbookBuilder, part: str, ids: Sequence[str]) -> str:
    """The provinces' cells of all indicators, as a formula on the same sheet names them."""
    grid = builder.grids["potential"]
    first, last = grid.letter(f"{part}_{ids[0]}"), grid.letter(f"{part}_{ids[-1]}")
    return f"${first}${grid.top + 1}:${last}${grid.bottom}"


def _components(builder: WorkbookBuilder, z: pd.DataFrame, components: pd.DataFrame) -> list[Field]:
    grid, ids = builder.grids[COMPONENTS], list(map(str, z.columns))
    kept, eigenvalue = list(map(str, components.index)), components["eigenvalue"]
    indicators, correlations = builder.grids[INDICATORS], builder.grids[CORRELATIONS]

    def weight(name: Label) -> str:
        return f"{grid.at('eigenvalue', name)}/SUM({grid.span('eigenvalue')})"

    def explained(name: Label) -> str:
        return f"{grid.at('eigenvalue', name)}/ROWS({indicators.column('number')})"

    def residual(name: Label) -> str:
        first, last = (indicators.letter(f"v_{kept[end]}") for end in (0, -1))
        vectors = f"${first}${indicators.top + 1}:${last}${indicators.bottom}"
        vector = f"INDEX({vectors},0,{grid.at('number', name)})"
        left, right = (correlations.letter(f"r_{ids[end]}") for end in (0, -1))
        matrix = f"${left}${correlations.top + 1}:${right}${correlations.bottom}"
        return f"SUMPRODUCT(ABS(MMULT({matrix},{vector})-{grid.at('eigenvalue', name)}*{vector}))"

    return [
        Field("component", {name: name for name in kept}),
        Field("number", {name: place for place, name in enumerate(kept, start=1)}, unit=""),
        Field("eigenvalue", eigenvalue.to_dict(), "solved", unit=""),
        Field("component_weight", (eigenvalue / eigenvalue.sum()).to_dict(), "live", weight, SHARE),
        Field("explained_share", (eigenvalue / len(ids)).to_dict(), "live", explained, SHARE),
        Field(_RESIDUAL, residuals(z, components).to_dict(), "live", residual, SCIENTIFIC),
    ]


def residuals(z: pd.DataFrame, components: pd.DataFrame) -> pd.Series:
    """By how much each given component is none of the correlations, index component, no unit.

    Parameters
    ----------
    z : index code, one standardised column per indicator
    components : index component; ``eigenvalue`` and a coefficient of every indicator
    """
    vectors = components[list(z.columns)].astype(float)
    apart = vectors @ z.corr() - vectors.mul(components["eigenvalue"], axis=0)
    return apart.abs().sum(axis=1)


def _correlations(builder: WorkbookBuilder, z: pd.DataFrame) -> list[Field]:
    main, grid, ids = builder.grids["potential"], builder.grids[CORRELATIONS], list(map(str, z.columns))
    found, block = z.corr(), _block(builder, "t", ids)

    def field(name: str) -> Field:
        letter = main.letter(f"t_{name}")
        column = f"${letter}${main.top + 1}:${letter}${main.bottom}"

        def formula(other: Label) -> str:
            return f"CORREL(INDEX({block},0,{grid.at('number', other)}),{column})"

        heading = term("indicators", name, builder.lang)
        return Field(f"r_{name}", found[name].to_dict(), "live", formula, "", heading)

    return [*_called(builder, ids), *(field(name) for name in ids)]


def component_checks(builder: WorkbookBuilder) -> dict[str, Check]:
    """Whether the given components still are those of the correlations; none without a ranking.

    Parameters
    ----------
    builder : with the place of ``components``
    """
    potential, grid = builder.data.outcome.potential, builder.grids.get(COMPONENTS)
    if grid is None or potential.components is None or potential.indicators is None:
        return {}
    ids = list(indicator_ids(potential.components, potential.indicators))
    shown = potential.indicators[ids]
    z = (shown - shown.mean()) / shown.std(ddof=1) * signs(builder.data, ids)
    figure = float(np.max(residuals(z, potential.components)))
    return {"components_fit": Check(f"MAX({grid.column(_RESIDUAL)})", figure, TOLERANCE)}
