r"""How unequal each rule's quotas are, and how alike its order is to this run's: Theil and Spearman, live.

.. math:: T = \sum_i q_i\ln\frac{q_i}{p_i},\qquad
          \rho = \frac{\sum_i d_i d'_i}{\sqrt{\sum_i d_i^2\sum_i d_i'^2}}

q are shares of the quotas, p of population or GDP, d ranks less their mean; equal quotas share a rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.model.outcome.distance import ranks
from capshare.model.outcome.fairness import theil_t
from capshare.reports.words.columns import MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.sheets.rank_formula import rank_formula
from capshare.reports.workbook.sheets.rule_quotas import BASES, rule_quotas
from capshare.reports.workbook.workbook_data import WorkbookData

# Every row counts those that are larger: a spreadsheet reads the square of their number.
MOST_TERMS = 1500
_THEIL = tuple(f"theil_t_{base}" for base in BASES)
_PLACES = ("rule_rank", "deviation", "deviation_run")


@dataclass(frozen=True)
class _Terms:
    """Quotas of every rule and province.

    Attributes
    ----------
    quota : index (number of the rule, code), Mt
    base : index (number of the rule, code); population and GDP, by column
    deviation : index (number of the rule, code); rank less the mean rank
    """

    quota: pd.Series
    base: pd.DataFrame
    deviation: pd.Series

    @property
    def deviation_run(self) -> pd.Series:
        """Of this run, the first of the rules, in the rows of every rule."""
        own = self.deviation.xs(1, level="number")
        return pd.Series(own[self.quota.index.get_level_values("code")].to_numpy(), self.quota.index)


def has_inequality(data: WorkbookData) -> bool:
    """Whether the workbook has quotas by rule, and few enough of them.

    Parameters
    ----------
    data : of the run
    """
    found = rule_quotas(data)
    return found is not None and found.quotas.size <= MOST_TERMS


def inequality_sheet(builder: WorkbookBuilder) -> None:
    """One row per rule; below, one per rule and province with the terms of the sums.

    Parameters
    ----------
    builder : with the place of ``comparison``; takes those of ``inequality`` and ``inequality_terms``.
        Without quotas by rule nothing is written
    """
    found = rule_quotas(builder.data)
    if found is None or not has_inequality(builder.data):
        return
    rules = dict(enumerate(map(str, found.quotas.columns), start=1))
    terms = _terms(found.quotas, found.bases)
    sheet = builder.open("inequality")
    names = ("number", "rule", *_THEIL, "rank_correlation")
    grid = builder.grid("inequality", "inequality", tuple(rules), names)
    called = "name_zh" if builder.lang == "zh" else "name_en"
    columns = ("number", "rule", "code", called, "quota_mt", *BASES.values(), *_THEIL, *_PLACES)
    top = grid.bottom + 4
    builder.grid("inequality_terms", "inequality", tuple(terms.quota.index), columns, top)
    builder.write("inequality", _sums(builder, rules, found.quotas, found.bases, terms), frozen=2)
    builder.subtitle(sheet, top - 1, "inequality_terms")
    own = {label: rules[label[0]] for label in terms.quota.index}
    builder.write("inequality_terms", [*_quotas(builder, own, terms, called), *_theil(builder, terms),
                                       *_ranks(builder, terms)])  # fmt: skip


def _terms(quotas: pd.DataFrame, bases: pd.DataFrame) -> _Terms:
    codes = [str(code) for _, code in quotas.index]
    numbers = range(1, quotas.shape[1] + 1)
    index = pd.MultiIndex.from_product([numbers, codes], names=["number", "code"])
    quota = pd.Series(quotas.to_numpy().T.ravel(), index)
    base = pd.DataFrame({name: np.tile(bases[name], len(numbers)) for name in BASES.values()}, index)
    return _Terms(quota, base, _ranks_by_rule(quota) - (len(codes) + 1) / 2)


def _ranks_by_rule(quota: pd.Series) -> pd.Series:
    return quota.groupby(level="number").transform(ranks)


def _sums(
    builder: WorkbookBuilder, rules: dict[int, str], quotas: pd.DataFrame, bases: pd.DataFrame, terms: _Terms
) -> list[Field]:
    grid, source = builder.grids["inequality"], builder.grids["inequality_terms"]

    def theil(name: str) -> Field:
        base = bases[BASES[name.removeprefix("theil_t_")]]
        values = {number: theil_t(quotas[rule], base) for number, rule in rules.items()}

        def formula(row: Label) -> str:
            return f"MAX(0,{source.sum_where(name, number=grid.at('number', row))})"

        return Field(name, values, "live", formula, "")

    return [
        Field("number", {number: number for number in rules}, unit=""),
        Field("rule", {number: builder.rule(rule) for number, rule in rules.items()}),
        *map(theil, _THEIL),
        Field("rank_correlation", _correlation(terms).to_dict(), "live", _alike(builder), ""),
    ]


def _correlation(terms: _Terms) -> pd.Series:
    """Spearman's coefficient with this run, index number of the rule; blank where all quotas are equal."""
    own, run = terms.deviation, terms.deviation_run
    product, square, square_run = (
        (one * other).groupby(level="number").sum() for one, other in ((own, run), (own, own), (run, run))
    )
    spread = square * square_run
    found: pd.Series = (product / np.sqrt(spread.where(spread > 0))).astype(object).where(spread > 0, "")
    return found


def _alike(builder: WorkbookBuilder) -> ToFormula:
    grid, source = builder.grids["inequality"], builder.grids["inequality_terms"]
    own, run = source.column("deviation"), source.column("deviation_run")

    def formula(row: Label) -> str:
        mine = f"({source.column('number')}={grid.at('number', row)})"
        product, square, square_run = (
            f"SUMPRODUCT({mine}*{one}*{other})" for one, other in ((own, run), (own, own), (run, run))
        )
        return f'IF({square}*{square_run}=0,"",{product}/SQRT({square}*{square_run}))'

    return formula


def _quotas(builder: WorkbookBuilder, rules: dict[Label, str], terms: _Terms, called: str) -> list[Field]:
    grid, source, names = builder.grids["inequality_terms"], builder.grids["comparison"], builder.names()
    every = list(dict.fromkeys(rules.values()))
    left, right = source.letter(every[0]), source.letter(every[-1])
    block = f"{source.quoted}!${left}${source.top + 1}:${right}${source.bottom}"

    def place(row: Label) -> str:
        return f"MATCH({grid.at('code', row)},{source.column('code')},0)"

    def base(name: str) -> Field:
        return Field(
            name, terms.base[name].to_dict(), "live",
            lambda row: source.find(name, grid.at("code", row), by="code"),
        )  # fmt: skip

    return [
        Field("number", {label: label[0] for label in rules}, unit=""),
        Field("rule", {label: builder.rule(rule) for label, rule in rules.items()}),
        Field("code", {label: label[1] for label in rules}),
        Field(called, {label: names[label[1]] for label in rules}),
        Field(
            "quota_mt", terms.quota.to_dict(), "live",
            lambda row: f"INDEX({block},{place(row)},{grid.at('number', row)})", MT,
        ),
        *map(base, BASES.values()),
    ]  # fmt: skip


def _theil(builder: WorkbookBuilder, terms: _Terms) -> list[Field]:
    grid = builder.grids["inequality_terms"]

    def part(name: str, row: Label) -> str:
        whole = f"SUMIFS({grid.span(name)},{grid.span('number')},{grid.at('number', row)})"
        return f"({grid.at(name, row)}/{whole})"

    def field(name: str) -> Field:
        column = BASES[name.removeprefix("theil_t_")]
        q, p = (s / s.groupby(level="number").transform("sum") for s in (terms.quota, terms.base[column]))
        values = (q * np.log(q.where(q > 0, 1.0) / p)).where(q > 0, 0.0)

        def formula(row: Label) -> str:
            mine, theirs = part("quota_mt", row), part(column, row)
            return f"IF({grid.at('quota_mt', row)}>0,{mine}*LN({mine}/{theirs}),0)"

        heading = builder.say("heading.term", measure=builder.about(name).label)
        return Field(name, values.to_dict(), "live", formula, "", heading)

    return list(map(field, _THEIL))


def _ranks(builder: WorkbookBuilder, terms: _Terms) -> list[Field]:
    grid = builder.grids["inequality_terms"]
    own, run = terms.deviation, terms.deviation_run

    def placed(row: Label) -> str:
        same = f"({grid.span('number')}={grid.at('number', row)})"
        return rank_formula(builder, grid.at("quota_mt", row), grid.span("quota_mt"), f"{same}*")

    def off(row: Label) -> str:
        return (
            f"{grid.at('rule_rank', row)}-AVERAGE(1,COUNTIF({grid.span('number')},{grid.at('number', row)}))"
        )

    def of_run(row: Label) -> str:
        keys = f"{grid.span('number')},1,{grid.span('code')},{grid.at('code', row)}"
        return f"SUMIFS({grid.span('deviation')},{keys})"

    return [
        Field("rule_rank", _ranks_by_rule(terms.quota).to_dict(), "live", placed, ""),
        Field("deviation", own.to_dict(), "live", off, ""),
        Field("deviation_run", run.to_dict(), "live", of_run, ""),
    ]
