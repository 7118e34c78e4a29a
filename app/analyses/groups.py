"""How far the groups of a study can be trusted."""

from __future__ import annotations

from capshare.base.progress import stage
from capshare.chain.prepared import PreparedStudy
from capshare.model.groups.diagnostics import GroupDiagnostics, group_diagnostics


@stage("group_checks")
def judge_groups(found: PreparedStudy) -> GroupDiagnostics | None:
    """Judge groups that k-means made; None where they are given or there are none, or by the study's wish.

    Parameters
    ----------
    found : the chain up to the groups and their caps
    """
    asked, grouping = found.study.groups, found.blocks.grouping
    if grouping is None or asked.diagnostics_draws == 0:
        return None
    return group_diagnostics(
        found.normalised,
        found.weight,
        found.score,
        grouping,
        on=asked.on,
        seed=found.study.study.seed,
        draws=asked.diagnostics_draws,
    )
