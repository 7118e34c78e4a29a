"""Studies of a plan's targets: a burden, a band, tiers, in any combination with what other studies have."""

import math

from corpus import studies, study_rules

BASE = studies.BASE


def plan(draw, world):
    """Content of a study file that sets targets over a dataset."""
    content = studies.study(draw, world)
    years = _years(draw)
    own = draw.pick("entropy", "equal", "critic")
    for decided in ("indicators", "weights", "groups", "published"):
        content.pop(decided, None)
    rules = content.get("comparison", {}).get("rules", [])
    if not draw.slip():
        # There is no published table of cuts to name it.
        rules[:] = [name for name in rules if name != "published"]
    if draw.chance(0.7):
        # What is held back asks more of the provinces than the band may hold.
        content.get("market", {}).pop("reserve_share", None)
    content["study"] |= {"base_year": BASE, "years": years}
    content["baseline"] = {
        "method": "growth",
        "autonomous_change": draw.number(-0.02, 0.05, least=-0.99, most=0.99),
        "growth_window": draw.pick([], [2012, 2017]) if world.rich else [],
    }
    content["cap"] = _cap(draw, years)
    content["burden"] = {
        "weights": own,
        "spread_points": draw.number(0, 12, most=100),
        "indicators": [_of_burden(draw, one) for one in studies.indicators(draw, world, principle=True)],
    }
    content["targets"] = _targets(draw, content["cap"]["cut_pct"], len(world.codes))
    content["allocation"] = _allocation(draw, world)
    if draw.slip():
        name, value = draw.pick(
            ("scope", "groups"), ("max_deviation", 0.1), ("floor", 0.5), ("within", "gdp")
        )
        content["allocation"][name] = value
    if draw.slip():
        content.pop(draw.pick("burden", "targets", "baseline"))
    return content


def _years(draw):
    if draw.chance(0.5):
        return [draw.pick(2018, 2020, 2022)]
    later = [2018, 2019, 2020, 2022, *([BASE] if draw.slip() else [])]
    return sorted(draw.some(later, least=2))[:3]


def _cap(draw, years):
    cap = {"method": "intensity-plan", "cut_pct": draw.number(2, 30, least=-20.0, most=99)}
    if draw.chance(0.4):
        cap["first_year_cut_pct"] = round(cap["cut_pct"] * draw.number(0.1, 1.2 if draw.slip() else 0.5), 4)
    if draw.chance(0.2):
        cap["plan_year"] = years[-1] if not draw.slip() else draw.pick(2000, 2050)
    return cap


def _of_burden(draw, indicator):
    return {key: value for key, value in indicator.items() if draw.chance(0.7) or key in ("id", "expression")}


def _targets(draw, cut_pct, n):
    width = draw.pick((2, 8), (2, 8), (0, 2), (8, 30))
    least = round(cut_pct - draw.number(*width), 4)
    most = round(min(cut_pct + draw.number(*width), 100.0), 4)
    asked = {"band_pct": [max(least, 0.0) if cut_pct >= 0 else least, most]}
    if draw.slip():
        asked["band_pct"] = draw.pick([most, least], [most, most + 1], [least], [0.0, 100.0])
    extra = {
        "distance_points": math.inf if draw.chance(0.2) else draw.number(0, 4, most=100),
        "tiers": draw.pick("guide", "guide", "bind", "none") if n > 2 or draw.slip() else "none",
        "tiers_k": draw.pick(n, n + 1, 1) if draw.slip() else draw.whole(2, max(2, min(n - 1, 6))),
        "round_to_points": draw.pick(0.5, 0.5, 0.1, 1.0, 2.0, 0.01),
    }
    asked |= {key: value for key, value in extra.items() if key.startswith("tiers") or draw.chance(0.8)}
    return asked


def _allocation(draw, world):
    """What targets leave open of the allocation."""
    asked = study_rules.allocation(draw, world)
    return {
        key: value
        for key, value in asked.items()
        if key not in ("scope", "within", "max_deviation", "floor", "ceiling")
    }
