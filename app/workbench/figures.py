"""Figures of a whole split: what it costs, how equal it is, what stays uncovered, what binds."""

from __future__ import annotations

from collections.abc import Iterator

from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import SolvedYear
from capshare.indicators.dataset.sizes import size_column, size_of
from capshare.model.outcome.fairness import gini
from capshare.model.targets.cuts import NOT_HELD
from capshare.reports.words.catalogue import LANGUAGES, term, text
from capshare.reports.words.columns import MONEY, MT, PERCENT, PRICE
from capshare.workbench.answers import Figure
from capshare.workbench.columns import Columns

POPULATION = "population_1e4"


def figures(found: PreparedStudy, solved: SolvedYear, table: Columns) -> list[Figure]:
    """The figures that a planner watches while turning a setting.

    Parameters
    ----------
    found : the chain of the study
    solved : one of its years
    table : its provinces, with ``decided_by``
    """
    return [
        Figure(key=key, value=value, unit=unit, **_words(key, unit))
        for key, value, unit in _values(found, solved, table)
    ]


def _values(
    found: PreparedStudy, solved: SolvedYear, table: Columns
) -> Iterator[tuple[str, float | None, str]]:
    quota, cap = table["quota_mt"], float(solved.caps["cap_mt"].sum())
    yield "cap", cap, MT
    constant = found.inputs.constant_intensity_mt(found.study.study.base_year)
    if constant is not None:
        yield "national_cut", 100 * (1 - cap / float(constant[solved.year].sum())), PERCENT
    yield "cost", table["cost_1e8yuan"].sum(), MONEY
    # Of several groups each has a price of its own: the mean tonne's.
    price, caps = (solved.caps[name].to_numpy(dtype=float) for name in ("price_yuan_per_t", "cap_mt"))
    yield "price", float(price @ caps / cap), PRICE
    if size_column(found.inputs.dataset, POPULATION) is not None:
        yield "gini", gini(table.series("quota_mt"), size_of(found.inputs.dataset, POPULATION)), ""
    for name in ("abatement", "purchases", "uncovered"):
        yield name, table[f"{name.removesuffix('s')}_mt"].sum(), MT
    yield "moved", float(abs(quota - table["entitlement_mt"]).sum()) / 2, MT
    yield "bound", float(sum(one not in NOT_HELD for one in table["decided_by"])), ""


def _words(key: str, unit: str) -> dict[str, str]:
    return {
        **{f"label_{lang}": text(f"live.figure.{key}", lang) for lang in LANGUAGES},
        **{f"unit_{lang}": term("units", unit, lang) if unit else "" for lang in LANGUAGES},
    }
