"""Where a province is ranked among those in deficit by its potential to reduce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import readable


@dataclass(frozen=True)
class RankedPotential:
    """Where a province is ranked among those in deficit.

    Attributes
    ----------
    row : its row of ``potential.csv``; None where it is not ranked
    count : how many are
    year : the last of the study, which the ranking is about
    """

    row: Mapping[str, Any] | None
    count: int
    year: int


def potential_line(ranked: RankedPotential, year: int, lang: str = DEFAULT_LANGUAGE) -> str:
    """The rank in one sentence.

    Parameters
    ----------
    ranked : of a province
    year : that its story is about
    lang : of the words
    """
    p = ranked.row
    when = "" if year == ranked.year else text("explain.when", lang, year=ranked.year)
    if p is None:
        key = "explain.no_ranking" if ranked.count == 0 else "explain.not_in_deficit"
        return text(key, lang, when=when)
    score, tier = readable(p["score"], "0 to 100"), term("terms", p["tier"], lang)
    return text("explain.ranked", lang, when=when, rank=p["rank"], count=ranked.count, score=score, tier=tier)
