"""Every cell that may be edited beside its value in the run: what was changed, and what that asks for."""

from __future__ import annotations

from numbers import Real

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Formula, Label, ToFormula, literal


def edited_sheet(builder: WorkbookBuilder) -> None:
    """One row per input cell: its place, its value in the run, its value now.

    Parameters
    ----------
    builder : with every column that may be edited written; its state is set here
    """
    cells = _input_cells(builder)
    builder.open("edited")
    labels = tuple(cells)
    builder.grid(
        "edited",
        "edited",
        labels,
        ("sheet", "cell", "row_name", "column", "value_run", "value_now", "changed"),
    )
    grid = builder.grids["edited"]
    builder.write(
        "edited",
        [
            Field("sheet", {label: cells[label][0] for label in labels}),
            Field("cell", {label: cells[label][1] for label in labels}),
            Field("row_name", {label: cells[label][2] for label in labels}),
            Field("column", {label: cells[label][3] for label in labels}),
            Field("value_run", {label: cells[label][4] for label in labels}, "text", unit=""),
            Field("value_now", {label: cells[label][4] for label in labels}, "live", _now(cells), ""),
            Field(
                "changed",
                dict.fromkeys(labels, 0),
                "live",
                lambda label: f"IF({grid.at('value_now', label)}={grid.at('value_run', label)},0,1)",
                "",
            ),
        ],
        4,
    )
    builder.state = state_formula(builder, f"SUM({grid.column('changed')})" if labels else "0")


def _now(cells: dict[Label, tuple[str, str, str, str, object]]) -> ToFormula:
    def formula(label: Label) -> str:
        sheet, cell = cells[label][:2]
        quoted = "'" + sheet.replace("'", "''") + "'"
        return f"{quoted}!{cell}"

    return formula


def _input_cells(builder: WorkbookBuilder) -> dict[Label, tuple[str, str, str, str, object]]:
    """Place, names and value of every cell that may be edited."""
    found: dict[Label, tuple[str, str, str, str, object]] = {}
    for name, column in builder.watched:
        grid = builder.grids[name]
        sheet = builder.book[grid.sheet]
        heading = str(sheet[f"{grid.letter(column)}{grid.top}"].value).replace(",\n", ", ")
        for label in grid.labels:
            value = sheet[grid.at(column, label)].value
            if isinstance(value, Formula) or value == "":
                continue
            called = [sheet.cell(grid.row(label), place).value for place in (grid.left, grid.left + 1)]
            title = str(called[1] if not isinstance(called[1], Real) else called[0])
            found[name, column, label] = (grid.sheet, grid.at(column, label), title, heading, value)
    return found


def state_formula(builder: WorkbookBuilder, changed: str) -> Formula:
    """One cell that says whether groups and optimum still belong to the inputs.

    Parameters
    ----------
    builder : gives the texts
    changed : formula without = that counts the edited cells
    """
    as_run, before, after = (builder.say(f"state.{key}") for key in ("as_run", "changed", "solve_again"))
    told = f"{literal(before)}&{changed}&{literal(after)}"
    return Formula(f"=IF({changed}=0,{literal(as_run)},{told})", as_run)
