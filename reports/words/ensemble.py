"""How sure a result is by the draws of its uncertain inputs, in sentences: the nation's, one province's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from capshare.model.outcome.ensemble import DrawCounts, Ensemble
from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import term, text
from capshare.reports.words.columns import SHARE, readable
from capshare.reports.words.intervals import MIDDLE, OUTSIDE, drawn_year, intervals, own_figure
from capshare.reports.words.uncertain_inputs import input_name, titles_of_columns

# Provinces and inputs that are named; the files have all.
_NAMED = 3


def ensemble_lines(outcome: Outcome, lang: str) -> Iterator[str]:
    """What the draws say first; nothing where the run was given no ensemble.

    Parameters
    ----------
    outcome : of a run
    lang : language of the texts
    """
    found = outcome.drivers.ensemble
    if found is None:
        return
    table, names = intervals(outcome, found), outcome.in_year().provinces[f"name_{lang}"]
    yield _drawn(found.counts, table, names, lang)
    yield _widest(found, table, names, titles_of_columns(outcome, lang), lang)
    first = found.first_ranks(1)
    if not first.empty:
        chances = [
            f"{names[str(code)]} {readable(chance, SHARE)}" for code, chance in first[1].head(_NAMED).items()
        ]
        yield text("ensemble.first", lang, list=text("terms.separator", lang).join(chances))


def draws_line(counts: DrawCounts, lang: str) -> str:
    """How many draws there are, and how many have no solution, and why.

    Parameters
    ----------
    counts : of an ensemble
    lang : language of the text
    """
    failed = sum(counts.without_solution.values())
    if not failed:
        return text("ensemble.all_solved", lang, asked=counts.asked, seed=counts.seed)
    reasons = [
        text("ensemble.reason", lang, reason=term("draws_fail", reason, lang), count=count)
        for reason, count in counts.without_solution.items()
    ]
    listed = text("terms.part_separator", lang).join(reasons)
    return text(
        "ensemble.some_unsolved", lang, asked=counts.asked, seed=counts.seed, failed=failed, reasons=listed
    )


def province_line(outcome: Outcome, code: str, lang: str) -> str:
    """Between what a province's figure lies, and what drives that most; "" without an ensemble.

    Parameters
    ----------
    outcome : of a run
    code : of the province
    lang : language of the text
    """
    found = outcome.drivers.ensemble
    if found is None:
        return ""
    figure = str(own_figure(outcome, found).name)
    row = intervals(outcome, found).loc[code]
    values = {name: row[f"{name}_{figure}"] for name in ("p05", "p25", "p50", "p75", "p95")}
    said = text(
        f"ensemble.province_{figure}", lang, draws=found.counts.solved, year=drawn_year(outcome, found),
        own=row[figure], place=term("places", row["place"], lang), **values,
    )  # fmt: skip
    driver = driver_words(found, figure, code, titles_of_columns(outcome, lang), lang)
    return said + (text("ensemble.driven", lang, driver=driver) if driver else text("ensemble.stop", lang))


def driver_words(found: Ensemble, figure: str, code: str, titles: Mapping[str, str], lang: str) -> str:
    """The input that drives a province's figure most, with its index and the interval; "" where none does.

    Parameters
    ----------
    found : the ensemble
    figure : what it drives
    code : of the province
    titles : column of the dataset → what it is called
    lang : language of the words
    """
    strongest = found.strongest(figure, 1)
    if code not in strongest.index.get_level_values("code"):
        return ""
    [row] = strongest.xs(code, level="code").reset_index().to_dict("records")
    indices = {name: row[name] for name in ("total", "low", "high")}
    return text("ensemble.index", lang, input=input_name(str(row["input"]), lang, titles), **indices)


def _drawn(counts: DrawCounts, table: pd.DataFrame, names: pd.Series, lang: str) -> str:
    figure = table.columns[0]
    inside, outside = (list(table.index[table["place"] == place]) for place in (MIDDLE, OUTSIDE))
    said = text(f"ensemble.inside_{figure}", lang, count=len(inside), of=len(table))
    further = text("ensemble.none_outside", lang)
    if outside:
        listed = text("terms.separator", lang).join(str(names[code]) for code in outside[:_NAMED])
        more = len(outside) - _NAMED
        listed = text("note_items.more", lang, list=listed, count=more) if more > 0 else listed
        further = text("ensemble.outside", lang, count=len(outside), list=listed)
    return draws_line(counts, lang) + said + further


def _widest(
    found: Ensemble, table: pd.DataFrame, names: pd.Series, titles: Mapping[str, str], lang: str
) -> str:
    figure = str(table.columns[0])
    low, high = table[f"p05_{figure}"], table[f"p95_{figure}"]
    widest = (high - low).sort_values(ascending=False, kind="stable").head(_NAMED).index
    said = [
        text(f"ensemble.range_{figure}", lang, name=names[code], low=low[code], high=high[code])
        for code in widest
    ]
    line = text("ensemble.widest", lang, list=text("terms.part_separator", lang).join(said))
    first = found.strongest(figure, 1).index.get_level_values("input")
    if len(first) == 0:
        return line + text("ensemble.no_drivers", lang)
    counted = pd.Series(first).value_counts(sort=True).head(_NAMED)
    drivers = [
        text("ensemble.drives", lang, input=input_name(str(name), lang, titles), count=count)
        for name, count in counted.items()
    ]
    listed = text("terms.separator", lang).join(drivers)
    return line + text("ensemble.main_drivers", lang, list=listed, pairs=found.counts.driver_pairs)
