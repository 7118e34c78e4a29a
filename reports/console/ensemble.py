"""What ``capshare ensemble`` prints: a row per province, and what no table can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.uncertain_inputs import input_name

if TYPE_CHECKING:
    from rich.console import Console

_BEST_RANKED = 5


@dataclass(frozen=True)
class EnsembleSummary:
    """What is printed of an ensemble.

    Attributes
    ----------
    study, year : of the ensemble
    figure : what the table shows, ``quota_mt`` or ``cut_pct``
    quantiles, probabilities, drivers : as its files have them
    names : index code, in the language
    asked, solved : draws
    failed : why draws have no solution → how many
    pairs : of draws that the drivers are found from
    """

    study: str
    year: int
    figure: str
    quantiles: pd.DataFrame
    probabilities: pd.DataFrame
    drivers: pd.DataFrame
    names: pd.Series
    asked: int
    solved: int
    failed: Mapping[str, int]
    pairs: int


def print_ensemble(said: EnsembleSummary, console: Console, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print how sure each province's figure is, and what drives its spread.

    Parameters
    ----------
    said : of the ensemble
    console : where to print
    lang : language of the texts
    """
    print_title(console, text("ensemble.title", lang, study=said.study, year=said.year, solved=said.solved))
    headings = [text(f"ensemble.{key}", lang) for key in ("province", said.figure, "deficit", "driver")]
    chances = said.probabilities.set_index(["event", "code"])["probability"]
    deficit = chances["deficit"] if "deficit" in chances.index.get_level_values(0) else pd.Series(dtype=float)
    own = said.quantiles[said.quantiles["figure"] == said.figure]
    drivers = said.drivers[said.drivers["figure"] == said.figure]
    rows = [
        (
            str(said.names[row["code"]]),
            f"{row['p50']:z,.1f}  ({row['p05']:z,.1f} – {row['p95']:z,.1f})",
            f"{100 * deficit.get(row['code'], 0.0):.0f}",
            _driver(drivers[drivers["code"] == row["code"]], lang),
        )
        for row in own.to_dict("records")
    ]
    print_table(console, headings, rows, right=(1, 2))
    console.print()
    for line in _lines(said, lang):
        print_line(console, f"- {line}")


def _driver(drivers: pd.DataFrame, lang: str) -> str:
    if drivers.empty:
        return text("ensemble.no_driver", lang)
    most = drivers.iloc[int(drivers["total"].to_numpy().argmax())]
    return f"{input_name(most['input'], lang)} {most['total']:.2f} ({most['low']:.2f} – {most['high']:.2f})"


def _lines(said: EnsembleSummary, lang: str) -> list[str]:
    lines = []
    first = said.probabilities[said.probabilities["event"] == "potential rank 1"]
    if len(first):
        best = first.sort_values("probability", ascending=False, kind="stable").head(_BEST_RANKED)
        ranked = [
            f"{said.names[row['code']]} {100 * row['probability']:.0f}" for row in best.to_dict("records")
        ]
        lines.append(text("ensemble.ranks", lang, ranked=text("terms.separator", lang).join(ranked)))
    failed = sum(said.failed.values())
    if failed:
        reasons = text("terms.part_separator", lang).join(
            text("ensemble.reason", lang, reason=term("draws_fail", reason, lang), count=count)
            for reason, count in said.failed.items()
        )
        lines.append(text("ensemble.unsolved", lang, failed=failed, asked=said.asked, reasons=reasons))
    else:
        lines.append(text("ensemble.solved_all", lang, asked=said.asked))
    lines.append(
        text("ensemble.pairs", lang, pairs=said.pairs) if said.pairs else text("ensemble.no_pairs", lang)
    )
    return lines
