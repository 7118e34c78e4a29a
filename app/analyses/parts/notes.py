"""What a planner should know of a run, in the order of the chain."""

from __future__ import annotations

from capshare.analyses.rules import RuleComparison
from capshare.base.years import in_year
from capshare.chain.prepared import Chain
from capshare.chain.solve import Solved
from capshare.model.groups.diagnostics import GroupDiagnostics
from capshare.model.groups.notes import group_notes
from capshare.model.notes import allocation_notes, block_notes, grouping_loss_notes, grouping_notes


def notes(
    found: Chain, solved: Solved, judged: GroupDiagnostics | None, compared: RuleComparison | None
) -> tuple[str, ...]:
    """Sentences on the costs, the groups, the last year (the years' table has the others), and the rules.

    Parameters
    ----------
    found, solved : of the run
    judged, compared : its groups and rules, where they were looked at
    """
    names, blocks, last = found.inputs.dataset.regions.names["name_en"], found.blocks, found.inputs.years[-1]
    said = grouping_notes(blocks.grouping) if blocks.grouping else []
    if judged:
        said += group_notes(judged, names)
    if last in solved.losses:
        said += block_notes(blocks.caps[last], blocks.weight, float(found.inputs.cap["divided_mt"][last]))
        said += grouping_loss_notes(solved.losses[last], names)
    if found.study.potential is None:
        said.append("The study has no section [potential]: reduction potential was not ranked.")
    entitled, prices = in_year(solved.entitled, last), in_year(solved.prices, last)
    about = allocation_notes(solved.data[last], entitled, prices, names)
    said += [f"{last}: {note}" for note in about] if len(solved.data) > 1 else about
    return (*found.costs.notes, *said, *(compared.notes if compared else ()))
