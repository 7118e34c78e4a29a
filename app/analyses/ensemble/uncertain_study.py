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
from capshare.chain.numbers import Numbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.variant_potential import PotentialNumbers, potential_numbers
from capshare.indicators.expression import columns_of
from capshare.solvers.program import Vector
from capshare.study.sections.uncertainty import Uncertainty
from capshare.study.study import Study

EMISSIONS = "emissions_mt"


@dataclass(frozen=True)
class UncertainStudy:
    """A study with what is uncertain in it; arrays are one per province, in the order of the codes.

    Attributes
    ----------
    study : with its section ``[uncertainty]``
    numbers : what its split is computed from
    centre : what the spreads are around
    columns : column of the dataset → numbers, as far as something drawn reads them
    inventories : emissions of the base year by each inventory, Mt CO2; the study's own first
    growth_factor : national growth of each year after the base year up to the last, 1.05 for 5 %; empty where
        the study has none
    anchor_yuan_per_t : what the median price is scaled to; None where prices stay as found
    potential : what the ranking is computed from; None where the study has none
    """

    study: Study
    numbers: Numbers
    centre: Centre
    columns: Mapping[str, Vector]
    inventories: tuple[Vector, ...]
    growth_factor: tuple[float, ...]
    anchor_yuan_per_t: float | None
    potential: PotentialNumbers | None

    @property
    def asked(self) -> Uncertainty:
        """The section."""
        if self.study.uncertainty is None:
            raise TypeError("an uncertain study has the section")
        return self.study.uncertainty

    @property
    def year(self) -> int:
        """The year that is drawn, the study's last."""
        return self.numbers.years[-1]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the provinces, in order."""
        return tuple(map(str, self.numbers.emissions_mt.index.sort_values()))


def uncertain_study(prepared: PreparedStudy) -> UncertainStudy:
    """Bring together what the draws of a study are made from.

    Parameters
    ----------
    prepared : the study

    Raises
    ------
    CapshareError
        where the study names nothing uncertain, its years are tied, or a spread does not fit the study, with
        every problem.
    """
    study, numbers, found = prepared.study, prepared.numbers, Collector(prepared.path.name)
    check_uncertainty(prepared, found)
    asked = study.uncertainty
    if asked is None:
        raise CapshareError(found.problems)
    inventories = _inventories(prepared, asked, found)
    found.refuse()
    codes = numbers.emissions_mt.index.sort_values()
    settings = {setting.key: setting_value(study, setting.key) for setting in asked.settings}
    table, wanted = prepared.inputs.dataset.table, _columns(study)
    gdp = prepared.inputs.gdp_1e8yuan
    ratio = (
        np.ones(1) if gdp is None else gdp.loc[:, study.study.base_year : numbers.years[-1]].sum().to_numpy()
    )
    return UncertainStudy(
        study=study,
        numbers=numbers,
        centre=Centre(
            seed=study.study.seed,
            provinces=len(codes),
            weight=prepared.weight.reindex(numbers.indicators.values.columns).to_numpy(dtype=float),
            settings={key: 0.0 if value is None else value for key, value in settings.items()},
        ),
        columns={
            name: table[name].reindex(codes).to_numpy(dtype=float) for name in sorted(wanted) if name in table
        },
        inventories=inventories,
        growth_factor=tuple((ratio[1:] / ratio[:-1]).tolist()),
        anchor_yuan_per_t=prepared.inputs.anchor_yuan_per_t,
        potential=potential_numbers(study, prepared.inputs),
    )


def _columns(study: Study) -> set[str]:
    indicators = (*study.scored, *(study.potential.indicators if study.potential else ()))
    read = {name for indicator in indicators for name in columns_of(indicator.expression)}
    return (read | {study.prices.gdp_column}) - {EMISSIONS}


def _inventories(prepared: PreparedStudy, asked: Uncertainty, found: Collector) -> tuple[Vector, ...]:
    study, own = prepared.study, prepared.numbers.emissions_mt.sort_index()
    every = [own.to_numpy(dtype=float)]
    for number, inventory in enumerate(asked.inventories, start=1):
        place = f"uncertainty.inventories {number}.emissions"
        other = study.model_copy(update={"emissions": inventory.emissions})
        known = found.attempt(partial(base_year_emissions, other, prepared.inputs.dataset, found.file))
        if known is None:
            continue
        emissions = known[0].reindex(own.index)
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
