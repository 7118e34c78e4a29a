"""A solved year as the workbench answers it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import SolvedYear
from capshare.model.allocation.prices import rule_part
from capshare.model.outcome.balance import balance_mt, classify
from capshare.model.targets.cuts import cut_pct, decided_by
from capshare.model.targets.rounding import rounded_cuts
from capshare.reports.words.catalogue import term
from capshare.workbench.answers import Answer, Province
from capshare.workbench.figures import figures
from capshare.workbench.noted import said_notes
from capshare.workbench.prices import binding_rules, prices

_QUANTITIES = ("emissions_mt", "entitlement_mt", "quota_mt", "abatement_mt", "purchase_mt", "sale_mt",
               "uncovered_mt", "cost_1e8yuan")  # fmt: skip


def solved_answer(found: PreparedStudy, solved: SolvedYear) -> Answer:
    """A solved year in words and figures.

    Parameters
    ----------
    found : the chain of the study
    solved : one of its years
    """
    table = provinces(found, solved)
    codes, columns = table.index.tolist(), {str(name): table[name].tolist() for name in table}
    rows = {str(code): {name: values[at] for name, values in columns.items()}
            for at, code in enumerate(codes)}  # fmt: skip
    amount = found.inputs.dataset.facts.conventions.per_inside
    of_targets = found.study.targets is not None
    return Answer(
        status="solved",
        year=solved.year,
        objective_1e8yuan=solved.allocation.objective_1e8yuan * amount,
        quota_mt={code: row["quota_mt"] for code, row in rows.items()},
        cut_pct={code: row["cut_pct"] for code, row in rows.items()},
        prices=prices(found, solved),
        uncovered_mt=table["uncovered_mt"].sum(),
        notes=said_notes(found, solved, table),
        provinces={code: _province(row, of_targets) for code, row in rows.items()},
        figures=figures(found, solved, table),
        binding=binding_rules(found, solved),
    )


def provinces(found: PreparedStudy, solved: SolvedYear) -> pd.DataFrame:
    """Rows of the provinces, index code, as a run's files hold them; cuts of a study of targets.

    Parameters
    ----------
    found, solved : as of :func:`solved_answer`
    """
    table = solved.provinces.copy()
    thresholds, quota = found.study.balance, table["quota_mt"]
    balance = balance_mt(quota, table["emissions_mt"])
    table["group"] = found.blocks.group.reindex(table.index)
    table["balance_mt"] = balance
    table["balance_class"] = classify(balance, thresholds.slight_mt, thresholds.severe_mt)
    table["cost_1e8yuan"] *= found.inputs.dataset.facts.conventions.per_inside
    rules = rule_part(solved.prices["price_yuan_per_t"], solved.data)
    tier = solved.data.provinces["tier"]
    table["decided_by"] = decided_by(solved.prices, rules, solved.data.provinces.index, tier)
    return table.assign(**_cuts(found, solved))


def _cuts(found: PreparedStudy, solved: SolvedYear) -> dict[str, Any]:
    """Cuts that quotas are, %: of every year where GDP is known; rounded in the last, which is assigned."""
    constant = found.inputs.constant_intensity_mt(found.study.study.base_year)
    none = {"cut_pct": None, "entitled_cut_pct": None, "rounded_cut_pct": None}
    if constant is None:
        return none
    own, quota = constant[solved.year], solved.provinces["quota_mt"]
    cut = cut_pct(quota, own)
    cuts = {**none, "cut_pct": cut, "entitled_cut_pct": cut_pct(solved.provinces["entitlement_mt"], own)}
    asked = found.study.targets
    if asked is None or solved.year != found.inputs.years[-1]:
        return cuts
    national = float(cut_pct(solved.data.caps_mt, own.sum()).iloc[0])
    band = (asked.band_pct[0], asked.band_pct[1])
    rounded = rounded_cuts(cut, own, national, step_points=asked.round_to_points, band_pct=band)
    return {**cuts, "rounded_cut_pct": rounded}


def _province(row: dict[str, Any], of_targets: bool) -> Province:
    decided, balance = row["decided_by"], row["balance_class"]
    # Quotas keep a distance to entitlements, cuts one to entitled cuts.
    words = "constraints" if decided == "distance" and not of_targets else "terms"
    return Province(
        group=row["group"],
        cut_pct=row["cut_pct"],
        entitled_cut_pct=row["entitled_cut_pct"],
        rounded_cut_pct=row["rounded_cut_pct"],
        decided_by=decided,
        decided_by_en=term(words, decided, "en"),
        decided_by_zh=term(words, decided, "zh"),
        balance_mt=row["balance_mt"],
        balance_class=balance,
        balance_class_en=term("terms", balance, "en"),
        balance_class_zh=term("terms", balance, "zh"),
        **{name: row[name] for name in _QUANTITIES},
    )
