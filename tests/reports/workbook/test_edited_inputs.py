"""Edits of a reviewer: each moves what follows from it, in LibreOffice, and nothing that does not."""

import io

import pytest
from openpyxl import load_workbook

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs("soffice"),
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]
FIRST = 6


def column(sheet, name, row=4):
    return next(cell.column for cell in sheet[row] if cell.value == name)


def values(book, sheet, name, rows=30):
    found = book[sheet]
    place = column(found, name)
    return [found.cell(row, place).value for row in range(FIRST, FIRST + rows)]


def set_cell(book, sheet, name, value, row=FIRST):
    found = book[sheet]
    found.cell(row, column(found, name)).value = value


def assumption(book, name, value):
    sheet = book["Assumptions"]
    place = column(sheet, "defined_name")
    row = next(row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, place).value == name)
    sheet.cell(row, column(sheet, "value")).value = value


def stated_cut(book, year, value):
    """The stated cuts stand below the path, the year before the cut."""
    sheet = book["Cap path"]
    rows = [cell.row for cell in sheet["A"] if cell.value == year]
    sheet.cell(rows[-1], 2).value = value


def more_coal(book):
    set_cell(
        book,
        "Inputs",
        "coal_1e4t",
        1.2 * book["Inputs"].cell(FIRST, column(book["Inputs"], "coal_1e4t")).value,
    )


def weaker_pledge(book):
    stated_cut(book, 2030, 60.0)


def more_inventory(book):
    sheet = book["Inputs"]
    place = column(sheet, "co2_inventory_mt")
    sheet.cell(FIRST, place).value = 1.2 * sheet.cell(FIRST, place).value


def other_plan(book):
    assumption(book, "spread_points", 4.25)
    assumption(book, "band_most", 15.0)
    assumption(book, "band_least", 12.0)


def plan_and_growth(book):
    """The plan's numbers move no emissions, and growth that is the same everywhere no entitled cut."""
    other_plan(book)
    sheet = book["Baseline"]
    row = (
        next(cell.row for cell in sheet["A"] if cell.value == "Growth of the nation after the base year") + 2
    )
    assert sheet.cell(row, 1).value == 2026
    sheet.cell(row, 2).value = 0.0


def other_direction(book):
    sheet = book["Weights"]
    place = column(sheet, "direction")
    words = {sheet.cell(row, place).value for row in range(FIRST, FIRST + 5)}
    assert words == {"more"}
    sheet.cell(FIRST, place).value = "less"


def given_weights(book):
    for row, weight in enumerate([1, 0, 0, 0, 0], start=FIRST):
        set_cell(book, "Weights", "given_weight", weight, row)


def some_weights(book):
    set_cell(book, "Weights", "given_weight", 1)


def other_group(book):
    sheet = book["Scores"]
    assert sheet.cell(FIRST, column(sheet, "group_found")).value == "IV"
    set_cell(book, "Scores", "group_given", "I")


EDITS = {
    "coal": ("pledge", more_coal),
    "weaker": ("pledge", weaker_pledge),
    "inventory": ("plan", more_inventory),
    "spread and growth": ("plan", plan_and_growth),
    "direction": ("base", other_direction),
    "weights": ("base", given_weights),
    "some": ("base", some_weights),
    "group": ("base", other_group),
}


@pytest.fixture(scope="module")
def edited(once, packed_book, office):
    """Name of an edit → the workbook as LibreOffice computes it; of a study → as Python wrote it."""

    def make(folder):
        folder.mkdir()
        files = []
        for name, (study, edit) in EDITS.items():
            book = load_workbook(io.BytesIO(packed_book(study)))
            edit(book)
            files.append(folder / f"{name}.xlsx")
            book.save(files[-1])
        office(files[-1], others=files[:-1])

    # All in one start of the program.
    folder = once("edited workbooks", make) / "computed"
    found = {name: load_workbook(folder / f"{name}.xlsx", data_only=True) for name in EDITS}
    studies = dict.fromkeys(study for study, _ in EDITS.values())
    return found | {name: load_workbook(io.BytesIO(packed_book(name)), data_only=True) for name in studies}


def test_more_coal_moves_emissions_of_every_year_and_every_sheet(edited):
    before, after = edited["pledge"], edited["coal"]
    burnt = values(before, "Inputs", "coal_1e4t", 1)[0]
    base = values(before, "Inputs", "emissions_mt", 1)[0]
    # A fifth more of 10 000 t of coal at 1.9003 t of CO2, in Mt.
    times = 1 + 0.2 * burnt * 1.9003 * 0.01 / base
    for sheet in ("Baseline", "Entitlements", "Balance"):
        rows = [
            row
            for row in range(FIRST, FIRST + 120)
            if before[sheet].cell(row, column(before[sheet], "code")).value == "110000"
        ]
        assert len(rows) == 4, sheet
        place = column(before[sheet], "emissions_mt")
        for row in rows:
            was, now = (book[sheet].cell(row, place).value for book in (before, after))
            assert now == pytest.approx(times * was, rel=1e-12), (sheet, row)
        assert after[sheet].cell(rows[0] + 1, place).value == before[sheet].cell(rows[0] + 1, place).value


def test_a_weaker_pledge_moves_its_year_and_the_years_after_the_peak(edited):
    before, after = (values(edited[name], "Cap path", "cap_mt", 4) for name in ("pledge", "weaker"))
    # 2017 is the base year, 2025 lies between a stated cut and the pledge: intensity falls more slowly to it.
    assert after[0] == pytest.approx(before[0], rel=1e-12)
    assert after[1] > 1.01 * before[1]
    # 60 % leaves 40 of 100 where 65 % left 35, and 2035 is a part of the cap of 2030.
    assert [now / was for now, was in zip(after[2:], before[2:], strict=True)] == pytest.approx([40 / 35] * 2)


def test_more_in_the_inventory_moves_emissions_after_the_nowcast(edited):
    before, after = edited["plan"], edited["inventory"]
    for sheet in ("Inputs", "Entitlements", "Balance"):
        was, now = (values(book, sheet, "emissions_mt", 2) for book in (before, after))
        assert now == pytest.approx([1.2 * was[0], was[1]], rel=1e-12), sheet
    # The cap follows: a fifth of what Beijing emits more is emitted at constant intensity.
    was, now = (values(book, "Cap path", "cap_mt", 1)[0] for book in (before, after))
    beijing = values(before, "Entitlements", "constant_intensity_mt", 1)[0]
    assert now - was == pytest.approx(0.2 * beijing * (1 - 0.038), rel=1e-9)


def test_spread_and_band_move_the_entitled_cuts(edited):
    before, after = edited["plan"], edited["spread and growth"]
    points = [values(book, "Entitlements", "points_above_mean") for book in (before, after)]
    assert points[1] == pytest.approx([point / 2 for point in points[0]], rel=1e-9)
    cuts = values(after, "Targets", "entitled_cut_pct")
    # Without rounding of the factor's own kind: all lie inside the band, and its ends are reached.
    assert min(cuts) >= 12.0 - 1e-9
    assert max(cuts) <= 15.0 + 1e-9 or max(cuts) == pytest.approx(15.0)


def test_growth_of_the_nation_moves_every_later_year(edited):
    before, after = (
        values(edited[name], "Baseline", "emissions_mt", 150) for name in ("plan", "spread and growth")
    )
    growth = values(edited["plan"], "Baseline", "gdp_1e8yuan", 1)[0]
    flat = values(edited["spread and growth"], "Baseline", "gdp_1e8yuan", 1)[0]
    assert growth > flat
    assert after == pytest.approx([flat / growth * was for was in before], rel=1e-12)


def test_another_direction_turns_an_indicator_round(edited):
    before, after = edited["base"], edited["direction"]
    name = before["Weights"].cell(FIRST, column(before["Weights"], "indicator")).value
    z = [values(book, "Indicators", f"z_{name}") for book in (before, after)]
    assert z[1] == pytest.approx([1 - value for value in z[0]], abs=1e-12)
    assert values(after, "Entitlements", "entitlement_mt") != values(before, "Entitlements", "entitlement_mt")


def test_given_weights_count_where_all_are_given(edited):
    before = values(edited["base"], "Weights", "weight", 5)
    assert values(edited["weights"], "Weights", "weight", 5) == pytest.approx([1, 0, 0, 0, 0], abs=1e-15)
    # A part of them is no weighting: a run would refuse it.
    assert values(edited["some"], "Weights", "weight", 5) == pytest.approx(before, rel=1e-12)


def test_a_province_put_into_another_group_takes_its_score_along(edited):
    before, after = edited["base"], edited["group"]
    assert values(after, "Entitlements", "block_key", 1) == ["I"]
    assert values(after, "Groups", "members", 6) != values(before, "Groups", "members", 6)
    caps = [values(book, "Groups", "cap_mt", 6) for book in (before, after)]
    assert caps[1][0] > caps[0][0]
    assert sum(caps[1]) == pytest.approx(sum(caps[0]), rel=1e-12)
    assert after["Contents"]["A3"].value.startswith("Input cells changed: 1.")
