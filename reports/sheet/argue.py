"""What a province may argue about: every choice and figure that could be another, by how much it moves."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from capshare.reports.sheet.province_sheet import CUT, LEAST, QUOTA, ProvinceSheet
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.sensitivity import choice_reason

# More rows do not fit on the page; the smaller ones stand in a sentence.
_ROWS = 10
_CALLED = ("id", "name")


@dataclass(frozen=True)
class Arguments:
    """What would move a result, the largest change first, and what would not.

    Attributes
    ----------
    moving : ``what, why`` (words), ``quota_mt, change_mt`` (Mt) and, of a study of targets, ``cut_pct,
        change_points``; at most ten rows
    smaller : what moves it less than those, in words, with the change in the unit of the figure
    nothing, unsolved : names of what does not move it, and of what has no solution
    """

    moving: pd.DataFrame
    smaller: tuple[tuple[str, float], ...]
    nothing: tuple[str, ...]
    unsolved: tuple[str, ...]


def arguments(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> Arguments:
    """Rank what could be another by what it moves.

    Parameters
    ----------
    sheet : of a province
    lang : of the names
    """
    rows = [*_choices(sheet, lang), *_changes(sheet, lang)]
    change = "change_points" if sheet.figure == CUT else "change_mt"
    columns = ["what", "why", "quota_mt", "change_mt", "cut_pct", "change_points", "choice"]
    frame = pd.DataFrame(rows, columns=columns)
    size = frame[change].astype(float).abs()
    moving = frame[size >= LEAST[sheet.figure]].sort_values(
        change, key=lambda moved: -moved.abs(), kind="stable"
    )
    moved = set(moving["choice"])
    still = frame[(size < LEAST[sheet.figure]) & ~frame["choice"].isin(moved)]
    idle = still.groupby("choice", sort=False)["change_mt"].agg(["min", "max"])
    return Arguments(
        moving.head(_ROWS).dropna(axis="columns", how="all").drop(columns="choice"),
        tuple((str(row["what"]), float(row[change])) for _, row in moving.iloc[_ROWS:].iterrows()),
        tuple(
            _idle(str(name), float(ends["min"]), float(ends["max"]), lang) for name, ends in idle.iterrows()
        ),
        tuple(map(str, frame[size.isna()]["what"])),
    )


def _idle(name: str, low_mt: float, high_mt: float, lang: str) -> str:
    """What leaves the figure as it is; a cut may stay where the amount moves with GDP or emissions."""
    ends = [f"{end:+,.1f}".replace("-", "−") for end in (low_mt, high_mt) if abs(end) >= LEAST[QUOTA]]
    if not ends:
        return name
    amounts = text("terms.separator", lang).join(dict.fromkeys(ends))
    return text("sheet.argue_amount_alone", lang, what=name, change=amounts)


def _choices(sheet: ProvinceSheet, lang: str) -> Iterator[dict[str, Any]]:
    """Each value that a choice of the study could as well have had; the panel is of the last year."""
    found, told = sheet.sensitivity, sheet.told
    if found is None or told.year != sheet.standing.last_year:
        return
    own = found.provinces.xs(told.code, level="code").reset_index()
    every = found.nation.reset_index().merge(own, on=["choice", "side", "value"], how="left")
    own_cut = float(found.ranges[CUT][told.code]) if sheet.figure == CUT else np.nan
    for side in every.to_dict("records"):
        why = choice_reason(sheet.settings, str(side["choice"]), str(side["status"]), side["reason"], lang)
        row = {"what": _named(sheet, side, lang), "why": str(why)}
        row |= {"choice": term("choices", side["choice"], lang)}
        row |= {"quota_mt": side[QUOTA], "change_mt": side[QUOTA] - told.province[QUOTA]}
        if sheet.figure == CUT:
            row |= {"cut_pct": side[CUT], "change_points": side[CUT] - own_cut}
        yield row


def _named(sheet: ProvinceSheet, side: Mapping[Hashable, Any], lang: str) -> str:
    values = {"choice": term("choices", side["choice"], lang), "value": _worded(side["value"], lang)}
    now = _now(sheet.settings, str(side["key"]), lang)
    if not now:
        return text("sheet.argue_choice_alone", lang, **values)
    return text("sheet.argue_choice", lang, **values, now=now)


def _worded(value: object, lang: str) -> str:
    return term("choice_values", value, lang)


def _now(settings: Mapping[str, Any], key: str, lang: str) -> str:
    """What a key of the study is, in words; "" where it is not said in one."""
    value: Any = settings
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, list | tuple):
        listed = [_entry(entry) for entry in value]
        return text("terms.separator", lang).join(_worded(entry, lang) for entry in listed)
    return "" if value is None else _worded(_entry(value), lang)


def _entry(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(next((value[name] for name in _CALLED if name in value), ""))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _changes(sheet: ProvinceSheet, lang: str) -> Iterator[dict[str, Any]]:
    """Figures of its own and the cap; rules too where the study names no choices of its own."""
    has_choices = sheet.sensitivity is not None and sheet.told.year == sheet.standing.last_year
    for row in sheet.told.sensitivity.reset_index().to_dict("records"):
        if row["kind"] == "rule" and has_choices:
            continue
        figures = {str(name): row[name] for name in row if name not in ("change", "kind")}
        why = text(f"sheet.argue_{row['kind']}", lang)
        yield {**figures, "what": row["change"], "why": why, "choice": row["change"]}
