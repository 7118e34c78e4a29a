"""Scalars that the sheets of the solved chain use: cost curves, limits on yearly change, tolerances."""

from __future__ import annotations

from capshare.base.conventions import conventions
from capshare.model.abatement.anchor import MEDIAN_TOLERANCE
from capshare.model.market.inputs import ROUNDING_MT
from capshare.model.outcome.balance import BALANCED_MT
from capshare.model.outcome.intensity_targets import t_per_1e4
from capshare.model.outcome.potential_arrays import DIGITS
from capshare.reports.words.columns import MT, PRICE, SHARE
from capshare.reports.workbook.assumption import Assumption
from capshare.reports.workbook.cost_curve import LOGARITHMIC, cost_curve
from capshare.reports.workbook.expression_numbers import expression_numbers
from capshare.reports.workbook.sheets.intensity import plan_years
from capshare.reports.workbook.workbook_data import WorkbookData


def chain_assumptions(data: WorkbookData) -> dict[str, Assumption]:
    """Scalars by the names that formulas use.

    Parameters
    ----------
    data : of the run
    """
    return {
        **_of_costs(data),
        **_of_years(data),
        **{name: Assumption(number, "") for number, name in expression_numbers(data).items()},
        "t_per_1e4": Assumption(t_per_1e4(conventions()), ""),
        "score_digits": Assumption(float(DIGITS), ""),
        "balanced_mt": Assumption(BALANCED_MT, MT),
        "rounding_mt": Assumption(ROUNDING_MT, MT),
    }


def _of_costs(data: WorkbookData) -> dict[str, Assumption]:
    """What the steps of abatement follow from, where a closed form gives them."""
    curve = cost_curve(data)
    if curve is None:
        return {}
    numbers = {
        "max_abatement": Assumption(curve.max_abatement, SHARE, "prices.max_abatement"),
        # Each is a row of its table: another number of them needs another workbook.
        "cost_steps": Assumption(float(curve.steps), ""),
        "half": Assumption(0.5, ""),
    }
    if curve.method == LOGARITHMIC:
        numbers["meeting_cut"] = Assumption(curve.meeting_cut, SHARE, "prices.meeting_cut")
    if curve.anchor_yuan_per_t is not None:
        numbers["anchor_price"] = Assumption(curve.anchor_yuan_per_t, PRICE, curve.anchor_key)
        numbers["median_tolerance"] = Assumption(MEDIAN_TOLERANCE, "")
    return numbers


def _of_years(data: WorkbookData) -> dict[str, Assumption]:
    """The years that a run is about, limits between them, and the length of an earlier plan."""
    numbers = {"base_year": Assumption(float(data.base_year), "")}
    if not data.several:
        numbers["year_shown"] = Assumption(float(data.years[0]), "")
    change = data.setting("smoothing.max_yearly_change", None)
    if change is not None:
        numbers["max_yearly_change"] = Assumption(float(change), SHARE, "smoothing.max_yearly_change")
    years = plan_years(data)
    return {**numbers, "plan_years": Assumption(float(years), "")} if years else numbers
