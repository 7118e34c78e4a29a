"""Edited workbooks of shipped studies, against the same changes in a copy of the study and of its dataset."""

import csv
import shutil

import pytest

import capshare
from capshare import run_from

# Edits by their keys; the same in the study file, as texts to replace; and in the tables of its dataset: the
# file, cells that tell the row, the column.
EDITS = {
    "china-15fyp": (
        {
            "targets.band_pct.1": 9.0,
            "targets.band_pct.2": 21.0,
            "burden.spread_points": 8.0,
            "cap.cut_pct": 16.5,
            "burden.indicators.gdp.direction": "less asks for a larger cut",
            "weights.given.gdp": 0.75,
            "weights.given.gdp_per_head": 0.25,
            "groups.given.110000": "II",
            "inputs.population_1e4.140000": 3600.5,
            "inputs.co2_inventory_mt.110000": 80.5,
            "inputs.coal_share_of_co2.140000": 0.75,
            "inputs.national.gdp_real_growth.2023": 5.5,
        },
        [
            ("band_pct = [10.0, 20.5]", "band_pct = [9.0, 21.0]"),
            ("\nspread_points = 8.5", "\nspread_points = 8.0"),
            ("\ncut_pct = 17.0", "\ncut_pct = 16.5"),
            ('expression = "gdp_1e8yuan"\nprin', 'expression = "gdp_1e8yuan"\ndirection = "less"\nprin'),
            ("\n[targets]\n", '\n[groups]\ngiven = { 110000 = "II" }\n[targets]\n'),
            ("\n[groups]\n", "\n[weights]\ngiven = { gdp = 0.75, gdp_per_head = 0.25 }\n[groups]\n"),
        ],
        [
            ("provinces.csv", {"code": "140000"}, "population_1e4", 3600.5),
            ("provinces.csv", {"code": "110000"}, "co2_inventory_mt", 80.5),
            ("provinces.csv", {"code": "140000"}, "coal_share_of_co2", 0.75),
            ("national.csv", {"variable": "gdp_real_growth", "year": "2023"}, "value", 5.5),
        ],
    ),
    "tian-lin-2021": (
        {
            "cap.mt.2017": 13400.0,
            "indicators.gdp.direction": "less",
            "groups.given.110000": "II",
            "allocation.max_deviation": 0.05,
            "inputs.coal_1e4t.140000": 50000.0,
            "inputs.population_1e4.140000": 3600.5,
        },
        [
            ("2017 = 13490.0", "2017 = 13400.0"),
            ('id = "gdp"\nexpression = "gdp_1e8yuan"\ndirection = "more"',
             'id = "gdp"\nexpression = "gdp_1e8yuan"\ndirection = "less"'),
            ("\nk = 6\n", '\nk = 6\ngiven = { 110000 = "II" }\n'),
            ("\nmax_deviation = 0.0", "\nmax_deviation = 0.05"),
        ],
        [
            ("provinces.csv", {"code": "140000"}, "coal_1e4t", 50000.0),
            ("provinces.csv", {"code": "140000"}, "population_1e4", 3600.5),
        ],
    ),
    "china-2035": (
        {
            "cap.then.cut_pct": 9.0,
            "allocation.max_deviation": 0.06,
            "allocation.floor": 0.7,
            "indicators.gdp.direction": "more",
            "weights.given.gdp": 0.75,
            "weights.given.gdp_per_head": 0.25,
            "groups.given.110000": "II",
            "inputs.co2_inventory_mt.110000": 72.5,
        },
        [
            ("\ncut_pct = 8.5", "\ncut_pct = 9.0"),
            ("\nmax_deviation = 0.05", "\nmax_deviation = 0.06"),
            ("\nfloor = 0.75", "\nfloor = 0.7"),
            ('id = "gdp"\nexpression = "gdp_1e8yuan"\ndirection = "less"',
             'id = "gdp"\nexpression = "gdp_1e8yuan"\ndirection = "more"'),
            ("\nk = 5\n", '\nk = 5\ngiven = { 110000 = "II" }\n'),
            ("\n[weights]\n", "\n[weights]\ngiven = { gdp = 0.75, gdp_per_head = 0.25 }\n"),
        ],
        [("provinces.csv", {"code": "110000"}, "co2_inventory_mt", 72.5)],
    ),
    "eu-2030": (
        {
            # In euros; the penalty follows the dearest step, so that it doubles with it.
            "prices.anchor": 200.0,
            "allocation.trade_cost_eur_per_t": 0.001,
            "cap.mt.2030": 1500.0,
            "indicators.population.direction": "less",
            "groups.given.AT": "I",
            "inputs.population_2013_1e6.AT": 8.5,
            "inputs.esr_emissions_2005_mt.DE": 480.0,
        },
        [
            ("\nanchor = 100", "\nanchor = 200"),
            ("\n[allocation]\n", "\n[allocation]\ntrade_cost_eur_per_t = 0.001\n"),
            ("2030 = 1514.56465", "2030 = 1500.0"),
            ('expression = "population_2013_1e6"\ndirection = "more"',
             'expression = "population_2013_1e6"\ndirection = "less"'),
            ("\nk = 4\n", '\nk = 4\ngiven = { AT = "I" }\n'),
        ],
        [
            ("states.csv", {"code": "AT"}, "population_2013_1e6", 8.5),
            ("states.csv", {"code": "DE"}, "esr_emissions_2005_mt", 480.0),
        ],
    ),
}  # fmt: skip


def replaced(text, changes):
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def put(path, wanted, column, value):
    """Another figure in the one row of a table that has these cells."""
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    (row,) = (row for row in rows if all(row[names.index(name)] == cell for name, cell in wanted.items()))
    row[names.index(column)] = repr(value)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([names, *rows])


def study_text(name):
    return (capshare.load_study(name).path).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("study", EDITS)
def test_edits_of_a_shipped_study_are_those_of_its_files(study, left_behind, edited_run, written, tmp_path):
    by_key, texts, figures = EDITS[study]
    loaded = capshare.load_study(study)
    run = edited_run(left_behind(study), loaded.path)
    outcome = run_from(run.workbook(tmp_path / "edited.xlsx", by_key), run.folder, analyses=())
    named = f'dataset = "{loaded.study.study.dataset}"'
    text = replaced(study_text(study), [(named, 'dataset = "data"'), *texts])
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    shutil.copytree(capshare.load_dataset(loaded.study.study.dataset).folder, tmp_path / "data")
    for name, wanted, column, value in figures:
        put(tmp_path / "data" / name, wanted, column, value)
    own = capshare.run(tmp_path / "own.toml", analyses=())
    assert written(outcome) == written(own)
    assert set(outcome.study.edits.cells["study_key"]) == set(by_key)
    before = capshare.read_run(run.folder).allocation.provinces["quota_mt"]
    assert ((before - own.allocation.provinces["quota_mt"]).abs() > 0.01).sum() > 5
