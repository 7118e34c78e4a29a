"""Every constraint of the allocation LP, in the order of its rows."""

from __future__ import annotations

from capshare.model.allocation.constraints.bounds import CEILING, FLOOR
from capshare.model.allocation.constraints.cap import BLOCK_TOTAL, CAP
from capshare.model.allocation.constraints.carry_over import CARRY_LIMIT
from capshare.model.allocation.constraints.coverage import COVERAGE
from capshare.model.allocation.constraints.distance import ENTITLED, EQUITY_ABOVE, EQUITY_BELOW
from capshare.model.allocation.constraints.planners import AT_LEAST, AT_MOST
from capshare.model.allocation.constraints.ramp import ABATEMENT_FALL, ABATEMENT_RISE
from capshare.model.allocation.constraints.record import Constraint
from capshare.model.allocation.constraints.tier import TIER
from capshare.model.allocation.constraints.trade import MARKET, PURCHASE_LIMIT
from capshare.model.allocation.constraints.yearly_change import FALL_LIMIT, RISE_LIMIT
from capshare.model.allocation.data import AllocationData

CONSTRAINTS: tuple[Constraint, ...] = (
    BLOCK_TOTAL,
    CAP,
    COVERAGE,
    ENTITLED,
    EQUITY_ABOVE,
    EQUITY_BELOW,
    FLOOR,
    CEILING,
    TIER,
    PURCHASE_LIMIT,
    MARKET,
    AT_LEAST,
    AT_MOST,
    RISE_LIMIT,
    FALL_LIMIT,
    CARRY_LIMIT,
    ABATEMENT_RISE,
    ABATEMENT_FALL,
)


def constraints_of(data: AllocationData) -> tuple[Constraint, ...]:
    """The constraints of one allocation: those of the model that apply, then those that the data bring.

    Parameters
    ----------
    data : an allocation
    """
    return tuple(record for record in (*CONSTRAINTS, *further_of(data)) if record.applies(data))


def further_of(data: AllocationData) -> tuple[Constraint, ...]:
    """The constraints that the data bring beyond those of the model.

    Parameters
    ----------
    data : an allocation; it holds them without knowing what a record is, so that neither needs the other
    """
    return tuple(record for record in data.further if isinstance(record, Constraint))
