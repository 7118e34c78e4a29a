"""What keeps a workbook whole: protection, the list of inputs and of formulas, and checks that notice."""

import pytest
from openpyxl.utils import range_boundaries

from capshare.reports.workbook.grid import Formula, Grid
from capshare.reports.workbook.look import Look
from capshare.reports.workbook.runs import Run, rectangles, runs
from capshare.reports.workbook.sheet import Book, Sheet
from capshare.reports.workbook.sheets.table_sums import TableSums, table_sums, words_now


@pytest.fixture(scope="module")
def made(built):
    return built("plan")


@pytest.fixture(scope="module")
def book(opened_book):
    return opened_book("plan")


def named_rows(book, name):
    title, cells = book.defined_names[name].attr_text.rsplit("!", 1)
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    rows = book[title.strip("'")].iter_rows(top, bottom, left, right, values_only=True)
    return list(rows)


@pytest.mark.slow
def test_only_inputs_can_be_edited_and_no_password_is_asked_for(book):
    for sheet in book:
        assert (sheet.protection.sheet, sheet.protection.password) == (True, None), sheet.title
        # False allows it.
        assert not sheet.protection.autoFilter
        assert not sheet.protection.formatColumns
    open_cells = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    names, _, *rows = named_rows(book, "capshare_inputs")
    listed = {(row[names.index("sheet")], row[names.index("cell")]) for row in rows}
    # The cover shows what an input looks like; the summary has choices of what it shows.
    assert {place for place in open_cells if place[0] not in ("Cover", "Summary")} == listed
    assert len(listed) > 200


def test_every_input_is_listed_with_its_key_and_its_value(book):
    names, headings, *rows = named_rows(book, "capshare_inputs")
    listed = [dict(zip(names, row, strict=True)) for row in rows]
    beijing = next(row for row in listed if row["study_key"] == "inputs.population_1e4.110000")
    assert (beijing["sheet"], beijing["row_name"]) == ("Inputs", "Beijing")
    assert 2000 < beijing["value_run"] < 2500
    assert headings[names.index("study_key")] == "Key in the study file"
    for row in listed:
        shown = book[row["sheet"]][row["cell"]].value
        assert row["value_run"] == ("blank" if shown is None else shown)


def test_every_formula_is_listed_with_its_range(book):
    ranges = {(sheet, cells): formula for sheet, _, cells, formula in named_rows(book, "capshare_live")}
    covered = set()
    for (title, cells), formula in ranges.items():
        left, top, right, bottom = range_boundaries(cells)
        assert left == right
        covered |= {(title, row, left) for row in range(top, bottom + 1)}
        assert book[title].cell(top, left).value == f"={formula}"
    live = {
        (sheet.title, cell.row, cell.column)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and sheet.title != "Integrity"
    }
    assert {place for place in covered if place[0] != "Integrity"} == live


def test_counts_of_formulas_are_those_of_the_file_and_never_go_round_in_a_circle(book, made):
    grid = made.grids["integrity"]
    counted = {}
    for label in grid.labels:
        table = made.grids[label]
        left, right = (table.place(name) for name in (table.names[0], table.names[-1]))
        cells = book[table.sheet].iter_rows(table.top + 1, table.bottom, left, right)
        counted[label] = sum(cell.data_type == "f" for row in cells for cell in row)
    shown = {label: made.book[grid.sheet][grid.at("formulas_run", label)].value for label in grid.labels}
    assert shown == counted
    assert shown["scores"] > 30
    assert not {"checks", "summary", "integrity"} & set(grid.labels)


def test_what_stands_beside_formulas_and_inputs_has_a_control_sum(book, made):
    grid, sheet = made.grids["integrity"], book["Integrity"]
    for table, letters in (("constraints", "ADEFGHIJ"), ("run_checks", "B")):
        held = made.grids[table]
        total = sum(
            cell.value * cell.row * cell.column
            for row in book[held.sheet].iter_rows(held.top + 1, held.bottom)
            for cell in row
            if cell.column_letter in letters and cell.data_type == "n" and cell.value is not None
        )
        assert sheet[grid.at("values_sum_run", table)].value == pytest.approx(total, rel=1e-9, abs=1e-15)
        assert sheet[grid.at("values_sum_now", table)].value.startswith("=SUMPRODUCT(")


def test_what_formulas_give_has_one_too(made):
    grid, sheet = made.grids["integrity"], made.book["Integrity"]
    held = made.grids["weights"]
    cells = [
        made.book[held.sheet].cell(held.row(label), held.place(name))
        for label in held.labels
        for name in ("method_weight", "weight", "entropy", "z_sum", "least", "most")
    ]
    total = sum(cell.value.value * cell.row * cell.column for cell in cells)
    assert sheet[grid.at("results_sum_run", "weights")].value == pytest.approx(total, rel=1e-12)


def test_control_sums_by_hand():
    # "ab" in row 4 of column 2: its length, 97, twice 98, four times its middle letter, 16 times the last.
    # "a" in row 5 has a space for its second letter; the heading "sums" is in row 3.
    ab = (2 + 97 + 2 * 98 + 4 * 98 + 16 * 98) * 4 * 2
    a = (1 + 97 + 2 * 32 + 4 * 97 + 16 * 97) * 5 * 2
    heading = (4 + 115 + 2 * 117 + 4 * 109 + 16 * 115) * 3 * 2
    assert sums(["ab", "a"]).words == ab + a + heading
    found = sums(["ab", 2.5])
    assert found.ranges == ("'x'!$B$3", "'x'!$B$4:$B$5")
    # Numbers alone need no look at their letters.
    assert words_now(sums([2.5, 3.5]), "two").count("LEN(") == words_now(sums([]), "two").count("LEN(")
    assert (found.total, found.size, found.words) == (2.5 * 5 * 2, 2.5 * 5 * 2, heading + ab + 1)
    assert sums(["ab", Formula("=1", 1.0)]).ranges == ("'x'!$B$3", "'x'!$B$4")
    assert sums(["ab", Formula("=1", -2.0)], "live") == TableSums(
        ("'x'!$B$5",), (), frozenset(), -20.0, 20.0, 1
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["Hebei", "Henan"], ["Henan", "Hebei"]),
        (["Hebei"], ["Habei"]),
        (["Hebei"], ["Heber"]),
        (["Shanxi"], ["Shaxni"]),
        ([1.0, 2.0], [2.0, 1.0]),
    ],
)
def test_what_changes_places_or_letters_changes_the_sum(one, other):
    assert (sums(one).total, sums(one).words) != (sums(other).total, sums(other).words)


def test_a_letter_that_counts_as_two_is_told_by_the_first_alone():
    found = sums(["\U0002b4e7x"])
    assert found.plain == frozenset({"'x'!$B$3"})
    assert found.words == sums([]).words + (3 + 0x2B4E7) * 4 * 2


def sums(values, part="fixed"):
    """What is found of a table of one column below the heading "sums"."""
    book = Book()
    sheet = book.add("x")
    grid = Grid("x", 3, tuple(range(len(values))), ("sums",), left=2)
    sheet.put(3, 2, "sums")
    for row, value in enumerate(values, start=4):
        sheet.put(row, 2, value, Look(), "live" if isinstance(value, Formula) else "solved")
    sheet.put(9, 2, "below the table")
    return table_sums(book, {"x": grid}, part)["x"]


def test_solved_cells_are_struck_through_and_their_sheets_flagged_once_an_input_changes(book, made):
    flagged = {
        sheet.title
        for sheet in book
        if any(cell.value == "=workbook_state" for row in sheet.iter_rows(max_row=3) for cell in row)
    }
    solved = {sheet.title for sheet in made.book if sheet.title != "Cover" and runs(sheet, "solved")}
    assert solved <= flagged
    assert {"Allocation", "Groups", "Constraints"} <= solved
    for title in solved:
        rules = [
            (str(held.sqref), rule)
            for held in book[title].conditional_formatting
            for rule in held.rules
            if rule.formula == ["edited_cells>0"]
        ]
        [(cells, rule)] = rules
        assert rule.dxf.font.strike
        struck = {
            (row, column)
            for part in cells.split()
            for left, top, right, bottom in [range_boundaries(part)]
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        kinds = {place for place, cell in made.book[title].cells.items() if cell.kind == "solved"}
        assert struck == kinds


def test_runs_are_neighbours_of_one_column_and_rectangles_cover_them():
    sheet = Sheet("x")
    for row, column in ((1, 1), (2, 1), (4, 1), (1, 2), (2, 2), (2, 4)):
        sheet.put(row, column, 1.0, Look(), "solved")
    sheet.put(3, 1, Formula("=1", 1), Look(), "live")
    found = runs(sheet, "solved")
    assert found == [Run(1, 1, 2), Run(1, 4, 4), Run(2, 1, 2), Run(4, 2, 2)]
    assert sorted(rectangles(found)) == ["A1:B2", "A4", "D2"]
    assert [run.cells for run in runs(sheet, "live")] == ["A3"]
