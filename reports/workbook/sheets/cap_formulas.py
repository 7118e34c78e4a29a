r"""Formulas of the national cap, one for all years of a method.

.. math:: Q_t = Q_p - \sigma\,c\,G_p\,\frac{t-p}{T-p}\ \text{after the peak } p
"""

from __future__ import annotations

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.figures import BY_CUTS
from capshare.reports.workbook.grid import Label, ToFormula
from capshare.reports.workbook.sheets.stated_cuts import PEAK, falls


def cap_formula(builder: WorkbookBuilder) -> ToFormula | None:
    """The cap of a year; None where it is given, or no closed form makes it.

    Parameters
    ----------
    builder : with the places of ``cap``, ``inputs`` and ``assumptions``
    """
    data = builder.data
    method, shape = data.setting("cap.method", ""), data.setting("cap.shape", "")
    if data.used is None:
        return None
    if method in BY_CUTS:
        return lambda year: _by_cuts(builder, year)
    if method == "absolute":
        return lambda year: _by_peak(builder, year)
    if method == "budget" and shape in ("constant", "linear"):
        return lambda year: _of_budget(builder, year, shape)
    return None


def _by_cuts(builder: WorkbookBuilder, year: Label) -> str:
    grid = builder.grids["cap"]
    planned = grid.at("planned_mt", year)
    if not falls(builder.data):
        return planned
    peak, level, gases = (
        builder.grids[PEAK].ref(name, PEAK) for name in ("peak_year", "peak_mt", "peak_net_ghg_mt")
    )
    now = grid.at("year", year)
    return f"IF({now}<={peak},{planned},{level}-{_fall(builder, now, peak, gases)})"


def _fall(builder: WorkbookBuilder, now: str, peak: str, gases: str) -> str:
    """What is cut below the peak by a year, in equal steps to the target year."""
    cut = f"{builder.named('cut_below_peak')}/{builder.named('percent')}"
    passed = f"({now}-{peak})/({builder.named('target_year')}-{peak})"
    return f"{builder.named('co2_share_of_cut')}*{cut}*{gases}*{passed}"


def _base(builder: WorkbookBuilder) -> str:
    return f"SUM({builder.grids['inputs'].column('emissions_mt')})"


def _by_peak(builder: WorkbookBuilder, year: Label) -> str:
    now, base = builder.grids["cap"].at("year", year), builder.named("base_year")
    peak, level = builder.named("peak_year"), builder.named("peak_of_cap_mt")
    # The base year may be the peak.
    passed = f"IF({peak}>{base},({now}-{base})/MAX(1,{peak}-{base}),1)"
    emissions = _base(builder)
    rising = f"{emissions}+({level}-{emissions})*{passed}"
    if builder.data.setting("cap.before_peak", "") == "geometric":
        rising = f"{emissions}*({level}/{emissions})^{passed}"
    gases = f"{level}*{builder.named('net_ghg_per_co2')}"
    return f"IF({now}<{peak},{rising},{level}-{_fall(builder, now, peak, gases)})"


def _of_budget(builder: WorkbookBuilder, year: Label, shape: str) -> str:
    grid, budget, two = builder.grids["cap"], builder.named("budget_mt"), builder.named("two")
    first, last = (f"{end}({grid.span('year')})" for end in ("MIN", "MAX"))
    n, passed = f"({last}-{first}+1)", f"({grid.at('year', year)}-{first})"
    if shape == "constant":
        return f"{budget}/{n}"
    fall = f"{two}*({n}*{_base(builder)}-{budget})/({n}*MAX(1,{n}-1))"
    return f"IF({n}>1,{_base(builder)}-{fall}*{passed},{budget})"
