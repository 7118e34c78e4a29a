"""Which single rule decides each province's quota, and what the quota would be without it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import pandas as pd

from capshare.base.errors import CapshareError
from capshare.chain.prepared import PreparedStudy
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.prices import rule_part
from capshare.model.allocation.without_row import REMOVABLE, without_row
from capshare.model.allocation.year_links import unit
from capshare.model.allocation.years import join_years
from capshare.model.outcome.deciding_rule import DecidingRule
from capshare.model.outcome.outcome import OneYear
from capshare.model.targets.cuts import (
    CONSTRAINT,
    COST,
    DECIDING,
    LEAST_PRICE_YUAN_PER_T,
    NOT_HELD,
    cut_pct,
    decided_by,
)

_PLANNERS = ("rule_at_least", "rule_at_most")
# Limits that leave the quota free and still decide it, as cost weighs what they forbid.
_BESIDE_QUOTAS = ("purchase_limit", "abatement_rise", "abatement_fall")
LEAST_CHANGE_MT = 0.05


class DecidingRules:
    """The rule that decides each quota of a year; programmes and the year's own split are held.

    Parameters
    ----------
    found : the study, prepared
    one : the year of its outcome
    """

    def __init__(self, found: PreparedStudy, one: OneYear) -> None:
        self._found, self._one = found, one
        self._engine = Engine(found.engine.options)

    def of(self, code: str) -> DecidingRule:
        """The rule that decides a province's quota.

        Parameters
        ----------
        code : of the province
        """
        choice = str(self._choices[code])
        row = self._row(code, choice)
        own = DecidingRule(choice, quota_mt=self._quota(code), cut_pct=self._cut(code, self._quota(code)))
        if row is None:
            return own
        constraint, name = row
        without = self._without(code, constraint, name)
        if choice == COST and (without is None or abs(without - own.quota_mt) < LEAST_CHANGE_MT):
            # A limit on trade or abatement that has a price need not have a say in the quota.
            return own
        return replace(
            own,
            constraint=constraint,
            name=name,
            price_yuan_per_t=abs(float(self._prices["price_yuan_per_t"].loc[[row]].iloc[0])),
            without_mt=without,
            without_cut_pct=None if without is None else self._cut(code, without),
        )

    @property
    def _prices(self) -> pd.DataFrame:
        return self._one.prices

    @cached_property
    def _choices(self) -> pd.Series:
        data = self._found.data(self._one.year)
        rules = rule_part(self._prices["price_yuan_per_t"], data)
        return decided_by(self._prices, rules, data.provinces.index, data.provinces["tier"])

    def _row(self, code: str, choice: str) -> tuple[str, str] | None:
        """The row that stands for the choice; where cost decides, the dearest limit on trade or abatement."""
        if choice == CONSTRAINT:
            rows = self._planners_rows(code)
        else:
            wanted = _BESIDE_QUOTAS if choice in NOT_HELD else DECIDING[choice]
            rows = [(constraint, code) for constraint in wanted]
        known = self._prices.loc[[row for row in rows if row in self._prices.index]]
        holding = known[known["binding"].astype(bool)]["price_yuan_per_t"].abs()
        if choice in NOT_HELD:
            holding = holding[holding >= LEAST_PRICE_YUAN_PER_T]
        if holding.empty:
            return None
        constraint, name = holding.index[int(holding.to_numpy().argmax())]
        return str(constraint), str(name)

    def _planners_rows(self, code: str) -> list[tuple[str, str]]:
        """Rows of the constraints that name a province; where none does, all: a share is of the sum."""
        rules = self._found.inputs.rules[self._one.year]
        own = [rule.name for rule in rules if code in rule.weight] or [rule.name for rule in rules]
        return [(constraint, name) for constraint in _PLANNERS for name in own]

    def _quota(self, code: str) -> float:
        return float(self._one.provinces["quota_mt"][code])

    def _cut(self, code: str, quota_mt: float) -> float | None:
        targets = self._found.numbers.sharing.targets
        if targets is None:
            return None
        constant = float(targets.constant_intensity_mt[self._one.year][code])
        return float(cut_pct(pd.Series([quota_mt]), constant).iloc[0])

    def _without(self, code: str, constraint: str, name: str) -> float | None:
        label = self._label
        if constraint not in REMOVABLE:
            return None
        try:
            solved = self._engine.allocate(without_row(self._data, constraint, label(name)))
        except CapshareError:
            return None
        return float(solved.quantities["quota_mt"][label(code)])

    @cached_property
    def _data(self) -> AllocationData:
        """The year's numbers, or those of all years where rules tie them."""
        found = self._found
        if not found.numbers.year_rules.tie:
            return found.data(self._one.year)
        every = {year: found.data(year) for year in found.inputs.years}
        return join_years(every, found.numbers.year_rules, found.base)

    def _label(self, name: str) -> str:
        return unit(self._one.year, name) if self._found.numbers.year_rules.tie else name
