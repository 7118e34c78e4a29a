"""Study files right by their form, though not always in their numbers: every key, any combination."""

import math

from corpus import study_rules, unsure, whose
from corpus.worlds import ODD_NAMES

PRINCIPLES = ("equality", "responsibility", "capability", "efficiency", "need", "ecology")
BASE = 2017


def study(draw, world):
    """Content of a study file over a dataset."""
    years = _years(draw)
    content = {
        "study": _about(draw, world, years),
        "emissions": draw.pick(*world.emissions),
        "cap": _cap(draw, world, years),
        "indicators": indicators(draw, world, principle=True),
        "groups": _groups(draw, world),
        "prices": _prices(draw, world),
        "allocation": study_rules.allocation(draw, world),
    }
    sections = {
        "weights": (0.6, lambda: _weights(draw, content["indicators"])),
        "baseline": (0.95 if max(years) > BASE else 0.1, lambda: _baseline(draw, world, years)),
        "rules": (0.3, lambda: study_rules.rule_settings(draw, world)),
        "comparison": (0.85, lambda: study_rules.comparison(draw, world)),
        "smoothing": (0.3, lambda: {"max_yearly_change": draw.number(0.01, 0.5, least=1e-12, most=0.999)}),
        "carry_over": (0.3, lambda: {"limit": draw.number(0, 0.3), "expiry_years": draw.whole(1, 4)}),
        "market": (0.3, lambda: _market(draw)),
        "balance": (0.3, lambda: _balance(draw)),
        "potential": (0.5, lambda: _potential(draw, world)),
        "solver": (0.2, lambda: _solver(draw)),
    }
    for name, (share, make) in sections.items():
        if draw.chance(share):
            content[name] = make()
    if draw.slip():
        content.setdefault("comparison", {}).setdefault("rules", []).append("published")
    if world.tables and draw.chance(0.5):
        if draw.chance(0.3):
            content.setdefault("comparison", {}).setdefault("rules", []).append("published")
        content["published"] = {"table": draw.pick(*world.tables)}
        if world.potential and draw.chance(0.5):
            content["published"]["potential"] = draw.pick(*world.potential)
    if world.rich and draw.chance(0.03):
        content["nowcast"] = {"from": BASE, "provincial": draw.pick("national", "second-inventory")}
    study_rules.between_years(draw, world, years, content["allocation"])
    in_the_way = {"smoothing", "carry_over"} & set(content) or "given" in content.get("weights", {})
    if "published" in content and (draw.slip() if in_the_way else draw.chance(0.6)):
        content["published"]["readings"] = _readings(draw, world, content["indicators"])
    return content | whose.sections(draw, world) | unsure.sections(draw, world)


def spoil(draw, content):
    """Leave a key out, add one that nobody knows, or give one a value of another kind."""
    section = draw.pick(*(section for section in content.values() if isinstance(section, dict)))
    key = draw.pick(*section, "unknown")
    if draw.chance(0.2):
        section.pop(key, None)
    else:
        section[key] = draw.pick("x", "", -1, 0, 7, 1e308, math.nan, math.inf, True, [], [1], {}, {"a": 1})


def _years(draw):
    if draw.chance(0.6):
        return [BASE]
    first = draw.pick(BASE, BASE, 2018, 2025)
    years = sorted(draw.some(range(first, 2031), least=2)[: draw.pick(2, 3, 3, 4)])
    if draw.slip():
        return draw.pick([*years, 2016], [*years, 2035], [BASE, 2060])
    return draw.pick(years, years, years, years[::-1], [*years, years[0]])


def _about(draw, world, years):
    about = {"name": "made-up", "dataset": world.dataset, "base_year": BASE, "seed": draw.whole(0, 9)}
    if draw.slip():
        about["name"] = draw.pick("x" * 241, "a", "CON")
    if draw.slip():
        about["base_year"] = draw.pick(2016, 2018, 0, -5, 10**20)
    if years != [BASE] or draw.chance(0.1):
        about["years"] = years
    if draw.chance(0.3):
        about["scenario"] = draw.pick("central", "high", "low", "slowing")
    return about | (whose.about_run(draw) if draw.chance(0.2) else {})


def _cap(draw, world, years):
    total = max(world.total_mt, 1e-9)
    level = draw.pick((0.5, 1.2), (0.9, 1.1), (0.95, 1.0), (0.2, 3.0))
    near = lambda: draw.number(*level, least=1e-12) * total  # noqa: E731
    methods = ("table", "table", "absolute", "budget", *(("intensity",) * 3 if world.rich else ()))
    match draw.pick(*methods):
        case "table":
            return {"method": "table", "mt": {str(year): near() for year in {*years} if 1000 <= year < 3000}}
        case "intensity":
            cuts = {"2020": draw.number(47, 52, most=99), "2030": draw.number(50, 75, most=99)}
            cap = {"method": "intensity", "cuts_pct": cuts, "start": draw.pick("official", "inventory")}
            return cap | ({"then": _then(draw)} if draw.chance(0.6) else {})
        case "absolute":
            peak = {
                "peak_year": draw.pick(2020, 2025, 2017 if draw.slip() else 2025),
                "peak_mt": draw.number(1, 1.3, least=1e-9) * total,
            }
            extra = {
                "net_ghg_per_co2": draw.number(1, 1.4, least=1e-9),
                "target_year": draw.pick(2035, 2035, 2030),
                "co2_share_of_cut": draw.number(0.5, 1, least=1e-9),
                "before_peak": draw.pick("linear", "geometric"),
            }
            cut = {"cut_pct": draw.number(5, 30, least=1e-9, most=99)}
            return {"method": "absolute", **peak, **cut} | (extra if draw.chance(0.7) else {})
        case _:
            span = max(years) - min(years) + 1
            shape = draw.pick("constant", "linear", "exponential") if span > 1 or draw.slip() else "constant"
            level = draw.number(0.6, 0.99, least=1e-12) * total
            return {"method": "budget", "budget_mt": level * max(span, 1), "shape": shape}


def _then(draw):
    return {
        "target_year": 2035,
        "cut_pct": draw.number(5, 15, least=1e-9, most=99),
        "net_ghg_per_co2": draw.number(1, 1.4, least=1e-9),
        "co2_share_of_cut": draw.number(0.5, 1, least=1e-9),
    }


def _baseline(draw, world, years):
    # Of the base year a table would have to repeat the emissions.
    stated = () if BASE in years and not draw.slip() else ("table",)
    method = draw.pick("base-year", *stated, *(("growth", "growth") if world.rich else ()))
    if method == "table":
        named = draw.some(world.regions) if draw.slip() else world.codes
        level = world.total_mt / len(world.codes)
        later = [year for year in {*years, 2018} if BASE < year < 3000]
        mt = {name: {str(year): draw.number(0.5, 1.5) * level for year in later} for name in named}
        return {"method": "table", "mt": mt}
    if method == "base-year":
        return {"method": method}
    growth = {"method": "growth", "autonomous_change": draw.number(-0.02, 0.05, least=-0.99, most=0.99)}
    extra = {
        "growth_window": draw.pick([2012, 2017], [2016, 2017], [2005, 2010]),
        "persistence": draw.number(0, 1, most=1),
        "gdp_column": "gdp_1e8yuan",
    }
    if draw.slip():
        extra["growth_window"] = draw.pick([2017, 2012], [1900, 2017], [2017, 2017])
    return growth | (extra if draw.chance(0.5) else {})


def indicators(draw, world, principle):
    chosen = draw.some(world.expressions)[:5]
    if draw.chance(0.08):
        chosen.append(draw.pick("gdp_1e8yuan - gdp_1e8yuan", "2", "gdp_1e8yuan * 3", "-2"))
    if draw.slip():
        deep = "(" * 300 + "2" + ")" * 300
        chosen.append(draw.pick("gdp_1e8yuan * 1e300 * 1e300", deep, "nothing", "gdp_1e8yuan / 0", "1 / 3 -"))
    listed = []
    for number, expression in enumerate(chosen):
        name = draw.pick(*ODD_NAMES) if draw.slip() else f"i{number}"
        indicator = {"id": name, "expression": expression, "direction": draw.pick("more", "less")}
        if principle:
            indicator["principle"] = draw.pick(*PRINCIPLES)
        if draw.chance(0.3):
            indicator["reason"] = draw.pick("It matters.", "因为", *ODD_NAMES)
        listed.append(indicator)
    return listed


def _readings(draw, world, scored):
    """What a published text leaves open: instead of an indicator, or as one more."""
    listed = []
    for number, replaced in enumerate(draw.some([None, *(each["id"] for each in scored)])[:2]):
        chosen = indicators(draw, world, principle=True)[:2]
        alternatives = [{**each, "id": f"r{number} {each['id']}"} for each in chosen]
        about = {"name": f"open {number}", "alternatives": alternatives, "or_none": draw.chance(0.5)}
        listed.append(about | ({} if replaced is None else {"indicator": replaced}))
    return listed


def _weights(draw, indicators):
    method = draw.pick("entropy", "equal", "critic", "given")
    given = {indicator["id"]: draw.number(0, 1) for indicator in indicators}
    return {"method": method} | ({"given": given} if method == "given" or draw.chance(0.2) else {})


def _groups(draw, world):
    tables = world.tables or (("nothing",) if draw.slip() else ())
    n = len(world.codes)
    some = ("kmeans", "kmeans", "kmeans") if n > 2 or draw.slip() else ()
    method = draw.pick("none", *some, *(("given",) * 2 if tables else ()))
    k = draw.pick(1, n, n + 1) if draw.slip() else draw.whole(2, max(2, min(n - 1, 7)))
    groups = {
        "method": method,
        "k": k,
        "restarts": draw.pick(1, 2, 10),
        "diagnostics_draws": draw.pick(0, 0, 1, 3),
        "split": draw.pick("sum", "sum", "centroid"),
        "on": draw.pick("unweighted", "weighted"),
    }
    if method == "given":
        groups["table"] = draw.pick(*tables)
        groups["split"] = draw.pick("sum", "centroid", "given", "given")
    if method == "kmeans" and draw.chance(0.2):
        groups["given"] = {draw.pick(*world.codes): draw.pick("I", "II", *(("new",) if draw.slip() else ()))}
    return groups


def _prices(draw, world):
    # The estimate over the panel takes seconds; one study in eight is enough of them.
    estimated = [asked for asked in world.prices if asked["method"] in ("power", "distance-function")]
    others = [asked for asked in world.prices if asked not in estimated]
    asked = dict(draw.pick(*estimated) if estimated and draw.chance(0.12) else draw.pick(*others))
    asked |= {
        "steps": draw.pick(1, 2, 3, 12),
        "max_abatement": draw.number(0.05, 1, least=1e-12, most=1),
        "bootstrap_draws": 2,
        "null_joint": draw.chance(0.3),
        "depreciation": draw.number(0.05, 0.15, 1e-9, 0.999),
        "compare": draw.pick([], ["productivity"], ["nothing"] if draw.slip() else []),
        "accounts_from": draw.pick(2000, 2000, 2004),
    }
    if draw.chance(0.3):
        series = "cea_listed_mean_price" if world.rich else "carbon_price"
        asked["anchor"] = {"series": series, "year": 2025 if world.rich else 2018 if draw.slip() else 2017}
    elif draw.chance(0.3):
        asked["anchor"] = draw.pick("none", 100, draw.number(1, 500, 1e-2, 1e7))
    if draw.chance(0.2):
        asked["time_trend"] = draw.pick("auto", "on", "off")
        asked["disposability"] = draw.pick("weak", "strong")
        asked["meeting_cut"] = draw.number(0.01, 0.5, least=1e-12, most=0.999)
    if draw.chance(0.1):
        asked["compare"] = draw.pick(
            [], ["productivity"], ["no such curve" if draw.slip() else "productivity"]
        )
    if asked["method"] == "given" and draw.chance(0.05):
        # A published table without sources, or none of that name: both are refused.
        asked["table"] = draw.pick("earlier", "nothing")
    if draw.chance(0.1):
        asked["gdp_column"] = "nothing" if draw.slip() else draw.pick("gdp_1e8yuan", "population_1e4")
    if draw.chance(0.1):
        asked["fuels"] = [] if draw.slip() else draw.pick(["coal"], ["coal", "natural_gas"])
    return asked


def _market(draw):
    market = {
        "price_floor_yuan_per_t": draw.number(0, 30),
        "price_ceiling_yuan_per_t": draw.number(40, 500, 1e-9),
        "offsets_share": draw.number(0, 0.1, most=1),
        "offset_price_yuan_per_t": draw.number(1, 90, 1e-9),
        "auctioned_share": draw.number(0, 1, most=1),
        "reserve_share": draw.number(0, 0.1, most=0.99),
    }
    chosen = {*draw.some(market)}
    if "offsets_share" in chosen and not draw.slip():
        chosen.add("offset_price_yuan_per_t")
    return {key: value for key, value in market.items() if key in chosen}


def _balance(draw):
    slight = draw.number(1, 100, least=1e-12)
    return {"slight_mt": slight, "severe_mt": slight * 2, "cause_mt": draw.number(1, 900, least=1e-12)}


def _potential(draw, world):
    components = draw.pick("kaiser", {"variance": draw.number(0.3, 1, least=1e-9, most=1)})
    return {"components": components, "indicators": indicators(draw, world, principle=False)}


def _solver(draw):
    return {
        "name": "highs",
        "method": draw.pick("by-size", "simplex", "ipm", "choose"),
        "presolve": draw.pick("on", "off", "choose"),
        "feasibility_tolerance": draw.pick(1e-10, 1e-9, 1e-7, 1e-4),
        "optimality_tolerance": draw.pick(1e-10, 1e-9, 1e-7, 1e-4),
        "threads": draw.pick(1, 2),
    }
