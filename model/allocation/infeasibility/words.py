"""Colliding rules and their mends in a planner's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.repair import Mend, outwards
from capshare.model.allocation.smoothing import smoothing_share

SUBJECTS: Mapping[str, str] = {
    "cap": "the cap",
    "national cap": "the caps in proportion",
    "floor": "the floors",
    "ceiling": "the ceilings",
    "max_deviation": "max_deviation",
    "smoothing": "the largest yearly change",
}


@dataclass(frozen=True)
class Words:
    """What to call the provinces, blocks and rules of an allocation.

    Attributes
    ----------
    data : the allocation
    names : province → its name; without one the label is its name
    """

    data: AllocationData
    names: Mapping[str, str]

    def collision(self, members: Sequence[tuple[str, str]]) -> str:
        """The rules that collide, by kind, the weightiest first."""
        by_kind: dict[str, list[str]] = {}
        for constraint, label in reversed(members):
            by_kind.setdefault(constraint, []).insert(0, label)
        text = "; ".join(self._kind(kind, labels) for kind, labels in by_kind.items())
        if len(members) == 1:
            return f"no split satisfies the {text}"
        return f"these {len(members)} contradict each other, though without any one the others agree: {text}"

    def remedy(self, mends: Sequence[Mend]) -> str:
        """Each way to mend the collision, and what does not mend it."""
        ways = [self._way(mend.kind, mend.change) for mend in mends if mend.change is not None]
        powerless = [self._subject(mend) for mend in mends if mend.change is None]
        text = f"Any one of these mends it: {'; '.join(ways)}." if ways else "Change several rules together."
        if powerless:
            text += f" No such change was found in {', '.join(powerless)} alone."
        return text

    def _subject(self, mend: Mend) -> str:
        return SUBJECTS.get(mend.kind) or (self._rule(mend.name) if mend.name else "all rules together")

    def _called(self, label: str, names: Mapping[str, str]) -> str:
        """Name of a province, block or rule; those of a joint allocation are labelled ``year:name``."""
        year, _, name = label.partition(":")
        if self.data.provinces["period"].nunique() > 1:
            return f"{names.get(name, name)} in {year}"
        return names.get(label, label)

    def _province(self, label: str) -> str:
        return self._called(label, self.names)

    def _rule(self, label: str) -> str:
        return f"rule '{self._called(label, {})}'"

    def _kind(self, kind: str, labels: list[str]) -> str:
        if kind.startswith("rule"):
            return ", ".join(map(self._rule, labels))
        if kind in ("rise_limit", "fall_limit"):
            share = smoothing_share(self.data)
            side = {"rise_limit": "rise", "fall_limit": "fall"}[kind]
            return f"largest yearly {side} ({share:.6g}) of {', '.join(map(self._province, labels))}"
        if kind == "cap":
            return self._listed(self.data.caps_mt, labels, self._caps)
        if kind in ("floor", "ceiling"):
            return f"{kind} of {self._listed(self.data.provinces[f'{kind}_mt'], labels, self.names)}"
        return self._equity(kind, labels)

    @property
    def _caps(self) -> Mapping[str, str]:
        """Block → what its cap is called; the one block of an allocation without groups is "all"."""
        blocks = {label.rpartition(":")[2] for label in self.data.caps_mt.index}
        return {block: "national cap" if block == "all" else f"cap of group {block}" for block in blocks}

    def _equity(self, kind: str, labels: list[str]) -> str:
        deviation = self.data.terms.max_deviation
        side, factor = ("at most", 1 + deviation) if kind == "equity_above" else ("at least", 1 - deviation)
        listed = self._listed(factor * self.data.provinces["entitlement_mt"], labels, self.names)
        return f"{kind.replace('_', ' ')} ({side} {factor:.6g} of the entitlement) at {listed}"

    def _listed(self, amounts_mt: pd.Series, labels: list[str], names: Mapping[str, str]) -> str:
        return ", ".join(f"{self._called(label, names)} ({amounts_mt[label]:.6g} Mt)" for label in labels)

    def _way(self, kind: str, change: pd.Series) -> str:
        """One mend as an instruction; its numbers are rounded outwards, to be typed in."""
        if kind == "rule":
            return " and ".join(self._relaxed(str(rule), abs(float(mt))) for rule, mt in change.items())
        if kind in ("max_deviation", "smoothing"):
            now = self.data.terms.max_deviation if kind == "max_deviation" else smoothing_share(self.data)
            subject = SUBJECTS[kind]
            return f"raise {subject} from {now:.10g} to {now + change.sum():.10g}"
        if kind in ("cap", "national cap"):
            return self._recapped(kind, change)
        verb = {"floor": "lower the floor", "ceiling": "raise the ceiling"}[kind]
        return f"{verb} of {self._moved(change, self.data.provinces[f'{kind}_mt'], self.names)}"

    def _recapped(self, kind: str, change: pd.Series) -> str:
        caps = self.data.caps_mt
        national = f"{change.sum():+.10g} Mt ({change.sum() / caps.sum():+.2%})"
        if len(caps) == 1:
            return f"change the national cap by {national} to {caps.sum() + change.sum():.10g} Mt"
        if kind == "national cap":
            return f"change all caps in proportion, in sum by {national}"
        return f"change the {self._moved(change, caps, self._caps, '+')}, in sum by {national}"

    def _relaxed(self, rule: str, mt: float) -> str:
        counted = self.data.rule_weight.xs(rule, level="rule") != 0
        provinces = self.data.provinces
        periods = provinces.loc[counted[counted].index, "period"]
        blocks = provinces.loc[provinces["period"].isin(periods), "block"].unique()
        total = self.data.caps_mt[blocks].sum()
        points = outwards(np.array([100 * mt / total]))[0]
        return f"relax {self._rule(rule)} by {mt:.10g} Mt ({points:.10g} share points of the national cap)"

    def _moved(
        self, change: pd.Series, before_mt: pd.Series, names: Mapping[str, str], sign: str = ""
    ) -> str:
        after_mt = before_mt.reindex(change.index) + change
        by = change if sign else change.abs()
        return ", ".join(
            f"{self._called(label, names)} by {by[label]:{sign}.10g} Mt to {after_mt[label]:.10g} Mt"
            for label in map(str, change.index)
        )
