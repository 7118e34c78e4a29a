"""What would change a province's quota: one thing at a time, and the allocation solved again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError
from capshare.base.progress import counted
from capshare.chain.numbers import TargetNumbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.split import Split, split
from capshare.indicators.expression import evaluate
from capshare.model.allocation.engine import Engine
from capshare.model.targets.cuts import cut_pct
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import indicator_name

# Of a province's own figures, of the cap, and of the rules that are shares.
OWN, CAP, RULE = 0.10, 0.01, 0.10
# Of a study of targets, percentage points.
DISTANCE, SPREAD = 0.5, 1.0

# Whose the change is.
OWN_KIND, CAP_KIND, RULE_KIND = "own", "cap", "rule"
# Of whom the change is, and the split that it makes.
Change = tuple[str, Callable[[], Split]]


def quota_sensitivity(
    found: PreparedStudy, code: str, year: int, lang: str = DEFAULT_LANGUAGE
) -> pd.DataFrame:
    """Change of one province's quota when one thing changes and everything else stays.

    Parameters
    ----------
    found, year, lang : as of :class:`QuotaChanges`
    code : of the province

    Returns
    -------
    DataFrame, as of :meth:`QuotaChanges.of`
    """
    return QuotaChanges(found, year, lang).of(code)


class QuotaChanges:
    """What would change provinces' quotas, one thing at a time with everything else as it is.

    A province's indicators and emissions become a tenth larger, the cap a hundredth, T, floor and trade
    limit a tenth of their base, the number of groups one more or less, the scope the other one. Weights,
    scores, groups, entitlements and the allocation are found again each time; the abatement costs stay.
    Changes that are the same for every province are solved once for all of them.

    Parameters
    ----------
    found : the study, prepared
    year : one of the study's; allocated alone, without what ties it to other years
    lang : of the names of the changes
    """

    def __init__(self, found: PreparedStudy, year: int, lang: str = DEFAULT_LANGUAGE) -> None:
        self._found, self._year, self._lang = found, year, lang
        self._engine = Engine(found.engine.options)

    def of(self, code: str) -> pd.DataFrame:
        """Change of a province's quota, and of its cut where the study sets targets.

        Parameters
        ----------
        code : of the province

        Returns
        -------
        DataFrame, index ``change``; ``kind`` ("own", "cap" or "rule"), ``quota_mt, change_mt`` (Mt; missing
            where no allocation satisfies the changed rules), of a study of targets ``cut_pct`` and
            ``change_points``; the largest change first
        """
        changes = _own_changes(self._found, code, self._lang)
        own = {
            name: (kind, self._solved(change)) for name, (kind, change) in counted("changes", changes.items())
        }
        every = own | dict(self._shared)
        frame = pd.DataFrame(
            {"kind": {name: kind for name, (kind, _) in every.items()}}, index=pd.Index(every, name="change")
        )
        for column, moved in (("quota_mt", "change_mt"), ("cut_pct", "change_points")):
            if column in self._base:
                values = {name: float(table[column][code]) for name, (_, table) in every.items()}
                frame[column] = pd.Series(values, dtype=float)
                frame[moved] = frame[column] - float(self._base[column][code])
        return frame.sort_values("change_mt", key=lambda change: -change.abs(), kind="stable")

    @cached_property
    def _base(self) -> pd.DataFrame:
        return self._figures(self._found.split)

    @cached_property
    def _shared(self) -> dict[str, tuple[str, pd.DataFrame]]:
        changes = _shared_changes(self._found, self._lang)
        return {
            name: (kind, self._solved(change)) for name, (kind, change) in counted("changes", changes.items())
        }

    def _solved(self, change: Callable[[], Split]) -> pd.DataFrame:
        """Figures of a changed split; missing where it has no solution."""
        try:
            return self._figures(change())
        except CapshareError:
            return self._base * math.nan

    def _figures(self, changed: Split) -> pd.DataFrame:
        table = self._engine.allocate(changed.data(self._year)).quantities[["quota_mt"]]
        targets = changed.numbers.sharing.targets
        if targets is None:
            return table
        return table.assign(cut_pct=cut_pct(table["quota_mt"], targets.constant_intensity_mt[self._year]))


def _own_changes(found: PreparedStudy, code: str, lang: str) -> dict[str, Change]:
    vary, values = partial(_variant, found.split), found.numbers.indicators.values
    scaled = _scaled(values.index, code)
    changes: dict[str, Change] = {
        text("changes.own", lang, name=indicator_name(str(name), lang), share=OWN): (
            OWN_KIND,
            partial(vary, indicators__values=values.assign(**{str(name): values[name] * scaled})),
        )
        for name in values
    }
    emissions = text("changes.own_emissions", lang, share=OWN)
    return changes | {emissions: (OWN_KIND, partial(_with_emissions, found, code))}


def _shared_changes(found: PreparedStudy, lang: str) -> dict[str, Change]:
    larger = partial(_variant, found.split, divided_mt=found.numbers.divided_mt * (1 + CAP))
    rules = _rule_changes(found, lang)
    return {text("changes.cap", lang, share=CAP): (CAP_KIND, larger)} | {
        name: (RULE_KIND, change) for name, change in rules.items()
    }


def _rule_changes(found: PreparedStudy, lang: str) -> dict[str, Callable[[], Split]]:
    numbers, vary = found.numbers, partial(_variant, found.split)
    if numbers.sharing.targets is not None:
        return _target_changes(found, numbers.sharing.targets, lang)
    changes: dict[str, Callable[[], Split]] = {}
    for key in ("max_deviation", "trade_limit"):
        now = float(getattr(numbers.limits, key))
        for then in (now - RULE, now + RULE):
            if 0 <= then < math.inf:
                label = text(f"changes.{key}", lang, now=now, then=then)
                changes[label] = partial(vary, **{f"limits__{key}": then})
    floor = found.study.allocation.floor
    if isinstance(floor, float | int):
        for share in (floor - RULE, floor + RULE):
            if share >= 0:
                changed = pd.DataFrame(dict.fromkeys(numbers.years, share * numbers.emissions_mt))
                changes[text("changes.floor", lang, now=floor, then=share)] = partial(vary, floor_mt=changed)
    grouping = numbers.grouping
    if grouping.method == "kmeans" and numbers.scope == "groups":
        for k in (grouping.k - 1, grouping.k + 1):
            if 1 <= k <= len(found.score):
                changes[text("changes.k", lang, now=grouping.k, then=k)] = partial(vary, grouping__k=k)
    if grouping.method != "none":
        other = "national" if numbers.scope == "groups" else "groups"
        changes[text(f"changes.{other}", lang)] = partial(vary, scope=other)
    return changes


def _target_changes(
    found: PreparedStudy, targets: TargetNumbers, lang: str
) -> dict[str, Callable[[], Split]]:
    distance, spread = targets.distance_points, targets.spread_points
    moved = {
        text(f"changes.{name}", lang, now=now, then=then): then_targets
        for name, now, then, then_targets in (
            *(("distance", distance, to, replace(targets, distance_points=to))
              for to in (distance - DISTANCE, distance + DISTANCE)),
            *(("spread", spread, to, replace(targets, spread_points=to))
              for to in (spread - SPREAD, spread + SPREAD)),
        )
        if 0 <= then < math.inf
    }  # fmt: skip
    sharing = found.numbers.sharing
    return {
        label: partial(_variant, found.split, sharing=replace(sharing, targets=changed))
        for label, changed in moved.items()
    }


def _variant(base: Split, **changes: Any) -> Split:
    return split(base.numbers.with_(**changes), base)


def _scaled(codes: pd.Index, code: str) -> pd.Series:
    scaled = pd.Series(1.0, index=codes)
    scaled[code] = 1 + OWN
    return scaled


def _with_emissions(found: PreparedStudy, code: str) -> Split:
    """Emissions, what is a share of them, the indicators that use them, and what can be abated."""
    numbers, steps = found.numbers, found.numbers.steps
    scaled = _scaled(numbers.emissions_mt.index, code)
    emissions = numbers.emissions_mt * scaled
    table = found.inputs.dataset.table.assign(emissions_mt=emissions)
    indicators = {i.id: evaluate(i.expression, table, "study", i.id) for i in found.study.scored}
    larger = found.with_study(
        found.study,
        replace(
            found.inputs,
            base_year=found.inputs.base_year._replace(emissions_mt=emissions),
            baseline_mt=numbers.baseline_mt.mul(scaled, axis="index"),
            floor_mt=numbers.floor_mt.mul(scaled, axis="index"),
            ceiling_mt=numbers.ceiling_mt.mul(scaled, axis="index"),
            indicators=pd.DataFrame(indicators),
        ),
        replace(found.costs, steps=steps.assign(size_mt=steps["size_mt"].mul(scaled, level="code"))),
    )
    return larger.split
