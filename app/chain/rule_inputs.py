"""What the rules read: columns of one year, from the dataset and from what the study makes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pandas as pd

from capshare.base.notes import Note
from capshare.chain.inputs import Inputs
from capshare.indicators.dataset.sizes import size_column, size_of
from capshare.study.past_emissions import PastEmissions, past_emissions
from capshare.study.rule_sources import published_quota_mt, since
from capshare.study.study import Study

# What the chain makes for the rules on its way; whoever applies one adds it.
DERIVED = ("score", "group", "price_yuan_per_t")
CUMULATIVE = "cumulative_emissions_mt"


def rule_inputs(
    study: Study, inputs: Inputs, made: Mapping[str, pd.Series], year: int, wanted: Collection[str]
) -> pd.DataFrame:
    """Columns that rules need, as far as there are any.

    Population is that of the base year; GDP follows the study's growth where its baseline has one.

    Parameters
    ----------
    study, inputs : of the run
    made : ``score, group, price_yuan_per_t``, index code; or nothing, where they are added later
    year : one of the study's
    wanted : names of columns

    Returns
    -------
    DataFrame, index code; columns that cannot be had are left out

    Raises
    ------
    CapshareError
        where the table of quotas does not fit the regions.
    """
    index = inputs.dataset.table.index
    found = {**made, "emissions_mt": inputs.baseline_mt[year]}
    columns = {name: found[name] if name in found else _column(study, inputs, name, year) for name in wanted}
    had = {k: v.reindex(index).to_numpy() for k, v in columns.items() if v is not None}
    return pd.DataFrame(had, index=index)


def _column(study: Study, inputs: Inputs, name: str, year: int) -> pd.Series | None:
    special: dict[str, Callable[[], pd.Series | None]] = {
        "gdp_1e8yuan": lambda: None if inputs.gdp_1e8yuan is None else inputs.gdp_1e8yuan[year],
        "constant_intensity_mt": lambda: (
            None
            if (constant := inputs.constant_intensity_mt(study.study.base_year)) is None
            else constant[year]
        ),
        CUMULATIVE: lambda: None if (past := _past(study, inputs)) is None else past.emissions_mt,
        "published_quota_mt": lambda: published_quota_mt(study, inputs.dataset, "study"),
    }
    found = special[name]() if name in special else None
    if found is not None:
        return found
    column = study.prices.gdp_column if name == "gdp_1e8yuan" else name
    return size_of(inputs.dataset, column) if size_column(inputs.dataset, column) is not None else None


def rule_input_notes(study: Study, inputs: Inputs, wanted: Collection[str]) -> tuple[Note, ...]:
    """Which years cumulative emissions are of, where they are wanted and can be had.

    Parameters
    ----------
    study, inputs : of the run
    wanted : names of columns
    """
    past = _past(study, inputs) if CUMULATIVE in wanted else None
    return () if past is None else (past.note,)


def _past(study: Study, inputs: Inputs) -> PastEmissions | None:
    return past_emissions(study, inputs.dataset, since(study))
