"""What would change a province's quota: one thing at a time, and the allocation solved again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError
from capshare.base.progress import counted
from capshare.chain.numbers import TargetNumbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.split import Split, split
from capshare.indicators.expression import evaluate
from capshare.model.allocation.engine import Engine
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import indicator_name

# Of a province's own figures, of the cap, and of the rules that are shares.
OWN, CAP, RULE = 0.10, 0.01, 0.10
# Of a study of targets, percentage points.
DISTANCE, SPREAD = 0.5, 1.0

Change = Callable[[], Split]


def quota_sensitivity(
    found: PreparedStudy, code: str, year: int, lang: str = DEFAULT_LANGUAGE
) -> pd.DataFrame:
    """Change of a province's quota when one thing changes and everything else stays.

    Its own indicators and emissions become a tenth larger, the cap a hundredth, T, floor and trade limit a
    tenth of their base, the number of groups one more or less, the scope the other one. Weights, scores,
    groups, entitlements and the allocation are found again each time; the abatement costs stay.

    Parameters
    ----------
    found : the study, prepared
    code : of the province
    year : one of the study's; allocated alone, without what ties it to other years
    lang : of the names of the changes

    Returns
    -------
    DataFrame, index ``change``; ``quota_mt, change_mt`` (Mt; missing where no allocation satisfies the
    changed rules), the largest change first
    """
    engine = Engine(found.engine.options)

    def quota_of(changed: Split) -> float:
        return float(engine.allocate(changed.data(year)).quantities["quota_mt"][code])

    base = quota_of(found.split)
    rows = {}
    for name, change in counted("changes", _changes(found, code, lang).items()):
        try:
            rows[name] = quota_of(change())
        except CapshareError:
            rows[name] = math.nan
    quota = pd.Series(rows, name="quota_mt", dtype=float).rename_axis("change")
    frame = pd.DataFrame({"quota_mt": quota, "change_mt": quota - base})
    return frame.sort_values("change_mt", key=lambda change: -change.abs(), kind="stable")


def _changes(found: PreparedStudy, code: str, lang: str) -> dict[str, Change]:
    numbers, vary = found.numbers, partial(_variant, found.split)
    values = numbers.indicators.values
    scaled = _scaled(values.index, code)
    changes: dict[str, Change] = {
        text("changes.own", lang, name=indicator_name(str(name), lang), share=OWN): partial(
            vary, indicators__values=values.assign(**{str(name): values[name] * scaled})
        )
        for name in values
    }
    changes[text("changes.own_emissions", lang, share=OWN)] = partial(_with_emissions, found, code)
    changes[text("changes.cap", lang, share=CAP)] = partial(vary, divided_mt=numbers.divided_mt * (1 + CAP))
    return changes | _rule_changes(found, lang)


def _rule_changes(found: PreparedStudy, lang: str) -> dict[str, Change]:
    numbers, vary = found.numbers, partial(_variant, found.split)
    if numbers.sharing.targets is not None:
        return _target_changes(found, numbers.sharing.targets, lang)
    changes: dict[str, Change] = {}
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


def _target_changes(found: PreparedStudy, targets: TargetNumbers, lang: str) -> dict[str, Change]:
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
            emissions_mt=emissions,
            baseline_mt=numbers.baseline_mt.mul(scaled, axis="index"),
            floor_mt=numbers.floor_mt.mul(scaled, axis="index"),
            ceiling_mt=numbers.ceiling_mt.mul(scaled, axis="index"),
            indicators=pd.DataFrame(indicators),
        ),
        replace(found.costs, steps=steps.assign(size_mt=steps["size_mt"].mul(scaled, level="code"))),
    )
    return larger.split
