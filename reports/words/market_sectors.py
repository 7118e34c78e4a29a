"""What of emissions and quotas is in the national market, and what provinces answer for, in sentences."""

from __future__ import annotations

import pandas as pd

from capshare.indicators.market_sectors import rest_cut_of_nation_pct
from capshare.model.outcome.outcome import OneYear
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, in_one_line, term, text
from capshare.reports.words.columns import MT, PERCENT, readable

# Provinces named at either end.
_ENDS = 3


def market_lines(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """What of the nation is in the market, and whose rest has to cut most and least.

    Parameters
    ----------
    one : year of a run
    lang : "en" or "zh"

    Returns
    -------
    tuple of sentences; none where the study names no sectors of the market
    """
    table = market_table(one)
    if table is None:
        return ()
    lines = (_share(one, table.sum(), "", lang), _left(one, _nation(table), "", lang))
    if "rest_cut_pct" not in table or table["rest_cut_pct"].isna().all():
        return lines
    names, ranked = one.provinces[f"name_{lang}"], table["rest_cut_pct"].dropna().sort_values()
    most, least = ranked.iloc[::-1].head(_ENDS), ranked.head(_ENDS)
    ends = {"most": _listed(most, names, lang), "least": _listed(least, names, lang)}
    return *lines, text("market_sectors.ends", lang, **ends)


def market_line(one: OneYear, code: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """What of a province is in the market, what it answers for, and what that has to cut.

    Parameters
    ----------
    one : year of a run
    code : of the province
    lang : "en" or "zh"

    Returns
    -------
    str, empty where the study names no sectors of the market
    """
    table = market_table(one)
    if table is None:
        return ""
    name = str(one.provinces[f"name_{lang}"][code])
    row = table.T[code]
    return in_one_line((_share(one, row, name, lang), _left(one, row, name, lang)), lang)


def market_table(one: OneYear) -> pd.DataFrame | None:
    """Rows of ``market_sectors.csv`` of a year, index code; None where the run has none.

    Parameters
    ----------
    one : year of a run
    """
    table = one.outcome.allocation.market_sectors
    return None if table is None else one.of(table).astype(float)


def _share(one: OneYear, row: pd.Series, name: str, lang: str) -> str:
    settings = one.outcome.study.settings
    sectors = [term("sectors", sector["sector"], lang) for sector in settings["market_sectors"]["sectors"]]
    return text(
        "market_sectors.share" if name else "market_sectors.share_of_nation",
        lang,
        **({"name": name} if name else {}),
        base=settings["study"]["base_year"],
        emissions=readable(row["emissions_mt"], MT),
        share=readable(100 * row["market_mt"] / row["emissions_mt"], PERCENT),
        sectors=text("terms.separator", lang).join(sectors),
        rest=readable(row["rest_mt"], MT),
    )


def _left(one: OneYear, row: pd.Series, name: str, lang: str) -> str:
    values = {part: readable(row[f"{part}_mt"], MT) for part in ("quota", "market_quota", "rest_quota")}
    key = "market_sectors.left" if name else "market_sectors.left_of_nation"
    said = text(key, lang, year=one.year, **values)
    asked = row.get("rest_cut_pct")
    if asked is None or pd.isna(asked):
        return said + text("market_sectors.end", lang)
    side = "cut" if asked >= 0 else "rise"
    return said + text(f"market_sectors.{side}", lang, cut=readable(abs(asked), PERCENT))


def _nation(table: pd.DataFrame) -> pd.Series:
    """Sums, and the cut that the rest of all provinces together is left with."""
    row: pd.Series = table.sum().drop("rest_cut_pct", errors="ignore")
    cut = rest_cut_of_nation_pct(table)
    return row if cut is None else pd.concat([row, pd.Series({"rest_cut_pct": cut})])


def _listed(cuts: pd.Series, names: pd.Series, lang: str) -> str:
    said = [f"{names[str(code)]} {readable(cut, PERCENT)}" for code, cut in cuts.items()]
    return text("terms.separator", lang).join(said)
