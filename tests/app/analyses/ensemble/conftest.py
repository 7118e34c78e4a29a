"""What the tests of ensembles share: a study made uncertain, and a draw of it run by the labelled chain."""

import functools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.analyses.ensemble.draws import drawn
from capshare.analyses.ensemble.uncertain_study import uncertain_study
from capshare.analyses.run import outcome_of
from capshare.chain import read_inputs as reading
from capshare.chain.base_year import BaseYear
from capshare.chain.from_inputs import numbers_of
from capshare.chain.prepared import PreparedStudy
from capshare.chain.split import split
from capshare.chain.stages.costs import abatement_costs
from capshare.study.reading import load_study


@pytest.fixture(scope="session")
def uncertain(prepared):
    return functools.cache(lambda name: uncertain_study(prepared(name)))


@pytest.fixture
def run_draw(prepared, uncertain, monkeypatch):
    """The run of a study whose files and settings are those of a draw."""

    def run(name, draw, last_year_alone=False):
        base, study = prepared(name), uncertain(name)
        made = drawn(study.asked, study.centre, draw)
        codes = list(study.codes)
        settings = [f"{key}={value!r}" for key, value in whole(made.settings).items()]
        settings += [f"study.years=[{study.year}]"] if last_year_alone else []
        loaded = load_study(name, settings)
        emissions = study.inventories[made.inventory] * made.column_factor["emissions_mt"]
        emissions = pd.Series(emissions * study.inventories[0].sum() / emissions.sum(), index=codes)
        table = base.inputs.dataset.table
        errors = {
            column: table[column] * pd.Series(factor, index=codes)
            for column, factor in made.column_factor.items()
            if column in table
        }
        dataset = replace(base.inputs.dataset, table=table.assign(**errors))
        # Undone even where the draw has no solution: the next one starts from what the study reads.
        with monkeypatch.context() as patch:
            patch.setattr(reading, "load_dataset", lambda *_, **__: dataset)
            moved = emissions.rename("emissions_mt")
            year = BaseYear(moved, moved)
            patch.setattr(reading, "base_year_emissions", lambda *_, year=year: year)
            patch.setattr(reading, "gdp_ratio", reading_ratio(made.growth_points))
            inputs = replace(
                reading.read_inputs(loaded), base_year=year._replace(nowcast=base.inputs.base_year.nowcast)
            )
        if base.study.prices.method == "productivity":
            costs = abatement_costs(loaded.study, inputs)
        else:
            # The panel that they are estimated from is not drawn.
            moved = emissions / base.inputs.emissions_mt
            sizes = base.costs.steps["size_mt"].mul(moved, level="code")
            costs = replace(base.costs, steps=base.costs.steps.assign(size_mt=sizes))
        factor = pd.Series(made.cost_factor, index=codes)
        costs = replace(
            costs,
            price_yuan_per_t=costs.price_yuan_per_t * factor,
            steps=costs.steps.assign(
                cost_yuan_per_t=costs.steps["cost_yuan_per_t"].mul(factor, level="code")
            ),
        )
        numbers = numbers_of(loaded.study, inputs, costs)
        if made.weight is not None:
            given = dict(zip(numbers.indicators.values.columns, made.weight.tolist(), strict=True))
            numbers = numbers.with_(indicators__weighting="given", indicators__given_weight=given)
        found = PreparedStudy(loaded.study, loaded.path, inputs, costs, split(numbers), base.engine)
        return outcome_of(found, ())

    return run


def whole(settings):
    """The settings as a study takes them: numbers of groups without a fraction."""
    return {key: round(value) if key == "groups.k" else value for key, value in settings.items()}


def reading_ratio(points):
    def ratio(study, scenario, own=reading.gdp_ratio):
        before = own(study, scenario)
        growth = (before / before.shift()).iloc[1:] + points / 100
        return pd.Series(np.cumprod([1.0, *growth]), index=before.index)

    return ratio
