"""Scalars that emissions, caps and rules follow: of the study, and units of its dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from capshare.indicators.emissions import mt_per_unit
from capshare.model.allocation.projection import ROUNDING
from capshare.model.outcome.balance import BALANCED_MT
from capshare.model.rules.ability_to_pay import SAME_TOTAL
from capshare.reports.words.columns import MT, PERCENT, SHARE
from capshare.reports.workbook.assumption import Assumption
from capshare.reports.workbook.figures import provincial_figures
from capshare.reports.workbook.sizes import size_sources
from capshare.reports.workbook.workbook_data import WorkbookData

# Rules of comparison with one parameter: rule → parameter.
PARAMETERS = {
    "boltzmann": "beta",
    "capability": "power",
    "contraction-convergence": "convergence",
    "ability-to-pay": "power",
    "score-cut": "spread",
    "historical-responsibility": "years",
}
# What the sections on targets decide is no key of such a study, or another.
_IMPLIED = {"max_deviation": "", "floor_of_all": "", "ceiling_of_all": "", "groups_k": "targets.tiers_k"}


def further_assumptions(data: WorkbookData) -> dict[str, Assumption]:
    """Scalars by the names that formulas use.

    Parameters
    ----------
    data : of the run
    """
    return {
        **_of_groups(data),
        **_of_baseline(data),
        **_of_cap(data),
        **_of_rules(data),
        **_of_units(data),
        "two": Assumption(2.0, ""),
        "rounding": Assumption(ROUNDING, ""),
        "even_mt": Assumption(BALANCED_MT, MT),
    }


def of_targets_alone(data: WorkbookData, known: Mapping[str, Assumption]) -> dict[str, Assumption]:
    """The scalars with the keys that a study of targets has for them.

    Parameters
    ----------
    data : of the run
    known : scalars by name
    """
    if data.targets is None:
        return dict(known)
    return {name: replace(one, key=_IMPLIED.get(name, one.key)) for name, one in known.items()}


def _setting(data: WorkbookData, key: str, otherwise: float, unit: str) -> Assumption:
    return Assumption(float(data.setting(key, otherwise)), unit, key)


def _of_groups(data: WorkbookData) -> dict[str, Assumption]:
    numbers = {"reserve_share": _setting(data, "market.reserve_share", 0.0, SHARE)}
    if data.setting("groups.method", "") == "kmeans":
        numbers["groups_k"] = _setting(data, "groups.k", 0.0, "")
    return numbers


def _of_baseline(data: WorkbookData) -> dict[str, Assumption]:
    if data.setting("baseline.method", "") != "growth":
        return {}
    numbers = {
        "autonomous_change": _setting(data, "baseline.autonomous_change", 0.0, SHARE),
    }
    if not provincial_figures(data, "past_growth").empty:
        numbers["persistence"] = _setting(data, "baseline.persistence", 0.0, SHARE)
    return numbers


def _of_cap(data: WorkbookData) -> dict[str, Assumption]:
    """What the fall after the peak follows, whether a pledge, a plan or a stated peak is before it."""
    method = data.setting("cap.method", "")
    if method == "budget":
        return {"budget_mt": _setting(data, "cap.budget_mt", 0.0, MT)}
    peak = {
        "peak_year": _setting(data, "cap.peak_year", 0.0, ""),
        "peak_of_cap_mt": _setting(data, "cap.peak_mt", 0.0, MT),
    }
    above = "cap" if method == "absolute" else "cap.then"
    if method != "absolute" and data.setting(above, None) is None:
        return {}
    return {
        **(peak if method == "absolute" else {}),
        "cut_below_peak": _setting(data, f"{above}.cut_pct", 0.0, PERCENT),
        "net_ghg_per_co2": _setting(data, f"{above}.net_ghg_per_co2", 1.0, ""),
        "co2_share_of_cut": _setting(data, f"{above}.co2_share_of_cut", 1.0, SHARE),
        "target_year": _setting(data, f"{above}.target_year", 0.0, ""),
    }


def _of_rules(data: WorkbookData) -> dict[str, Assumption]:
    """Parameters of the rule inside the blocks, and of those that the run is compared with."""
    numbers: dict[str, Assumption] = {}
    if data.setting("allocation.within", "") == "score-cut":
        numbers["score_cut_spread"] = _setting(data, "rules.score-cut.spread", 1.0, "")
    if data.outcome.comparison is None:
        return numbers
    compared = set(data.outcome.comparison.quotas.index.unique("rule"))
    for rule, name in PARAMETERS.items():
        if rule in compared and data.setting(f"rules.{rule}.{name}", None) is not None:
            numbers[f"{rule.replace('-', '_')}_{name}"] = _setting(data, f"rules.{rule}.{name}", 0.0, "")
    if "ability-to-pay" in compared:
        numbers["same_total"] = Assumption(SAME_TOTAL, "")
    return numbers


def _of_units(data: WorkbookData) -> dict[str, Assumption]:
    """What columns of another unit are multiplied by, to be as formulas read them."""
    sizes = {} if data.used is None else size_sources(data.used.table.columns)
    numbers = {f"size_{name}": Assumption(float(factor), "") for name, (_, factor) in sizes.items()}
    column = data.setting("emissions.column", None)
    if column is not None and mt_per_unit(column) != 1:
        numbers[f"mt_per_{column.rsplit('_', 1)[-1]}"] = Assumption(mt_per_unit(column), "")
    return numbers
