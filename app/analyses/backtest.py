"""Backtests: published splits predicted from figures of their base year by rule, burden, fit, repetition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.analyses.parts.published_splits import published_splits
from capshare.analyses.rule_mix import plainest_first
from capshare.analyses.rules import reason_against, reason_of
from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note, Row, detail
from capshare.base.progress import counted
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.catalogue import shipped_datasets
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.dataset import Dataset
from capshare.model.backtest.figures import PredictionFigures, prediction_figures
from capshare.model.backtest.predictions import (
    BURDEN,
    BURDENS,
    GDP,
    POPULATION,
    burden_needs,
    by_burden,
    fitted,
    fitted_spread_points,
    mixed,
    repeated,
    uniform,
)
from capshare.model.backtest.published_split import PublishedSplit
from capshare.model.rules.registry import apply, rules
from capshare.model.rules.requirements import needed_columns
from capshare.reports.charts.backtest import UNIFORM, backtest_chart
from capshare.reports.charts.save import image
from capshare.reports.folder.manifest import sha256, with_manifest
from capshare.reports.folder.notes import NOTES, notes_json
from capshare.reports.folder.tables import csv_bytes
from capshare.reports.page.backtest import backtest_html
from capshare.reports.words.notes import note_texts

PREVIOUS, FITTED, MIX = "previous-table", "fitted", "mix"
# The rule that repeats a table would repeat the one to be predicted.
ANSWER = "published"
TABLE, PAGE = "backtest.csv", "backtest.html"
# A split's name is any text of a data package.
NOT_IN_A_FILE_NAME = re.compile(r"[^\w-]+")
COLUMNS = (
    "mean_error_points",
    "largest_error_points",
    "misplaced_share",
    "rank_correlation",
    "tiers_adjusted_rand",
)


@dataclass(frozen=True, eq=False)
class Backtest:
    """Predictions of published splits, and how far off they are.

    Attributes
    ----------
    splits : name → what was published
    predictions : index (table, rule, fitted_on, code); ``quota_mt``, Mt CO2
    figures : index (table, rule, fitted_on); as of
        :class:`~capshare.model.backtest.figures.PredictionFigures`, NaN where a figure has no meaning
    notes : which rules were left out of which table and why
    files : content of the files that the splits come from, by their place
    """

    splits: Mapping[str, PublishedSplit]
    predictions: pd.DataFrame
    figures: pd.DataFrame
    notes: tuple[Note, ...]
    files: Mapping[str, bytes]


Predictions = dict[tuple[str, str], pd.Series]


def backtest(tables: Iterable[str] = (), datasets: Iterable[str] = ()) -> Backtest:
    """Predict published splits and judge the predictions.

    Parameters
    ----------
    tables : names of splits; all of them where none is named
    datasets : names or places of the datasets that state them; the shipped ones where none is named

    Returns
    -------
    Backtest, nothing fitted and judged on the same table

    Raises
    ------
    CapshareError
        naming every unknown table with the nearest name.
    """
    loaded = [load_dataset(name) for name in tuple(datasets) or shipped_datasets()]
    splits, unknown = published_splits(loaded)
    chosen = _require_known(tuple(tables) or tuple(splits), splits, unknown)
    notes = [detail("backtest_no_emissions", table=name, year=year) for name, year in unknown.items()]
    by_rule = {}
    for name, split in counted("backtest", list(splits.items())):
        by_rule[name], left_out = _by_rule(split)
        if left_out and name in chosen:
            notes.append(detail("backtest_left_out", table=name, rules=left_out))
    found = {
        (name, rule, on): quota_mt
        for name in chosen
        for (rule, on), quota_mt in _predictions(splits[name], splits, by_rule).items()
    }
    judged = {key: prediction_figures(splits[key[0]], quota_mt) for key, quota_mt in found.items()}
    return Backtest(
        splits={name: splits[name] for name in chosen},
        predictions=pd.concat(found, names=["table", "rule", "fitted_on", "code"]).to_frame("quota_mt"),
        figures=_frame(judged),
        notes=tuple(notes),
        files=_files(loaded),
    )


def _require_known(
    asked: tuple[str, ...], splits: Mapping[str, PublishedSplit], unknown: Mapping[str, int]
) -> tuple[str, ...]:
    """The splits asked for, each once; plans of unknown emissions where there is nothing else."""
    problems = []
    for name in dict.fromkeys(asked or unknown):
        if name in unknown:
            remedy = "Name a dataset that has them."
            problems.append(Problem("backtest", name, f"emissions of {unknown[name]}", "none", remedy))
        elif name not in splits:
            expected = f"one of {', '.join(splits)}"
            problems.append(Problem("backtest", "table", expected, shown(name), suggestion(name, splits)))
    if not asked and not problems:
        expected, remedy = "a plan or a published split", "Name another dataset."
        problems.append(Problem("backtest", "dataset", expected, "none", remedy))
    if problems:
        raise CapshareError(problems)
    return tuple(dict.fromkeys(asked))


def _by_rule(split: PublishedSplit) -> tuple[pd.DataFrame, list[Row]]:
    """Quotas by every rule of sharing that can be applied, the plainest first, and why others cannot."""
    quotas: dict[str, pd.Series] = {}
    left_out: list[Row] = []
    for name, rule in rules().items():
        # Of the base year alone an equal cut is the uniform one.
        if name in (ANSWER, "equal-cut"):
            continue
        needs = needed_columns(rule, rule.parameters)
        reason = reason_against(rule, needs, split.inputs)
        try:
            if not reason:
                quotas[name] = apply(name, split.inputs, split.cap_mt)
        except CapshareError as error:
            reason = reason_of(error, needs, split.inputs)
        if reason:
            left_out.append((name, *reason))
    return pd.DataFrame({name: quotas[name] for name in plainest_first(quotas)}), left_out


def _predictions(
    split: PublishedSplit, splits: Mapping[str, PublishedSplit], by_rule: Mapping[str, pd.DataFrame]
) -> Predictions:
    """(rule, what it was fitted on) → quotas, index code, Mt CO2."""
    others = [other for other in splits.values() if other.name != split.name]
    found: Predictions = {(UNIFORM, ""): uniform(split), **_said_before(split, others)}
    found |= {(name, ""): by_burden(split, name) for name in BURDENS if _has(split, burden_needs(name))}
    for other in (other for other in others if _alike(split, other)):
        if split.kind == "cuts":
            found |= {(rule, other.name): quota_mt for rule, quota_mt in _fitted(split, other).items()}
        blend = mixed(by_rule[split.name], other, by_rule[other.name])
        if blend is not None:
            found[MIX, other.name] = blend
    return found | {(str(rule), ""): quota for rule, quota in sorted(by_rule[split.name].items())}


def _alike(split: PublishedSplit, other: PublishedSplit) -> bool:
    """Whether two tables can follow one pattern: both are of cuts or neither is, and of the same country."""
    of_cuts = (split.kind == "cuts") == (other.kind == "cuts")
    return of_cuts and not split.inputs.index.intersection(other.inputs.index).empty


def _fitted(split: PublishedSplit, on: PublishedSplit) -> dict[str, pd.Series]:
    """Cuts whose coefficients are of another table."""
    found = {}
    if all(_has(each, burden_needs(BURDEN)) for each in (split, on)):
        found[BURDEN] = by_burden(split, BURDEN, fitted_spread_points(on, BURDEN))
    if all(_has(each, (GDP, POPULATION)) for each in (split, on)):
        found[FITTED] = fitted(split, on)
    return found


def _has(split: PublishedSplit, columns: Iterable[str]) -> bool:
    wanted = list(columns)
    return set(wanted) <= set(split.inputs) and bool((split.inputs[wanted] > 0).all(axis=None))


def _said_before(split: PublishedSplit, others: Iterable[PublishedSplit]) -> Predictions:
    """The last table of cuts before this one, or other splits of the same year by their own names."""
    same = [other for other in others if set(split.inputs.index) <= set(other.inputs.index)]
    before = [other for other in same if other.kind == "cuts" and other.last_year <= split.first_year]
    if split.kind == "cuts":
        last = max(before, key=lambda other: other.last_year, default=None)
        named = {} if last is None else {PREVIOUS: last}
    else:
        named = {other.name: other for other in same if other.first_year == split.first_year}
    said = {(name, ""): repeated(split, other) for name, other in named.items()}
    return {key: quota_mt for key, quota_mt in said.items() if quota_mt is not None}


def _frame(judged: Mapping[tuple[str, str, str], PredictionFigures]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(list(judged), names=["table", "rule", "fitted_on"])
    rows = [vars(each) for each in judged.values()]
    return pd.DataFrame(rows, index=index, dtype=float)


def _files(datasets: Iterable[Dataset]) -> dict[str, bytes]:
    return {f"{dataset.name}/{name}": data for dataset in datasets for name, data in dataset.files.items()}


def backtest_files(found: Backtest, lang: str) -> dict[str, bytes]:
    """Files of a backtest: its table, page, a chart per table of cuts or quotas, notes, manifest.

    Parameters
    ----------
    found : from :func:`backtest`
    lang : language of the page and the charts
    """
    # A figure without meaning is an empty cell, not a gap.
    table = found.figures[list(COLUMNS)].astype(object).where(found.figures[list(COLUMNS)].notna(), "")
    files = {TABLE: csv_bytes(table, TABLE), NOTES: notes_json(found.notes).encode()}
    for name, split in found.splits.items():
        chart = backtest_chart(split, found.figures.loc[[name]].droplevel("table"), lang)
        if chart is not None:
            files[f"backtest_{NOT_IN_A_FILE_NAME.sub('_', name)[:80]}.svg"] = image(chart, "svg")
    said = note_texts(found.notes, {}, lang)
    files[PAGE] = backtest_html(found.splits, found.figures, said, lang).encode()
    return with_manifest(files, tables=list(found.splits), language=lang, inputs=sha256(found.files))
