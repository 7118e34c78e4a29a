"""What the section on prices asks of a dataset: each lack is told once, with what to do."""

import json
from dataclasses import replace

import pytest

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.chain.read_inputs import read_inputs
from capshare.chain.stages.costs import abatement_costs
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.facts import Facts
from capshare.indicators.dataset.production import production_accounts, vintage_problems
from capshare.indicators.dataset.vintages import EARLIEST, LATEST, Span
from capshare.study.given_prices import given_price
from capshare.study.price_checks import check_prices
from capshare.study.reading import load_study

PRICES = {"a": 40, "b": 25, "c": 60, "d": 90, "e": 30, "f": 55}
SOURCE = "Survey of the islands' plants, table 3"


def published(isles, rows):
    """The study of the islands with its prices in a published table ``mac``."""
    folder = isles.parent / "isles"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = [
        {"name": "code", "type": "string", "title": "code"},
        {"name": "cost_yuan_per_t", "type": "number", "title": "Cost", "unit": "yuan/t"},
        {"name": "source", "type": "string", "title": "Source"},
    ]
    package["resources"].append(
        {"name": "mac", "role": "published", "path": "mac.csv", "schema": {"fields": fields}}
    )
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    lines = [f"{code},{price},{source}\n" for code, (price, source) in rows.items()]
    (folder / "mac.csv").write_text("code,cost_yuan_per_t,source\n" + "".join(lines), encoding="utf-8")
    text = isles.read_text(encoding="utf-8")
    old = 'column = "price_yuan_per_t"'
    assert old in text
    isles.write_text(text.replace(old, 'table = "mac"\ncolumn = "cost_yuan_per_t"'), encoding="utf-8")
    return isles


def sourced(prices=PRICES):
    return {code: (price, f'"{SOURCE}"') for code, price in prices.items()}


def test_a_price_with_its_source_is_the_cost_of_every_step(isles):
    loaded = load_study(published(isles, sourced()))
    inputs = read_inputs(loaded)
    costs = abatement_costs(loaded.study, inputs)
    assert costs.steps["cost_yuan_per_t"].groupby(level="code").first().to_dict() == PRICES
    # By another method, the price of the study's own column is not read.
    naive = abatement_costs(loaded.study, inputs, method="productivity")
    assert naive.price_yuan_per_t["a"] == pytest.approx(100 * 900 / 90)


def test_rows_without_a_source_or_a_price_are_refused_at_once(call, isles):
    rows = sourced()
    rows["b"], rows["d"] = (25, ""), (90, '"  "')
    del rows["f"]
    code, _, message = call("check", published(isles, rows))
    assert code == 2
    for place in ("b (Birch)", "d (Dahlia)", "f (Fern)"):
        assert f"{place}, source: expected the source of the price; found none" in " ".join(message.split())
    assert "f (Fern), price: expected a price of at least 0 yuan/t; found nan" in " ".join(message.split())
    assert "Traceback" not in message


@pytest.mark.parametrize(
    ("table", "column", "place"),
    [("mca", "cost_yuan_per_t", "prices.table"), ("mac", "price", "prices.column")],
)
def test_an_unknown_table_or_column(isles, table, column, place):
    loaded = load_study(published(isles, sourced()))
    prices = loaded.study.prices.model_copy(update={"table": table, "column": column})
    study, dataset = loaded.study.model_copy(update={"prices": prices}), read_inputs(loaded).dataset
    with pytest.raises(CapshareError, match=place) as caught:
        given_price(study, dataset, "own.toml")
    assert len(caught.value.problems) == 1


def test_a_column_whose_description_names_no_source(call, isles):
    package = isles.parent / "isles" / "datapackage.json"
    text = package.read_text(encoding="utf-8")
    assert '"unit": "yuan/t", "source": "made up"' in text
    package.write_text(
        text.replace('"unit": "yuan/t", "source": "made up"', '"unit": "yuan/t"'), encoding="utf-8"
    )
    code, _, message = call("check", isles)
    assert code == 2
    assert "prices.column: expected a source of price_yuan_per_t; found none" in " ".join(message.split())


@pytest.mark.parametrize("anchor", ["100", "100.0"])
def test_an_anchor_that_is_a_number(isles, anchor):
    text = isles.read_text(encoding="utf-8").replace("[prices]", f"[prices]\nanchor = {anchor}")
    isles.write_text(text, encoding="utf-8")
    loaded = load_study(isles)
    inputs = read_inputs(loaded)
    assert inputs.anchor_yuan_per_t == 100.0
    price = abatement_costs(loaded.study, inputs).price_yuan_per_t
    # Of 590 Mt half lies at 55 yuan/t or below: 90 + 120 + 45 + 75 against 60 + 200.
    assert price.to_dict() == pytest.approx({code: given * 100 / 55 for code, given in PRICES.items()})


def shipped(name, **prices):
    """A shipped study with some keys of its prices changed, and its dataset."""
    study = load_study(name).study
    changed = study.prices.model_copy(update=prices)
    return study.model_copy(update={"prices": changed}), load_dataset(study.study.dataset)


def told(study, dataset):
    found = Collector("own.toml")
    check_prices(study, dataset, found)
    return [str(problem) for problem in found.problems]


def test_an_estimate_without_an_inventory():
    [problem] = told(
        *shipped("tian-lin-2021", method="power", technology="per-worker", emissions="inventory")
    )
    assert "prices.emissions: expected a dataset with yearly emissions of an inventory" in problem
    assert 'Use "fuels"' in problem


@pytest.mark.parametrize("method", ["power", "logarithmic", "distance-function"])
def test_an_estimate_without_a_panel(method):
    study, dataset = shipped("china-15fyp", method=method)
    bare = replace(dataset, panel=None, tables={"inventory": dataset.tables["inventory"]})
    [problem] = told(study, bare)
    assert f'prices.method: expected a dataset with a panel, for "{method}"' in problem


def test_years_that_the_series_do_not_have_are_one_message():
    [problem] = told(*shipped("china-15fyp", years=(2005, 2019), accounts_from=1999))
    assert "prices.years, prices.accounts_from: expected years that every series" in problem
    assert "no gdp in 1999, 2018-2019; no gdp_index in 2000, 2018-2019; no gfcf in 1999, " in problem
    assert "no employment in 2018-2019; no energy_total in 2018-2019. Choose" in problem
    assert "no emissions" not in problem
    [problem] = told(*shipped("china-15fyp", years=(2004, 2017)))
    assert "no emissions in 2004" in problem


@pytest.mark.slow
def test_the_shipped_studies_have_what_their_estimates_need():
    for name in ("china-15fyp", "china-2035", "tian-lin-2021", "tian-lin-2021-given"):
        assert told(*shipped(name)) == []


def test_accounts_of_two_vintages_are_never_mixed():
    """GDP after the census beside investment before it, or a series that changes its vintage."""
    dataset = load_dataset("china-2022")
    assert list(vintage_problems(dataset, (2005, 2017))) == []
    own = dataset.facts.vintages
    for spans in (
        (Span(EARLIEST, LATEST, "census-2020"),),
        (Span(EARLIEST, 2010, "first"), Span(2011, LATEST, "census-2020")),
    ):
        vintages = replace(own, spans={**own.spans, ("production", "gdp"): spans})
        mixed = replace(dataset, facts=Facts(dataset.facts.roles, vintages))
        [problem] = vintage_problems(mixed, (2005, 2017))
        assert "one vintage" in str(problem)
        assert "gdp" in str(problem)


def test_the_accounts_are_the_earlier_dataset_s_in_every_cell():
    keys = ["code", "year", "variable"]
    later = production_accounts(load_dataset("china-2022")).set_index(keys)
    earlier = production_accounts(load_dataset("china-2017")).set_index(keys)
    assert len(later) == 2370
    assert (later[["value", "unit"]] == earlier.loc[later.index, ["value", "unit"]]).all(axis=None)
    assert set(later.index.get_level_values("variable")) == {
        "gdp", "gdp_index", "gfcf", "employment", "energy_total",
    }  # fmt: skip
