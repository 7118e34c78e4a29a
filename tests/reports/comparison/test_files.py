"""The page and the workbook of a comparison."""

import re
import subprocess
from io import BytesIO

import pytest
from openpyxl import load_workbook

from capshare.analyses.compare_runs import read_compared
from capshare.base.notes import detail
from capshare.reports.comparison.compare import compare_runs
from capshare.reports.comparison.files import comparison_files
from capshare.reports.comparison.page import comparison_html
from capshare.reports.comparison.workbook import comparison_builder, comparison_workbook
from capshare.reports.workbook.packed import packed


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_and_the_workbook_hold_every_part_in_both_languages(pair, lang):
    page = comparison_html(pair, lang)
    sections = re.findall(r'<section id="(\w+)"', page)
    assert sections == ["figures", "settings", "effects", "quotas", "groups", "classes", "notes"]
    assert 'src="http' not in page
    assert ("乙岛" in page, "Birch" in page) == ((True, False) if lang == "zh" else (False, True))
    book = load_workbook(BytesIO(comparison_workbook(pair, lang)))
    assert len(book.sheetnames) == 9
    assert book.worksheets[4]["A6"].value == {"en": "Aster", "zh": "甲岛"}[lang]


def test_differences_in_the_workbook_are_formulas_with_their_values(pair):
    data = comparison_workbook(pair)
    live, shown = (
        load_workbook(BytesIO(data))["Quotas"],
        load_workbook(BytesIO(data), data_only=True)["Quotas"],
    )
    assert (live["F6"].value, shown["F6"].value) == ("=E6-D6", -20.0)
    assert (live["D9"].value, shown["D9"].value) == ("=SUM(D$6:D$8)", 270.0)


@pytest.mark.slow
def test_the_same_runs_give_the_same_files(pair):
    assert comparison_files(pair) == comparison_files(pair)


def test_texts_that_look_like_formulas_are_text(make):
    first = make("one", {2030: (90.0,) * 3}, notes=(detail("no_rank_correlation", figure="=1+1"),))
    found = compare_runs(read_compared([first, make("two", {2030: (90.0,) * 3})]))
    cells = [cell for row in load_workbook(BytesIO(comparison_workbook(found)))["Notes"] for cell in row]
    [cell] = [cell for cell in cells if str(cell.value).startswith("=1+1: all values")]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_libreoffice_finds_what_python_found(pair, tmp_path, executable):
    builder = comparison_builder(pair)
    # openpyxl keeps formulas without what they gave.
    load_workbook(BytesIO(packed(builder.book))).save(tmp_path / "comparison.xlsx")
    command = [
        executable("soffice"),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
    ]
    out = ["--convert-to", "xlsx", "--outdir", tmp_path / "computed", tmp_path / "comparison.xlsx"]
    subprocess.run([*command, *out], check=True, capture_output=True, timeout=300)
    computed = load_workbook(tmp_path / "computed" / "comparison.xlsx", data_only=True)
    found = {place: computed[place[0]][place[1]].value for place in builder.expected}
    assert found == pytest.approx(builder.expected, rel=1e-9, abs=1e-9)
    assert len(found) > 20


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_shares_fit_their_column(pair, lang):
    builder = comparison_builder(pair, lang)
    sheet = builder.sheet("groups")
    shares = [cell for cell in sheet.cells.values() if cell.look.form == "0.0%"]
    assert shares
    for cell in shares:
        assert sheet.widths[cell.column] >= len(f"{cell.value:.1%}") + 2
