"""What holds of every run, whatever the study: sums, bounds, checks, columns, and no order of rows."""

import csv
import random
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from corpus.chinese import require_chinese

import capshare
from capshare.base.notes import SEVERITIES
from capshare.indicators.dataset.fields import DESCRIPTION
from capshare.reports.folder.notes import read_notes
from capshare.reports.folder.run_folder import read_run as read_run_folder
from capshare.reports.folder.tables import csv_bytes, tables
from capshare.study.reading import shipped_studies

# The tables of a run are a contract: others read them. More columns may follow, and these may not move.
CONTRACT = {
    "weights": "indicator principle direction entropy weight",
    "provinces": "code name_en name_zh group score entitlement_mt emissions_mt floor_mt ceiling_mt quota_mt "
    "quota_share balance_mt balance_class cause intensity_cut_pct abatement_mt purchase_mt sale_mt "
    "uncovered_mt cost_1e8yuan penalty_1e8yuan value_yuan_per_t",
    "groups": "group members cap_mt cap_share price_yuan_per_t price_low_yuan_per_t price_high_yuan_per_t",
    "prices": "constraint name price_yuan_per_t binding",
    "abatement_steps": "code step size_mt cost_yuan_per_t",
    "cap": "year cap_mt",
    "potential": "code name_en name_zh score rank tier",
}
# Which tables have the year as their first column where a study has several.
MANY_YEARS = ("china-15fyp", "china-2035")
BY_YEAR = ("provinces", "groups", "prices", "abatement_steps")
# A side of a constraint that no split satisfies has no price and no range: empty cells say so.
MAY_BE_EMPTY = ("price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt")
# What a data package does not say of a column is empty too, in the one table that repeats it.
MAY_BE_UNSAID = {"input_fields.csv": DESCRIPTION, "nowcast.csv": ("own_change_pct",)}

# The last has room around its entitlements, floors and limited trade.
STUDIES = [*shipped_studies(), "tian-lin-2021-t20"]
studies = pytest.mark.parametrize("name", STUDIES)
# The analyses of a path of ten years take as long as those of all others together.
analysed = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name == "china-2035" else name for name in STUDIES]
)
published = pytest.mark.parametrize("name", ["tian-lin-2021", "tian-lin-2021-given"])


def by_year(frame):
    """The frame of each year, without the year."""
    return {year: frame.xs(year, level="year") for year in frame.index.unique("year")}


@studies
def test_quotas_add_up_to_each_cap(split, name):
    result = split(name)
    groups = by_year(result.allocation.blocks)
    for (year, provinces), cap in zip(
        by_year(result.allocation.provinces).items(), result.cap.path["cap_mt"], strict=True
    ):
        caps = groups[year]
        assert provinces["quota_mt"].sum() == pytest.approx(cap, rel=1e-9)
        assert caps["cap_mt"].sum() == pytest.approx(cap, rel=1e-9)
        assert provinces["quota_share"].sum() == pytest.approx(1, rel=1e-9)
        if list(caps.index) != ["all"]:
            total = provinces["quota_mt"].groupby(provinces["group"]).sum()
            expected = caps["cap_mt"].reindex(total.index)
            assert total.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-9)
            assert provinces["group"].value_counts().to_dict() == caps["members"].to_dict()


@studies
def test_quotas_lie_inside_their_bounds(split, name):
    result = split(name)
    provinces, terms = result.allocation.provinces, result.study.settings["allocation"]
    quota, entitlement = provinces["quota_mt"], provinces["entitlement_mt"]
    assert (quota >= provinces["floor_mt"] * (1 - 1e-9)).all()
    assert (quota <= provinces["ceiling_mt"] * (1 + 1e-9)).all()
    allowed = terms["max_deviation"] * entitlement
    if result.targets is not None and result.targets.cuts is not None:
        # Points of the plan's last year, less in earlier years.
        part = result.cap.path["cut_pct"] / result.cap.path["cut_pct"].iloc[-1]
        points = result.study.settings["targets"]["distance_points"] * part.reindex(quota.index, level="year")
        constant = quota / (1 - result.targets.intensity["cut_vs_base_pct"] / 100)
        allowed = allowed + points / 100 * constant
    assert ((quota - entitlement).abs() <= allowed + 1e-6).all()
    assert (provinces["purchase_mt"] <= terms["trade_limit"] * provinces["emissions_mt"] + 1e-6).all()
    assert provinces["purchase_mt"].sum() == pytest.approx(provinces["sale_mt"].sum(), abs=1e-6)


@studies
def test_every_emission_is_covered_and_none_is_left_to_the_penalty(split, name):
    provinces = split(name).allocation.provinces
    covered = provinces["quota_mt"] + provinces["purchase_mt"] - provinces["sale_mt"]
    assert (covered + provinces["abatement_mt"] >= provinces["emissions_mt"] - 1e-6).all()
    assert split(name).allocation.total.penalty_1e8yuan == 0
    # A province that sells has more than it needs.
    assert not ((provinces["purchase_mt"] > 1e-6) & (provinces["sale_mt"] > 1e-6)).any()


@studies
def test_the_run_passes_its_own_checks(split, name):
    allocation = split(name).allocation
    assert allocation.checks["passed"].all(), allocation.checks[~allocation.checks["passed"]]
    assert allocation.total.status == "optimal"
    assert abs(allocation.total.duality_gap) <= 1e-9


@studies
def test_weights_are_shares(split, name):
    weight = split(name).weights.table["weight"]
    assert weight.sum() == pytest.approx(1, rel=1e-12)
    assert weight.between(0, 1).all()
    assert split(name).weights.table["entropy"].between(0, 1).all()


@published
def test_potential_is_ranked_for_deficit_provinces_only(finished, name):
    provinces, ranking = finished(name).in_year().provinces, finished(name).potential.ranking
    deficit = provinces.index[provinces["balance_class"].str.endswith("deficit")]
    assert set(ranking.index) == set(deficit)
    assert ranking["score"].between(0, 100).all()
    assert sorted(ranking["rank"]) == list(range(1, len(deficit) + 1))


@published
def test_distances_to_the_published_table_are_what_they_can_be(finished, name):
    value = finished(name).published.agreement["value"]
    for correlation in ("quota_rank_correlation", "potential_rank_correlation"):
        assert -1 <= value[correlation] <= 1
    assert -1 <= value["group_adjusted_rand"] <= 1
    assert 0 <= value["balance_classes_right"] <= value["balance_signs_right"] <= 30


def test_given_groups_are_the_published_ones(finished):
    result = finished("tian-lin-2021-given")
    assert result.published.agreement["value"]["group_adjusted_rand"] == 1
    # Table 1 of Tian & Lin 2021, doi 10.31497/zrzyxb.20210409: shares of the groups in per cent.
    printed = {"I": 8.92, "II": 15.00, "III": 20.63, "IV": 6.37, "V": 33.69, "VI": 15.39}
    assert (result.in_year().blocks["cap_share"] * 100).to_dict() == pytest.approx(printed, abs=0.01)
    assert len(result.published.within) > 1


def test_a_cap_of_all_emissions_with_free_trade_has_no_scarcity(finished):
    result = finished("tian-lin-2021-given")
    assert result.allocation.provinces["cost_1e8yuan"].sum() == pytest.approx(0, abs=1e-6)
    assert any(note.startswith("Market slack") for note in capshare.notes_in_words(result))


@analysed
def test_no_english_word_stands_in_a_chinese_note(finished, name):
    require_chinese(finished(name))


@analysed
def test_notes_are_read_back_from_the_folder_as_they_were(finished, tables_left, name):
    notes = read_notes(read_run_folder(tables_left(name)))
    assert notes == finished(name).notes
    assert list(notes) == sorted(notes, key=lambda note: SEVERITIES.index(note.severity))


def conventions(tables_left, name):
    return read_run_folder(tables_left(name)).conventions


@analysed
@pytest.mark.parametrize("table", CONTRACT)
def test_the_columns_others_rely_on_stand_in_their_order(tables_left, name, table):
    path = tables_left(name) / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    year = ["year"] if name in MANY_YEARS and table in BY_YEAR else []
    wanted = [*year, *conventions(tables_left, name).outward(CONTRACT[table]).split()]
    assert columns[: len(wanted)] == wanted


@analysed
def test_no_table_has_a_gap(tables_left, name):
    for path in tables_left(name).glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert "\r" not in text
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        empty = (*MAY_BE_EMPTY, *MAY_BE_UNSAID.get(path.name, ()))
        full = frame.drop(columns=[column for column in empty if column in frame])
        assert not full.isin(["", "nan", "NaN", "None", "-inf"]).any(axis=None), path.name


@analysed
def test_the_settings_left_behind_have_every_default(tables_left, name):
    study = tomllib.loads((tables_left(name) / "study.toml").read_text(encoding="utf-8"))
    assert study["solver"]["threads"] == 1
    outward = conventions(tables_left, name).outward
    assert study["allocation"][outward("trade_cost_yuan_per_t")] == (
        0.0 if name in ("china-2035", "china-15fyp") else 0.0001
    )
    assert study["allocation"][outward("penalty_yuan_per_t")] > 0


def shuffle_rows(folder: Path):
    for number, path in enumerate(sorted(folder.glob("*.csv"))):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        mixed = random.Random(number).sample(rows, len(rows))
        assert mixed != rows
        path.write_text("\n".join([header, *mixed]) + "\n", encoding="utf-8")


@pytest.mark.slow
def test_the_order_of_rows_does_not_matter(own_study):
    text = own_study.read_text(encoding="utf-8")
    own_study.write_text(text.replace("[prices]", "[prices]\nbootstrap_draws = 10"), encoding="utf-8")
    before = {table.file: csv_bytes(frame) for table, frame in tables(capshare.run(own_study)).items()}
    shuffle_rows(own_study.parent / "data")
    after = {table.file: csv_bytes(frame) for table, frame in tables(capshare.run(own_study)).items()}
    assert after == before


@pytest.mark.slow
def test_a_loaded_study_runs_like_its_name(finished):
    quota = finished("tian-lin-2021-given").allocation.provinces["quota_mt"]
    loaded = capshare.load_study("tian-lin-2021-given")
    np.testing.assert_array_equal(capshare.run(loaded, analyses=()).allocation.provinces["quota_mt"], quota)
