"""An uncertain study: what its draws are made from, as numbers that any process can be handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from capshare.analyses.ensemble.draws import Centre
from capshare.analyses.ensemble.setting_keys import setting_value
from capshare.analyses.ensemble.uncertainty_checks import check_uncertainty
from capshare.base.collector import Collector
from capshare.base.errors import CapshareError, Problem
from capshare.chain.base_year import base_year_emissions
from capshare.chain.national_caps import NationalCaps, national_caps
from capshare.chain.national_growth import gdp_ratio, growth_scenario
from capshare.chain.numbers import Numbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.variant_potential import PotentialNumbers, potential_numbers
from capshare.indicators.dataset.sizes import size_column
from capshare.indicators.expression import columns_of
from capshare.solvers.program import Vector
from capshare.study.sections.uncertainty import Uncertainty
from capshare.study.study import Study

EMISSIONS, GDP = "emissions_mt", "gdp_1e8yuan"


@dataclass(frozen=True)
class UncertainStudy:
    """A study with what is uncertain in it; arrays are one per province, in the order of the codes.

    Attributes
    ----------
    study : with its section ``[uncertainty]``
    numbers : what its split is computed from
    year : whose figures are kept
    centre : what the spreads are around
    columns : column of the dataset → numbers, as far as something drawn reads them
    column_of : what prices, baseline and the rule inside the blocks read → column of the dataset
    inventories : emissions of the base year by each inventory, Mt CO2; the study's own first
    caps : of all years, as a function of what is drawn
    anchor_yuan_per_t : what the median price is scaled to; None where prices stay as found
    potential : what the ranking is computed from; None where the study has none
    """

    study: Study
    numbers: Numbers
    year: int
    centre: Centre
    columns: Mapping[str, Vector]
    column_of: Mapping[str, str]
    inventories: tuple[Vector, ...]
    caps: NationalCaps
    anchor_yuan_per_t: float | None
    potential: PotentialNumbers | None

    @property
    def asked(self) -> Uncertainty:
        """The section."""
        if self.study.uncertainty is None:
            raise TypeError("an uncertain study has the section")
        return self.study.uncertainty

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the provinces, in order."""
        return tuple(map(str, self.numbers.emissions_mt.index.sort_values()))


def uncertain_study(prepared: PreparedStudy, year: int | None = None) -> UncertainStudy:
    """Bring together what the draws of a study are made from.

    Parameters
    ----------
    prepared : the study
    year : whose figures are kept; by default the study's last

    Raises
    ------
    CapshareError
        where the study names nothing uncertain, has no such year, or a spread does not fit the study, with
        every problem.
    """
    study, numbers, found = prepared.study, prepared.numbers, Collector(prepared.path.name)
    check_uncertainty(prepared, found)
    if year is not None and year not in numbers.years:
        listed = ", ".join(map(str, numbers.years))
        expected = f"one of the study's years, {listed}"
        found.problems.append(Problem("ensemble", "--year", expected, str(year), "Choose one of them."))
    asked = study.uncertainty
    if asked is None:
        raise CapshareError(found.problems)
    inventories = _inventories(prepared, asked, found)
    found.refuse()
    codes = numbers.emissions_mt.index.sort_values()
    settings = {setting.key: setting_value(study, setting.key) for setting in asked.settings}
    table, column_of = prepared.inputs.dataset.table, _column_of(prepared)
    wanted = _columns(study) | {column_of[study.prices.gdp_column]}
    ratio = gdp_ratio(study, growth_scenario(study, prepared.path.parent))
    return UncertainStudy(
        study=study,
        numbers=numbers,
        year=numbers.years[-1] if year is None else year,
        centre=Centre(
            seed=study.study.seed,
            provinces=len(codes),
            weight=prepared.weight.reindex(numbers.indicators.values.columns).to_numpy(dtype=float),
            settings={key: 0.0 if value is None else value for key, value in settings.items()},
        ),
        columns={
            name: table[name].reindex(codes).to_numpy(dtype=float) for name in sorted(wanted) if name in table
        },
        column_of=column_of,
        inventories=inventories,
        caps=national_caps(study, prepared.inputs, ratio),
        anchor_yuan_per_t=prepared.inputs.anchor_yuan_per_t,
        potential=potential_numbers(study, prepared.inputs),
    )


def _columns(study: Study) -> set[str]:
    indicators = (*study.scored, *(study.potential.indicators if study.potential else ()))
    return {name for indicator in indicators for name in columns_of(indicator.expression)} - {EMISSIONS}


def _column_of(prepared: PreparedStudy) -> dict[str, str]:
    """Columns by the names that prices, baseline and rule know them by, which may be those of a role."""
    study, dataset = prepared.study, prepared.inputs.dataset
    gdp = study.prices.gdp_column if study.baseline is None else study.baseline.gdp_column
    read = map(str, prepared.numbers.sharing.columns[prepared.numbers.years[-1]].columns)
    names = {name: name for name in (*read, study.prices.gdp_column)} | {GDP: gdp}
    return {name: size_column(dataset, column) or column for name, column in names.items()}


def _inventories(prepared: PreparedStudy, asked: Uncertainty, found: Collector) -> tuple[Vector, ...]:
    study, own = prepared.study, prepared.numbers.emissions_mt.sort_index()
    every = [own.to_numpy(dtype=float)]
    for number, inventory in enumerate(asked.inventories, start=1):
        place = f"uncertainty.inventories {number}.emissions"
        other = study.model_copy(update={"emissions": inventory.emissions})
        known = found.attempt(partial(base_year_emissions, other, prepared.inputs.dataset, found.file))
        if known is None:
            continue
        emissions = known.emissions_mt.reindex(own.index)
        wrong = emissions.index[~(emissions > 0) | ~np.isfinite(emissions)]
        if len(wrong):
            found.problems.append(
                Problem(found.file, place, "emissions above 0 of every province",
                        f"none of {', '.join(map(str, wrong))}", "Choose another inventory.")
            )  # fmt: skip
            continue
        # The cap is of the study's own sum: another inventory says who emits, not how much the nation does.
        every.append((emissions * (own.sum() / emissions.sum())).to_numpy(dtype=float))
    return tuple(every)
