"""What a planner should know about a run: the notes of every stage, the severest first."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from capshare.analyses.parts.cuts import decided_in
from capshare.analyses.parts.potential import deficit_codes, reduction_potential
from capshare.analyses.parts.whose_emissions import electricity_notes, market_notes
from capshare.analyses.rules import RuleComparison
from capshare.base.notes import Note, by_severity, caution, detail
from capshare.base.years import in_year
from capshare.chain.prepared import PreparedStudy
from capshare.chain.rule_inputs import rule_input_notes
from capshare.chain.solve import YearlyAllocations
from capshare.chain.stages.share import share_notes
from capshare.model.groups.diagnostics import GroupDiagnostics
from capshare.model.groups.notes import group_notes
from capshare.model.notes import allocation_notes, block_notes, grouping_loss_notes, grouping_notes
from capshare.model.outcome.balance import class_notes
from capshare.model.outcome.beside_published import BesidePublished
from capshare.model.outcome.potential import potential_notes
from capshare.model.outcome.published import agreement_notes
from capshare.model.outcome.readings import reading_notes
from capshare.model.quota_notes import held_notes, quota_notes
from capshare.model.targets.notes import rounding_notes, spread_notes


def notes(
    found: PreparedStudy,
    solved: YearlyAllocations,
    provinces: pd.DataFrame,
    judged: GroupDiagnostics | None,
    published: BesidePublished | None,
    compared: RuleComparison | None,
    cuts: pd.DataFrame | None,
) -> tuple[Note, ...]:
    """Notes of a run: inside each severity those on its quotas first, then in the order of the chain.

    Parameters
    ----------
    found, solved : the study's chain, and its allocations
    provinces : of :func:`~capshare.analyses.parts.allocation.province_table`
    judged : the diagnostics of the groups, where there are any
    published : the run beside published results, where the study names some
    compared : the comparison of rules, where the study asks for one
    cuts : of :func:`~capshare.analyses.parts.cuts.assigned_cuts`

    Returns
    -------
    notes, each once; on quotas those of every year, on groups and how many bounds hold those of the last, as
    the years' table has the others
    """
    return by_severity(
        [
            *_quota_notes(found, solved, provinces),
            *_cut_notes(found, cuts),
            *found.notes,
            *electricity_notes(found),
            *market_notes(found, provinces["quota_mt"]),
            *_allocation_notes(found, solved),
            *_block_notes(found, solved, judged),
            *entitlement_notes(found),
            *_class_notes(found, solved),
            *_potential_notes(found, deficit_codes(in_year(provinces, found.inputs.years[-1]))),
            *_published_notes(found, published),
            *_reading_notes(published),
            *(compared.notes if compared else ()),
        ]
    )


def entitlement_notes(found: PreparedStudy) -> list[Note]:
    """Notes on the rule inside the blocks, with the year where a study has several.

    Parameters
    ----------
    found : the study's chain
    """
    numbers, derived = found.numbers, found.split.derived
    notes: list[Note] = []
    for year in numbers.years:
        read = rule_input_notes(found.study, found.inputs, numbers.sharing.columns[year].columns)
        made = share_notes(numbers, derived, year)
        about = year if len(numbers.years) > 1 else None
        notes += [*read, *(replace(note, year=about) for note in made)]
    return notes


def _class_notes(found: PreparedStudy, solved: YearlyAllocations) -> tuple[Note, ...]:
    """Whether the classes of balance fit the amounts of the last year."""
    last, limits = in_year(solved.entitled, found.inputs.years[-1]), found.study.balance
    balance = last["quota_mt"] - last["emissions_mt"]
    return class_notes(balance, last["emissions_mt"], limits.slight_mt, limits.severe_mt)


def _block_notes(
    found: PreparedStudy, solved: YearlyAllocations, judged: GroupDiagnostics | None
) -> list[Note]:
    blocks, last = found.blocks, found.inputs.years[-1]
    notes = grouping_notes(blocks.grouping) if blocks.grouping else []
    if judged:
        notes += group_notes(judged)
    if solved.losses is None:
        return notes
    if last in solved.losses:
        notes += block_notes(blocks.caps[last], blocks.weight, float(found.inputs.cap["divided_mt"][last]))
        notes += grouping_loss_notes(solved.losses[last], found.inputs.dataset.facts.conventions.per_inside)
    elif _is_grouped(solved):
        notes.append(caution("no_national_block"))
    return notes


def _is_grouped(solved: YearlyAllocations) -> bool:
    """Whether there are blocks, and no ties of years, so that one national block may be set beside them."""
    last = list(solved.allocations.values())[-1].data
    return last.provinces["block"].nunique() > 1 and len(solved.allocations) == len(solved.data)


def _quota_notes(found: PreparedStudy, solved: YearlyAllocations, provinces: pd.DataFrame) -> list[Note]:
    of_targets = found.study.targets is not None
    decided = {year: decided_in(solved, year) for year in found.inputs.years}
    return [
        *quota_notes(
            provinces,
            found.inputs.emissions_mt,
            base_year=found.study.study.base_year,
            max_abatement=found.study.prices.max_abatement,
            of_targets=of_targets,
        ),
        *held_notes(pd.concat(decided, names=["year", "code"]), of_targets=of_targets),
    ]


def _allocation_notes(found: PreparedStudy, solved: YearlyAllocations) -> list[Note]:
    last = found.inputs.years[-1]
    about = allocation_notes(solved.data[last], in_year(solved.prices, last))
    if found.study.targets is not None:
        # Bounds of cuts are in points, and told as such.
        about = [note for note in about if note.key != "bounds"]
    return [replace(note, year=last) for note in about] if len(solved.data) > 1 else about


def _cut_notes(found: PreparedStudy, cuts: pd.DataFrame | None) -> list[Note]:
    if cuts is None:
        return []
    naive = found.study.prices.method == "productivity"
    band = found.study.targets.band_pct if found.study.targets else ()
    return [
        *spread_notes(cuts["entitled_cut_pct"], band),
        *rounding_notes(cuts),
        *([caution("naive_curve")] if naive else []),
    ]


def _potential_notes(found: PreparedStudy, ranked: pd.Index) -> tuple[Note, ...]:
    made = reduction_potential(found.study, found.inputs, ranked)
    if found.study.potential is None:
        return (detail("no_potential_section"),)
    return () if made is None else potential_notes(made, len(ranked))


def _reading_notes(beside: BesidePublished | None) -> tuple[Note, ...]:
    return () if beside is None or beside.readings is None else reading_notes(beside.readings)


def _published_notes(found: PreparedStudy, beside: BesidePublished | None) -> tuple[Note, ...]:
    published = found.study.published
    if published is None or beside is None:
        return ()
    agreement = beside.agreement
    if published.potential is None:
        return agreement_notes(agreement, ranked=False)
    codes = found.inputs.dataset.published[published.potential].index
    made = reduction_potential(found.study, found.inputs, codes)
    if made is None:
        return agreement_notes(agreement, ranked=False)
    return *potential_notes(made, len(codes)), *agreement_notes(agreement, ranked=True)
