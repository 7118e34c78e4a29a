"""Which rule decides a province's quota, in sentences: the rule, its price, and the quota without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from capshare.reports.sheet.province_sheet import CUT, ProvinceSheet
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MT, PRICE, readable
from capshare.reports.words.explanation import called

# What is printed as 0.00 yuan/t is no price, and as 0.0 Mt no change.
_LEAST_PRICE, _LEAST_MT = 0.005, 0.05


def what_decides(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """The rule that decides, its price, and what the result would be without it.

    Parameters
    ----------
    sheet : of a province
    lang : of the words
    """
    return tuple(_said(sheet, lang))


def _said(sheet: ProvinceSheet, lang: str) -> Iterator[str]:
    rule = sheet.deciding
    yield text(f"sheet.decide_{_key(sheet)}", lang, **_values(sheet, lang))
    if rule.constraint:
        yield _price(sheet, lang)
        yield _without(sheet, lang)
    if sheet.free_mt is not None:
        low, high = (readable(end, MT) for end in sheet.free_mt)
        yield text("sheet.free", lang, low=low, high=high)


def _key(sheet: ProvinceSheet) -> str:
    """Which sentence tells the rule."""
    rule, row = sheet.deciding, sheet.row
    if rule.constraint in ("purchase_limit", "tier"):
        return rule.constraint
    if rule.constraint.startswith("abatement_"):
        return "abatement"
    if (
        row is not None
        and rule.choice in ("band", "distance")
        and sheet.told.year != sheet.standing.last_year
    ):
        # The band and the cuts entitled to are those of the last year.
        return f"{rule.choice}_year"
    if rule.choice == "distance" and row is not None:
        return "distance_more" if row["cut_pct"] > row["entitled_cut_pct"] else "distance_less"
    if rule.choice == "distance":
        return rule.constraint if _deviation(sheet) else "entitlement"
    if rule.choice == "band":
        return "band_cut" if row is not None else rule.constraint
    return rule.choice


def _deviation(sheet: ProvinceSheet) -> float:
    return float(sheet.settings["allocation"].get("max_deviation") or 0.0)


def _values(sheet: ProvinceSheet, lang: str) -> Mapping[str, Any]:
    """What the sentences may show."""
    told, rule, row = sheet.told, sheet.deciding, sheet.row
    limit = sheet.settings["allocation"].get("trade_limit") or 0.0
    values = {
        "name": sheet.name(lang),
        "year": told.year,
        "deviation": round(100 * _deviation(sheet), 6),
        "limit": round(100 * float(limit), 6),
        "entitlement": readable(told.province["entitlement_mt"], MT),
        "worth": readable(told.province["value_yuan_per_t"], PRICE),
        "market": readable(told.market_yuan_per_t, PRICE),
        "rule": called(rule.constraint, rule.name, lang) if rule.constraint else "",
    }
    if row is None or told.cut is None:
        return values
    least, most = told.cut.assigned.band_pct
    return values | {
        "least": least,
        "most": most,
        "cut": row["cut_pct"],
        "distance": told.cut.assigned.distance_points,
        "entitled": row["entitled_cut_pct"],
        "tier": term("terms", row["tier"], lang),
    }


def _price(sheet: ProvinceSheet, lang: str) -> str:
    price = sheet.deciding.price_yuan_per_t
    if price < _LEAST_PRICE:
        return text("sheet.decide_no_price", lang)
    return text("sheet.decide_price", lang, price=readable(price, PRICE), alone=_alone(sheet, lang))


def _alone(sheet: ProvinceSheet, lang: str) -> str:
    """For whom the rule is looked at: a planner's constraint holds for all that it names, or for none."""
    if sheet.deciding.constraint.startswith("rule_"):
        return ""
    return text("sheet.alone", lang, name=sheet.name(lang))


def _without(sheet: ProvinceSheet, lang: str) -> str:
    rule, alone = sheet.deciding, _alone(sheet, lang)
    if rule.without_mt is None:
        return text("sheet.without_none", lang, alone=alone)
    change = rule.without_mt - rule.quota_mt
    if abs(change) < _LEAST_MT:
        return text("sheet.without_same", lang, alone=alone)
    said = {"alone": alone, "change": f"{change:+,.1f}"}
    if sheet.figure == CUT:
        key = "sheet.without_cut_more" if change < 0 else "sheet.without_cut_less"
        return text(key, lang, without=rule.without_cut_pct, cut=rule.cut_pct, **said)
    key = "sheet.without_quota_more" if change > 0 else "sheet.without_quota_less"
    amounts = {"without": readable(rule.without_mt, MT), "quota": readable(rule.quota_mt, MT)}
    return text(key, lang, **amounts, **said)


def decided_in_short(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> str:
    """What decides, in a word or two.

    Parameters
    ----------
    sheet : of a province
    lang : of the words
    """
    rule = sheet.deciding
    if sheet.row is not None and rule.choice != "cost":
        return term("terms", rule.choice, lang)
    return called(rule.constraint, rule.name, lang) if rule.constraint else term("terms", rule.choice, lang)
