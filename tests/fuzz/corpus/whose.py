"""Whose emissions are whose: electricity that crosses borders, and sectors of the national market."""


def about_run(draw):
    """What the cover of the workbook says."""
    said = {"purpose": "Who gets what.", "purpose_zh": "谁得到多少。", "date": "2026-11-22"}
    if draw.slip():
        said |= draw.pick({"date": "2026-02-30"}, {"date": "22.11.2026"}, {"purpose": ""})
    return said


def sections(draw, world):
    """The sections of a study file; few datasets have what a view other than production asks for."""
    found = {}
    if draw.chance(0.2):
        view = draw.pick("consumption", "shared") if draw.slip() else "production"
        found["electricity"] = {"view": view, "factor": draw.pick("origin", "national")}
        if draw.chance(0.3):
            found["electricity"]["generation_year"] = draw.pick(2017, 2024)
    if draw.chance(0.2):
        found["market_sectors"] = _market_sectors(draw, world)
    return found


def _market_sectors(draw, world):
    names = draw.some(("power", "steel", "cement", "aluminium"))
    part = 1.2 / len(names) if draw.slip() else 0.8 / len(names)
    sectors = [_sector(draw, world, name, part) for name in names]
    if draw.slip():
        sectors.append(sectors[0])
    if draw.chance(0.5):
        return {"quota": "proportional", "sectors": sectors}
    return {"quota": "benchmark", "yearly_change_pct": draw.number(-5, 3, -99, 100), "sectors": sectors}


def _sector(draw, world, name, part):
    if draw.chance(0.1):
        # No such table stands beside the study.
        return {"sector": name, "source": "facilities", "file": "facilities.csv", "year": 2017}
    if draw.slip():
        return draw.pick(
            {"sector": name, "source": "inventory"},
            {"sector": "glass", "source": "share", "share": part},
        )
    shares = {code: draw.number(0, part, most=part) for code in draw.some(world.codes)}
    sector = {"sector": name, "source": "share", "share": part, "reason": "Stated."}
    return sector | ({"shares": shares} if draw.chance(0.4) else {})
