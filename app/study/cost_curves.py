"""The curves of abatement cost that a split can be compared under, the study's own but for the method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from capshare.study.sections.prices import Prices

# It has no estimate of its own that another study could use.
GIVEN = "given"
NULL_JOINT = "distance-function-null-joint"


def curve_settings() -> Mapping[str, Mapping[str, Any]]:
    """Every curve by its name, with the keys of ``[prices]`` that make it: each method but a given one."""
    methods = [name for name in get_args(Prices.model_fields["method"].annotation) if name != GIVEN]
    single: dict[str, dict[str, Any]] = {name: {"method": name} for name in methods}
    single["distance-function"]["null_joint"] = False
    return {**single, NULL_JOINT: {"method": "distance-function", "null_joint": True}}


def own_curve(prices: Prices) -> str:
    """Name of the curve that a study uses.

    Parameters
    ----------
    prices : its section
    """
    return NULL_JOINT if prices.method == "distance-function" and prices.null_joint else prices.method


def compared_curves(prices: Prices) -> Mapping[str, Prices]:
    """Curves that the split is compared under beside the study's own: name → its section.

    Parameters
    ----------
    prices : of a study; without its own choice every curve there is
    """
    known, own = curve_settings(), own_curve(prices)
    wanted = known if prices.compare is None else prices.compare
    return {name: prices.model_copy(update=known[name]) for name in wanted if name != own}
