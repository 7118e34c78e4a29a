"""LibreOffice computes the workbook: it must find what Python found, and follow an edited input."""

import io
import math
import re
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from openpyxl import load_workbook

from capshare.reports.workbook.book import builder, workbook_bytes
from capshare.reports.workbook.packed import packed

# A comment of the study file begins with the same sign.
ERROR = re.compile(r"#[A-Z]|Err:")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs("soffice"),
    # What LibreOffice adds to conditional formats is of no interest here.
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]


# A cell with a formula and what it gave; kinds of results other than numbers are said among its attributes.
LIVE = re.compile(rb"(<c [^>]*>)(<f[ >][^<]*</f>)<v>[^<]*</v></c>")
KIND = re.compile(rb' t="\w+"')


def without_results(data):
    """A workbook without what its formulas gave, and how many there are."""
    written, count = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part, found = LIVE.subn(lambda cell: KIND.sub(b"", cell[1]) + cell[2] + b"</c>", part)
                assert part.count(b"<f>") + part.count(b"<f ") == found, name
                count += found
            after.writestr(name, part)
    return written.getvalue(), count


def computed(office, folder, found):
    """Place of a cell → what LibreOffice finds where no value stood, and how many formulas there are."""
    data, count = without_results(packed(found.book))
    source = folder / "study.xlsx"
    source.write_bytes(data)
    book = load_workbook(office(source), data_only=True, read_only=True)
    values = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return values, count


def same(value, expected):
    if isinstance(expected, str):
        return value == expected or (expected == "" and value is None)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # Differences of equal amounts, such as balances and checks, are 0 up to rounding of either.
    return math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("study", "lang", "least"),
    [
        *(("base", "en", 7000), ("given", "en", 6000), ("path", "zh", 10000)),
        ("states", "zh", 6000),
        # What is drawn has every sheet of the study that it is drawn from, and one more.
        *(
            ("pledge", "en", 10000),
            ("drawn_plan", "en", 13000),
            ("drawn_base", "zh", 7000),
            ("plan", "zh", 13000),
            ("tiers", "zh", 1300),
            ("tiers_in_years", "en", 2600),
            ("smoothed", "zh", 2500),
        ),
    ],
)
def test_every_formula_gives_what_python_found(office, built, tmp_path, study, lang, least):
    found = built(study, lang)
    values, formulas = computed(office, tmp_path, found)
    wrong = {
        place: (values.get(place), expected)
        for place, expected in found.expected.items()
        if not same(values.get(place), expected)
    }
    assert not dict(list(wrong.items())[:10])
    assert len(found.expected) >= least
    assert formulas == len(found.expected)
    assert not {place: value for place, value in values.items() if ERROR.match(str(value))}


def test_steps_that_cost_the_same_share_what_the_market_needs(office, base, tmp_path):
    """Conditions of SUMIFS round a cost to 15 digits, so that 200/3 would be cheaper than itself."""
    steps = base.allocation.steps
    tied = steps.assign(cost_yuan_per_t=(steps["cost_yuan_per_t"] / 100).round() * 100 + 200 / 3)
    assert tied["cost_yuan_per_t"].nunique() < len(tied) / 4
    run = replace(base, allocation=replace(base.allocation, steps=tied))
    found = builder(run)
    values, _ = computed(office, tmp_path, found)
    compared = {
        place: (values.get(place), expected)
        for place, expected in found.expected.items()
        if place[0] in ("Market", "Abatement steps")
    }
    assert len(compared) > 2000
    assert {place: pair for place, pair in compared.items() if not same(*pair)} == {}


def test_the_price_that_costs_are_scaled_to_moves_every_cost(office, plan, tmp_path):
    source = tmp_path / "study.xlsx"
    source.write_bytes(workbook_bytes(plan))
    book = load_workbook(source)
    before = load_workbook(source, data_only=True)
    assumed = book["Assumptions"]
    rows = {assumed.cell(row, 4).value: row for row in range(6, assumed.max_row + 1)}
    assumed.cell(rows["anchor_price"], 2).value = 126.0
    assumed.cell(rows["max_abatement"], 2).value = 0.2
    book.save(source)
    after = load_workbook(office(source), data_only=True)

    def values(found, sheet, name, count):
        place = column(found[sheet], name)
        return np.array([found[sheet].cell(row, place).value for row in range(6, 6 + count)])

    def levels(found):
        return values(found, "Costs", "used_price_yuan_per_t", 30)

    # Twice the price; steps half as wide: the first middle lies at a cut of 1/120 instead of 1/60.
    assert levels(after) == pytest.approx(2 * levels(before), rel=1e-12)
    first = (
        values(after, "Abatement steps", "cost_yuan_per_t", 1)[0]
        / values(before, "Abatement steps", "cost_yuan_per_t", 1)[0]
    )
    assert first == pytest.approx(2 * ((119 / 120) / (59 / 60)) ** -0.3279093481127976, rel=1e-9)
    halved = 0.5 * values(before, "Abatement steps", "size_mt", 1800)
    assert values(after, "Abatement steps", "size_mt", 1800) == pytest.approx(halved, rel=1e-12)
    dearer = values(after, "Market", "clearing_price", 5) / values(before, "Market", "clearing_price", 5)
    assert (dearer > 2.0).all()


def column(sheet, name):
    return next(cell.column for cell in sheet[4] if cell.value == name)


def test_an_edited_input_moves_everything_that_follows_from_it(office, base, tmp_path):
    (tmp_path / "study.xlsx").write_bytes(workbook_bytes(base))
    book = load_workbook(tmp_path / "study.xlsx")
    before = load_workbook(office(tmp_path / "study.xlsx"), data_only=True)
    sheet = book["Inputs"]
    sheet.cell(6, column(sheet, "population_1e4")).value = 21710
    book.save(tmp_path / "edited.xlsx")
    after = load_workbook(office(tmp_path / "edited.xlsx"), data_only=True)
    state = after["Contents"]["A3"].value
    assert state.startswith("Input cells changed: 1.")
    assert "must be solved again" in state
    assert before["Contents"]["A3"].value.startswith("All inputs are as in the run")

    def cell(found, name, wanted, row=6):
        return found[name].cell(row, column(found[name], wanted)).value

    # Ten times the people: Beijing alone has the most of the indicator, and more of the cap.
    assert cell(after, "Indicators", "z_population") == 1.0
    assert cell(after, "Scores", "score") > 1.3 * cell(before, "Scores", "score")
    assert cell(after, "Entitlements", "entitlement_mt") > 1.3 * cell(
        before, "Entitlements", "entitlement_mt"
    )
    weights = [after["Weights"].cell(row, column(after["Weights"], "weight")).value for row in range(6, 11)]
    assert sum(weights) == pytest.approx(1.0, abs=1e-12)
    entitled = [cell(after, "Entitlements", "entitlement_mt", row) for row in range(6, 36)]
    assert sum(entitled) == pytest.approx(13490.0, rel=1e-12)
    # What the solver decided stays, and the checks say that it no longer fits.
    assert cell(after, "Allocation", "quota_mt") == cell(before, "Allocation", "quota_mt")
    place = column(after["Checks"], "check_passed")
    passed = [after["Checks"].cell(row, place).value for row in range(6, 20)]
    assert "no" in passed
    assert {before["Checks"].cell(row, place).value for row in range(6, 20)} == {"yes"}


def test_each_fault_fails_the_check_of_its_name_and_flags_every_sheet_with_solved_values(
    office, base, tmp_path
):
    source = tmp_path / "study.xlsx"
    source.write_bytes(workbook_bytes(base))
    book = load_workbook(source)
    inputs, scores = book["Inputs"], book["Scores"]
    inputs.cell(6, column(inputs, "population_1e4")).value = "many"
    inputs.cell(7, column(inputs, "population_1e4")).value = None
    inputs.cell(8, column(inputs, "population_1e4")).value = None
    inputs.cell(9, column(inputs, "population_1e4")).value = "=1/0"
    # A part of a word that the cell may hold is none.
    book["Weights"].cell(6, column(book["Weights"], "direction")).value = "or"
    scores.cell(9, column(scores, "score")).value = 0.5
    allocation, balance = book["Allocation"], book["Balance"]
    allocation.cell(8, column(allocation, "quota_mt")).value += 1e-3
    balance.cell(10, column(balance, "code")).value = "999999"
    book.save(source)
    after = load_workbook(office(source), data_only=True)
    checks = after["Checks"]
    passed = column(checks, "check_passed") - 1
    shown = {row[0].value: (row[1].value, row[passed].value) for row in checks.iter_rows(min_row=6)}
    assert shown["No text where a number belongs"] == (3, "no")
    assert shown["No input left blank"] == (2, "no")
    # One is overwritten, and one stands where a number belongs.
    assert shown["No formula overwritten"] == (2, "no")
    assert shown["Labels agree between tables"] == (1, "no")
    # A figure that is an error fails its check, and the count of those passed stays a number.
    assert str(shown["Weights add up to 1"][0]).startswith("#")
    words = [row[passed].value for row in checks.iter_rows(min_row=6)]
    assert set(words) <= {"yes", "no", None}
    counted = {row[0].value: (row[1].value, row[2].value) for row in after["Summary"].iter_rows(min_row=6)}
    made = words.count("yes") + words.count("no")
    assert counted["Checks made anew in this workbook"] == (words.count("yes"), made)
    # The quota, and the label.
    assert shown["No solved value, label or heading overwritten"] == (2, "no")
    edited = after["Edited cells"]
    found = {(row[0].value, row[1].value): row for row in edited.iter_rows(min_row=6)}
    now = [found["Inputs", cell][column(edited, "value_now") - 1].value for cell in ("C6", "C7")]
    assert now == ["many", "blank"]
    assert edited.cell(3, column(edited, "changed")).value == 5
    for title in ("Allocation", "Groups", "Constraints", "Summary", "Contents"):
        head = [cell.value for row in after[title].iter_rows(max_row=3) for cell in row]
        assert any(str(value).startswith("Input cells changed: 5.") for value in head), title


def test_it_opens_and_prints(office, base, tmp_path):
    (tmp_path / "study.xlsx").write_bytes(workbook_bytes(base))
    printed = office(tmp_path / "study.xlsx", "pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type/Page/") + printed.count(b"/Type/Page ") + printed.count(b"/Type /Page") > 20


def test_edited_numbers_of_a_plan_move_the_cuts_entitled_to(office, tiers, tmp_path):
    source = tmp_path / "study.xlsx"
    source.write_bytes(workbook_bytes(tiers))
    book = load_workbook(source)
    sheet = book["Assumptions"]
    rows = {sheet.cell(row, 1).value: row for row in range(6, sheet.max_row + 1)}
    sheet.cell(rows["Spread of the entitled cuts"], 2).value = 0.0
    sheet.cell(rows["Distance of a cut from the entitled one"], 2).value = 0.5
    sheet = book["Cap path"]
    stated = next(cell.row for cell in sheet["A"] if cell.value == 2022 and cell.row > 6)
    sheet.cell(stated, 2).value = 18.0
    book.save(source)
    after = load_workbook(office(source), data_only=True)

    def values(name, wanted, rows=range(6, 12)):
        return [after[name].cell(row, column(after[name], wanted)).value for row in rows]

    # No spread: everybody is entitled to the plan's cut; GDP has grown alike everywhere.
    assert values("Targets", "entitled_cut_pct") == pytest.approx([18.0] * 6, rel=1e-12)
    growth = values("Entitlements", "gdp_ratio")[0]
    assert values("Cap path", "cap_mt", [6])[0] == pytest.approx(590 * growth * 0.82, rel=1e-12)
    assert values("Entitlements", "distance_mt")[1] == pytest.approx(120 * growth * 0.005, rel=1e-12)
    # Those of the run itself, of the same names, stand below.
    place = column(after["Checks"], "check_passed") - 1
    rows = [row for row in after["Checks"].iter_rows(min_row=6) if row[place].value in ("yes", "no")]
    checks = {row[0].value: row[place].value for row in rows}
    assert checks["Quotas add up to the cap, relative"] == "no"
    assert checks["No quota further from its entitlement than allowed, Mt"] == "no"
    # Its tier's cut is the solver's, whatever is asked for.
    assert checks["One cut in every tier, Mt"] == "yes"
