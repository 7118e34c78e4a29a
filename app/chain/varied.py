"""A prepared study under changed settings: only what the change touches is read and computed again."""

from __future__ import annotations

from capshare.chain.from_inputs import AUTO_PENALTY
from capshare.chain.inputs import Inputs, under_rules_of
from capshare.chain.prepared import PreparedStudy
from capshare.chain.read_inputs import ReadBefore, read_inputs
from capshare.chain.stages.costs import abatement_costs, costs_of_estimate
from capshare.model.abatement.costs import AbatementCosts
from capshare.study.reading import LoadedStudy
from capshare.study.same_parts import same_costs
from capshare.study.study import Study

# Sections that say how the cap is divided; what is read from the dataset does not follow them.
_RULES = frozenset({"allocation", "balance", "groups", "smoothing", "targets", "weights"})
# Keys of ``[prices]`` that say which figures an estimate is over.
_PANEL = ("emissions", "fuels", "absent_as_zero", "years", "accounts_from", "depreciation")
_SETTINGS = frozenset(Study.model_fields)


def varied(found: PreparedStudy, study: Study) -> PreparedStudy:
    """The prepared study with other settings.

    Parameters
    ----------
    found : the study as it was
    study : with the other settings, of the same file

    Raises
    ------
    CapshareError
        where the settings do not fit the dataset or one another.
    """
    before = found.study
    changed = {name for name in _SETTINGS if getattr(before, name) != getattr(study, name)}
    changed -= {"sensitivity"}
    same_burden = before.burden and study.burden and before.burden.indicators == study.burden.indicators
    if changed <= _RULES | ({"burden"} if same_burden else set()):
        return found.with_study(study, under_rules_of(study, found.inputs, found.path.name))
    inputs = found.inputs
    if changed != {"prices"}:
        loaded = LoadedStudy(study, found.path, b"")
        inputs = read_inputs(loaded, ReadBefore(before, found.inputs))
    costs = varied_costs(found, study, inputs)
    return found.with_study(with_penalty(found, study, costs), inputs, costs)


def with_penalty(found: PreparedStudy, study: Study, costs: AbatementCosts) -> Study:
    """A variant under which uncovered emissions are no cheaper than abating, and no cheaper than before.

    A run's record states its penalty as a number, whatever made it: repeated, the run must find the same.

    Parameters
    ----------
    found : the study as it was
    study, costs : the variant; a penalty of its own stays
    """
    asked = study.allocation.penalty_yuan_per_t
    if asked not in ("auto", found.study.allocation.penalty_yuan_per_t):
        return study
    dearest = AUTO_PENALTY * float(costs.steps["cost_yuan_per_t"].max())
    penalty = max(dearest, found.numbers.limits.penalty_yuan_per_t)
    allocation = study.allocation.model_copy(update={"penalty_yuan_per_t": penalty})
    return study.model_copy(update={"allocation": allocation})


def varied_costs(found: PreparedStudy, study: Study, inputs: Inputs) -> AbatementCosts:
    """Costs of a variant: steps and prices alone, from the estimate there is where its figures are the same.

    Parameters
    ----------
    found : the study as it was
    study, inputs : the variant and what it reads
    """
    known, asked, before = found.costs.estimate, study.prices, found.study.prices
    same_figures = inputs.emissions_mt is found.inputs.emissions_mt
    same_anchor = inputs.anchor_yuan_per_t == found.inputs.anchor_yuan_per_t
    if same_figures and same_anchor and same_costs(study, found.study):
        return found.costs
    same = inputs.dataset is found.inputs.dataset and all(
        getattr(asked, name) == getattr(before, name) for name in _PANEL
    )
    if known is None or not same or not asked.is_estimated:
        return abatement_costs(study, inputs, bootstrap=False)
    return costs_of_estimate(study, inputs, known)
