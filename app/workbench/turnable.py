"""What may be turned in a study: its own keys by topic, each with the kind of value that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from capshare.indicators.dataset.scenarios import shipped_scenarios
from capshare.indicators.electricity import View
from capshare.model.rules.registry import find, rules
from capshare.reports.words.columns import MT, PERCENT, POINTS, PRICE, SHARE
from capshare.study.cost_curves import GIVEN
from capshare.study.sections.prices import Prices
from capshare.study.sections.source import Electricity
from capshare.study.study import Study
from capshare.workbench.setting_answers import Kind

SECTIONS = (
    "target",
    "growth",
    "spread",
    "weights",
    "groups",
    "bounds",
    "distance",
    "trade",
    "costs",
    "rules",
)


@dataclass(frozen=True)
class Turnable:
    """A key of a study that may be turned.

    Attributes
    ----------
    key, section, kind : of the setting
    span : least and most that a slider shows where the study names no range, and its step
    unit : as the columns of a run have it
    choices : values of a choice; those that do not fit the study are for the catalogue to leave out
    called : name of its texts, where that is not the key
    names : what stands in its texts
    year : the one year that it is about
    default : value where the study states none
    """

    key: str
    section: str
    kind: Kind
    span: tuple[float, float, float] | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    called: str = ""
    names: tuple[tuple[str, str], ...] = ()
    year: int | None = None
    default: float | None = None


def turnables(study: Study, anchor_yuan_per_t: float | None) -> tuple[Turnable, ...]:
    """Every key that a planner may turn, in the order in which they are shown.

    Parameters
    ----------
    study : what it has decides what may be turned
    anchor_yuan_per_t : price that the study's prices are scaled to; None without one
    """
    found = [
        *_target(study), *_growth(study), *_spread(study), *_weights(study), *_groups(study), *_bounds(study),
        *_distance(study), *_trade(study), *_costs(study, anchor_yuan_per_t),
        Turnable("allocation.constraint", "rules", "constraints"),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: SECTIONS.index(one.section)))


def around(value: float, share: float = 0.2, steps: int = 100) -> tuple[float, float, float]:
    """A range on both sides of a value.

    Parameters
    ----------
    value : in the middle
    share : of the value, on each side
    steps : from end to end
    """
    reach = abs(value) * share
    return value - reach, value + reach, 2 * reach / steps


def _target(study: Study) -> Iterator[Turnable]:
    cap = study.cap
    if cap.cut_pct is not None:
        low, high, _ = around(cap.cut_pct, 0.4)
        yield Turnable(
            "cap.cut_pct", "target", "number", (low, high, 0.1), PERCENT, called=f"cap.cut_pct.{cap.method}"
        )
    if cap.first_year_cut_pct is not None:
        yield Turnable(
            "cap.first_year_cut_pct", "target", "number", (0.0, 2 * cap.first_year_cut_pct, 0.1), PERCENT
        )
    if cap.then is not None:
        yield Turnable("cap.then.cut_pct", "target", "number", (0.0, 2 * cap.then.cut_pct, 0.1), PERCENT)
        yield Turnable("cap.then.co2_share_of_cut", "target", "number", (0.5, 1.2, 0.05))
    for table, unit in (("mt", MT), ("cuts_pct", PERCENT)):
        for year, value in getattr(cap, table).items():
            names, span = (("year", year),), around(value, 0.1)
            yield Turnable(
                f"cap.{table}.{year}",
                "target",
                "number",
                span,
                unit,
                called=f"cap.{table}",
                names=names,
                year=int(year),
            )
    for key in ("peak_mt", "budget_mt"):
        value = getattr(cap, key)
        if value is not None:
            yield Turnable(f"cap.{key}", "target", "number", around(value), MT)


def _growth(study: Study) -> Iterator[Turnable]:
    asked = study.baseline
    if asked is not None and asked.method == "growth":
        scenarios = tuple(dict.fromkeys((study.study.scenario, *shipped_scenarios())))
        yield Turnable("study.scenario", "growth", "choice", choices=scenarios, called="study.scenario")
        yield Turnable("baseline.autonomous_change", "growth", "number", (0.0, 0.05, 0.001), SHARE)
        if asked.growth_window:
            yield Turnable("baseline.persistence", "growth", "number", (0.0, 1.0, 0.05))
    if study.nowcast is not None:
        yield Turnable("nowcast.provincial", "growth", "choice", choices=("national", "second-inventory"))
    if study.electricity is not None:
        yield Turnable("electricity.view", "growth", "choice", choices=get_args(View))
        factors = get_args(Electricity.model_fields["factor"].annotation)
        yield Turnable("electricity.factor", "growth", "choice", choices=factors)
    if study.cap.method == "intensity":
        yield Turnable("cap.start", "growth", "choice", choices=("official", "inventory"))


def _spread(study: Study) -> Iterator[Turnable]:
    if study.burden is not None:
        yield Turnable("burden.spread_points", "spread", "number", (0.0, 15.0, 0.1), POINTS)
        return
    within = study.allocation.within
    yield Turnable("allocation.within", "spread", "choice", choices=tuple(rules()))
    rule = find(within)
    own = {**rule.parameters, **study.rules.get(within, {})}
    for name, value in own.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            low, high = rule.limits.get(name, (0.0, float("inf")))
            top = min(high, 2 * float(value) or 1.0)
            called, names = "rules.parameter", (("parameter", name), ("rule", within))
            yield Turnable(
                f"rules.{within}.{name}",
                "spread",
                "number",
                (low, top, (top - low) / 100),
                called=called,
                names=names,
                default=float(value),
            )


def _weights(study: Study) -> Iterator[Turnable]:
    place, section = ("burden", "burden.weights") if study.burden else ("", "weights.method")
    given = () if study.weights.given is None else ("given",)
    methods = ("entropy", "equal", "critic", *given)
    yield Turnable(section, "weights", "choice", choices=methods, called="weights.method")
    for name in study.weights.given or ():
        yield Turnable(
            f"weights.given.{name}",
            "weights",
            "number",
            (0.0, 1.0, 0.01),
            called="weights.given",
            names=(("indicator", name),),
        )
    for indicator in study.scored:
        key = ".".join(filter(None, (place, "indicators", indicator.id, "direction")))
        called = f"indicators.direction.{'burden' if study.burden else 'quota'}"
        yield Turnable(
            key,
            "weights",
            "choice",
            choices=("more", "less"),
            called=called,
            names=(("indicator", indicator.id),),
        )


def _groups(study: Study) -> Iterator[Turnable]:
    if study.targets is not None:
        yield Turnable("targets.tiers", "groups", "choice", choices=("guide", "bind", "none"))
        if study.targets.tiers != "none":
            yield Turnable("targets.tiers_k", "groups", "integer", (2, 10, 1))
        return
    yield Turnable("allocation.scope", "groups", "choice", choices=("groups", "national"))
    yield Turnable("groups.method", "groups", "choice", choices=("kmeans", "given", "none"))
    if study.groups.method == "kmeans":
        yield Turnable("groups.k", "groups", "integer", (2, 10, 1))
        yield Turnable("groups.on", "groups", "choice", choices=("unweighted", "weighted"))
        yield Turnable("groups.split", "groups", "choice", choices=("sum", "centroid"))


def _bounds(study: Study) -> Iterator[Turnable]:
    if study.targets is not None:
        yield Turnable("targets.band_pct", "bounds", "numbers", (0.0, 40.0, 0.5), PERCENT)
        yield Turnable("targets.round_to_points", "bounds", "number", (0.1, 2.0, 0.1), POINTS)
        return
    for key, top in (("floor", 1.0), ("ceiling", 2.0)):
        bound = getattr(study.allocation, key)
        default = ".default" if isinstance(bound, Mapping) else ""
        yield Turnable(
            f"allocation.{key}{default}",
            "bounds",
            "number",
            (0.0, top, 0.01),
            SHARE,
            called=f"allocation.{key}",
        )


def _distance(study: Study) -> Iterator[Turnable]:
    if study.targets is not None:
        yield Turnable("targets.distance_points", "distance", "number", (0.0, 10.0, 0.1), POINTS)
    else:
        yield Turnable("allocation.max_deviation", "distance", "number", (0.0, 0.5, 0.005), SHARE)


def _trade(study: Study) -> Iterator[Turnable]:
    yield Turnable("allocation.trade_limit", "trade", "number", (0.0, 0.5, 0.005), SHARE)
    yield Turnable("market.reserve_share", "trade", "number", (0.0, 0.2, 0.005), SHARE)
    if len(study.allocation_years()) > 1:
        yield Turnable("allocation.max_abatement_change", "trade", "number", (0.0, 0.2, 0.005), SHARE)
    if study.smoothing is not None:
        yield Turnable("smoothing.max_yearly_change", "trade", "number", (0.005, 0.2, 0.005), SHARE)
    if study.carry_over is not None:
        yield Turnable("carry_over.limit", "trade", "number", (0.0, 0.5, 0.005), SHARE)


def _costs(study: Study, anchor_yuan_per_t: float | None) -> Iterator[Turnable]:
    methods = get_args(Prices.model_fields["method"].annotation)
    if study.prices.column is None:
        methods = tuple(name for name in methods if name != GIVEN)
    yield Turnable("prices.method", "costs", "choice", choices=methods)
    if anchor_yuan_per_t is not None:
        yield Turnable("prices.anchor", "costs", "number", (0.0, 3 * anchor_yuan_per_t, 1.0), PRICE)
    yield Turnable("prices.max_abatement", "costs", "number", (0.1, 1.0, 0.01), SHARE)
