"""Charts of a sheet: held against the schema, and true to what they draw."""

import shutil
from pathlib import Path

import pytest

from capshare.analyses.province_sheets import province_sheets
from capshare.reports.charts.inline import inline_chart
from capshare.reports.charts.province import own_tornado_chart, peers_chart

TARGETS = Path(__file__).parents[1] / "targets"


@pytest.fixture(scope="module")
def with_targets(tmp_path_factory):
    folder = shutil.copytree(TARGETS, tmp_path_factory.mktemp("charts") / "isles")
    [sheet] = province_sheets(["Dahlia"], folder / "isles-cut.toml").sheets
    return sheet


def drawn_values(chart):
    """Values of every bar that a chart draws."""
    data = chart.to_dict()["datasets"]
    return [row["value"] for rows in data.values() for row in rows if "value" in row]


def test_bars_are_the_cuts_of_the_province_and_its_peers(with_targets):
    chart = peers_chart(with_targets, "zh")
    expected = with_targets.peers["rounded_cut_pct"].tolist()
    assert drawn_values(chart)[: len(expected)] == expected
    assert "丁" in inline_chart("peers", chart).alt


def test_without_choices_there_is_no_tornado(with_targets):
    assert own_tornado_chart(with_targets) is None


def test_a_drawing_has_no_paper_of_its_own_and_no_title(with_targets):
    found = inline_chart("peers", peers_chart(with_targets))
    assert found.title == "Cut beside peers and earlier plans"
    assert found.title not in found.svg
    assert 'fill="white"' not in found.svg
