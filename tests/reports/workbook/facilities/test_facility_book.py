"""The workbook of facilities: one formula a column, no number in it, and LibreOffice finds the same."""

import dataclasses
import io
import re

import openpyxl
import pandas as pd
import pytest

from capshare.model.facilities.carry_over import quotas_through_years
from capshare.model.facilities.outcome import FacilityOutcome, RunBeside
from capshare.model.facilities.rules import SectorRule, Terms
from capshare.model.facilities.sums import beside_run, by_province, by_sector
from capshare.reports.words.catalogue import LANGUAGES
from capshare.reports.workbook.facilities import builder as module
from capshare.reports.workbook.facilities.book import facility_book, facility_workbook
from capshare.reports.workbook.facilities.stated import StatedTerm

TERMS = Terms(0.7, 0.05, 0.8, 63.0, 5.0)
SOURCES = {name: StatedTerm("a plan", "secondary") for name in vars(TERMS)}
NONE = pd.DataFrame({"benchmark": [], "heat_benchmark": []}, dtype=float)
GAS = pd.DataFrame({"benchmark": [0.392], "heat_benchmark": [0.059]}, ["gas"])
RULES = {
    "steel": SectorRule("steel", "band", 0.15, 0.2, None, NONE),
    "cement": SectorRule("cement", "emissions", 0.0, 0.0, 0.85, NONE),
    "power": SectorRule("power", "output", 0.0, 0.0, None, GAS),
}
NAMES = pd.DataFrame(
    {"name_en": ["Beijing", "Hebei", "Shanxi"], "name_zh": ["北京", "河北", "山西"]},
    index=pd.Index(["110000", "130000", "140000"], name="code"),
)


@pytest.fixture(scope="module")
def outcome():
    rows = 12
    table = pd.DataFrame(
        {
            "facility": [f"=F{place}" for place in range(rows)],
            "code": pd.Categorical(["110000", "130000", "130000"] * 4),
            "sector": pd.Categorical(["steel", "cement", "power"] * 4),
            "year": 2025,
            "emissions_t": [900_000.0 + 60_000 * place for place in range(rows)],
            "output": [500_000.0, 1_000_000.0, 2_000_000.0] * 4,
            "benchmark": [None, 0.9, None, 2.0] * 3,
            "unit_class": ["", "", "gas"] * 4,
            "heat_gj": [None, None, 1e6] * 4,
            "previous_emissions_t": [None, 2e6] * 6,
            "carried_t": [0.0, 50_000.0, None] * 4,
            "offsets_t": [None, 10_000.0, 1e6] * 4,
            "status": ["synthetic"] * rows,
        },
        index=pd.RangeIndex(2, 2 + rows),
    ).astype(dict.fromkeys(("benchmark", "heat_gj", "previous_emissions_t", "carried_t", "offsets_t"), float))
    quotas = quotas_through_years(table, 2025, lambda _: RULES, TERMS)
    run = NAMES.assign(quota_mt=[5.0, 9.0, 4.0], emissions_mt=[6.0, 8.0, 4.5])
    provinces = beside_run(by_province(quotas), run["quota_mt"], run["emissions_mt"]).join(NAMES)
    sectors = by_sector(quotas)
    forms = [RULES[sector].form for sector in sectors.index]
    return FacilityOutcome(
        "own.csv", 2025, quotas, provinces, sectors.assign(form=forms, output_unit="t", benchmark=1.0), (),
        RunBeside("mine", 2025, run),
    )  # fmt: skip


def book_of(outcome, lang="en"):
    return facility_book(outcome, RULES, TERMS, SOURCES, lang)


def formulas(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell) for cell in row if cell.data_type == "f")


def test_a_workbook_repeats_to_the_byte_and_says_that_it_is_synthetic(outcome):
    data = facility_workbook(book_of(outcome))
    assert data == facility_workbook(book_of(outcome))
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert all(sheet["A1"].value.endswith("(synthetic)") for sheet in book)
    # Names that look like formulas stay names.
    assert book["Facilities"]["A6"].value == "=F0"
    assert book["Facilities"]["A6"].data_type == "s"


def test_inputs_alone_can_be_edited_and_take_no_negative_number(outcome):
    book = openpyxl.load_workbook(io.BytesIO(facility_workbook(book_of(outcome))))
    assert all(sheet.protection.sheet for sheet in book)
    sheet = book["Facilities"]
    free = {
        sheet.cell(4, cell.column).value for row in sheet.iter_rows(min_row=6) for cell in row
        if not cell.protection.locked
    }  # fmt: skip
    assert free == {
        "emissions_t", "output", "benchmark_given", "heat_gj", "heat_benchmark", "advance_basis_t",
        "carried_t", "offsets_t",
    }  # fmt: skip
    rules = sheet.data_validations.dataValidation
    assert len(rules) == len(free)
    assert {(rule.type, rule.operator, rule.formula1) for rule in rules} == {
        ("decimal", "greaterThanOrEqual", "0")
    }


def test_no_number_stands_in_a_formula(outcome):
    found = [
        (sheet, cell.coordinate)
        for sheet, cell in formulas(facility_workbook(book_of(outcome)))
        if set(re.findall(r"(?<![A-Za-z$\d_.'])\d+(?:\.\d+)?(?![\d:])", re.sub(r"'[^']*'", "", cell.value)))
        - {"0", "1"}
    ]
    assert found == []


def test_a_column_has_one_formula(outcome):
    made, relative = book_of(outcome), {}
    for sheet, cell in formulas(facility_workbook(made)):
        [table] = [
            key
            for key, grid in made.grids.items()
            if grid.sheet == sheet and grid.top < cell.row <= grid.bottom
        ]
        own = re.sub(r"(?<=[A-Z])\d+", lambda row, at=cell.row: f"[{int(row[0]) - at}]", cell.value)
        relative.setdefault((table, cell.column), set()).add(own)
    assert len(relative) >= 40
    assert {place: len(found) for place, found in relative.items() if len(found) > 1} == {}


def test_of_many_facilities_the_first_are_shown_and_sums_are_values(outcome, monkeypatch):
    monkeypatch.setattr(module, "MOST", 5)
    book = openpyxl.load_workbook(io.BytesIO(facility_workbook(book_of(outcome))))
    assert book["Facilities"].max_row == 10
    assert "5 of 12 facilities" in book["Contents"]["A2"].value
    assert all(cell.data_type != "f" for cell in book["Provinces"]["D"][5:8])
    assert book["Provinces"]["D6"].value + book["Provinces"]["D7"].value == pytest.approx(
        outcome.quotas["emissions_t"].sum()
    )


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_libreoffice_finds_what_python_found(outcome, lang, tmp_path, executable):
    import subprocess

    builder = book_of(outcome, lang)
    source = tmp_path / "facilities.xlsx"
    # openpyxl keeps formulas without what they gave.
    openpyxl.load_workbook(io.BytesIO(facility_workbook(builder))).save(source)
    command = [
        executable("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", "xlsx", "--outdir", tmp_path / "out", source,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    book = openpyxl.load_workbook(tmp_path / "out" / "facilities.xlsx", data_only=True)
    assert len(builder.expected) > 200
    for (sheet, place), expected in builder.expected.items():
        value = book[sheet][place].value
        if isinstance(expected, str):
            assert (value or "") == expected, (sheet, place)
        else:
            assert value == pytest.approx(expected, rel=1e-9, abs=1e-6), (sheet, place)


def test_charts_draw_provinces_in_order_of_the_amount_that_they_show_first(outcome):
    made = book_of(outcome)
    quotas, rest, cuts = made.book["Provinces"].charts
    provinces = outcome.provinces.set_index("name_en")
    for chart, column in ((quotas, "emissions_t"), (rest, "rest_emissions_mt"), (cuts, "rest_cut_pct")):
        sheet, cells = made.book[chart.categories.sheet], chart.categories
        drawn = [sheet.cell(row, cells.column).value.value for row in range(cells.first, cells.last + 1)]
        assert drawn == list(provinces[column].fillna(0.0).sort_values(ascending=False).index)
        # Charts stand right of the table and below one another.
        assert chart.column > len(made.grids["provinces"].names)
    assert quotas.row < rest.row < cuts.row
    assert quotas.title.endswith("(synthetic)")


def test_without_a_run_only_quotas_and_emissions_are_drawn(outcome):
    made = book_of(dataclasses.replace(outcome, beside=None))
    assert len(made.book["Provinces"].charts) == 1


def test_numbers_of_the_market_have_the_digits_of_their_own_unit_and_constants_are_no_inputs(outcome):
    sheet = openpyxl.load_workbook(io.BytesIO(facility_workbook(book_of(outcome))))["Assumptions"]
    cells = {row[3].value: row[1] for row in sheet.iter_rows(min_row=6)}
    # In one format for all, 5 % would be 0.1.
    assert (cells["offset_share"].number_format, cells["t_per_mt"].number_format) == ("0.0%_w", "#,##0_w")
    assert not cells["offset_share"].protection.locked
    assert cells["percent"].protection.locked
