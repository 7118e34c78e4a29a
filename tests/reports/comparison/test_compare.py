"""Runs side by side: folders written by hand, every difference worked out beside them."""

import json
import math
import re
import subprocess
from io import BytesIO

import pytest
from openpyxl import load_workbook

from capshare.base.errors import CapshareError
from capshare.base.notes import caution, detail, stop
from capshare.reports.comparison.compare import compare_runs, of_quantity
from capshare.reports.comparison.files import comparison_files
from capshare.reports.comparison.page import comparison_html
from capshare.reports.comparison.reader import read_compared, reading_notes
from capshare.reports.comparison.words import notes
from capshare.reports.comparison.workbook import comparison_books, comparison_workbook
from capshare.reports.folder.notes import notes_json
from capshare.reports.folder.write import sha256, write_files
from capshare.reports.words.notes import note_texts

NAMES = {"a": ("Aster", "甲岛"), "b": ("Birch", "乙岛"), "c": ("Cedar", "丙岛")}
PROVINCES = (
    "{year}code,name_en,name_zh,group,balance_class,emissions_mt,quota_mt,balance_mt,abatement_mt,"
    "purchase_mt,uncovered_mt,cost_1e8yuan,penalty_1e8yuan"
)
GROUPS = "{year}group,members,cap_mt,cap_share,price_yuan_per_t,price_low_yuan_per_t,price_high_yuan_per_t"
STUDY = """\
[study]
name = "{name}"
years = {years}
[allocation]
max_deviation = {deviation}
[[indicators]]
id = "gdp"
direction = "more"
"""


def provinces(quotas, prefix=""):
    """Rows in which everyone emits 100 Mt and who lacks quota abates it."""
    rows = []
    for (code, (en, zh)), quota in zip(NAMES.items(), quotas, strict=True):
        balance = quota - 100.0
        size = "balanced" if balance == 0 else "slight surplus" if balance > 0 else "light deficit"
        cut = max(-balance, 0.0)
        group = "I" if code == "a" else "II"
        rows.append(
            f"{prefix}{code},{en},{zh},{group},{size},100.0,{quota},{balance},{cut},0.0,0.0,{cut},0.0"
        )
    return rows


def groups(quotas, prefix=""):
    low = "" if quotas[0] > 100.0 else "5.0"
    first, second = quotas[0], quotas[1] + quotas[2]
    share = first / (first + second)
    return [
        f"{prefix}I,1,{first},{share},10.0,{low},11.0",
        f"{prefix}II,2,{second},{1 - share},40.0,40.0,40.0",
    ]


SLACK, STRICT = caution("slack", cap=270.0, emissions=300.0), caution("single", groups=["I"])


@pytest.fixture
def make(tmp_path):
    """Write the folder of a run: quotas by year, 30 Mt of which is cut most at T = 0.2."""

    def run(name, quotas_of, deviation=0.2, notes=(SLACK,), failed=False, version="1"):
        several = len(quotas_of) > 1
        head = "year," if several else ""
        text = {
            "cap": ["year,cap_mt"],
            "provinces": [PROVINCES.format(year=head)],
            "groups": [GROUPS.format(year=head)],
            "prices": [f"{head}constraint,name,price_yuan_per_t"],
        }
        for year, quotas in quotas_of.items():
            own = f"{year}," if several else ""
            text["cap"].append(f"{year},{sum(quotas)}")
            text["provinces"] += provinces(quotas, own)
            text["groups"] += groups(quotas, own)
            text["prices"].append(f"{own}market,national,7.5")
        files = {f"{table}.csv": ("\n".join(rows) + "\n").encode() for table, rows in text.items()}
        years = sorted(quotas_of) if several else []
        files["study.toml"] = STUDY.format(name=name, years=years, deviation=deviation).encode()
        files["notes.json"] = notes_json(notes).encode()
        inputs = {"data.csv": "0" * 64}
        checks = [{"name": "duality_gap", "figure": 0.0, "passed": not failed}]
        manifest = {"study": name, "inputs": inputs, "versions": {"capshare": version}, "allocation": {},
                    "checks": checks, "files": sha256(files)}  # fmt: skip
        files["inputs/data.csv"] = b""
        manifest["inputs"] = sha256({"data.csv": b""})
        files["manifest.json"] = json.dumps(manifest).encode()
        return write_files(files, tmp_path / name)

    return run


@pytest.fixture
def pair(make):
    first = make("loose", {2030: (120.0, 90.0, 60.0)})
    other = make("strict", {2030: (100.0, 100.0, 70.0)}, deviation=0.1, notes=(SLACK, STRICT))
    return compare_runs(read_compared([first, other]))


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


def test_notes_of_all_runs_come_first(pair):
    assert pair.notes.to_dict("index") == {
        SLACK: {"loose": True, "strict": True},
        STRICT: {"loose": False, "strict": True},
    }
    assert list(pair.notes.index) == [SLACK, STRICT]


def test_what_must_be_read_comes_before_what_all_runs_say(make):
    uncovered = stop("uncovered", amount=3.0)
    first = make("one", {2030: (90.0,) * 3})
    other = make("two", {2030: (90.0,) * 3}, notes=(SLACK, uncovered))
    assert list(compare_runs(read_compared([first, other])).notes.index) == [uncovered, SLACK]


def test_a_sentence_of_two_runs_stands_once(make):
    first, other = (
        make(name, {2030: (90.0,) * 3}, notes=(stop("uncovered", amount=amount),))
        for name, amount in (("one", 2.0), ("two", 2.0000001))
    )
    [(sentence, runs)] = notes(compare_runs(read_compared([first, other])))
    assert sentence.startswith("Emissions of 2.0 Mt")
    assert runs == "all"


def test_a_run_of_a_version_without_notes_is_compared_and_said_to_have_none(make):
    first, other = make("one", {2030: (90.0,) * 3}), make("two", {2030: (90.0,) * 3})
    (other / "notes.json").unlink()
    runs = read_compared([first, other])
    assert "two was written by a version that kept no notes.json" in note_texts(reading_notes(runs), {})[1]
    assert compare_runs(runs).notes["two"].tolist() == [False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "expected the notes of a run"),
        ('[{"key": 3}]', "expected the notes of a run"),
        ('[{"key": "of_tomorrow", "severity": "stop", "values": {}}]', "sentences for; found of_tomorrow"),
        ('[{"key": "slack", "severity": "caution", "values": {"cap": "x"}}]', "sentences for; found slack"),
    ],
)
def test_notes_that_cannot_be_read_are_a_problem(make, text, message):
    first, other = make("one", {2030: (90.0,) * 3}), make("two", {2030: (90.0,) * 3})
    (other / "notes.json").write_text(text, encoding="utf-8")
    with pytest.raises(CapshareError, match=rf"notes\.json: .*{message}"):
        read_compared([first, other])


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
    assert 'id="years"' in comparison_html(found)
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


def test_one_run_is_not_enough_and_none_counts_twice(make):
    run = make("one", {2030: (90.0,) * 3})
    with pytest.raises(CapshareError, match="expected 2 to 8 folders of runs; found 1"):
        read_compared([run])
    with pytest.raises(CapshareError, match=r"expected different folders; found .*one twice"):
        read_compared([run, run])


def test_every_wrong_folder_is_named_at_once(make, tmp_path):
    spoilt = make("spoilt", {2030: (90.0,) * 3})
    table = spoilt / "provinces.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("100.0,90.0", "100.0,ninety", 1), encoding="utf-8"
    )
    with pytest.raises(CapshareError, match="nowhere") as caught:
        read_compared([tmp_path / "nowhere", spoilt])
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 2
    assert "nowhere: expected a folder with the manifest.json of a run; found no such folder" in said[0]
    assert "row 2, column quota_mt: expected a number; found 'ninety'" in said[1]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("provinces.csv", "balance_mt,", "balance,", "none called balance_mt"),
        ("provinces.csv", "\nb,", "\na,", "a twice"),
        ("prices.csv", "market", "cap", "expected a row market; found none"),
        ("study.toml", "[study]", "[study", "expected the settings of the run"),
        ("cap.csv", "2030", "soon", "expected a number; found 'soon'"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(make, name, old, new, message):
    first, other = make("one", {2030: (90.0,) * 3}), make("two", {2030: (90.0,) * 3})
    path = other / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CapshareError, match=re.escape(message)):
        read_compared([first, other])


def test_runs_of_other_regions_or_other_years_are_refused(make):
    first, later = make("one", {2030: (90.0,) * 3}), make("later", {2035: (90.0,) * 3})
    with pytest.raises(
        CapshareError, match="expected a year that every run allocates; found one: 2030; later: 2035"
    ):
        read_compared([first, later])
    elsewhere, fewer = make("elsewhere", {2030: (90.0,) * 3}), make("fewer", {2030: (90.0,) * 3})
    for folder, old, new in ((elsewhere, "Aster,甲岛", "Atoll,环礁"), (fewer, "\nc,", "\nd,")):
        path = folder / "provinces.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CapshareError, match="the regions of one") as caught:
        read_compared([first, elsewhere, fewer])
    assert [problem.found for problem in caught.value.problems] == [
        "with other names for a",
        "without c; besides d",
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_and_the_workbook_hold_every_part_in_both_languages(pair, lang):
    page = comparison_html(pair, lang)
    sections = re.findall(r'<section id="(\w+)"', page)
    assert sections == ["figures", "settings", "quotas", "groups", "classes", "notes"]
    assert 'src="http' not in page
    assert ("乙岛" in page, "Birch" in page) == ((True, False) if lang == "zh" else (False, True))
    book = load_workbook(BytesIO(comparison_workbook(pair, lang)))
    assert len(book.sheetnames) == 8
    assert book.worksheets[3]["A6"].value == {"en": "Aster", "zh": "甲岛"}[lang]


def test_differences_in_the_workbook_are_formulas_with_their_values(pair):
    data = comparison_workbook(pair)
    live, shown = (
        load_workbook(BytesIO(data))["Quotas"],
        load_workbook(BytesIO(data), data_only=True)["Quotas"],
    )
    assert (live["F6"].value, shown["F6"].value) == ("=E6-D6", -20.0)
    assert (live["D9"].value, shown["D9"].value) == ("=SUM(D$6:D$8)", 270.0)


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
    books = comparison_books(pair)
    books.book.save(tmp_path / "comparison.xlsx")
    command = [
        executable("soffice"),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
    ]
    out = ["--convert-to", "xlsx", "--outdir", tmp_path / "computed", tmp_path / "comparison.xlsx"]
    subprocess.run([*command, *out], check=True, capture_output=True, timeout=300)
    computed = load_workbook(tmp_path / "computed" / "comparison.xlsx", data_only=True)
    found = {place: computed[place[0]][place[1]].value for place in books.expected}
    assert found == pytest.approx(books.expected, rel=1e-9, abs=1e-9)
    assert len(found) > 20
