"""One year's numbers under another plan: its cut, band or growth changed, and all that follows from them."""

from __future__ import annotations

from dataclasses import replace

from capshare.chain.year_numbers import YearNumbers
from capshare.solvers.program import Vector


def planned(
    numbers: YearNumbers,
    *,
    cut_pct: float | None = None,
    band_pct: tuple[float, float] | None = None,
    constant_intensity_mt: Vector | None = None,
    part: float | None = None,
) -> YearNumbers:
    r"""The numbers of a study of targets under another plan.

    .. math:: Q' = Q\,\frac{(1-\bar c')\sum_iB'_i}{(1-\bar c)\sum_iB_i},\qquad
              \ell_i = B'_i(1-c^{max}),\quad u_i = B'_i(1-c^{min})

    so that what is held back of the cap stays the same part of it. Emissions before abatement and costs stay
    as they are.

    Parameters
    ----------
    numbers : of one year of a study of targets
    cut_pct : cut of the plan's last year, %; by default as it is
    band_pct : least and most of every cut in that year, %; by default as it is
    constant_intensity_mt : emissions at constant intensity, one per province, Mt CO2; by default as they are
    part : how much of the plan's cut the year asks for; by default as it is

    Returns
    -------
    YearNumbers

    Raises
    ------
    ValueError
        where quotas are no cuts.
    """
    before = numbers.sharing.targets
    if before is None:
        raise ValueError("a plan of cuts for quotas that are no cuts")
    after = replace(
        before,
        cut_pct=before.cut_pct if cut_pct is None else cut_pct,
        band_pct=before.band_pct if band_pct is None else band_pct,
        constant_intensity_mt=(
            before.constant_intensity_mt if constant_intensity_mt is None else constant_intensity_mt
        ),
        part=before.part if part is None else part,
    )
    allowed, allowed_before = (
        plan.constant_intensity_mt.sum() * (1 - plan.part * plan.cut_pct / 100) for plan in (after, before)
    )
    floor, ceiling = after.band_mt
    columns = numbers.sharing.columns.assign(constant_intensity_mt=after.constant_intensity_mt)
    return numbers.with_(
        sharing=replace(numbers.sharing, columns=columns, targets=after),
        divided_mt=numbers.divided_mt * (allowed / allowed_before),
        floor_mt=floor,
        ceiling_mt=ceiling,
    )
