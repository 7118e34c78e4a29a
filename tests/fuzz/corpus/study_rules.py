"""The sections of a study that name rules: what is allowed, what is compared."""

from capshare.model.rules.registry import rules
from corpus.worlds import ODD_NAMES

REFERENCE = "quotas.csv"


def allocation(draw, world):
    known = _known_rules(draw, world)
    within = draw.pick("score", "score", draw.pick(*known), draw.pick(*known))
    asked = {
        "scope": draw.pick("groups", "groups", "national"),
        "within": within,
        "max_deviation": draw.unbounded(0, 0.6),
        "floor": _bound(draw, world, 0, 0.6),
        "trade_limit": draw.unbounded(0, 0.4),
    }
    extra = {
        "ceiling": lambda: _bound(draw, world, 1.5, 6),
        "trade_cost_yuan_per_t": lambda: draw.number(0, 1),
        "penalty_yuan_per_t": lambda: draw.pick("auto", draw.number(10, 1e4, least=1e-12)),
        "constraint": lambda: [_constraint(draw, world, name) for name in range(draw.pick(1, 1, 2, 3))],
    }
    return asked | {key: make() for key, make in extra.items() if draw.chance(0.35)}


def between_years(draw, world, years, allocation):
    """A ramp, constraints of some years, and one relative to the quotas of another run."""
    if draw.chance(0.4 if max(years) > 2017 else draw.careless):
        allocation["max_abatement_change"] = draw.unbounded(0, 0.3)
    for rule in allocation.get("constraint", []):
        if draw.chance(0.3):
            rule |= draw.pick({"year": draw.pick(*years)}, {"years": sorted(draw.some({*years}))})
    if draw.chance(0.1):
        least = draw.chance(0.6)
        share = draw.number(0.3, 1.0) if least else draw.number(1.0, 3.0)
        kind = "min_share_of" if least else "max_share_of"
        rule = {"name": "of a run", kind: {"run": "none" if draw.slip() else REFERENCE, "share": share}}
        named = {"provinces": draw.some(world.regions)[:3]} if draw.chance(0.5) else {}
        allocation.setdefault("constraint", []).append(rule | named)


def reference(world, years):
    """Quotas of another run as such a constraint reads them: equal for all."""
    rows = [
        f"{year},{code},{world.total_mt / len(world.codes)!r}" for year in {*years} for code in world.codes
    ]
    return "\n".join(["year,code,quota_mt", *sorted(rows), ""])


def _bound(draw, world, low, high):
    if draw.chance(0.05):
        return draw.pick(0.0, 1.0, 0.999999)
    if draw.chance(0.85):
        return draw.number(low, high)
    named = draw.some(world.regions)[:3]
    default = {} if draw.slip() else {"default": draw.number(low, high)}
    return default | {name: draw.number(low, high) for name in named}


def _constraint(draw, world, number):
    named = draw.some(world.regions)[:4]
    name = draw.pick(*ODD_NAMES) if draw.slip() else f"rule {number}"
    rule = {"name": name}
    if draw.chance(0.7):
        rule["provinces"] = named
    else:
        rule["weights"] = {name: draw.number(-1, 2, least=-1.0) for name in named}
    kind = draw.pick("min_share", "max_share", "min_mt", "max_mt")
    # Near what the regions may have together, so that most rules can be met and some bind.
    scale = len(named) / len(world.codes) * (1.0 if kind.endswith("share") else max(world.total_mt, 1e-9))
    spread = (0.3, 1.0) if kind.startswith("min") else (0.8, 2)
    return rule | {kind: draw.number(*spread) * scale}


def rule_settings(draw, world):
    settings = {}
    for name in draw.some(_known_rules(draw, world))[: draw.pick(1, 2, 5)]:
        known = rules()[name]
        settings[name] = {key: _parameter(draw, known, key) for key in draw.some(known.parameters, least=0)}
    if draw.chance(0.3):
        settings["published"] = {"mt": {name: draw.number(1, 500) for name in world.codes}}
    if draw.chance(0.2 if world.rich else draw.careless):
        settings["historical-responsibility"] = {"since": draw.pick(1990, 2005, 2017, 2050)}
    return settings


def _known_rules(draw, world):
    """Names of rules, seldom of one whose columns the dataset lacks."""
    lacking = set() if world.rich or draw.slip() else {"historical-responsibility"}
    return [name for name in rules() if name not in lacking | {"published"}]


def _parameter(draw, rule, key):
    default = rule.parameters[key]
    if isinstance(default, bool):
        return draw.chance(0.5)
    if isinstance(default, int):
        return draw.pick(default, 2, 7, 1 if draw.slip() else 20)
    if isinstance(default, float):
        low, high = rule.limits.get(key, (0.0, 10.0))
        return draw.number(low, min(high, 10.0), least=low, most=high)
    return list(default) if isinstance(default, tuple) else default


def comparison(draw, world):
    known = _known_rules(draw, world)
    asked = {"rules": draw.some(known)[:4], "bounded": draw.chance(0.5)}
    return asked | ({"mix": draw.some(known)[:3]} if draw.chance(0.4) else {})
