"""The study file: one TOML file, validated into a frozen object that refuses unknown keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import model_validator

from capshare.study.readings import unmet_by_readings
from capshare.study.sections.allocation import AllocationSection, Solver
from capshare.study.sections.base import Name, Section
from capshare.study.sections.groups import Groups
from capshare.study.sections.market_sectors import MarketSectors
from capshare.study.sections.outcome import Balance, PotentialSection
from capshare.study.sections.plan import Burden, BurdenIndicator, Targets
from capshare.study.sections.prices import Prices
from capshare.study.sections.rules import ComparisonSection, RuleSettings
from capshare.study.sections.sensitivity import Choice
from capshare.study.sections.source import (
    Electricity,
    Emissions,
    Published,
    QuotaIndicator,
    StudySection,
    Weights,
)
from capshare.study.sections.uncertainty import Uncertainty
from capshare.study.sections.years import Baseline, Cap, CarryOver, Market, NowcastSection, Smoothing


class Study(Section):
    """A study: everything a run depends on besides the dataset."""

    study: StudySection
    emissions: Emissions
    nowcast: NowcastSection | None = None
    electricity: Electricity | None = None
    cap: Cap
    baseline: Baseline | None = None
    indicators: tuple[QuotaIndicator, ...] = ()
    """Indicators of the score that quotas follow; in a study of targets [burden] has them."""
    weights: Weights = Weights()
    groups: Groups = Groups()
    burden: Burden | None = None
    targets: Targets | None = None
    prices: Prices = Prices()
    allocation: AllocationSection = AllocationSection()
    rules: Mapping[Name, RuleSettings] = {}
    """Rule → its parameters, as `capshare rules` lists them; defaults for the others."""
    comparison: ComparisonSection = ComparisonSection()
    smoothing: Smoothing | None = None
    carry_over: CarryOver | None = None
    market: Market = Market()
    market_sectors: MarketSectors | None = None
    balance: Balance = Balance()
    potential: PotentialSection | None = None
    published: Published | None = None
    sensitivity: tuple[Choice, ...] = ()
    """Choices that could as well have been others: a run says how far each moves the result."""
    uncertainty: Uncertainty | None = None
    solver: Solver = Solver()

    @model_validator(mode="before")
    @classmethod
    def _as_targets_imply(cls, said: Any) -> Any:
        """Fill in what the sections on targets decide of the others, where the file does not say it."""
        if not isinstance(said, Mapping) or "burden" not in said:
            return said
        whole = dict(said)
        for section, implied in _implied(said).items():
            stated = said.get(section, {})
            if isinstance(stated, Mapping):
                whole[section] = {**implied, **stated}
        return whole

    @model_validator(mode="after")
    def _of_one_kind(self) -> Study:
        """A study splits amounts by a score, or sets targets by a burden."""
        planned = self.cap.method == "intensity-plan"
        if (self.burden is None) == (not self.indicators):
            raise ValueError("either [[indicators]] or a section [burden]")
        sets_targets = self.burden is not None
        if sets_targets != (self.targets is not None) or (sets_targets and not planned):
            raise ValueError('[burden] and [targets] together, and with cap.method = "intensity-plan" alone')
        if sets_targets and (self.cap.then or self.cap.plan_year):
            raise ValueError("no cap.then and no cap.plan_year beside [targets], which end with the plan")
        if planned and (self.baseline is None or self.baseline.method != "growth"):
            raise ValueError('[baseline] with method "growth", which emissions at constant intensity follow')
        for section, implied in _implied(self).items() if sets_targets else ():
            for key, value in implied.items():
                if getattr(getattr(self, section), key) != value:
                    raise ValueError(f"no {section}.{key} beside [burden] and [targets], which decide it")
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Study:
        for where, indicators in (
            ("indicators", self.indicators),
            ("potential.indicators", self.potential.indicators if self.potential else ()),
        ):
            ids = [indicator.id for indicator in indicators]
            twice = sorted({name for name in ids if ids.count(name) > 1})
            if twice:
                raise ValueError(f"{where} with ids of their own, not {', '.join(twice)} more than once")
        choices = [choice.choice for choice in self.sensitivity]
        twice = sorted({name for name in choices if choices.count(name) > 1})
        if twice:
            raise ValueError(f"choices with names of their own, not {', '.join(twice)} more than once")
        return self

    @model_validator(mode="after")
    def _readable(self) -> Study:
        """Readings differ in indicators alone, each split by itself."""
        left_open = self.published.readings if self.published else ()
        unmet = unmet_by_readings(self.indicators, left_open) if left_open else None
        beside = {
            "[burden]": self.burden,
            "weights.given": self.weights.given,
            "[smoothing]": self.smoothing,
            "[carry_over]": self.carry_over,
        }
        in_the_way = [name for name, section in beside.items() if section is not None]
        if left_open and in_the_way:
            unmet = f"no published.readings beside {', '.join(in_the_way)}"
        if unmet is not None:
            raise ValueError(unmet)
        return self

    @property
    def scored(self) -> tuple[QuotaIndicator | BurdenIndicator, ...]:
        """Indicators of the score: those of the burden where the study sets targets."""
        return self.burden.indicators if self.burden else self.indicators

    def allocation_years(self) -> tuple[int, ...]:
        """Years to allocate, in order: those asked for, else those of the cap table, else the base year."""
        years = self.study.years or tuple(int(year) for year in self.cap.mt) or (self.study.base_year,)
        return tuple(sorted(set(years)))

    def settings(self) -> dict[str, Any]:
        """The study as plain data for TOML, every default filled in."""
        return self.model_dump(mode="python", exclude_none=True, by_alias=True)

    def own_settings(self) -> dict[str, Any]:
        """The same without what the sections on targets decide, so that these can be changed."""
        said = self.settings()
        for section, implied in _implied(self).items() if self.burden else ():
            said[section] = {key: value for key, value in said[section].items() if key not in implied}
        return said


def without_implied(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says without what its sections on targets decide, as a run's own file has it.

    Without it, a changed tier or weighting would contradict what it implied before.

    Parameters
    ----------
    said : tables and values of a study file
    """
    whole = dict(said)
    for section, implied in _implied(said).items() if "burden" in said else ():
        stated = said.get(section)
        if isinstance(stated, Mapping):
            kept = {
                key: value for key, value in stated.items() if key not in implied or implied[key] != value
            }
            whole[section] = kept
    return whole


def _implied(said: Any) -> dict[str, dict[str, Any]]:
    """What the sections on targets decide of the others: section → key → value.

    Quotas are emissions at constant intensity less a cut, in one national block; the band takes the place of
    floors and ceilings, and the distance in points that of one in shares.
    """
    burden, targets = (_part(said, name) for name in ("burden", "targets"))
    tiers = _part(targets, "tiers") or Targets.model_fields["tiers"].default
    return {
        "weights": {"method": _part(burden, "weights") or Burden.model_fields["weights"].default},
        "groups": {
            "method": "none" if tiers == "none" else "kmeans",
            "k": _part(targets, "tiers_k") or Targets.model_fields["tiers_k"].default,
        },
        "allocation": {
            "scope": "national",
            "within": "equal-cut",
            "max_deviation": 0.0,
            "floor": 0.0,
            "ceiling": float("inf"),
        },
    }


def _part(whole: Any, name: str) -> Any:
    return whole.get(name) if isinstance(whole, Mapping) else getattr(whole, name, None)
