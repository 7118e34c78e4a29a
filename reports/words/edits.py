"""What was edited in a workbook, and what that changed, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from capshare.base.years import in_year
from capshare.model.outcome.edits import Edits
from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import term, text
from capshare.reports.words.columns import MONEY, MT, PRICE, readable, unit_word

# Edits and provinces that are named; the files have all.
_EDITS, _PROVINCES = 6, 5
# What is printed as 0.0 Mt is no change.
_LEAST_MT = 0.05


def edit_lines(outcome: Outcome, lang: str) -> Iterator[str]:
    """What was edited, what it does to the nation, whose quota it moves; nothing without an edited workbook.

    Parameters
    ----------
    outcome : of a run
    lang : language of the texts
    """
    edits = outcome.study.edits
    if edits is None:
        return
    yield _edited(edits, lang)
    if edits.years.empty:
        return
    last = int(edits.years.index.max())
    yield _nation(edits, last, lang)
    yield _moved(outcome, in_year(edits.provinces, last), last, lang)


def _edited(edits: Edits, lang: str) -> str:
    """The first edits, each with its place, its value before and after."""
    said = [
        text(
            "edits.cell" if row["cell"] else "edits.setting",
            lang,
            **{name: row[name] for name in ("sheet", "cell", "column", "row_name", "study_key")},
            before=_value(row["value_before"], lang),
            after=_value(row["value_after"], lang),
        )
        for row in edits.cells.head(_EDITS).to_dict("records")
    ]
    more = len(edits.cells) - len(said)
    said += [text("edits.more", lang, count=more)] if more else []
    separator = text("terms.part_separator", lang)
    return text("edits.edited", lang, count=len(edits.cells), list=separator.join(said))


def _value(written: str, lang: str) -> str:
    """A value as people read it: a number without the digits that only rounding made."""
    if not written:
        return text("edits.blank", lang)
    try:
        number = float(written)
    except ValueError:
        return term("terms", written, lang)
    return text("terms.no_limit", lang) if number == float("inf") else f"{number:.10g}"


def _nation(edits: Edits, year: int, lang: str) -> str:
    row = edits.years.loc[year]
    figures = {
        f"{what}_{side}": f"{row[f'{what}_{side}_{unit}']:,.{digits}f}"
        for what, unit, digits in (("cap", "mt", 1), ("price", "yuan_per_t", 2), ("cost", "1e8yuan", 2))
        for side in ("before", "after")
    }
    units = {"mt": MT, "price": PRICE, "money": MONEY}
    said = {name: unit_word(unit, lang) for name, unit in units.items()}
    return text("edits.nation", lang, year=year, **figures, **said)


def _moved(outcome: Outcome, rows: pd.DataFrame, year: int, lang: str) -> str:
    """Whose quota moves most, how much in all, and how many are decided by another rule."""
    change = rows["quota_change_mt"]
    largest = change[change.abs() >= _LEAST_MT].abs().sort_values(ascending=False, kind="stable")
    if largest.empty:
        return text("edits.nothing_moves", lang, year=year, mt=unit_word(MT, lang))
    names = outcome.in_year(year).provinces[f"name_{lang}"]
    said = [f"{names[code]} {change[code]:+,.1f}" for code in largest.index[:_PROVINCES]]
    other = int((rows["decided_before"] != rows["decided_after"]).sum())
    return text(
        "edits.moved",
        lang,
        year=year,
        moved=readable(float(change.abs().sum()), MT),
        mt=unit_word(MT, lang),
        count=len(largest),
        of=len(rows),
        other=other,
        list=text("terms.part_separator", lang).join(said),
    )
