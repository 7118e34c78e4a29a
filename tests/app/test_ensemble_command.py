"""``capshare ensemble``: what it prints, in both languages, and how it ends."""

import pandas as pd
import pytest
from click.testing import CliRunner

from capshare.analyses.ensemble import ensemble as making
from capshare.analyses.ensemble.setting_keys import known_keys
from capshare.base.errors import CapshareError
from capshare.commands.group import cli
from capshare.reports.charts.ensemble import quantiles_chart
from capshare.reports.words.uncertain_inputs import input_name

STUDY = "china-15fyp"


@pytest.fixture(autouse=True)
def quick(monkeypatch, prepared):
    monkeypatch.setattr(making, "image", lambda chart, kind: kind.encode())
    monkeypatch.setattr(making, "prepare", lambda loaded, bootstrap: prepared(STUDY))


def call(tmp_path, *options):
    arguments = ["ensemble", STUDY, "-o", str(tmp_path / "out"), "--workers", "1", *options]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, env={"COLUMNS": "100"})


@pytest.mark.slow
def test_a_row_per_province_and_what_no_table_says(tmp_path):
    told = call(tmp_path, "-n", "30").output
    assert "china-15fyp, 2030: 30 draws" in told
    assert "Shanxi" in told
    assert "Inner Mongolia" in told
    assert "what drives the spread most" in told
    assert "All 30 draws have a solution." in told
    assert "2 pairs of draws" in told
    assert "First in potential: " in told
    chinese = call(tmp_path, "-n", "1", "--lang", "zh", "--force").output
    assert "山西" in chinese
    assert "1次抽样全部有解" in chinese
    assert "抽样太少" in chinese


@pytest.mark.parametrize("option", [("-n", "0"), ("--workers", "0")])
def test_a_wrong_option_is_one_message(option, tmp_path):
    with pytest.raises(CapshareError, match=r"^ensemble, "):
        call(tmp_path, *option)
    assert not any(tmp_path.iterdir())


def test_inputs_in_words():
    assert input_name("columns.gdp_1e8yuan") == "error of gdp_1e8yuan"
    assert input_name("inventory", "zh") == "采用哪一份清单"
    assert input_name("targets.distance_points", "zh") == "与应承担降幅的允许距离"
    assert input_name("cap.mt.2030") == "cap of 2030"
    assert input_name("rules.ability-to-pay.power", "zh") == "规则“支付能力原则”的幂次"
    assert input_name("columns.gdp_1e8yuan", "zh", {"gdp_1e8yuan": "地区生产总值"}) == "地区生产总值的误差"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_setting_that_can_be_drawn_has_a_name(lang):
    nameless = [key for key in known_keys() if input_name(key.replace("YEAR", "2030"), lang) == key]
    assert nameless == []


def test_the_chart_has_a_row_per_province_and_names_the_widest(prepared):
    names = prepared(STUDY).inputs.dataset.regions.names["name_en"]
    codes = list(names.index[:2])
    spread = [[1.0, 2.0, 3.0, 4.0, 5.0], [10.0, 12.0, 14.0, 16.0, 30.0]]
    columns = ["p05", "p25", "p50", "p75", "p95"]
    table = pd.DataFrame(spread, columns=columns).assign(code=codes, figure="cut_pct")
    chart = quantiles_chart(table, "cut_pct", names).to_dict()
    assert f"widest for {names[codes[1]]}" in chart["description"]
    assert len(chart["layer"]) == 3
