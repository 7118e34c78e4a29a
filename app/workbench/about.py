"""What a page needs to know of a study before anything is turned: its places, years, words and settings."""

from __future__ import annotations

import math

from capshare.chain.prepared import PreparedStudy
from capshare.reports.charts.tiles import grid
from capshare.reports.folder.manifest import versions
from capshare.reports.words.catalogue import LANGUAGES, term
from capshare.reports.words.columns import MONEY, PRICE
from capshare.workbench.catalogue import sections, settings
from capshare.workbench.session import Session
from capshare.workbench.setting_answers import Region, Settings, Square
from capshare.workbench.solve import answer


def about(session: Session) -> Settings:
    """The study of a session, with its settings and its own answer.

    Parameters
    ----------
    session : holds the study
    """
    base = session.base
    with session.prepared({}):
        money = {f"{name}_{lang}": term("units", unit, lang)
                 for name, unit in (("amount", MONEY), ("price", PRICE)) for lang in LANGUAGES}  # fmt: skip
    with session.in_its_words():
        turned, topics = settings(session), sections()
    return Settings(
        study=base.study.study.name,
        version=versions()["capshare"],
        base_year=base.study.study.base_year,
        years=list(base.inputs.years),
        year=base.inputs.years[-1],
        quantity="quota" if base.study.targets is None else "cut",
        money=money,
        regions=_regions(base),
        absent=_absent(base),
        sections=topics,
        settings=turned,
        base=answer(session, {}),
    )


def _regions(base: PreparedStudy) -> list[Region]:
    names, places = base.inputs.dataset.regions.names, grid()
    codes = [str(code) for code in base.inputs.emissions_mt.index.sort_values()]
    known = set(codes) <= set(places.index)
    wide = math.ceil(math.sqrt(len(codes)))
    return [
        Region(
            code=code,
            name_en=str(names["name_en"][code]),
            name_zh=str(names["name_zh"][code]),
            short_en=str(places["short_en"][code]) if known else code,
            column=int(places["column"][code]) if known else at % wide,
            row=int(places["row"][code]) if known else at // wide,
        )
        for at, code in enumerate(codes)
    ]


def _absent(base: PreparedStudy) -> list[Square]:
    """Places of the map that the data do not have, where the map is that of the study's provinces."""
    places, codes = grid(), base.inputs.emissions_mt.index
    if not set(codes) <= set(places.index):
        return []
    return [
        Square(name_en=row["name_en"], name_zh=row["name_zh"], column=row["column"], row=row["row"])
        for row in places.drop(index=codes).to_dict("records")
    ]
