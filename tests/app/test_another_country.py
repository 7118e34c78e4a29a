"""A second country: the Effort Sharing Regulation in euros, and data of one's own in another currency."""

import io
import json
import re
import shutil
import zipfile

import openpyxl
import pandas as pd
import pytest
from rich.console import Console

import capshare
from capshare.analyses.backtest import backtest
from capshare.analyses.new_dataset import write_new_dataset
from capshare.base.conventions import Conventions
from capshare.base.errors import CapshareError
from capshare.indicators.dataset.catalogue import shipped_folder
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.verification import verify_dataset
from capshare.reports.charts.gallery import charts
from capshare.reports.console.summary import print_summary
from capshare.reports.folder.write import contents
from capshare.study.reading import load_study

STUDY = "eu-2030"
EUROS = Conventions("eur", "state", "CO2e", "population_2013_1e6", "gdp_2013_1e6eur")
FOREIGN_ZH = re.compile("(?<!欧)(?<!单)元(?!格)|省份|各省|每省|该省|本省|亿元")


@pytest.fixture(scope="module")
def states():
    return load_dataset(STUDY)


@pytest.fixture(scope="module")
def result(finished):
    return finished(STUDY)


@pytest.fixture(scope="module")
def folder(left_behind):
    return left_behind(STUDY)


def visible(html):
    """Text of a page without tags, scripts and styles."""
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", html)
    return re.sub(r"(?s)<[^>]*>", " ", text)


def words_of(workbook):
    """Every text of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row
            if isinstance(cell.value, str) and not cell.value.startswith("=")]  # fmt: skip


def test_limits_of_2030_add_up_to_the_cut_of_the_regulation(states):
    """Golden 18: Regulation (EU) 2023/857, Annex I; limits of 2030 add up to 39.9 % below 2005."""
    table = states.published["effort_sharing"]
    limit, base = table["limit_2030_mt"], table["esr_emissions_2005_mt"]
    assert len(table) == 27
    assert round(100 * (1 - limit.sum() / base.sum()), 1) == 39.9
    assert table["change_of_2023_pct"].loc[["DE", "BG", "MT"]].tolist() == [-50.0, -10.0, -19.0]
    assert limit["DE"] == pytest.approx(484.791703 / 2, abs=1e-6)
    # Decision (EU) 2020/2126 states the limits of the Regulation of 2018 itself, in tonnes.
    panel = states.panel[states.panel["variable"] == "annual_emission_allocation"]
    allocated = panel[panel["year"] == 2030].set_index("code")["value"] / 1e6
    assert table["limit_2030_of_2018_mt"].to_numpy() == pytest.approx(allocated[table.index], abs=2e-6)


def test_the_dataset_agrees_with_itself_and_says_how_it_counts(states):
    assert verify_dataset(states).agrees
    assert states.facts.conventions == EUROS
    assert states.regions.resolve("Hellas") == "EL"


@pytest.mark.slow
def test_ability_to_pay_is_closest_to_the_regulation():
    figures = backtest([STUDY]).figures.xs(STUDY, level="table")["misplaced_share"].droplevel("fitted_on")
    own = figures[~figures.index.duplicated()]
    assert own["ability-to-pay"] == pytest.approx(0.0445, abs=5e-5)
    assert own["per-capita"] == pytest.approx(0.0586, abs=5e-5)
    assert own.idxmin() == "ability-to-pay"
    # One year is no history of emissions.
    assert "historical-responsibility" not in own


def test_money_is_written_in_euros(folder, result):
    headers = {path.name: path.read_text(encoding="utf-8").split("\n", 1)[0] for path in folder.glob("*.csv")}
    assert not [name for name, header in headers.items() if "yuan" in header]
    assert "price_eur_per_t" in headers["prices.csv"]
    provinces = pd.read_csv(folder / "provinces.csv").set_index("code")
    # Mt times EUR/t is 1e6 EUR: a state's cost is at most its abatement at the dearest step it uses.
    steps = pd.read_csv(folder / "abatement_steps.csv").groupby("code")["cost_eur_per_t"]
    abated = provinces["abatement_mt"]
    assert (provinces["cost_1e6eur"] >= abated * steps.min() * (1 - 1e-9)).all()
    assert (provinces["cost_1e6eur"] <= abated * steps.max() * (1 + 1e-9)).all()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["allocation"]["objective_1e6eur"] == pytest.approx(
        provinces["cost_1e6eur"].sum(), rel=1e-6
    )
    assert "trade_cost_eur_per_t" in (folder / "study.toml").read_text(encoding="utf-8")
    assert result.allocation.provinces["cost_1e8yuan"].sum() == provinces["cost_1e6eur"].sum()


@pytest.mark.slow
def test_a_run_read_back_gives_the_same_bytes(folder):
    again = capshare.read_run(folder)
    assert again.study.conventions == EUROS
    files = contents(again, "en")
    assert [name for name, data in files.items() if (folder / name).read_bytes() != data] == []


def test_the_split_is_near_the_regulation(result):
    provinces = result.allocation.provinces
    assert provinces["quota_mt"].sum() == pytest.approx(1514.56465, abs=1e-6)
    share = provinces["quota_mt"] / provinces["emissions_mt"]
    # The Regulation asks for cuts of 10 to 50 %; ability to pay alone goes a little beyond.
    assert share.between(0.4, 0.9).all()
    # GDP of 2013 is not of the year of the emissions: no carbon intensity is made of the two.
    assert result.targets is None
    assert provinces["intensity_cut_pct"].to_numpy() == pytest.approx(100 * (1 - share.to_numpy()))
    agreement = result.published.agreement
    assert "group_adjusted_rand" not in agreement.index
    assert agreement.at["balance_signs_right", "unit"] == "of 27 states"
    assert "provinces" not in " ".join(agreement["meaning"])


def test_nothing_shown_speaks_of_yuan_or_provinces(folder, result):
    page = visible((folder / "report.html").read_text(encoding="utf-8"))
    console = Console(file=io.StringIO(), width=100)
    print_summary(result, folder, console)
    for text in (page, console.file.getvalue()):
        assert re.findall(r"(?i)\S*yuan\S*|\bprovinces?\b|China\b", text) == []
        assert "EUR/t CO₂e" in text
    # Keys of a study file are the same in every country.
    key = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
    words = {word for word in words_of((folder / "study.xlsx").read_bytes()) if not key.fullmatch(word)}
    # As is the size that a rule of theirs takes by default, in the text of the study file.
    words -= {'    "gdp_1e8yuan",'}
    assert [word for word in words if re.search(r"(?i)yuan|\bprovinces?\b|China\b", word)] == []
    assert "Germany" in words


@pytest.mark.slow
def test_nothing_shown_in_chinese_speaks_of_yuan_or_provinces(result):
    files = contents(result, "zh")
    assert FOREIGN_ZH.findall(visible(files["report.html"].decode())) == []
    words = words_of(files["study.xlsx"])
    assert [word for word in words if FOREIGN_ZH.search(word)] == []
    assert "德国" in words


def test_the_map_is_not_of_china(result):
    drawn = json.dumps(charts(result)["balance_map"].to_dict(), ensure_ascii=False)
    assert "Germany" in drawn
    assert "HEN" not in drawn


@pytest.fixture
def own_states(tmp_path):
    """The study and its dataset, to be changed."""
    shutil.copytree(shipped_folder(STUDY), tmp_path / "states")
    text = load_study(STUDY).data.decode().replace('dataset = "eu-2030"', 'dataset = "states"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    return tmp_path / "own.toml"


def put(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_prices_of_a_study_are_in_the_dataset_s_currency(own_states):
    put(own_states, "trade_limit = 0.10", "trade_limit = 0.10\ntrade_cost_eur_per_t = 0.5")
    assert load_study(own_states).study.allocation.trade_cost_yuan_per_t == 0.5
    found = capshare.run(own_states, analyses=())
    assert found.study.settings["allocation"]["trade_cost_yuan_per_t"] == 0.5


def test_prices_in_another_currency_are_refused_by_name(own_states):
    put(own_states, "trade_limit = 0.10", "trade_limit = 0.10\ntrade_cost_yuan_per_t = 0.5")
    with pytest.raises(CapshareError, match=r"trade_cost_eur_per_t.*counts in eur.*trade_cost_yuan_per_t"):
        capshare.run(own_states, analyses=())


def test_a_price_is_given_once_and_named_as_it_is_written(own_states):
    put(own_states, "trade_limit = 0.10", "trade_limit = 0.10\npenalty_eur_per_t = -1.0")
    with pytest.raises(CapshareError, match=r"allocation\.penalty_eur_per_t"):
        load_study(own_states)
    put(own_states, "penalty_eur_per_t = -1.0", "penalty_eur_per_t = 9.0\npenalty_yuan_per_t = 9.0")
    with pytest.raises(CapshareError, match="a price in one currency"):
        load_study(own_states)


def test_a_dataset_counts_in_one_currency(own_states):
    package = own_states.parent / "states" / "datapackage.json"
    put(package, '"unit": "1e6 EUR"', '"unit": "1e6 USD"')
    with pytest.raises(CapshareError, match=r"gdp_2013_1e6eur"):
        load_dataset(package.parent)
    put(package, '"unit": "1e6 USD"', '"unit": "1e6 EUR"')
    text = package.read_text(encoding="utf-8")
    at = text.index('"variables"')
    package.write_text(text[:at] + text[at:].replace("1e6 EUR", "1e6 USD", 1), encoding="utf-8")
    with pytest.raises(CapshareError, match=r"all amounts of money in one currency.*usd in panel, gdp"):
        load_dataset(package.parent)


def test_growth_of_china_is_no_default_of_another_country(own_states):
    put(own_states, 'method = "base-year"', 'method = "growth"\nautonomous_change = 0.0\ngrowth_window = []')
    with pytest.raises(CapshareError, match=r"study\.scenario"):
        capshare.run(own_states, analyses=())


HEADINGS = {"population": "人口", "gdp": "生产总值", "emissions": "排放"}
FIGURES = [
    ("01", "Avalon", 8.0, 6000, 120), ("02", "Brigadoon", 25.0, 15000, 350),
    ("03", "Camelot", 5.0, 9000, 40), ("04", "Dinotopia", 15.0, 4000, 260),
]  # fmt: skip


@pytest.fixture
def own_workbook(tmp_path):
    """A workbook with Chinese headings, in dollars, its columns named by their role; and its study."""
    study, path, _ = write_new_dataset(tmp_path / "own")
    book = openpyxl.load_workbook(path)
    provinces = book["provinces"]
    for column, (name, unit) in enumerate(
        (("population", "1e6 persons"), ("gdp", "1e6 USD"), ("emissions", "Mt CO2")), start=2
    ):
        provinces.cell(1, column, HEADINGS[name])
        provinces.cell(2, column, unit)
        book["columns"].cell(column, 1, HEADINGS[name])
        book["columns"].cell(column, 8, name)
    provinces.delete_cols(5, 2)
    book["columns"].delete_rows(5, 2)
    book["dataset"]["B5"] = "region"
    for row, (code, name, *figures) in enumerate(FIGURES, start=2):
        book["regions"].cell(row, 1, code)
        book["regions"].cell(row, 2, name)
        for column, value in enumerate([name, *figures], start=1):
            provinces.cell(row + 1, column, value)
        book["panel"].append((name, 2019, "gdp", figures[1] * 0.98, "1e6 USD"))
    book.save(path)
    text = study.read_text(encoding="utf-8").replace("2020 = 0.0", "2020 = 700.0")
    head, rest = text.split("[[indicators]]", 1)
    kept = "[weights]" + rest.split("[weights]", 1)[1].split("[potential]")[0]
    people = '[[indicators]]\nid = "people"\nexpression = "人口_1e4"\ndirection = "more"\n'
    study.write_text(
        head.replace('"emissions_mt"', '"排放_mt"') + people + 'principle = "equality"\nreason = "Each."\n\n'
        + kept.replace('"score"', '"ability-to-pay"'), encoding="utf-8",
    )  # fmt: skip
    return study, path


@pytest.mark.slow
def test_headings_of_one_s_own_disable_no_rule(own_workbook):
    study, path = own_workbook
    dataset = load_dataset(path)
    assert dataset.facts.conventions == Conventions("usd", "region", "CO2", "人口_1e4", "生产总值_1e6usd")
    assert dataset.panel_of("gdp")[2019].loc["01"] == pytest.approx(5880.0)
    found = capshare.run(study)
    rules = found.comparison.quotas.index.unique("rule")
    assert {"per-capita", "gdp", "ability-to-pay", "capability"} <= set(rules)
    per_capita = found.comparison.quotas["quota_mt"].xs("per-capita", level="rule")
    assert per_capita["01"] == pytest.approx(700 * 8 / 53)
    files = contents(found)
    assert files["prices.csv"].decode().split("\n", 1)[0].count("price_usd_per_t") == 1
    with zipfile.ZipFile(io.BytesIO(files["study.xlsx"])) as book:
        assert all("yuan" not in book.read(name).decode() for name in book.namelist() if "sheet" in name)


def test_a_rule_whose_size_plays_no_role_says_what_to_do(own_workbook):
    study, path = own_workbook
    book = openpyxl.load_workbook(path)
    book["columns"]["H2"] = None
    book.save(path)
    with pytest.raises(CapshareError, match=r"population_1e4 .*the role population: in sheet columns"):
        capshare.run(study, analyses=())


def test_two_columns_of_one_role_are_refused(own_workbook):
    _, path = own_workbook
    book = openpyxl.load_workbook(path)
    book["columns"]["H3"] = "population"
    book.save(path)
    with pytest.raises(CapshareError, match=r"one column of each role; found 人口 and 生产总值"):
        load_dataset(path)


@pytest.mark.slow
def test_runs_in_two_currencies_are_not_set_side_by_side(folder, own_workbook, made_before, tmp_path):
    other = capshare.write(capshare.run(own_workbook[0]), tmp_path / "dollars")
    from capshare.analyses.compare_runs import read_compared

    with pytest.raises(CapshareError, match="runs in one currency"):
        read_compared([folder, other])
