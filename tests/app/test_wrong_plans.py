"""What can be wrong with a plan's targets, through the command line: one message each, with the remedy."""

import json
import re
import shutil
from pathlib import Path

import pytest

ISLES = Path(__file__).parents[1] / "reports" / "targets"


@pytest.fixture
def plan(tmp_path):
    """Six islands that are given one cut per tier, to spoil: the study's path after texts are replaced."""
    folder = shutil.copytree(ISLES, tmp_path / "given")

    def changed(*changes):
        path = folder / "isles-cut.toml"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        return path

    return changed


@pytest.fixture
def refused(call, tmp_path):
    """The only problem that a command over a study ends with, and nothing on disk."""

    def run(study, code=2):
        ended, printed, message = call("run", study, "-o", "out")
        assert (ended, printed) == (code, "")
        assert not (tmp_path / "out").exists()
        first, problem, *more = message.splitlines()
        assert first == "capshare: 1 problem"
        return "\n".join([problem.removeprefix("  - "), *more])

    return run


BAND = "band_pct = [12.0, 20.0]"
SPREAD = ("spread_points = 8.0", "spread_points = 95.0")
FREE = ('tiers = "bind"', 'tiers = "guide"')
WRONG = {
    "band-above": (
        [(BAND, "band_pct = [17.5, 20.0]")],
        "targets.band_pct: expected a band that holds the national cut of 17 %; found 17.5 to 20 %. Widen "
        "the band or change cap.cut_pct.",
    ),
    "band-below": (
        [(BAND, "band_pct = [12.0, 16.0]"), ("years = [2022]", "years = [2018, 2020, 2022]")],
        "targets.band_pct: expected a band that holds the national cut of 17 %; found 12 to 16 %. Widen the "
        "band or change cap.cut_pct.",
    ),
    "band-turned": (
        [(BAND, "band_pct = [20.0, 12.0]")],
        "targets: expected a band from the least to the most, `band_pct` = [least, most]; found "
        "{ band_pct = [20.0, 12.0], distance_points = 3.0, tiers = 'bind', tiers_k = 2 }. Correct it.",
    ),
    "reserve": (
        [("[prices]", "[market]\nreserve_share = 0.05\n[prices]")],
        "targets.band_pct: expected a band that holds the national cut of 21.15 %; found 12 to 20 %. Widen "
        "the band or change cap.cut_pct, or keep a smaller market.reserve_share.",
    ),
    "reserve-early": (
        [
            ("[prices]", "[market]\nreserve_share = 0.02\n[prices]"),
            ("years = [2022]", "years = [2018, 2022]"),
            ("cut_pct = 17.0", "cut_pct = 17.0\nfirst_year_cut_pct = 3.4"),
        ],
        "targets.band_pct: expected a band that, and its part in 2018, holds the national cut of 5.332 %; "
        "found 2.4 to 4 %. Widen the band or change cap.cut_pct, or keep a smaller market.reserve_share.",
    ),
    "spread": (
        [(BAND, "band_pct = [16.8, 17.2]"), SPREAD, FREE],
        "burden.spread_points: expected points that leave cuts inside the band of 16.8 to 17.2 %; found 95, "
        "with which the index puts every cut at or beyond an end of it. Lower it or widen the band: up to "
        "0.295 points the index alone decides.",
    ),
    "spread-at-the-end": (
        [(BAND, "band_pct = [16.8, 17.0]"), SPREAD, FREE],
        "burden.spread_points: expected points that leave cuts inside the band of 16.8 to 17 %; found 95, "
        "with which the index puts every cut at or beyond an end of it. Widen the band: the national cut of "
        "17 % lies at an end of it.",
    ),
    "tiers": (
        [("tiers_k = 2", "tiers_k = 6")],
        "targets.tiers_k: expected 2 to 5 tiers of 6 provinces; found 6. Choose fewer, or, for none, tiers = "
        '"none".',
    ),
    "column": (
        [('column = "inventory_mt"', 'column = "inventry_mt"')],
        "emissions.column: expected a column of the table; found 'inventry_mt'. Did you mean inventory_mt?",
    ),
    "table": (
        [("[potential]", '[published]\ntable = "tabel1"\n[potential]')],
        "published.table: expected a published table of dataset isles; found 'tabel1'. There is none to "
        "choose from.",
    ),
    "groups": (
        [("[prices]", '[groups]\nmethod = "given"\ntable = "table1"\n[prices]')],
        "expected no groups.method beside [burden] and [targets], which decide it; found ['study', "
        "'emissions', 'baseline', 'cap', …]. Correct it.",
    ),
}


@pytest.mark.parametrize(("changes", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_plan_is_told_in_one_message_with_its_remedy(plan, refused, changes, told):
    said = refused(plan(*changes))
    assert re.sub(r"^isles-cut\.toml(, |: )", "", said) == told


@pytest.mark.slow
def test_a_spread_that_leaves_somebody_inside_the_band_is_no_error_but_noted(plan, call, made_before):
    study = plan((BAND, "band_pct = [16.0, 18.0]"), FREE, ("max_share = 0.3525", "max_share = 0.4"))
    code, printed, _ = call("run", study, "-o", "out")
    assert code == 0
    assert "The spread is wide for the band" in " ".join(printed.split())


def test_one_member_s_constraint_that_its_tier_cannot_follow_names_both_and_what_would_do(plan, refused):
    study = plan(
        ('name = "north"', 'name = "Elder alone"'),
        ('provinces = ["Aster", "Birch"]', 'provinces = ["Elder"]'),
        ("max_share = 0.3525", "max_mt = 10.0"),
        ("distance_points = 3.0", "distance_points = inf"),
    )
    said = refused(study, code=3)
    assert '- allocation.constraint "Elder alone": max_mt 10' in said
    assert re.search(r'allocation\.constraint "Elder alone": max_mt 10 → \d', said)


def with_vintages(study, **columns):
    """State vintages of the islands' columns, of two censuses."""
    path = study.parent / "isles" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["vintages"] = [
        {"name": name, "title": name, "title_zh": name, "description": name} for name in ("older", "newer")
    ]
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] in columns:
                field["vintage"] = columns[field["name"]]
    path.write_text(json.dumps(package), encoding="utf-8")
    return study


def test_an_index_of_two_vintages_is_told_with_both(plan, refused):
    said = refused(with_vintages(plan(), forest_1e4m3="older", population_1e4="newer", gdp_1e8yuan="newer"))
    assert said == (
        "isles-cut.toml, burden.indicators, forest, expression: expected columns of one vintage; found "
        "forest_1e4m3: older; population_1e4: newer. Take all of one vintage."
    )


@pytest.mark.parametrize("window", ["[2023, 2024]", "[2017, 2024]"])
def test_gdp_of_2024_is_not_chained_to_that_of_2023(call, tmp_path, window):
    shipped = Path(__file__).parents[2] / "app" / "studies" / "china-15fyp.toml"
    path = tmp_path / "plan.toml"
    text = shipped.read_text(encoding="utf-8")
    path.write_text(text.replace("growth_window = []", f"growth_window = {window}"), encoding="utf-8")
    code, _, message = call("run", path, "-o", "out")
    assert code == 2
    assert message.splitlines()[1:] == [
        "  - plan.toml, baseline.growth_window: expected a dataset whose panel has gdp_index, growth at "
        "constant prices; found china-2022 without it. Leave the window empty, []: every province then "
        "grows as the nation does."
    ]
