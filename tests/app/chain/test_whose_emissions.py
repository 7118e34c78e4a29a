"""Views of electricity and sectors of the market in a study: what they change, and wrong input at once."""

import json
import tomllib

import openpyxl
import pytest

import capshare
from capshare.base.errors import CapshareError
from capshare.chain.read_inputs import read_inputs

STUDY = """\
[study]
name = "whose"
dataset = "china-2022"
base_year = 2025
seed = 1
[emissions]
method = "column"
column = "co2_inventory_mt"
[nowcast]
from = 2022
[cap]
method = "table"
mt = { 2025 = 12000.0 }
[[indicators]]
id = "gdp"
expression = "gdp_1e8yuan / population_1e4"
direction = "more"
principle = "need"
[groups]
method = "none"
[prices]
method = "productivity"
[market_sectors]
[[market_sectors.sectors]]
sector = "power"
source = "inventory"
"""
WITHOUT_MARKET = STUDY.partition("[market_sectors]")[0]
# Two plants in Hebei, of two years, and one in Inner Mongolia.
PLANTS = """\
facility,province,sector,year,emissions_t,output
first,Hebei,steel,2023,100000000,5e7
second,130000,钢铁,2024,90000000,4e7
third,Hebei,iron and steel,2024,10000000,1e7
fourth,内蒙古,steel,2024,20000000,1e7
"""
STEEL = """\
[[market_sectors.sectors]]
sector = "steel"
source = "facilities"
file = "plants.csv"
"""


@pytest.fixture
def write(tmp_path):
    def written(more="", plants=PLANTS, study=STUDY):
        (tmp_path / "plants.csv").write_text(plants, encoding="utf-8")
        path = tmp_path / "whose.toml"
        path.write_text(study + more, encoding="utf-8")
        return path

    return written


def read(path, *settings):
    return read_inputs(capshare.load_study(path, settings))


def test_production_is_the_default_and_nothing_but_a_table(write):
    plain, shown = read(write()), read(write(), "electricity.view=production")
    assert plain.base_year.electricity is None
    assert shown.emissions_mt.equals(plain.emissions_mt)
    assert shown.base_year.electricity["generation_year"].unique().tolist() == [2024]
    assert shown.base_year.electricity["consumption_year"].unique().tolist() == [2017]


@pytest.mark.slow
@pytest.mark.parametrize("factor", ["origin", "national"])
def test_a_view_moves_emissions_between_provinces_and_none_of_the_nation(write, factor):
    path, chosen = write(study=WITHOUT_MARKET), f"electricity.factor={factor}"
    made, used, half = (
        read(path, chosen, f"electricity.view={view}").emissions_mt
        for view in ("production", "consumption", "shared")
    )
    assert used.sum() == pytest.approx(made.sum(), rel=1e-12)
    assert half.to_numpy() == pytest.approx(((made + used) / 2).to_numpy(), rel=1e-12)
    # Inner Mongolia sends, Guangdong takes.
    assert used["150000"] < made["150000"]
    assert used["440000"] > made["440000"]


@pytest.mark.slow
def test_hydropower_that_leaves_takes_little_along_by_its_origin(write):
    path, view = write(study=WITHOUT_MARKET), "electricity.view=consumption"
    made = read(path).emissions_mt["530000"]
    origin, national = (
        read(path, view, f"electricity.factor={factor}").emissions_mt["530000"]
        for factor in ("origin", "national")
    )
    # Yunnan sends 219 TWh net at 0.13 kg/kWh of its own, or at the nation's 0.53.
    assert made - origin == pytest.approx(29.2, abs=0.1)
    assert made - national == pytest.approx(116.2, abs=0.1)


def test_more_hydropower_credited_than_the_power_sector_emits_is_refused(write):
    settings = ["electricity.view=consumption", "electricity.factor=national"]
    with pytest.raises(CapshareError, match=r"530000: expected emissions of power above .* found -76.34 Mt"):
        read(write(), *settings)


def test_the_year_of_generation_can_be_chosen(write):
    table = read(write(), "electricity.generation_year=2017").base_year.electricity
    # 2017 against 2017: Inner Mongolia used 290.3 TWh x 1.0349 and generated 443.6.
    assert table.loc["150000", "net_import_twh"] == pytest.approx(-143.2, abs=0.1)


def test_what_a_view_needs_and_the_dataset_lacks_is_told_at_once(write):
    settings = ["electricity.view=consumption", "study.dataset=china-2017", "study.base_year=2017"]
    study = STUDY.replace("[nowcast]\nfrom = 2022\n", "").replace("co2_inventory_mt", "gdp_1e8yuan")
    study = study.replace('method = "column"\ncolumn = "gdp_1e8yuan"', 'method = "fuels"\nfuels = ["coal"]')
    with pytest.raises(CapshareError, match="electricity generation of every province") as told:
        read(write(study=study), *settings, "study.years=[2017]", "cap.mt={2017=9000.0}")
    assert "the CO2 factor of electricity of every province" in str(told.value)


def test_a_year_that_is_not_there_is_told_with_those_that_are(write):
    with pytest.raises(CapshareError, match=r"electricity.generation_year: .* found 2016. Known: 2017, 2018"):
        read(write(), "electricity.generation_year=2016")


def test_power_is_the_inventorys_share_of_its_last_year(write):
    rows = read(write()).market_parts.xs("power", level="sector")
    # Beijing 2017: 28.4 of 85.7 Mt; Hunan has no figure after 2016.
    assert rows.loc["110000", "emissions_share"] == pytest.approx(0.331, abs=5e-4)
    assert rows["source_year"].drop("430000").unique().tolist() == [2017]
    assert rows.loc["430000", "source_year"] == 2016


def test_facilities_are_a_share_of_the_emissions_of_their_year(write):
    found = read(write(STEEL))
    rows = found.market_parts.xs("steel", level="sector")
    own = found.base_year.nowcast.factors["emissions_mt"].xs(2024, level="year")
    # 90 + 10 Mt of 2024 in Hebei; the plant of 2023 is of another year.
    assert rows.loc["130000", "emissions_share"] == pytest.approx(100 / own["130000"])
    assert rows.loc["150000", "emissions_share"] == pytest.approx(20 / own["150000"])
    assert (rows["emissions_share"] > 0).sum() == 2
    # Emissions of the nation change alike in every province: 2025 is 2024 x 1.05 x 0.95.
    assert rows.loc["130000", "emissions_mt"] == pytest.approx(100 * 1.05 * 0.95, rel=1e-9)


def test_a_share_may_differ_by_province(write):
    cement = '[[market_sectors.sectors]]\nsector = "cement"\nsource = "share"\nshare = 0.05\n'
    cement += 'shares = { "安徽" = 0.2 }\n'
    rows = read(write(cement)).market_parts.xs("cement", level="sector")
    assert rows.loc["340000", "emissions_share"] == 0.2
    assert rows["emissions_share"].drop("340000").unique().tolist() == [0.05]


def test_what_the_market_does_not_have_stays_the_same_in_every_view(write):
    def rest(view):
        found = read(write(), f"electricity.view={view}")
        return found.emissions_mt - found.market_parts.xs("power", level="sector")["emissions_mt"]

    assert rest("consumption").to_numpy() == pytest.approx(rest("production").to_numpy(), rel=1e-9)


ABROAD = """\
facility,province,sector,year,emissions_t,output
one,Bavaria,steel,2024,1,1
two,Hebei,chemicals,2024,1,1
three,Hebei,steel,2024,-5,1
four,Hebei,steel,last,7,1
"""


def test_a_table_of_another_country_is_told_row_by_row(write):
    with pytest.raises(CapshareError, match="row 2, column province") as told:
        read(write(STEEL, ABROAD))
    said = str(told.value)
    for place in ("row 3, column sector", "row 4, column emissions_t", "row 5, column year"):
        assert place in said
    assert "a sector that the rules of the market know: aluminium, cement, power, steel" in said


def test_problems_of_sectors_are_told_together(write):
    cement = '[[market_sectors.sectors]]\nsector = "cement"\nsource = "share"\nshares = { Hebei = 0.1 }\n'
    aluminium = STEEL.replace('"steel"', '"aluminium"')
    late = STEEL + "year = 2019\n"
    with pytest.raises(
        CapshareError, match=r"market_sectors.sectors 2.file: .* facilities of steel in 2019"
    ) as told:
        read(write(late + cement + aluminium))
    assert "market_sectors.sectors 3.shares: expected a share of every province" in str(told.value)
    assert "market_sectors.sectors 4.file: expected facilities of aluminium" in str(told.value)


def test_a_view_and_sectors_that_are_wrong_are_told_together(write):
    cement = '[[market_sectors.sectors]]\nsector = "cement"\nsource = "share"\nshares = { Hebei = 0.1 }\n'
    with pytest.raises(CapshareError, match=r"electricity\.generation_year") as told:
        read(write(STEEL + cement, ABROAD), "electricity.generation_year=2016")
    assert "row 2, column province" in str(told.value)
    assert "market_sectors.sectors 3.shares: expected a share of every province" in str(told.value)


def test_the_folder_of_a_benchmark_is_the_table_that_it_was_made_of(write, tmp_path, call):
    path = write(STEEL)
    of_table = read(path).market_parts
    # The benchmark is of the last year alone, and so is the share.
    assert call("benchmark", tmp_path / "plants.csv", "-o", tmp_path / "plants")[0] == 0
    path.write_text(path.read_text(encoding="utf-8").replace("plants.csv", "plants"), encoding="utf-8")
    assert read(path).market_parts.equals(of_table)


def test_a_workbook_is_a_table_of_facilities_too(write, tmp_path):
    path = write(STEEL)
    of_csv, book = read(path).market_parts, openpyxl.Workbook()
    book.active.title = "facilities"
    for line in PLANTS.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "plants.xlsx")
    path.write_text(path.read_text(encoding="utf-8").replace("plants.csv", "plants.xlsx"), encoding="utf-8")
    assert read(path).market_parts.equals(of_csv)


@pytest.mark.parametrize("status", ["estimate", "synthetic"])
def test_what_nobody_reported_is_called_so(write, status):
    header, *rows = PLANTS.splitlines()
    stated = (
        "\n".join([f"{header},status", f"{rows[0]},verified", f"{rows[1]},{status}", f"{rows[2]},"]) + "\n"
    )
    found = read(write(STEEL, stated))
    rows = found.market_parts.xs("steel", level="sector")
    assert rows["source"].unique().tolist() == [status]
    whole = found.base_year.nowcast.factors["emissions_mt"].xs(2024, level="year")["130000"]
    # 90 Mt by the stated status and 10 without one.
    assert rows.loc["130000", "emissions_share"] == pytest.approx(100 / whole)


def test_sectors_beyond_all_emissions_are_told_by_province(write):
    large = PLANTS.replace("90000000", "900000000")
    with pytest.raises(
        CapshareError, match=r"market_sectors.sectors, 130000: expected sectors that make up at most"
    ):
        read(write(STEEL, large))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[[market_sectors.sectors]]\nsector = "glass"\nsource = "share"\nshare = 0.1\n', "'power', 'steel'"),
        (
            '[[market_sectors.sectors]]\nsector = "steel"\nsource = "share"\nshare = 1.5\n',
            "less than or equal to 1",
        ),
        ('[[market_sectors.sectors]]\nsector = "steel"\nsource = "inventory"\n', "for power alone"),
        ('[[market_sectors.sectors]]\nsector = "steel"\nsource = "share"\n', "`share` or `shares`"),
        ('[[market_sectors.sectors]]\nsector = "power"\nsource = "share"\nshare = 0.1\n', "each sector once"),
    ],
)
def test_a_sector_says_one_source_in_full(write, more, message):
    with pytest.raises(CapshareError, match=message):
        capshare.load_study(write(more))


def test_a_change_of_the_market_belongs_to_benchmarks(write):
    with pytest.raises(CapshareError, match='`yearly_change_pct` with quota = "benchmark"'):
        capshare.load_study(write(), ["market_sectors.yearly_change_pct=1.0"])


@pytest.mark.slow
def test_a_run_keeps_the_sums_of_facilities_and_repeats_without_the_table(write, made_before, tmp_path):
    path = write(STEEL)
    found = capshare.run(capshare.load_study(path, ["electricity.view=shared"]), analyses=())
    folder = capshare.write(found, tmp_path / "out")
    (tmp_path / "plants.csv").unlink()
    kept = (folder / "inputs" / "facilities" / "1.csv").read_text(encoding="utf-8")
    assert kept.splitlines()[:3] == [
        "facility,province,sector,year,status,emissions_t,output",
        "130000 steel,130000,steel,2023,,100000000.0,50000000.0",
        "130000 steel,130000,steel,2024,,100000000.0,50000000.0",
    ]
    said = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    assert said["market_sectors"]["sectors"][1]["file"] == "inputs/facilities/1.csv"
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["references"] == ["plants.csv"]
    again = capshare.run(folder / "study.toml", analyses=())
    for one, other in (
        (again.inputs.electricity, found.inputs.electricity),
        (again.inputs.market_parts, found.inputs.market_parts),
        (again.allocation.market_sectors, found.allocation.market_sectors),
    ):
        assert one.equals(other)
    back = capshare.read_run(folder)
    assert back.study.settings["market_sectors"]["sectors"][1]["file"] == "plants.csv"
    assert back.allocation.market_sectors.to_numpy(dtype=float) == pytest.approx(
        found.allocation.market_sectors.to_numpy(dtype=float), rel=1e-12
    )
    assert back.inputs.electricity.to_numpy(dtype=float) == pytest.approx(
        found.inputs.electricity.to_numpy(dtype=float), rel=1e-12
    )
