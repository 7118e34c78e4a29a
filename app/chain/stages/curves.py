"""Abatement costs by other curves than the study's own, as far as its dataset has what they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.base.progress import counted
from capshare.chain.prepared import PreparedStudy
from capshare.chain.varied import varied_costs
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


def other_curves(found: PreparedStudy) -> tuple[Mapping[str, OtherCurve], tuple[str, ...]]:
    """Every curve that the study compares with.

    Parameters
    ----------
    found : the study, prepared

    Returns
    -------
    name → curve, and the names of those that the dataset has not the figures for
    """
    study, curves = found.study, dict[str, OtherCurve]()
    without = []
    for name, prices in counted("curves", compared_curves(study.prices).items()):
        varied = study.model_copy(update={"prices": prices})
        try:
            curves[name] = OtherCurve(varied, _costs(found, varied))
        except CapshareError:
            # Whoever makes it the study's own curve is told what is missing.
            without.append(name)
    return curves, tuple(without)


def _costs(prepared: PreparedStudy, study: Study) -> AbatementCosts:
    """Costs by a study's curve, all that a study with it would be refused for told."""
    inputs, found = prepared.inputs, Collector(study.study.name)
    check_prices(study, inputs.dataset, found)
    found.refuse()
    costs = varied_costs(prepared, study, inputs)
    check_costs(costs.steps, inputs.dataset, found)
    found.refuse()
    return costs
