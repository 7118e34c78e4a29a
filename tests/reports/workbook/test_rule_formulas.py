"""Closed forms of rules beside what the run found."""

import pandas as pd
import pytest

from capshare.reports.workbook.sheets.rule_formulas import history_level
from capshare.reports.workbook.sheets.rule_quotas import rule_quotas
from capshare.reports.workbook.workbook_data import workbook_data


def test_whoever_has_used_up_its_share_raises_nobodys_level():
    past, people = pd.Series({"a": 10.0, "b": 0.0}), pd.Series({"a": 1.0, "b": 1.0})
    # By hand: 4 Mt over one year are all b's; were a counted as well, everybody could have emitted 7.
    assert history_level(past, people, 1.0, 4.0).to_dict() == {"a": 7.0, "b": 4.0}
    # Over five years both get a part of 20 Mt: 15 each in the end.
    assert history_level(past, people, 5.0, 4.0).to_dict() == {"a": 15.0, "b": 20.0}


def test_historical_responsibility_is_live_in_a_study_that_compares_it(plan):
    found = rule_quotas(workbook_data(plan))
    assert "historical_responsibility" in found.live
    rule = plan.comparison.quotas["quota_mt"].xs("historical-responsibility", level="rule")
    quota = found.quotas["historical_responsibility"].droplevel("year")
    assert quota.to_dict() == pytest.approx(rule.loc[list(quota.index)].to_dict(), rel=1e-12)
    assert found.bases["cumulative_emissions_mt"].gt(0).all()
