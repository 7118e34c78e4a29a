"""The groups: what their caps follow, how far they can be trusted, what they cost."""

from __future__ import annotations

import pandas as pd

from capshare.base.progress import stage
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations
from capshare.model.groups.diagnostics import GroupDiagnostics, group_diagnostics
from capshare.model.outcome.groups import GroupFirmness, Groups


def groups(found: PreparedStudy, solved: YearlyAllocations, judged: GroupDiagnostics | None) -> Groups:
    """The groups of a run.

    Parameters
    ----------
    found, solved : of the run
    judged : of groups that k-means made; or None
    """
    firmness = None if judged is None else GroupFirmness(judged.choice, judged.stability, judged.certificate)
    losses = {year: loss.provinces for year, loss in (solved.losses or {}).items()}
    loss = pd.concat(losses, names=["year", "code"]) if losses else None
    weight = found.blocks.weight.rename("block_weight").rename_axis("group")
    return Groups(weight, loss, firmness, _found(found))


def _found(found: PreparedStudy) -> pd.Series | None:
    asked, grouping = found.study.groups, found.blocks.grouping
    if not asked.given:
        return None
    group = found.inputs.dataset.published[asked.table or ""]["group"] if grouping is None else grouping.group
    return group.astype(str).rename("group").rename_axis("code").sort_index()


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
