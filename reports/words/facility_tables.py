"""Quotas of facilities as tables of texts: by sector, by province, and the estimate beside statistics."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from capshare.model.facilities.outcome import FacilityOutcome
from capshare.model.facilities.sums import T_PER_MT
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.enough_digits import decimals_of, decimals_of_column
from capshare.reports.words.facilities import said, sector_word, with_doubt


class FacilityTable(NamedTuple):
    """A table as texts.

    Attributes
    ----------
    key : of its title
    title : what it is of
    headings : of the columns
    rows : as many texts as there are headings
    words : how many columns on the left are of words
    """

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int


def sector_table(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> FacilityTable:
    """A row per sector.

    Parameters
    ----------
    outcome : of facilities
    lang : "en" or "zh"
    """
    columns = ("sector", "form", "facilities", "benchmark", "emissions", "quota", "balance", "shortfall")
    decimals = _decimals(outcome.sectors)
    rows = tuple(
        (
            sector_word(str(sector), lang),
            said(f"forms.{row['form']}", lang),
            f"{row['facilities']:,}",
            f"{row['benchmark']:.4g}",
            *_amounts(row, decimals),
        )
        for sector, row in outcome.sectors.iterrows()
    )
    return _table("sectors", columns, rows, 2, outcome, lang)


def province_table(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> FacilityTable:
    """A row per province, those whose facilities emit most first; beside a run with what the rest has left.

    Parameters
    ----------
    outcome : of facilities
    lang : "en" or "zh"
    """
    columns = ["province", "facilities", "emissions", "quota", "balance"]
    if outcome.beside is None:
        columns += ["shortfall"]
    else:
        columns += ["province_quota", "gap", "covered", "rest_cut"]
    ordered = outcome.provinces.sort_values("emissions_t", ascending=False, kind="stable")
    decimals = _decimals(ordered)
    rows = tuple(
        (
            str(row[f"name_{lang}"]),
            f"{row['facilities']:,}",
            *_amounts(row, decimals)[:3],
            *_province(row, outcome, decimals),
        )
        for _, row in ordered.iterrows()
    )
    return _table("provinces", columns, rows, 1, outcome, lang)


def check_table(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> FacilityTable | None:
    """The estimate of the shipped plants beside statistics, a row per province; None for other tables.

    Parameters
    ----------
    outcome : of facilities
    lang : "en" or "zh"
    """
    if outcome.check is None:
        return None
    columns = ("province", "estimate", "inventory", "of_inventory", "supply", "generation", "of_generation")
    names = outcome.provinces[f"name_{lang}"]
    rows = tuple(
        (
            str(names.get(code, code)),
            f"{row['estimate_mt']:,.1f}",
            f"{row['inventory_power_and_heat_mt']:,.1f}",
            f"{100 * row['share_of_inventory']:.0f}",
            f"{row['estimate_supply_twh']:,.1f}",
            f"{row['generation_all_sources_twh']:,.1f}",
            f"{100 * row['share_of_generation']:.0f}",
        )
        for code, row in outcome.check.iterrows()
    )
    return _table("check", columns, rows, 1, outcome, lang)


def _table(
    key: str,
    columns: list[str] | tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    words: int,
    outcome: FacilityOutcome,
    lang: str,
) -> FacilityTable:
    title = with_doubt(said(f"{key}_title", lang, year=outcome.year), outcome, lang)
    return FacilityTable(key, title, tuple(said(f"columns.{name}", lang) for name in columns), rows, words)


def _decimals(sums: pd.DataFrame) -> int:
    """Decimals by which the facilities of every row can be seen to emit something."""
    return decimals_of_column((sums["emissions_t"] / T_PER_MT).tolist(), 2, 4)


def _amounts(row: pd.Series, decimals: int) -> tuple[str, ...]:
    balance_t = row["quota_t"] - row["emissions_t"]
    emissions, quota, balance, short = (
        amount / T_PER_MT for amount in (row["emissions_t"], row["quota_t"], balance_t, row["shortfall_t"])
    )
    form = f"z,.{decimals}f"
    return f"{emissions:{form}}", f"{quota:{form}}", f"{balance:+{form}}", f"{short:{form}}"


def _province(row: pd.Series, outcome: FacilityOutcome, decimals: int) -> tuple[str, ...]:
    """What is short, or, beside a run, what the rest has left: both do not fit a line."""
    if outcome.beside is None:
        return _amounts(row, decimals)[3:]
    cut = row["rest_cut_pct"]
    # A small part is not nothing.
    covered = min(decimals_of(100 * row["share_covered"], 0, 1), 2)
    return (
        f"{row['province_quota_mt']:z,.1f}",
        f"{row['gap_mt']:z,.1f}",
        f"{100 * row['share_covered']:.{covered}f}",
        "" if pd.isna(cut) else f"{cut:z.1f}",
    )
