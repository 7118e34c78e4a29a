"""What a provincial sheet says in sentences: what the province gets, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from capshare.reports.sheet.province_sheet import CUT, LEAST, ProvinceSheet
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, SHARE, readable
from capshare.reports.words.explanation import balance_line, use_lines
from capshare.reports.words.sensitivity import range_words


def heading(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> str:
    """The sheet's first line: the cut, or the quota.

    Parameters
    ----------
    sheet : of a province
    lang : of the words
    """
    where, row, told = sheet.standing, sheet.row, sheet.told
    if row is None:
        quota = readable(told.province["quota_mt"], MT)
        return text("sheet.heading_quota_mt", lang, name=sheet.name(lang), quota=quota, year=told.year)
    years = {"base": where.base_year, "year": where.last_year}
    return text("sheet.heading_cut_pct", lang, name=sheet.name(lang), cut=row["rounded_cut_pct"], **years)


def what_it_gets(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """The cut or the quota, what it means against the base year, and what becomes of it at least cost.

    Parameters
    ----------
    sheet : of a province
    lang : of the words
    """
    own = _cut(sheet, lang) if sheet.figure == CUT else (_quota(sheet, lang),)
    row, before = sheet.row, readable(sheet.told.province["quota_mt"], MT)
    rounded = row if sheet.told.year == sheet.standing.last_year else None
    if rounded is not None and before != readable(rounded["rounded_quota_mt"], MT):
        own = (*own, text("sheet.get_before_rounding", lang, quota=before))
    return (*own, balance_line(sheet.told, lang), *use_lines(sheet.told, lang))


def _cut(sheet: ProvinceSheet, lang: str) -> tuple[str, ...]:
    row, where, told = sheet.row, sheet.standing, sheet.told
    if row is None or told.cut is None:
        return ()
    cuts = told.cut.assigned.cuts["rounded_cut_pct"]
    said = text(
        "sheet.get_cut",
        lang,
        base=where.base_year,
        year=where.last_year,
        rounded=row["rounded_cut_pct"],
        cut=row["cut_pct"],
        national=told.cut.assigned.national_pct,
        above=int((cuts > row["rounded_cut_pct"]).sum()),
        count=len(cuts),
    )
    last = told.year == where.last_year
    quota = float(row["rounded_quota_mt"] if last else told.province["quota_mt"])
    amount = text(
        "sheet.get_amount",
        lang,
        quota=readable(quota, MT),
        year=told.year,
        change=_change(quota, where.base_mt, lang),
        base_mt=readable(where.base_mt, MT),
        base=where.base_year,
        constant=readable(where.constant_mt, MT),
    )
    other = () if last else (text("sheet.get_other_year", lang, last=where.last_year, year=told.year),)
    return (said, amount, *other)


def _quota(sheet: ProvinceSheet, lang: str) -> str:
    p, where, year = sheet.told.province, sheet.standing, sheet.told.year
    quota, emissions = float(p["quota_mt"]), float(p["emissions_mt"])
    values = {
        "year": year,
        "quota": readable(quota, MT),
        "share": readable(p["quota_share"], SHARE),
        "cover": readable(quota / emissions, SHARE) if emissions else text("explain.no_share", lang),
        "emissions": readable(emissions, MT),
    }
    if year == where.base_year:
        return text("sheet.get_quota_now", lang, **values)
    against = {"base": where.base_year, "base_mt": readable(where.base_mt, MT)}
    return text("sheet.get_quota", lang, **values, **against, change=_change(quota, where.base_mt, lang))


def _change(now: float, before: float, lang: str) -> str:
    """How much more or less than before."""
    if not before:
        return text("explain.no_share", lang)
    key = "sheet.more" if now >= before else "sheet.less"
    return text(key, lang, share=readable(abs(now / before - 1), SHARE))


def how_sure(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """Between what the result moves: with other choices, under other cost curves, over draws.

    Parameters
    ----------
    sheet : of a province
    lang : of the words
    """
    return tuple(_how_sure(sheet, lang))


def _how_sure(sheet: ProvinceSheet, lang: str) -> Iterator[str]:
    where, curves, drawn = sheet.standing, sheet.curves, sheet.drawn
    if sheet.told.year != where.last_year:
        yield text("sheet.sure_year", lang, year=where.last_year)
    if sheet.sensitivity is None:
        yield text("sheet.sure_none", lang)
    else:
        alike = sheet.sensitivity.figure == sheet.figure
        ends = range_words(sheet.sensitivity, sheet.told.code, lang)
        yield text("sheet.sure_range" if alike else "sheet.sure_range_of_cut", lang, range=ends)
    if curves is not None:
        if curves.high - curves.low < LEAST[sheet.figure]:
            yield text("sheet.sure_curves_same", lang, count=curves.count)
        else:
            between = {"low": curves.low, "high": curves.high, "count": curves.count}
            yield text(f"sheet.sure_curves_{sheet.figure}", lang, **between)
        if curves.fragile:
            yield text("sheet.sure_fragile", lang)
    if drawn is not None:
        values = {"draws": drawn.draws, "low": drawn.low, "middle": drawn.middle, "high": drawn.high}
        yield text(f"sheet.sure_drawn_{sheet.figure}", lang, **values)
        if drawn.likeliest_pct is not None:
            yield text("sheet.sure_likeliest", lang, target=drawn.likeliest_pct, chance=drawn.chance)
