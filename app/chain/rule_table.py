"""The rule inside the blocks applied again and again: the formula alone, its inputs checked before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.chain.numbers import SharingNumbers
from capshare.model.allocation.projection import project_arrays
from capshare.model.rules.registry import alone, find
from capshare.model.rules.requirements import needed_columns
from capshare.solvers.program import Vector


class RuleTable:
    """A rule with the columns that it reads.

    Parameters
    ----------
    sharing : the rule, and the columns that its parameters name
    """

    def __init__(self, sharing: SharingNumbers) -> None:
        self._rule = find(sharing.rule)
        self._needed = needed_columns(self._rule, {**self._rule.parameters, **sharing.parameters})
        self._columns: pd.DataFrame | None = None
        self._table = pd.DataFrame()

    def quota(
        self,
        columns: pd.DataFrame,
        made: Mapping[str, NDArray[Any]],
        cap_mt: float,
        parameters: Mapping[str, Any],
    ) -> Vector:
        """Quotas of the rule without any bound, one per province, Mt CO2; not finite where it has none.

        Parameters
        ----------
        columns : what the rule reads, index code
        made : name → values that the chain makes, in the order of the columns' index
        cap_mt : Mt CO2
        parameters : of the rule's formula; numbers alone may differ from those of the study
        """
        quota = self._alone(columns, made, cap_mt, parameters)
        if not np.isfinite(quota).all():
            return quota
        # As the registry does: the same bits, so that equally good allocations fall alike.
        free = np.full(len(quota), np.inf)
        return project_arrays(quota, cap_mt, np.zeros(len(quota)), free).amount_mt

    def _alone(
        self,
        columns: pd.DataFrame,
        made: Mapping[str, NDArray[Any]],
        cap_mt: float,
        parameters: Mapping[str, Any],
    ) -> Vector:
        share_of = self._rule.share_of
        if share_of is not None:
            share = made[share_of] if share_of in made else columns[share_of].to_numpy(dtype=float)
            with np.errstate(invalid="ignore", divide="ignore"):
                return np.asarray(cap_mt * (share / share.sum()), dtype=float)
        if columns is not self._columns:
            self._columns = columns
            self._table = columns.assign(floor_mt=0.0, ceiling_mt=np.inf)
        table = self._table.copy(deep=False)
        for name in self._needed:
            if name in made:
                table[name] = made[name]
        return alone(self._rule, table, cap_mt, {**self._rule.parameters, **parameters}).to_numpy(dtype=float)
