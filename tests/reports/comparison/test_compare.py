"""Runs side by side: every difference against what was worked out by hand."""

import math
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from capshare.analyses.compare_runs import read_compared
from capshare.base.errors import CapshareError
from capshare.base.notes import caution, stop
from capshare.reports.comparison.compare import compare_runs, of_quantity
from capshare.reports.comparison.compared_run import reading_notes
from capshare.reports.comparison.page import comparison_html
from capshare.reports.comparison.words import notes
from capshare.reports.comparison.workbook import comparison_workbook
from capshare.reports.words.notes import note_texts

# The notes of the runs, as their folders were written with.
SLACK, STRICT = caution("slack", cap=270.0, emissions=300.0), caution("single", groups=["I"])


def test_quotas_are_set_against_the_first_run(pair):
    assert of_quantity(pair.quotas, "quota_mt").to_dict("list") == {
        "loose": [120.0, 90.0, 60.0],
        "strict": [100.0, 100.0, 70.0],
    }
    assert of_quantity(pair.quotas, "difference_mt")["strict"].to_dict() == {"a": -20.0, "b": 10.0, "c": 10.0}
    relative = of_quantity(pair.quotas, "difference_pct")["strict"]
    assert relative.tolist() == pytest.approx([-16.6666666667, 11.1111111111, 16.6666666667])


def test_headline_figures(pair):
    loose, strict = pair.figures["loose"], pair.figures["strict"]
    assert (loose["cap"], loose["emissions"], loose["deficits"], loose["cost"]) == (270.0, 300.0, 50.0, 50.0)
    assert (strict["surplus"], strict["deficit"], loose["surplus"], loose["deficit"]) == (0, 1, 1, 2)
    # (120 x 10 + 150 x 40) / 270 and (100 x 10 + 170 x 40) / 270
    assert loose["cap_price"] == pytest.approx(26.6666666667)
    assert strict["cap_price"] == pytest.approx(28.8888888889)
    assert (loose["market_price"], loose["files"]) == (7.5, "unchanged")


def test_only_what_differs_in_the_settings_is_told(pair):
    assert pair.settings.to_dict("index") == {
        ("setting", "study.name"): {"loose": "loose", "strict": "strict"},
        ("setting", "allocation.max_deviation"): {"loose": "0.2", "strict": "0.1"},
    }


def test_provinces_whose_class_changed(pair):
    assert of_quantity(pair.classes, "balance_class").to_dict("index") == {
        "a": {"loose": "slight surplus", "strict": "balanced"},
        "b": {"loose": "light deficit", "strict": "balanced"},
    }


def test_groups_of_the_runs_stand_together(pair):
    assert pair.groups.index.tolist() == [("I", "loose"), ("I", "strict"), ("II", "loose"), ("II", "strict")]
    assert pair.groups.loc[("II", "strict"), "members"] == ("b", "c")
    assert math.isnan(pair.groups.loc[("I", "loose"), "price_low_yuan_per_t"])


@pytest.fixture
def one_price(make):
    """A run that looked for one price of each cap alone, beside one that looked for both sides."""
    folders = [make(name, {2030: (120.0, 90.0, 60.0)}) for name in ("whole", "split")]
    path = folders[1] / "groups.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(line.rsplit(",", 2)[0] + "\n" for line in lines), encoding="utf-8")
    return folders


def test_sides_of_prices_are_compared_where_every_run_has_them(one_price):
    runs = read_compared(one_price)
    found = compare_runs(runs)
    assert list(found.groups) == ["cap_mt", "cap_share", "price_yuan_per_t", "members"]
    assert found.groups.loc[("II", "split"), "price_yuan_per_t"] == 40.0
    said = note_texts(reading_notes(runs), {})
    assert any("is left out, as not every run looked for it: split did not" in line for line in said)
    columns = [cell.value for cell in load_workbook(BytesIO(comparison_workbook(found)))["Groups"][5]]
    assert len([name for name in columns if name]) == 6
    assert "infeasible" not in comparison_html(found)


def test_one_side_of_prices_alone_is_no_run_s_table(one_price):
    path = one_price[0] / "groups.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("price_high_yuan_per_t", "high"), encoding="utf-8"
    )
    with pytest.raises(CapshareError, match="none called price_high_yuan_per_t"):
        read_compared(one_price)


def test_notes_of_all_runs_come_first(pair):
    assert pair.notes.to_dict("index") == {
        SLACK: {"loose": True, "strict": True},
        STRICT: {"loose": False, "strict": True},
    }
    assert list(pair.notes.index) == [SLACK, STRICT]


def test_what_must_be_read_comes_before_what_all_runs_say(make):
    uncovered = stop("uncovered", provinces=[("a", 3.0, "")])
    first = make("one", {2030: (90.0,) * 3})
    other = make("two", {2030: (90.0,) * 3}, notes=(SLACK, uncovered))
    assert list(compare_runs(read_compared([first, other])).notes.index) == [uncovered, SLACK]


def test_a_sentence_of_two_runs_stands_once(make):
    first, other = (
        make(name, {2030: (90.0,) * 3}, notes=(stop("uncovered", provinces=[("a", amount, "")]),))
        for name, amount in (("one", 2.0), ("two", 2.0000001))
    )
    [(sentence, runs)] = notes(compare_runs(read_compared([first, other])))
    assert sentence.startswith("Emissions stay uncovered")
    assert runs == "all"


def test_a_run_of_a_version_without_notes_is_compared_and_said_to_have_none(make):
    first, other = make("one", {2030: (90.0,) * 3}), make("two", {2030: (90.0,) * 3})
    (other / "notes.json").unlink()
    runs = read_compared([first, other])
    assert "two was written by a version that kept no notes.json" in note_texts(reading_notes(runs), {})[1]
    assert compare_runs(runs).notes["two"].tolist() == [False]


@pytest.mark.slow
def test_several_years_show_the_last_in_common_and_all_in_common(make):
    path = make("path", {2025: (110.0, 100.0, 90.0), 2030: (120.0, 90.0, 60.0), 2035: (90.0, 60.0, 50.0)})
    short = make("short", {2025: (100.0, 100.0, 100.0), 2030: (100.0, 90.0, 80.0)})
    single = make("single", {2030: (90.0, 90.0, 90.0)})
    found = compare_runs(read_compared([path, short]))
    assert (found.year, found.years) == (2030, (2025, 2030))
    assert found.by_year["cap_mt"].to_dict() == {
        (2025, "path"): 300.0,
        (2025, "short"): 300.0,
        (2030, "path"): 270.0,
        (2030, "short"): 270.0,
    }
    page = comparison_html(found)
    assert 'id="years"' in page
    # What the script of a run's page looks for is no section of this one.
    script = page.rpartition("<script>")[2]
    asked = set(re.findall(r'getElementById\("([^"]+)"\)', script))
    assert {"specifications", "packed-years"} <= asked
    assert {part for part in asked if f'id="{part}"' in page.replace(script, "")} == {"specifications"}
    one = compare_runs(read_compared([short, single]))
    assert of_quantity(one.quotas, "difference_mt")["single"].tolist() == [-10.0, 0.0, 10.0]
    assert one.settings["single"].to_dict()["setting", "study.years"] == "[]"


def test_entries_of_a_list_are_paired_by_their_names(make):
    first, other = make("one", {2030: (90.0,) * 3}), make("two", {2030: (90.0,) * 3})
    study = (other / "study.toml").read_text(encoding="utf-8")
    inserted = study.replace(
        "[[indicators]]", '[[indicators]]\nid = "forest"\ndirection = "less"\n[[indicators]]', 1
    )
    (other / "study.toml").write_text(inserted, encoding="utf-8")
    runs = read_compared([first, other])
    [note] = note_texts(reading_notes(runs), {})
    assert "two was changed after its run (study.toml edited)" in note
    found = compare_runs(runs)
    assert found.settings.to_dict("index") == {
        ("setting", "study.name"): {"one": "one", "two": "two"},
        ("setting", "indicators.forest.direction"): {"one": None, "two": "less"},
    }


def test_a_province_without_quota_has_no_percentage(make):
    first, other = make("one", {2030: (0.0, 90.0, 90.0)}), make("two", {2030: (90.0,) * 3})
    found = compare_runs(read_compared([first, other]))
    assert math.isnan(found.quotas["difference_pct", "two"]["a"])
    assert "–" in comparison_html(found)
    sheet = load_workbook(BytesIO(comparison_workbook(found)))["Quotas"]
    assert [cell.value for cell in sheet[6]][-1] is None


def test_runs_of_one_name_are_told_apart_by_their_folders(make, tmp_path):
    first = make("one/run", {2030: (90.0,) * 3})
    other = make("two/run", {2030: (91.0,) * 3})
    assert compare_runs(read_compared([first, other])).labels == ("one/run", "two/run")


def test_a_failed_check_and_another_version_are_told(make):
    runs = make("old", {2030: (90.0,) * 3}), make("new", {2030: (90.0,) * 3}, failed=True, version="2")
    found = compare_runs(read_compared(runs))
    assert found.settings.loc[("version", "capshare")].to_dict() == {"old": "1", "new": "2"}
    assert "0 of 1; FAILED: Primal and dual objective agree" in comparison_html(found)
