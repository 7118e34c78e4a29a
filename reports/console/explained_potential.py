"""Where a province is ranked among those in deficit by its potential to reduce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


def potential_line(ranked: RankedPotential, year: int) -> str:
    """The rank in one sentence.

    Parameters
    ----------
    ranked : of a province
    year : that its story is about
    """
    when, p = "" if year == ranked.year else f" in {ranked.year}", ranked.row
    if p is None:
        why = "no ranking was made" if ranked.count == 0 else "it is not in deficit"
        return f"Potential to reduce{when}: not ranked, as {why}."
    return (
        f"Potential to reduce{when}: rank {p['rank']} of {ranked.count} in deficit, "
        f"score {readable(p['score'], '0 to 100')} of 100, {p['tier']}."
    )
