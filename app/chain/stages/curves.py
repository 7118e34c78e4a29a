"""Abatement costs by other curves than the study's own, as far as its dataset has what they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.base.progress import counted
from capshare.chain.inputs import Inputs
from capshare.chain.stages.costs import abatement_costs
from capshare.model.abatement.costs import AbatementCosts
from capshare.study.checks import check_costs
from capshare.study.cost_curves import compared_curves
from capshare.study.price_checks import check_prices
from capshare.study.study import Study


@dataclass(frozen=True)
class OtherCurve:
    """A curve of abatement cost that is not the study's own.

    Attributes
    ----------
    study : with that curve in its section ``[prices]``
    costs : of abatement
    """

    study: Study
    costs: AbatementCosts


def other_curves(study: Study, inputs: Inputs) -> tuple[Mapping[str, OtherCurve], tuple[str, ...]]:
    """Every curve that the study compares with.

    Parameters
    ----------
    study, inputs : a study and what it reads

    Returns
    -------
    name → curve, and the names of those that the dataset has not the figures for
    """
    curves: dict[str, OtherCurve] = {}
    without = []
    for name, prices in counted("curves", compared_curves(study.prices).items()):
        varied = study.model_copy(update={"prices": prices})
        try:
            curves[name] = OtherCurve(varied, _costs(varied, inputs))
        except CapshareError:
            # Whoever makes it the study's own curve is told what is missing.
            without.append(name)
    return curves, tuple(without)


def _costs(study: Study, inputs: Inputs) -> AbatementCosts:
    """Costs by a study's curve, all that a study with it would be refused for told."""
    found = Collector(study.study.name)
    check_prices(study, inputs.dataset, found)
    found.refuse()
    costs = abatement_costs(study, inputs, bootstrap=False)
    check_costs(costs.steps, inputs.dataset, found)
    found.refuse()
    return costs
