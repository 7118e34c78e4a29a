"""Numbers of a study file that may give way together, and the allocations that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from capshare.base.errors import StudyChange
from capshare.chain.prepared import PreparedStudy
from capshare.chain.repaired import repaired_study, under_rules
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.relaxation import Levers, Relaxation
from capshare.model.allocation.years import join_years


@dataclass(frozen=True)
class StudyRelaxation:
    """Numbers of one kind, and where they stand in the study file.

    Attributes
    ----------
    called : what people call them
    relaxation : the numbers; its levers are labelled as in ``keys``
    keys : lever → its change to the value it has, to be given another
    """

    called: str
    relaxation: Relaxation
    keys: Mapping[str, StudyChange]


def all_years(found: PreparedStudy) -> AllocationData:
    """The allocations of all years in one, whose rules some split satisfies where each year's do.

    One abatement step each is left: what is not abated may stay uncovered, so steps decide nothing here.

    Parameters
    ----------
    found : the chain of the study
    """
    years = {year: bare_data(found, year) for year in found.inputs.years}
    return join_years(years, found.numbers.year_rules, found.base)


def bare_data(found: PreparedStudy, year: int) -> AllocationData:
    """One year's allocation with one abatement step each.

    Parameters
    ----------
    found : the chain of the study
    year : one of the study's
    """
    numbers = found.data(year)
    return replace(numbers, steps=numbers.steps.groupby(level=0).head(1))


def with_values(
    found: PreparedStudy, keys: Mapping[str, StudyChange]
) -> Callable[[pd.Series], AllocationData]:
    """How the allocations follow from values of levers: through the study, as if typed into its file.

    Parameters
    ----------
    found : the chain of the study as it is
    keys : lever → where it stands in the study file
    """

    def turned(value: pd.Series) -> AllocationData:
        changes = [
            replace(keys[str(lever)], after=float(after))
            for lever, after in value.items()
            if after != keys[str(lever)].before
        ]
        return all_years(under_rules(found, repaired_study(found.study, changes)))

    return turned


def levers_of(
    found: PreparedStudy,
    keys: Mapping[str, StudyChange],
    per_unit: pd.DataFrame,
    lowest: float | None,
    highest: float | None,
) -> Levers:
    """Levers at the values they have; without a limit they move no further to that side than they are.

    Parameters
    ----------
    found, keys : as of :func:`with_values`
    per_unit : as of :class:`Levers`
    lowest, highest : one limit for all levers; None for none beyond their values
    """
    value = pd.Series({lever: key.before for lever, key in keys.items()}, dtype=float)
    low = value if lowest is None else 0.0 * value + lowest
    high = value if highest is None else 0.0 * value + highest
    return Levers(value, per_unit, low, high, with_values(found, keys))
