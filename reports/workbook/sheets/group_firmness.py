"""How many groups, how firmly each province belongs to its own, and how alike other groupings are; live."""

from __future__ import annotations

import pandas as pd

from capshare.model.groups.validity import adjusted_rand
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.rand_index import pair_field, pair_fields, pair_names, rand_formula

_OTHERS = ("group_unweighted", "group_weighted")
_COUNTS = ("k", "members")


def group_firmness_sheet(builder: WorkbookBuilder) -> None:
    """One row per other grouping, then per number of groups, then per province.

    Parameters
    ----------
    builder : with the place of ``scores``; takes those of ``grouping_alike``, ``group_choice`` and
        ``group_stability``. Of groups that k-means did not make nothing is written
    """
    firmness = builder.data.outcome.groups.firmness
    if firmness is None:
        return
    stability = firmness.stability.loc[list(builder.data.codes)]
    others = [name for name in _OTHERS if name in stability]
    sheet = builder.open("grouping")
    alike = builder.grid("grouping_alike", "grouping", others, ("grouping", "adjusted_rand"))
    top = alike.bottom + 4
    _choice(builder, firmness.choice, top)
    builder.subtitle(sheet, top - 1, "group_choice")
    top = builder.grids["group_choice"].bottom + 4
    builder.subtitle(sheet, top - 1, "group_stability")
    _stability(builder, stability, others, top)
    _alike(builder, stability, others)


def _choice(builder: WorkbookBuilder, choice: pd.DataFrame, top: int) -> None:
    table = choice.reset_index()
    builder.grid("group_choice", "grouping", tuple(table.index), [str(name) for name in table], top)
    builder.write("group_choice", [_solved(builder, str(name), table[name]) for name in table])


def _solved(builder: WorkbookBuilder, name: str, values: pd.Series) -> Field:
    """A column as the run found it; words in the workbook's language, blanks as blanks."""
    shown = values.astype(object).where(values.notna(), "").to_dict()
    if name in ("group", "nearest_group", *_OTHERS):
        return Field(name, {label: builder.word(value) for label, value in shown.items()}, "solved", unit="")
    if values.dtype == bool:
        shown = {label: bool(value) for label, value in shown.items()}
    return Field(name, shown, "solved", unit="" if name in _COUNTS else "auto")


def _stability(builder: WorkbookBuilder, stability: pd.DataFrame, others: list[str], top: int) -> None:
    codes, scores = tuple(map(str, stability.index)), builder.grids["scores"]
    identity = builder.code_fields(codes)
    further = [str(name) for name in stability if name != "group"]
    pairs = [part for name in others for part in pair_names(name)]
    names = (*(field.name for field in identity), "group", *further, "pairs_group", *pairs)
    grid = builder.grid("group_stability", "grouping", codes, names, top)
    words = stability[["group", *others]].astype(str)

    def group(code: Label) -> str:
        # What was judged, before a study or a reviewer gives a province another group.
        return scores.find("group_found", grid.at("code", code), by="code")

    builder.write(
        "group_stability",
        [
            *identity,
            Field("group", words["group"].to_dict(), "live", group, ""),
            *(_solved(builder, name, stability[name]) for name in further),
            pair_field(builder, grid, words[["group"]], "pairs_group"),
            *(field for name in others for field in pair_fields(builder, grid, words[["group", name]])),
        ],
    )
    # Pairs are workings of the adjusted Rand index.
    builder.book[grid.sheet].page.area = (grid.bottom, grid.place("pairs_group") - 1)


def _alike(builder: WorkbookBuilder, stability: pd.DataFrame, others: list[str]) -> None:
    grid = builder.grids["group_stability"]
    found = {name: adjusted_rand(stability["group"], stability[name]) for name in others}
    formulas = {name: rand_formula(grid, "pairs_group", name)(name) for name in others}
    builder.write(
        "grouping_alike",
        [
            Field("grouping", {name: builder.about(name).label for name in others}),
            Field("adjusted_rand", dict(found), "live", lambda name: formulas[name], ""),
        ],
        frozen=1,
    )
