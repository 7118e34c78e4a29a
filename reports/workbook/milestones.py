"""Which years a workbook shows in full."""

from __future__ import annotations

# Beyond it, only some of the years are shown in full: 33 years of 30 provinces are below it.
MOST_PROVINCE_YEARS = 1000


def milestones(years: tuple[int, ...], provinces: int) -> tuple[int, ...]:
    """The years that a workbook shows in full: all, or of very many the first, the last and every fifth.

    Parameters
    ----------
    years : allocated, in order
    provinces : how many there are
    """
    if len(years) * provinces <= MOST_PROVINCE_YEARS:
        return years
    return tuple(year for year in years if year in (years[0], years[-1]) or year % 5 == 0)
