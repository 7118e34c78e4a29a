"""Whether planners' own rules are kept, as a formula on the quotas."""

from __future__ import annotations

from capshare.model.allocation.checks import FEASIBLE_MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.check import Check
from capshare.reports.workbook.sheets.rules import RULES, missed_mt


def rule_checks(builder: WorkbookBuilder) -> dict[str, Check]:
    """By how much the rule that is missed most is missed; none where there are no rules.

    Parameters
    ----------
    builder : with the place of ``rules``
    """
    grid = builder.grids.get(RULES)
    if grid is None:
        return {}
    figure = max(0.0, *missed_mt(builder.data).values())
    return {"rules_missed_mt": Check(f"MAX(0,MAX({grid.column('missed_mt')}))", figure, FEASIBLE_MT)}
