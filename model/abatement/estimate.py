"""An estimate over province-years: its frontier, the one of the other axiom, and the law of its prices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from capshare.model.abatement.choices import EstimateChoices
from capshare.model.abatement.frontier import Frontier, TimeTrend, frontier
from capshare.model.abatement.observations import ProvinceYears
from capshare.model.abatement.power_law import PowerLaw, fit_power_law
from capshare.model.abatement.technology import TECHNOLOGIES


@dataclass(frozen=True, eq=False)
class Estimate:
    """What several curves are made of.

    Attributes
    ----------
    observed : GDP, capital, labour, energy and emissions of each province and year
    choices : how it was estimated
    found : the frontier used
    other : the one that differs in null-jointness
    """

    observed: ProvinceYears
    choices: EstimateChoices
    found: Frontier
    other: Frontier

    @cached_property
    def law(self) -> PowerLaw:
        """How prices rise as carbon intensity falls.

        Raises
        ------
        CapshareError
            where the prices follow no power law that a curve could be made of.
        """
        amounts, found = self.observed.observations, self.found
        # 1e6 t to 1e8 yuan is 100 t to 1e4 yuan.
        intensity = 100 * amounts["emissions_mt"] / amounts["gdp_1e8yuan"]
        price = found.function.price_yuan_per_t(found.sample.observations)
        return fit_power_law(price, intensity, found.sample.counts)

    @property
    def law_used(self) -> PowerLaw | None:
        """The law, where the method is one of the curves that rise."""
        return None if self.choices.method == "distance-function" else self.law


def estimate(observed: ProvinceYears, choices: EstimateChoices) -> Estimate:
    """Estimate both frontiers.

    Parameters
    ----------
    observed : province-years
    choices : how to estimate

    Raises
    ------
    CapshareError
        where the sample is too small or lacks a year, an argument is constant, or no function keeps the
        axioms.
    """
    found = _frontier(observed, choices)
    trend: TimeTrend = "on" if found.sample.technology.has_trend else "off"
    opposite = replace(choices, null_joint=not choices.null_joint, time_trend=trend)
    return Estimate(observed, choices, found, _frontier(observed, opposite))


def under_choices(known: Estimate, choices: EstimateChoices) -> Estimate:
    """An estimate of the same province-years under other choices, its frontier kept where it is the same.

    Parameters
    ----------
    known : the estimate
    choices : the others
    """
    if _of_frontier(known.choices) == _of_frontier(choices):
        made = replace(known, choices=choices)
        # The law is one of the frontier; where it was fitted it need not be again.
        vars(made).update({name: found for name, found in vars(known).items() if name == "law"})
        return made
    return Estimate(known.observed, choices, _frontier(known.observed, choices), known.found)


def _of_frontier(choices: EstimateChoices) -> tuple[object, ...]:
    return choices.technology, choices.years, choices.rules, choices.time_trend


def _frontier(observed: ProvinceYears, choices: EstimateChoices) -> Frontier:
    technology = TECHNOLOGIES[choices.technology]
    return frontier(observed, technology, choices.years, choices.rules, choices.time_trend)
