"""The command backtest: tables on a console in both languages, a folder, one message for what is wrong."""

import csv
import json
import re
import time

import pytest

COLUMNS = [
    "table", "rule", "fitted_on", "mean_error_points", "largest_error_points", "misplaced_share",
    "rank_correlation", "tiers_adjusted_rand",
]  # fmt: skip


@pytest.fixture
def rows(tmp_path):
    def read():
        with (tmp_path / "out" / "backtest.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    return read


@pytest.mark.slow
def test_one_table(call, tmp_path, rows):
    code, output, message = call("backtest", "13fyp", "-o", "out")
    assert (code, message) == (0, "")
    assert "13fyp: cuts assigned to 30 regions for 2015 to 2020; national cut 18 %" in output
    assert max(len(line) for line in output.splitlines()) <= 100
    lines = [line.split() for line in output.splitlines()]
    order = [
        line[0]
        for line in lines
        if line and line[0] in ("previous-table", "uniform", "historical-responsibility")
    ]
    assert order == ["previous-table", "uniform", "historical-responsibility"]
    assert "13fyp: rules left out: score (no score)" in output
    assert f"Files: {tmp_path / 'out'}\n" in output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("backtest.csv", "backtest.html", "backtest_13fyp.svg", "notes.json", "manifest.json"),
    }
    found = rows()
    assert list(found[0]) == COLUMNS
    assert {row["table"] for row in found} == {"13fyp"}
    uniform = next(row for row in found if row["rule"] == "uniform")
    assert (uniform["fitted_on"], uniform["rank_correlation"]) == ("", "")
    assert float(uniform["mean_error_points"]) == pytest.approx(1.7333, abs=1e-4)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tables"] == ["13fyp"]
    assert "china-2022/official_targets.csv" in manifest["inputs"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "heading"),
    [("en", "Published splits"), pytest.param("zh", "已发表的分配", marks=pytest.mark.slow)],
)
def test_the_page_has_a_section_with_chart_and_table_for_each_split(call, tmp_path, lang, heading):
    assert call("backtest", "13fyp", "yang-lee-2017", "-o", "out", "--lang", lang)[0] == 0
    page = (tmp_path / "out" / "backtest.html").read_text(encoding="utf-8")
    assert heading in page
    assert [page.count(f'<section id="{name}"') for name in ("13fyp", "yang-lee-2017")] == [1, 1]
    # Balances are compared by order alone, and have no chart.
    assert [page.count(f'data-chart="{name}"') for name in ("13fyp", "yang-lee-2017")] == [1, 0]
    assert "1.73" in page
    assert not re.search(r"(src|href)=[\"']?https?:", page)


@pytest.mark.slow
def test_all_tables_in_ten_seconds(call, rows):
    before = time.process_time()
    assert call("backtest", "-o", "out")[0] == 0
    assert time.process_time() - before < 10
    found = rows()
    tables = {"12fyp", "13fyp", "tian-lin-2021", "yang-lee-2017", "eu-2030"}
    assert {row["table"] for row in found} == tables
    of_quotas = [row for row in found if row["table"] == "tian-lin-2021"]
    assert all(row["mean_error_points"] == "" and 0 < float(row["misplaced_share"]) < 1 for row in of_quotas)


@pytest.mark.slow
def test_in_chinese(call, tmp_path):
    code, output, message = call("backtest", "12fyp", "--lang", "zh", "-o", "out")
    assert (code, message) == (0, "")
    assert "12fyp：2010至2015年分解给30个地区的降幅；全国降幅17%" in output
    assert "负担指数" in output
    assert "burden" not in output
    assert "平均误差" in (tmp_path / "out" / "backtest_12fyp.svg").read_text(encoding="utf-8")


def test_unknown_tables_end_in_one_message_with_the_nearest_names(call, tmp_path):
    code, output, message = call("backtest", "13fpy", "tian-lin", "-o", "out")
    assert (code, output) == (2, "")
    assert message.startswith("capshare: 2 problems\n")
    assert "found '13fpy'. Did you mean 13fyp?" in message
    assert "found 'tian-lin'" in message
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_folder_is_replaced_by_force_alone(call):
    assert call("backtest", "12fyp", "-o", "out")[0] == 0
    assert call("backtest", "12fyp", "-o", "out")[0] == 2
    assert call("backtest", "12fyp", "-o", "out", "--force")[0] == 0
