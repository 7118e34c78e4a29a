"""The shipped dataset of 2022: valid, complete, and figure for figure what was published."""

import csv
import hashlib
import json
import math
from collections import Counter

import pytest

from capshare.indicators.dataset.catalogue import shipped_folder
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.verification import verify_dataset

FOLDER = shipped_folder("china-2022")
CHINA = load_dataset("china-2022")
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
FOUND = verify_dataset(CHINA)


def test_valid_by_the_frictionless_standard():
    from frictionless import validate

    report = validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(RESOURCES)


def test_shape():
    assert (CHINA.name, CHINA.base_year, CHINA.notes) == ("china-2022", 2022, ())
    assert CHINA.table.shape == (30, 18)
    assert CHINA.table.columns[CHINA.table.isna().any()].tolist() == ["energy_total_1e4tce"]
    assert CHINA.table_of("inventory").shape == (450, 20)
    assert CHINA.table_of("official_targets").shape == (30, 3)
    assert len(CHINA.table_of("emission_factors")) == 30
    assert set(CHINA.panel_variables.index) == set(CHINA.panel["variable"])
    assert CHINA.regions.names.equals(load_dataset("china-2017").regions.names)
    assert set(CHINA.files) == {"datapackage.json", *(resource["path"] for resource in RESOURCES.values())}


@pytest.mark.parametrize("name", list(RESOURCES))
def test_every_field_is_described(name):
    said = {"type", "title", "title_zh", "unit", "source", "status", "confidence", "check"}
    for field in RESOURCES[name]["schema"]["fields"]:
        assert said <= set(field), field["name"]
        assert all(field[key] for key in ("title", "title_zh"))
    for variable in RESOURCES[name].get("variables", []):
        keys = ("title", "title_zh", "unit", "source", "status", "description")
        assert all(variable[key] for key in keys), variable["name"]


# Number of rows, and the digest of their cells as text, of the compilation that the figures were taken from.
PUBLISHED = {
    "inventory": (450, "1d8e3fd51ccab5e3", None),
    "panel": (1920, "721dae85007cf370", None),
    "provinces": (30, "73ac95f4a3d220ee", 10),
    "official_targets": (30, "d61798fd7bc76975", None),
    "grid_factors": (30, "d63c22597253f993", None),
    "yang_lee_2017": (30, "6a461c01ba33f0d7", None),
}


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_figures_are_those_of_the_compilation(name):
    rows, digest, columns = PUBLISHED[name]
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = [",".join(row[:columns]) for row in csv.reader(file)][1:]
    assert len(lines) == rows
    assert hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16] == digest


def test_national_figures_are_those_of_the_two_compilations():
    """Of this dataset's own compilation as text; of the older one where china-2017 has the same row."""
    with (FOLDER / "national.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["variable"], row["year"]): row for row in csv.DictReader(file)}
    older = load_dataset("china-2017").national.set_index(["variable", "year"])["value"]
    shared = [key for key in rows if (key[0], int(key[1])) in older.index]
    derived = [key for key in rows if key not in shared and rows[key]["status"] == "derived"]
    own = [key for key in rows if key not in shared and key not in derived]
    assert (len(shared), len(derived), len(own)) == (87, 5, 45)
    assert all(float(rows[key]["value"]) == older[key[0], int(key[1])] for key in shared)
    lines = sorted(f"{variable},{year},{rows[variable, year]['value']}" for variable, year in own)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    assert digest == "00eae1181fa2f11b"
    assert not any(row["source"].startswith("same") for row in rows.values())


def test_older_columns_carry_their_year_and_are_those_of_china_2017():
    older = load_dataset("china-2017")
    pairs = {
        "forest_stock_9th_inventory_1e4m3": "forest_stock_1e4m3",
        "cultivated_land_2017_1e3ha": "cultivated_land_1e3ha",
        "ag_gross_output_2017_1e8yuan": "ag_gross_output_1e8yuan",
        "income_per_capita_2017_yuan": "income_per_capita_yuan",
        "rd_expenditure_2017_1e8yuan": "rd_expenditure_1e8yuan",
        "rd_intensity_2017_pct": "rd_intensity_pct",
    }
    for new, old in pairs.items():
        assert CHINA.table[new].tolist() == older.table[old].tolist(), new
        assert CHINA.fields.loc[new, "unit"] == older.fields.loc[old, "unit"]
    panel = older.panel.set_index(["variable", "year", "code"])["value"].sort_index()
    for new, (variable, year) in {
        "income_per_capita_2020_yuan": ("income_per_capita", 2020),
        "rd_intensity_2019_pct": ("rd_intensity", 2019),
    }.items():
        assert CHINA.table[new].tolist() == panel[variable, year].loc[CHINA.table.index].tolist()


def test_items_add_up_in_all_450_rows_and_every_other_check_holds():
    """Within 0.001 Mt, as the compilation says."""
    sums = FOUND.checks[FOUND.checks["kind"] == "sum"].iloc[0]
    assert (sums["rows"], sums["allowed"], sums["agrees"]) == (450, 0.001, True)
    assert 0.0009 < sums["largest_difference"] < 0.001
    assert FOUND.agrees
    assert set(FOUND.checks["kind"]) == {"sum", "tables", "vintages"}


def test_totals_of_the_inventory():
    """11 408 Mt in 2022 in 30 provinces; the power sector is a part of the total."""
    assert CHINA.table["co2_inventory_mt"].sum() == pytest.approx(11408.5, abs=0.05)
    inventory = CHINA.table_of("inventory")
    assert inventory["total_mt"].groupby(level="year").sum()[2017] == pytest.approx(10171.2, abs=0.05)
    part = inventory["power_and_heat_sector_mt"].dropna()
    assert len(part) == 450 - 61
    assert (part <= inventory["total_mt"].loc[part.index]).all()


def test_the_two_inventories_are_as_far_apart_as_their_figures():
    """Own figures: the nation within 1 %, single provinces up to 69 %."""
    apart = FOUND.distances.loc[2022]
    names = CHINA.regions.names["name_en"]
    assert len(apart) == 30
    assert names[apart["difference_pct"].idxmax()] == "Qinghai"
    assert names[apart["difference_pct"].idxmin()] == "Heilongjiang"
    assert apart["difference_pct"].max() == pytest.approx(68.6, abs=0.05)
    assert apart["difference_pct"].min() == pytest.approx(-29.6, abs=0.05)
    assert apart["difference_mt"].sum() / apart["emissions_mt"].sum() == pytest.approx(-0.0098, abs=5e-5)
    assert sorted(FOUND.distances.index.unique("year")) == [2019, 2022]


def test_in_2021_the_second_inventory_misses_a_tenth_of_its_nation():
    gap = FOUND.against_nation["difference_pct"]
    assert gap.idxmin() == 2021
    assert gap[2021] == pytest.approx(-9.1, abs=0.05)
    assert gap.drop(2021).abs().max() < 3.5


def test_official_targets():
    """Guofa [2016] 61: 20.5 / 19.5 / 18 / 17 / 12 for 8 / 6 / 8 / 5 / 3; Guofa [2011] 41: 10 to 19.5."""
    targets = CHINA.table_of("official_targets")
    classes = Counter(targets["co2_intensity_cut_13fyp_pct"])
    assert classes == {20.5: 8, 19.5: 6, 18.0: 8, 17.0: 5, 12.0: 3}
    assert targets["co2_intensity_cut_12fyp_pct"].agg(["min", "max"]).tolist() == [10.0, 19.5]
    lead = targets["co2_intensity_cut_12fyp_pct"] - targets["energy_intensity_cut_12fyp_pct"]
    assert (lead == 1).sum() == 24
    assert lead.abs().max() == 1.5
    twelfth, thirteenth = CHINA.facts.roles.plans
    assert CHINA.assigned_cuts(thirteenth).equals(targets["co2_intensity_cut_13fyp_pct"])
    national = CHINA.national.set_index(["variable", "year"])["value"]
    assert national[twelfth.national, 2015] == 17
    assert national[thirteenth.national, 2020] == 18


def test_growth_of_2021_to_2025_multiplies_to_the_official_average():
    """Government Work Report, 5 March 2026: 5.4 % a year on average."""
    growth = CHINA.national_series("gdp_growth").loc[2021:2025]
    mean = 100 * (math.prod(1 + growth / 100) ** 0.2 - 1)
    assert mean == pytest.approx(5.4, abs=0.05)
    index = CHINA.national_series("real_gdp")
    assert index[2025] / index[2020] == pytest.approx(math.prod(1 + growth / 100), rel=1e-4)


def test_roles_fit_the_later_steps():
    roles = CHINA.facts.roles
    assert roles.reference_year == 2005
    assert CHINA.national_series("official_cut")[2020] == 48.4
    assert CHINA.national_series("intensity_change").loc[2023:2025].tolist() == [0.0, -3.4, -5.0]
    assert CHINA.panel_of("second_inventory").columns.tolist() == list(range(2019, 2025))
    assert set(CHINA.select(roles.names["provinces"].values()).columns) == set(
        roles.names["provinces"].values()
    )
