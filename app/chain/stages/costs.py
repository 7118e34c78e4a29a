"""What abatement costs each province, by the study's method or by another one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.progress import stage
from capshare.chain.inputs import Inputs
from capshare.indicators.dataset.inventories import emissions_history
from capshare.indicators.dataset.production import production_accounts
from capshare.indicators.dataset.sizes import size_of
from capshare.indicators.emissions import FUEL_FACTORS, fuels_in_order
from capshare.model.abatement.capital import PerpetualInventory
from capshare.model.abatement.choices import CostMethod, EstimateChoices, Shape
from capshare.model.abatement.costs import (
    AbatementCosts,
    estimated_costs,
    estimated_steps,
    given_costs,
    productivity_costs,
)
from capshare.model.abatement.estimate import Estimate, under_choices
from capshare.model.abatement.observations import ProvinceYears, province_years
from capshare.study.given_prices import given_price
from capshare.study.sections.prices import Prices
from capshare.study.study import Study


@stage("costs")
def abatement_costs(
    study: Study, inputs: Inputs, bootstrap: bool = True, method: CostMethod | None = None
) -> AbatementCosts:
    """Abatement costs by the study's method, or by another one with all else as the study has it.

    Parameters
    ----------
    study, inputs : a study and what it reads
    bootstrap : whether to resample the panel for the firmness of each province's place
    method : another than the study's
    """
    asked, emissions, anchor = study.prices, inputs.emissions_mt, inputs.anchor_yuan_per_t
    used = method or asked.method
    if used == "given":
        price = given_price(study, inputs.dataset, "study")
        return given_costs(price, emissions, max_abatement=asked.max_abatement, anchor_yuan_per_t=anchor)
    if used == "productivity":
        return productivity_costs(
            size_of(inputs.dataset, asked.gdp_column),
            emissions,
            steps=asked.steps,
            max_abatement=asked.max_abatement,
            anchor_yuan_per_t=anchor,
        )
    choices = _choices(study, used, bootstrap)
    return estimated_costs(_observed(asked, inputs), emissions, choices, anchor)


def costs_of_estimate(study: Study, inputs: Inputs, known: Estimate) -> AbatementCosts:
    """Steps and prices by the study's method from an estimate that is there, and nothing beside them.

    Parameters
    ----------
    study, inputs : a study of an estimated curve and what it reads
    known : over the province-years that the study names
    """
    choices = _choices(study, study.prices.method, bootstrap=False)
    return estimated_steps(under_choices(known, choices), inputs.emissions_mt, inputs.anchor_yuan_per_t)


def _choices(study: Study, method: CostMethod, bootstrap: bool) -> EstimateChoices:
    asked = study.prices
    if method == "given" or method == "productivity":
        raise ValueError(f"{method} estimates nothing")
    return EstimateChoices(
        method=method,
        technology=asked.technology,
        years=(asked.years[0], asked.years[1]),
        null_joint=asked.null_joint,
        time_trend=asked.time_trend,
        disposability=asked.disposability,
        shape=Shape(asked.steps, asked.max_abatement, asked.meeting_cut),
        draws=asked.bootstrap_draws if bootstrap else 0,
        seed=study.study.seed,
    )


def _observed(asked: Prices, inputs: Inputs) -> ProvinceYears:
    """Province-years that the study's costs are estimated from."""
    emissions: Mapping[str, float] | pd.Series = emissions_history(inputs.dataset)
    if asked.emissions == "fuels":
        emissions = {_panel_fuel(fuel): FUEL_FACTORS[fuel] for fuel in fuels_in_order(set(asked.fuels))}
    return province_years(
        production_accounts(inputs.dataset),
        emissions,
        years=(asked.years[0], asked.years[1]),
        accounts_from=asked.accounts_from,
        price_year=asked.years[1],
        absent_as_zero=tuple(map(_panel_fuel, asked.absent_as_zero)),
        capital=PerpetualInventory(depreciation=asked.depreciation),
    )


def _panel_fuel(fuel: str) -> str:
    """Name of a fuel's consumption in the panel; the study names the fuel "coal"."""
    return f"{fuel}_consumption"
