"""What a run says before everything else: what is split, who gives and who gets, what it hangs on."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MT, readable
from capshare.reports.words.cuts import assigned_cuts
from capshare.reports.words.drivers import price_range

# Provinces and choices that are named; the tables have all.
_NAMED = 3
# Mt CO2 that are printed as 0.
_NOTHING_MT = 0.5


def brief(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """The three sentences.

    Parameters
    ----------
    one : the year told
    lang : "en" or "zh"
    """
    return _what(one, lang), _who(one, lang), _hangs_on(one, lang)


def _what(one: OneYear, lang: str) -> str:
    provinces, assigned = one.provinces, assigned_cuts(one.outcome)
    emissions, cap = float(provinces["emissions_mt"].sum()), float(one.outcome.cap.path["cap_mt"][one.year])
    values = {
        "count": len(provinces),
        "year": one.year,
        "cap": readable(cap, MT),
        "emissions": readable(emissions, MT),
        "share": cap / emissions,
    }
    if assigned is None or one.year != assigned.year:
        return text("brief.what", lang, **values)
    return text("brief.what_cut", lang, national=assigned.national_pct, base=assigned.base_year, **values)


def gains(one: OneYear) -> pd.Series:
    """Quota above or below what the same cut for everybody would leave.

    Parameters
    ----------
    one : the year told; the cut is of the emissions at constant intensity where the study sets targets for
        the year, else of the emissions before abatement

    Returns
    -------
    Series, index code, ``gain_mt``; Mt CO2, adds up to 0
    """
    quota, assigned = one.provinces["quota_mt"], assigned_cuts(one.outcome)
    base = one.provinces["emissions_mt"]
    if assigned is not None and one.year == assigned.year:
        base = assigned.cuts["constant_intensity_mt"].reindex(quota.index)
    return (quota - base * float(quota.sum()) / float(base.sum())).rename("gain_mt")


def _who(one: OneYear, lang: str) -> str:
    gain = gains(one).sort_values(kind="stable")
    give, get = gain[gain < -_NOTHING_MT], gain[gain > _NOTHING_MT][::-1]
    if give.empty or get.empty:
        return text("brief.nobody", lang)
    names = one.provinces[f"name_{lang}"]
    return text(
        "brief.who",
        lang,
        moved=readable(float(gain.clip(lower=0).sum()), MT),
        give_count=len(give),
        give=_listed(give.head(_NAMED), names, lang),
        get_count=len(get),
        get=_listed(get.head(_NAMED), names, lang),
    )


def _listed(gain: pd.Series, names: pd.Series, lang: str) -> str:
    said = [
        text("brief.province", lang, name=names.loc[str(code)], mt=f"{mt:+,.0f}".replace("-", "−"))
        for code, mt in gain.items()
    ]
    return text("terms.separator", lang).join(said)


def _hangs_on(one: OneYear, lang: str) -> str:
    """What moves most: the choices tried, else the curves of cost, else the heaviest indicator."""
    drivers, last = one.outcome.drivers, one.outcome.years[-1]
    weights = one.outcome.weights.table["weight"].sort_values(ascending=False, kind="stable")
    heaviest = text(
        "brief.heaviest", lang, indicator=term("indicators", weights.index[0], lang), weight=weights.iloc[0]
    )
    if drivers.sensitivity is not None and len(movers := drivers.sensitivity.movers().head(_NAMED)):
        listed = text("terms.separator", lang).join(
            text("brief.choice", lang, choice=term("choices", choice, lang), moved=moved)
            for choice, moved in movers.items()
        )
        return text("brief.choices", lang, year=last, list=listed)
    if drivers.curves is not None:
        moved = float(drivers.curves.prices["moved_mt"].max())
        block = str(one.blocks.index[0])
        prices = price_range(one.outcome, block, lang) if len(one.blocks) == 1 else ""
        key = "brief.curves" if prices and moved > _NOTHING_MT else "brief.curves_move"
        return text(key, lang, year=last, moved=moved, prices=prices, heaviest=heaviest)
    return text("brief.weights", lang, heaviest=heaviest)
