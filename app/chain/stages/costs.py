"""What abatement costs each province, by the study's method."""

from __future__ import annotations

import pandas as pd

from capshare.base.progress import stage
from capshare.chain.inputs import Inputs, panel_fuel
from capshare.indicators.dataset.sizes import size_of
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.model.abatement.capital import PerpetualInventory
from capshare.model.abatement.costs import (
    AbatementCosts,
    FrontierChoices,
    frontier_costs,
    productivity_costs,
)
from capshare.model.abatement.given import flat_price_steps
from capshare.study.study import Study


@stage("costs")
def abatement_costs(study: Study, inputs: Inputs, bootstrap: bool = True) -> AbatementCosts:
    """Abatement costs by the study's method.

    Parameters
    ----------
    study, inputs : a study and what it reads
    bootstrap : whether to resample the panel for the firmness of each province's place
    """
    asked, table = study.prices, inputs.dataset.table
    if asked.method == "given":
        price = table[asked.column or ""].rename("price_yuan_per_t")
        steps = flat_price_steps(price, inputs.emissions_mt, max_abatement=asked.max_abatement)
        return AbatementCosts(steps, price)
    if asked.method == "productivity":
        return productivity_costs(
            size_of(inputs.dataset, asked.gdp_column),
            inputs.emissions_mt,
            steps=asked.steps,
            max_abatement=asked.max_abatement,
            anchor_yuan_per_t=inputs.anchor_yuan_per_t,
        )
    choices = FrontierChoices(
        factors={panel_fuel(fuel): FUEL_FACTORS[fuel] for fuel in asked.fuels},
        base_year=study.study.base_year,
        absent_as_zero=tuple(map(panel_fuel, asked.absent_as_zero)),
        years=(asked.years[0], asked.years[1]),
        accounts_from=asked.accounts_from,
        null_joint=asked.null_joint,
        capital=PerpetualInventory(depreciation=asked.depreciation),
        steps=asked.steps,
        max_abatement=asked.max_abatement,
        draws=asked.bootstrap_draws if bootstrap else 0,
        seed=study.study.seed,
    )
    panel = inputs.dataset.panel if inputs.dataset.panel is not None else pd.DataFrame()
    return frontier_costs(panel, inputs.emissions_mt, choices, inputs.anchor_yuan_per_t)
