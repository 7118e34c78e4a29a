"""A dataset of one's own: forms written, filled in, refused with every mistake, repaired and run."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import capshare
from capshare.analyses.new_dataset import write_new_dataset
from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset

ROOT = Path(__file__).parents[2]
CHINA = ROOT / "indicators" / "data" / "china-2017"
# Code, name, population in 1e4, GDP in 1e8 yuan, Mt CO2, 1e4 tce, 1e4 ha.
REGIONS = [
    ("01", "Avalon", 800, 6000, 120, 5000, 300),
    ("02", "Brigadoon", 2500, 15000, 350, 14000, 150),
    ("03", "Camelot", 500, 9000, 40, 2500, 20),
    ("04", "Dinotopia", 1500, 4000, 260, 9000, 700),
    ("05", "Elysium", 90, 700, 6, 400, 50),
]


def fill_workbook(path, regions=REGIONS):
    book = openpyxl.load_workbook(path)
    for row, (code, name, *figures) in enumerate(regions, start=2):
        book["regions"].cell(row, 1, code)
        book["regions"].cell(row, 2, name)
        for column, value in enumerate([name, *figures], start=1):
            book["provinces"].cell(row + 1, column, value)
    book.save(path)


def fill_files(folder, regions=REGIONS):
    for name, rows in (
        ("regions.csv", [(code, name, "", "") for code, name, *_ in regions]),
        ("provinces.csv", [(code, *figures) for code, _, *figures in regions]),
    ):
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def edit(path, **cells):
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["provinces"][cell] = value
    book.save(path)


def set_cap(study, mt, dataset="dataset.xlsx"):
    text = study.read_text(encoding="utf-8").replace("= 0.0 }", f"= {mt} }}")
    study.write_text(text.replace("dataset.xlsx", dataset, 1) if dataset != "dataset.xlsx" else text, "utf-8")


@pytest.fixture
def forms(tmp_path):
    """Study, workbook and folder of CSV files, filled in and with a cap."""
    study, workbook, package = write_new_dataset(tmp_path / "own")
    fill_workbook(workbook)
    fill_files(package.parent)
    set_cap(study, 700.0)
    return study, workbook, package.parent


def test_a_made_up_country_from_a_workbook_and_from_files(forms):
    study, workbook, folder = forms
    by_book = capshare.run(study, analyses=())
    assert by_book.allocation.provinces["name_en"].tolist() == [name for _, name, *_ in REGIONS]
    assert by_book.allocation.provinces["quota_mt"].sum() == pytest.approx(700.0, abs=1e-6)
    assert by_book.study.files["dataset.xlsx"] == workbook.read_bytes()
    text = study.read_text(encoding="utf-8").replace('dataset = "dataset.xlsx"', f'dataset = "{folder.name}"')
    study.write_text(text, encoding="utf-8")
    by_files = capshare.run(study, analyses=())
    pd.testing.assert_frame_equal(by_files.allocation.provinces, by_book.allocation.provinces)


def test_an_unfilled_form_says_what_is_missing(call):
    assert call("new", "own", "--dataset")[0] == 0
    code, _, message = call("check", "own/study.toml")
    assert code == 2
    assert "cap.mt.2020: expected greater than or equal to 0.001; found 0.0" in message
    for dataset in ("own/dataset.xlsx", "own/dataset"):
        code, _, message = call("data", dataset)
        assert (code, message.count("found a header without rows")) == (2, 2)


def test_forms_do_not_overwrite_and_begin_with_known_regions(call, tmp_path):
    assert call("new", "own", "--dataset", "--year", "2017", "--regions", "china-2017")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "own" / "dataset.xlsx")
    assert (book["regions"].max_row, book["provinces"].max_row, book["dataset"]["B4"].value) == (31, 32, 2017)
    assert "mt = { 2017 = 0.0 }" in (tmp_path / "own" / "study.toml").read_text(encoding="utf-8")
    code, _, message = call("new", "own", "--dataset")
    assert (code, message.count("expected no file yet")) == (2, 5)
    assert call("new", "own", "--dataset", "--force")[0] == 0
    assert call("new", "other", "--year", "2017")[0] == 2


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_three_mistakes_made_in_libreoffice_are_named_at_once(forms, call, tmp_path, executable):
    study, workbook, _ = forms
    edit(workbook, B4=-12, C6="4,000 yuan", A7="Elysum")
    save_in_libreoffice(executable("soffice"), workbook, tmp_path)
    code, _, message = call("check", study)
    assert code == 2
    for mistake in (
        "dataset.xlsx, sheet provinces, row 4, column population: expected a finite number, at least 0",
        "row 6, column gdp: expected a finite number, at least 0; found '4,000 yuan'",
        "row 7, column region: expected one of the 5 regions; found 'Elysum'. Did you mean 05 (Elysium)?",
    ):
        assert mistake in message
    edit(workbook, B4=2500, C6="4,000", A7="Elysium")
    save_in_libreoffice(executable("soffice"), workbook, tmp_path)
    assert call("check", study)[::2] == (0, "")
    assert capshare.run(study).allocation.provinces["quota_mt"].sum() == pytest.approx(700.0, abs=1e-6)


def save_in_libreoffice(program, path, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "saved", path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.move(tmp_path / "saved" / path.name, path)


@pytest.mark.slow
def test_units_of_the_cells_do_not_change_the_quotas(forms):
    study, workbook, _ = forms
    before = capshare.run(study, analyses=()).allocation.provinces
    others = {"B": ("persons", 1e4), "C": ("万元", 1e4), "D": ("1e4 t C", 100 * 12 / 44), "E": ("tce", 1e4)}
    cells = {
        f"{letter}{row}": float(openpyxl.load_workbook(workbook)["provinces"][f"{letter}{row}"].value) * times
        for letter, (_, times) in others.items()
        for row in range(3, 8)
    }
    edit(workbook, **cells, **{f"{letter}2": unit for letter, (unit, _) in others.items()})
    after = capshare.run(study, analyses=()).allocation.provinces
    pd.testing.assert_series_equal(after["quota_mt"], before["quota_mt"], rtol=1e-9)


def without_forest(study):
    text = study.read_text(encoding="utf-8")
    before, _, rest = text.partition('[[indicators]]\nid = "forest_area"')
    study.write_text(before + rest[rest.index("[weights]") :], encoding="utf-8")


@pytest.mark.parametrize("dataset", ["dataset.xlsx", "dataset"])
def test_a_column_may_stay_blank_unless_the_study_reads_it(forms, dataset):
    study, workbook, folder = forms
    edit(workbook, **{f"F{row}": None for row in range(3, 8)})
    table = pd.read_csv(folder / "provinces.csv", dtype=str).assign(forest_area="")
    table.to_csv(folder / "provinces.csv", index=False)
    study.write_text(study.read_text(encoding="utf-8").replace("dataset.xlsx", dataset), encoding="utf-8")
    with pytest.raises(CapshareError, match="forest_area_1e3ha without one for 01, 02, 03, 04, 05"):
        capshare.run(study)
    without_forest(study)
    provinces = capshare.run(study, analyses=()).allocation.provinces
    assert provinces["quota_mt"].sum() == pytest.approx(700.0, abs=1e-6)


@pytest.mark.slow
def test_a_slip_of_a_unit_is_a_note_of_the_run_and_of_the_check(forms, call):
    study, workbook, _ = forms
    edit(workbook, C2="yuan")
    notes = capshare.notes_in_words(capshare.run(study))
    (note,) = [note for note in notes if "In gdp_1e8yuan the cells are probably" in note]
    # Without reading it, the answer must not be used: nothing comes before it.
    assert note == notes[0]
    assert "declared is yuan" in note


@pytest.mark.slow
@pytest.mark.parametrize("n", [2, 3])
def test_very_small_countries(tmp_path, n):
    study, workbook, _ = write_new_dataset(tmp_path / "small")
    fill_workbook(workbook, REGIONS[:n])
    set_cap(study, 0.9 * sum(row[4] for row in REGIONS[:n]))
    assert len(capshare.run(study).allocation.provinces) == n


@pytest.mark.slow
def test_five_thousand_regions_are_read(tmp_path):
    _, workbook, package = write_new_dataset(tmp_path / "large")
    regions = [(f"{i:04d}", f"County {i}", *REGIONS[i % 5][2:]) for i in range(5000)]
    fill_workbook(workbook, regions)
    fill_files(package.parent, regions)
    by_book, by_files = load_dataset(workbook), load_dataset(package.parent)
    assert len(by_book.table) == 5000
    pd.testing.assert_frame_equal(by_book.table, by_files.table)


@pytest.mark.slow
def test_provinces_under_other_names_get_the_same_quotas(tmp_path, split):
    """The names of regions are labels: codes in the same order, every name another."""
    folder = tmp_path / "renamed"
    shutil.copytree(CHINA, folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    codes = [row["code"] for row in csv.DictReader((CHINA / "regions.csv").open(encoding="utf-8"))]
    names = {code: f"R{number:02d}" for number, code in enumerate(sorted(codes))}
    for resource in package["resources"]:
        if resource["name"] != "national":
            rename(folder / resource["path"], names, resource["name"] == "regions")
    study = (ROOT / "tests" / "studies" / "tian-lin-2021-t20.toml").read_text(encoding="utf-8")
    path = tmp_path / "renamed.toml"
    path.write_text(study.replace('dataset = "china-2017"', 'dataset = "renamed"'), encoding="utf-8")
    renamed = capshare.run(path, analyses=()).allocation.provinces
    before = split("tian-lin-2021-t20").allocation.provinces
    assert renamed["quota_mt"].tolist() == before["quota_mt"].tolist()
    assert renamed["name_en"].tolist() == [f"Region {name}" for name in names.values()]


def rename(path, names, of_regions):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["code"] = names[row["code"]]
        if of_regions:
            row |= dict.fromkeys(("name_en", "name_zh", "name_zh_long"), f"Region {row['code']}")
            row["aliases"] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_dataset_that_is_not_there_names_the_forms(tmp_path):
    with pytest.raises(CapshareError, match=r"a folder with a datapackage\.json or an \.xlsx workbook"):
        write_new_dataset(tmp_path / "own", regions="nowhere")
