"""Provincial sheets gathered: what they say is what the run and a changed study give."""

import pandas as pd
import pytest

from capshare.analyses.deciding_rule import DecidingRules
from capshare.analyses.province_sheets import PEERS, province_sheets
from capshare.analyses.run import run
from capshare.analyses.told_run import ToldRun
from capshare.base.errors import CapshareError


@pytest.fixture(scope="module")
def gathered(whole_isles):
    return province_sheets(None, whole_isles / "run")


def test_there_is_a_sheet_of_every_province_with_its_peers(gathered):
    assert [sheet.told.code for sheet in gathered.sheets] == list("abcdef")
    for sheet in gathered.sheets:
        assert sheet.peers.index[0] == sheet.told.code
        assert sheet.peers.index.is_unique
        assert len(sheet.peers) == PEERS + 1


def test_figures_are_those_of_the_run_and_the_dataset(gathered, isles):
    one = run(isles, analyses=()).in_year()
    d = gathered.sheets[3]
    assert d.peers["quota_mt"].to_dict() == one.provinces["quota_mt"].loc[d.peers.index].to_dict()
    # 1200 of 1e8 yuan and 500 of 1e4 persons, 200 Mt.
    assert d.peers.loc["d", "gdp_per_head_1e4yuan"] == pytest.approx(2.4)
    assert d.standing.intensity_t_per_1e4yuan == pytest.approx(100 * 200 / 1200)
    assert (d.plans, d.sensitivity, d.drawn, d.row) == ((), None, None, None)
    assert d.figure == "quota_mt"


def test_changes_of_all_are_those_of_each_alone(gathered, whole_isles):
    [alone] = province_sheets(["Dahlia"], whole_isles / "run").sheets
    together = gathered.sheets[3]
    pd.testing.assert_frame_equal(alone.told.sensitivity, together.told.sensitivity)
    assert alone.deciding == together.deciding


def test_the_rule_that_decides_holds_the_quota_and_another_comes_without_it(isles):
    told = ToldRun(isles)
    one = told.outcome.in_year()
    rules = DecidingRules(told.found, one)
    found = {code: rules.of(code) for code in one.provinces.index}
    held = {code: rule for code, rule in found.items() if rule.constraint}
    assert held
    for code, rule in held.items():
        assert one.prices.loc[(rule.constraint, rule.name), "binding"], code
        assert rule.quota_mt == one.provinces.loc[code, "quota_mt"]
        assert rule.without_mt is not None
        if rule.constraint in ("equity_above", "ceiling"):
            assert rule.without_mt >= rule.quota_mt - 1e-6
        if rule.constraint in ("equity_below", "floor"):
            assert rule.without_mt <= rule.quota_mt + 1e-6
    assert any(abs(rule.without_mt - rule.quota_mt) > 0.05 for rule in held.values())


def test_a_province_beside_all_is_no_study(whole_isles):
    with pytest.raises(CapshareError, match=r"found 'Dahlia'.*With --all no province is named"):
        province_sheets(None, "Dahlia")


@pytest.mark.slow
def test_where_cost_decides_through_the_limit_on_trade_it_is_said(left_behind):
    """Qinghai's cut is 14 because it may buy 5 % of its emissions and no more."""
    [sheet] = province_sheets(["Qinghai"], left_behind("china-15fyp")).sheets
    rule = sheet.deciding
    assert (rule.choice, rule.constraint) == ("trade", "purchase_limit")
    assert rule.without_cut_pct > rule.cut_pct + 1
    assert [plan.cut_pct for plan in sheet.plans] == [10.0, 12.0]
    assert [plan.national_pct for plan in sheet.plans] == [17.0, 18.0]
