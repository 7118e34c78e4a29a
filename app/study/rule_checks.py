"""Whether the rules that a study names exist, have their columns, and are given sound parameters."""

from __future__ import annotations

from dataclasses import replace

from capshare.base.collector import Collector
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.sizes import SIZES, lacking_size, size_column
from capshare.model.rules.registry import rules
from capshare.model.rules.requirements import COLUMNS, needed_columns, parameter_problems
from capshare.model.rules.rule import Rule
from capshare.study.past_emissions import past_emissions
from capshare.study.rule_sources import (
    HISTORY,
    PUBLISHED,
    SOURCES,
    published_quota_mt,
    rule_parameters,
    since,
)
from capshare.study.study import Study

# What the chain makes, whatever the dataset.
DERIVED = ("emissions_mt", "score", "group", "price_yuan_per_t")
_KINDS = {"table": "text", "column": "text", "mt": "a table { province = Mt }", "since": "a year"}
_TYPES = {"table": str, "column": str, "mt": dict, "since": int}


def check_rules(study: Study, dataset: Dataset, found: Collector) -> None:
    """Keep every problem of the study's rules.

    Parameters
    ----------
    study, dataset : to be brought together
    found : gathers the problems
    """
    known, named = rules(), _named(study)
    for place, name in named:
        if name not in known:
            found.add(place, "the name of a rule", shown(name), suggestion(name, known))
    for name in study.rules:
        if name in known:
            _check_settings(study, known[name], found)
    before = len(found.problems)
    quotas = found.attempt(lambda: published_quota_mt(study, dataset, found.file))
    told = len(found.problems) > before
    columns = available_columns(study, dataset, quotas is not None)
    for name, place in {name: place for place, name in reversed(named) if name in known}.items():
        # A wrong table of quotas has been told already.
        if name != PUBLISHED or not told:
            _check_columns(study, known[name], columns, place, found)


def _named(study: Study) -> list[tuple[str, str]]:
    """Where the study names a rule, and which."""
    asked = study.comparison
    return [
        ("allocation.within", study.allocation.within),
        *(("comparison.rules", name) for name in asked.rules or ()),
        *(("comparison.mix", name) for name in asked.mix or ()),
        *((f"rules.{name}", name) for name in study.rules),
    ]


def _check_settings(study: Study, rule: Rule, found: Collector) -> None:
    place, own = f"rules.{rule.name}", study.rules[rule.name]
    sources = SOURCES.get(rule.name, ())
    for key, value in own.items():
        if key in sources and (not isinstance(value, _TYPES[key]) or isinstance(value, bool)):
            found.add(f"{place}, {key}", _KINDS[key], shown(value), "Correct it.")
    given = {key: value for key, value in own.items() if key not in sources}
    wrong = parameter_problems(
        "", replace(rule, parameters={**dict.fromkeys(sources), **rule.parameters}), given
    )
    for problem in wrong:
        found.add(f"{place}, {problem.place}", problem.expected, problem.found, problem.remedy)


def _check_columns(study: Study, rule: Rule, columns: frozenset[str], place: str, found: Collector) -> None:
    chosen = {**rule.parameters, **rule_parameters(study, rule.name, rule.parameters)}
    for column in needed_columns(rule, chosen):
        if column in columns:
            continue
        remedy = "Add it to the dataset, or choose another rule."
        if rule.name == PUBLISHED:
            remedy = "Name a table in [published], or state quotas in [rules.published]."
        elif rule.name == HISTORY and column == "cumulative_emissions_mt":
            remedy = "It comes from a panel of fuels, in full for a year or more; or add it as a column."
        elif column in SIZES:
            remedy = lacking_size(column)
        meaning = COLUMNS.get(column, "a column of the dataset")
        found.add(place, f"{column} ({meaning}) for the rule {rule.name}", "no such column", remedy)


def available_columns(study: Study, dataset: Dataset, has_quotas: bool) -> frozenset[str]:
    """Names of the columns that rules can read.

    Parameters
    ----------
    study, dataset : to be brought together
    has_quotas : whether there is a table of quotas
    """
    columns: set[str] = {*DERIVED, *map(str, dataset.table.columns)}
    columns |= {name for name in SIZES if size_column(dataset, name) is not None}
    if study.prices.gdp_column in columns:
        columns.add("gdp_1e8yuan")
    if study.baseline is not None and study.baseline.method == "growth":
        columns.add("constant_intensity_mt")
    if has_quotas:
        columns.add("published_quota_mt")
    if past_emissions(study, dataset, since(study)) is not None:
        columns.add("cumulative_emissions_mt")
    return frozenset(columns)
