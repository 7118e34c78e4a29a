"""What ``capshare sweep`` prints: its runs, and between what each province's quota or cut moves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

if TYPE_CHECKING:
    from rich.console import Console

# Runs that are listed; the table on disk has all.
_LISTED = 30


def print_sweep(
    runs: pd.DataFrame,
    provinces: pd.DataFrame,
    keys: Sequence[str],
    folder: Path,
    console: Console,
    lang: str = DEFAULT_LANGUAGE,
) -> None:
    """Print a sweep and say where its files are.

    Parameters
    ----------
    runs : index run; a column per key, ``status, reason`` and figures of the last year
    provinces : index run, year, code; quotas, Mt CO2, and cuts, %, where the study sets targets
    keys : the settings that change
    folder : where the files were written
    console : where to print
    lang : language of the texts
    """
    solved = runs["status"].eq("solved")
    print_title(console, text("sweep.title", lang, count=len(runs), solved=int(solved.sum())))
    figures = [name for name in ("cap_mt", "price_yuan_per_t", "objective_1e8yuan") if name in runs]
    headings = [
        text("sweep.run", lang),
        *(key.replace(".", ".\n") for key in keys),
        *(text(f"sweep.{name}", lang) for name in figures),
    ]
    rows = [
        (str(number), *(str(row[key]) for key in keys), *(_number(row[name]) for name in figures))
        for number, row in runs.head(_LISTED).iterrows()
    ]
    print_table(console, headings, rows, right=range(1 + len(keys), len(headings)))
    if len(runs) > _LISTED:
        print_line(console, text("sweep.more", lang, count=len(runs) - _LISTED))
    for number, reason in runs.loc[~solved, "reason"].head(_LISTED).items():
        print_line(console, text("sweep.unsolved", lang, run=number, reason=reason))
    _print_ranges(provinces, console, lang)
    print_line(console, text("sweep.files", lang, folder=folder))


def _print_ranges(provinces: pd.DataFrame, console: Console, lang: str) -> None:
    """Between what each province moves in the last year, who moves most first."""
    by = "cut_pct" if "cut_pct" in provinces else "quota_mt"
    year = provinces.index.get_level_values("year").max()
    last = provinces.xs(year, level="year")
    least, most = (last.groupby("code")[by].agg(how) for how in ("min", "max"))
    names = last.groupby("code")[f"name_{lang}"].first()
    order = (most - least).sort_values(ascending=False, kind="stable").index
    print_title(console, text(f"sweep.ranges_{by}", lang, year=year))
    headings = [text(f"sweep.{word}", lang) for word in ("province", "least", "most", "between")]
    rows = [
        (names[code], *(_number(value) for value in (least[code], most[code], most[code] - least[code])))
        for code in order
    ]
    print_table(console, headings, rows, right=range(1, len(headings)))


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:,.2f}"
