"""A solved year as the workbench answers it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import SolvedYear
from capshare.model.allocation.prices import rule_part
from capshare.model.outcome.balance import balance_mt, classify
from capshare.model.targets.cuts import cut_pct, decided_by
from capshare.model.targets.rounding import rounded_cuts
from capshare.reports.words.catalogue import LANGUAGES, term
from capshare.workbench.answers import Answer, Province
from capshare.workbench.columns import Columns
from capshare.workbench.figures import figures
from capshare.workbench.noted import said_notes
from capshare.workbench.prices import binding_rules, prices

_FOUND = ("emissions_mt", "entitlement_mt", "quota_mt", "abatement_mt", "purchase_mt", "sale_mt",
          "uncovered_mt", "cost_1e8yuan")  # fmt: skip
_CUTS = ("cut_pct", "entitled_cut_pct", "rounded_cut_pct")


def solved_answer(found: PreparedStudy, solved: SolvedYear) -> Answer:
    """A solved year in words and figures.

    Parameters
    ----------
    found : the chain of the study
    solved : one of its years
    """
    table = provinces(found, solved)
    rows = _rows(table, of_targets=found.study.targets is not None)
    amount = found.inputs.dataset.facts.conventions.per_inside
    return Answer(
        status="solved",
        year=solved.year,
        objective_1e8yuan=solved.allocation.objective_1e8yuan * amount,
        quota_mt={code: row.quota_mt for code, row in rows.items()},
        cut_pct={code: row.cut_pct for code, row in rows.items()},
        prices=prices(found, solved),
        uncovered_mt=table["uncovered_mt"].sum(),
        notes=said_notes(found, solved, table),
        provinces=rows,
        figures=figures(found, solved, table),
        binding=binding_rules(found, solved),
    )


def provinces(found: PreparedStudy, solved: SolvedYear) -> Columns:
    """Rows of the provinces, index code, as a run's files hold them; cuts of a study of targets.

    Parameters
    ----------
    found, solved : as of :func:`solved_answer`
    """
    own, thresholds = solved.provinces, found.study.balance
    balance = balance_mt(own["quota_mt"], own["emissions_mt"])
    rules = rule_part(solved.prices["price_yuan_per_t"], solved.data)
    decided = decided_by(solved.prices, rules, own.index, solved.data.provinces["tier"])
    words = {
        "group": found.blocks.group.reindex(own.index),
        "balance_class": classify(balance, thresholds.slight_mt, thresholds.severe_mt),
        "decided_by": decided,
    }
    named = {name: own[name].to_numpy(dtype=float) for name in _FOUND}
    named["cost_1e8yuan"] = named["cost_1e8yuan"] * found.inputs.dataset.facts.conventions.per_inside
    named["balance_mt"] = balance.to_numpy()
    named |= {name: column.to_numpy(dtype=object) for name, column in words.items()}
    return Columns(own.index, {**named, **_cuts(found, solved)})


def _cuts(found: PreparedStudy, solved: SolvedYear) -> Mapping[str, NDArray[np.float64]]:
    """Cuts that quotas are, %: of every year where GDP is known; rounded in the last, which is assigned.

    NaN where there are none.
    """
    constant = found.inputs.constant_intensity_mt(found.study.study.base_year)
    cuts = dict.fromkeys(_CUTS, np.full(len(solved.provinces), np.nan))
    if constant is None:
        return cuts
    own, entitled = constant[solved.year], solved.provinces["entitlement_mt"]
    cut = cut_pct(solved.provinces["quota_mt"], own)
    cuts |= {"cut_pct": cut.to_numpy(), "entitled_cut_pct": cut_pct(entitled, own).to_numpy()}
    asked = found.study.targets
    if asked is None or solved.year != found.inputs.years[-1]:
        return cuts
    national = float(cut_pct(solved.data.caps_mt, own.sum()).iloc[0])
    band = (asked.band_pct[0], asked.band_pct[1])
    rounded = rounded_cuts(cut, own, national, step_points=asked.round_to_points, band_pct=band)
    return {**cuts, "rounded_cut_pct": rounded.to_numpy()}


def _rows(table: Columns, of_targets: bool) -> dict[str, Province]:
    """Code → what the province gets, in words as well."""
    decided = _deciding_words(set(table["decided_by"]), of_targets)
    classes = _words("balance_class", set(table["balance_class"]), "terms")
    return {
        code: Province.model_validate(row | decided[row["decided_by"]] | classes[row["balance_class"]])
        for code, row in table.rows()
    }


Words = dict[str, dict[str, str]]


def _deciding_words(decided: set[str], of_targets: bool) -> Words:
    # Quotas keep a distance to entitlements, cuts one to entitled cuts.
    of_quotas = set() if of_targets else {"distance"} & decided
    return {
        **_words("decided_by", of_quotas, "constraints"),
        **_words("decided_by", decided - of_quotas, "terms"),
    }


def _words(column: str, values: set[str], table: str) -> Words:
    """What each value of a column is called, under the names of the answer."""
    return {value: {f"{column}_{lang}": term(table, value, lang) for lang in LANGUAGES} for value in values}
