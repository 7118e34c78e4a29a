"""What a study says of how sure it is: choices that could have been others, and what an ensemble draws."""

CHOICES = (
    ("allocation.trade_limit", 0.02, 0.4),
    ("allocation.max_deviation", 0.1, 0.5),
    ("balance.slight_mt", 0.5, 2.0),
    ("prices.steps", 3, 8),
)


def sections(draw, world):
    """The sections `sensitivity` and `uncertainty` where the study has them."""
    content = {}
    if draw.chance(0.08):
        content["sensitivity"] = [_choice(draw, *choice) for choice in draw.some(CHOICES)[:2]]
    if draw.chance(0.1):
        content["uncertainty"] = _uncertainty(draw, world)
    return content


def _choice(draw, key, low, high):
    choice = {"choice": f"of {key}", "key": key if not draw.slip() else f"{key}x", "reason": "either will do"}
    choice |= {"reason_zh": "两者皆可"} if draw.chance(0.3) else {}
    for side, value in (("low", low), ("high", high)):
        if draw.chance(0.8) or side == "low":
            choice[side] = value if not draw.slip() else "much"
            choice |= {f"{side}_name": f"{side} end"} if draw.chance(0.3) else {}
    return choice


def _uncertainty(draw, world):
    reason = {"reason": "nobody knows"}
    spread = draw.number(0, 0.4, least=-0.1, most=2)
    parts = {
        "columns": [{"column": "emissions_mt", "relative_sd": spread, **reason}],
        "inventories": [{"probability": draw.number(0.1, 0.5, least=0, most=1),
                         "emissions": draw.pick(*world.emissions), **reason}],
        "weights": draw.pick({"distribution": "uniform", **reason},
                             {"distribution": "around", "concentration": 20.0, **reason}),
        "costs": {"level_relative_sd": spread, "province_relative_sd": 0.2, **reason},
        "growth": {"sd_points": 0.5, **reason},
        "settings": [draw.pick({"low": 0.1, "high": 0.3}, {"sd": 0.05}, {"values": [0.1, 0.2]})
                     | {"key": "allocation.trade_limit", **reason}],
    }  # fmt: skip
    return {name: parts[name] for name in draw.some(list(parts))}
