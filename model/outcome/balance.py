"""The balance of quota and emissions, its class by size, and the cause of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.notes import Note, caution

# One tonne; less than it is rounding of an amount in Mt.
BALANCED_MT = 1e-6
# Fewer provinces may well be in one class.
FEW = 3
# Balances of a smaller part of all emissions are slight, whatever their class.
SMALL_SHARE = 0.01
# 100 and 300 of the 13 490 Mt of Tian & Lin 2021, Table 1.
SLIGHT_SHARE, SEVERE_SHARE = 100 / 13490, 300 / 13490
BALANCE_CLASSES = (
    "ample surplus",
    "moderate surplus",
    "slight surplus",
    "balanced",
    "light deficit",
    "moderate deficit",
    "severe deficit",
)


def balance_mt(quota_mt: pd.Series, emissions_mt: pd.Series) -> pd.Series:
    r"""What each province has left of its quota, negative where it comes out short.

    .. math:: B_i = x_i - E_i

    Parameters
    ----------
    quota_mt, emissions_mt : index ``code``, Mt CO2; the same provinces in any order

    Returns
    -------
    Series ``balance_mt``, index and order of `quota_mt`, Mt CO2.

    Raises
    ------
    CapshareError
        where the provinces differ or a value is not finite.
    """
    source = "balance_mt(quota_mt, emissions_mt)"
    require_same_index(source, quota_mt=quota_mt, emissions_mt=emissions_mt)
    require_numbers(source, "quota_mt", quota_mt)
    require_numbers(source, "emissions_mt", emissions_mt)
    return (quota_mt - emissions_mt.reindex(quota_mt.index)).rename("balance_mt")


def balances(
    quota_mt: pd.Series, emissions_mt: pd.Series, group: pd.Series, slight_mt: float, severe_mt: float
) -> pd.DataFrame:
    """What quotas come to, in the columns that are compared with a published table.

    Parameters
    ----------
    quota_mt, emissions_mt, group : index ``code``, Mt CO2, and the group's name; the same provinces
    slight_mt, severe_mt : as of :func:`classify`

    Returns
    -------
    DataFrame, index and order of `quota_mt`: ``group, quota_mt, balance_mt, balance_class``

    Raises
    ------
    CapshareError
        where the provinces differ, a value is not finite, or the thresholds are not in order.
    """
    balance = balance_mt(quota_mt, emissions_mt)
    return pd.DataFrame(
        {
            "group": group.reindex(quota_mt.index),
            "quota_mt": quota_mt,
            "balance_mt": balance,
            "balance_class": classify(balance, slight_mt, severe_mt),
        }
    )


def classify(balance_mt: pd.Series, slight_mt: float = 100.0, severe_mt: float = 300.0) -> pd.Series:
    """The class of each balance by its size.

    Under 1e-6 Mt is "balanced"; under `slight_mt` a slight surplus or a light deficit, under `severe_mt`
    moderate, and from there on an ample surplus or a severe deficit. The defaults reproduce all 30 labels of
    Table 1 in the reference.

    Parameters
    ----------
    balance_mt : index ``code``, Mt CO2, negative for a deficit
    slight_mt, severe_mt : where moderate begins and where it ends, Mt CO2

    Returns
    -------
    Series ``balance_class``, index and order of `balance_mt`; labels of `BALANCE_CLASSES`.

    Raises
    ------
    CapshareError
        where a balance is not finite, or unless 1e-6 < `slight_mt` < `severe_mt`.

    References
    ----------
    Tian, Y., & Lin, Z. (2021). Journal of Natural Resources 36(4), 921-933. doi:10.31497/zrzyxb.20210409
    """
    source = "classify(balance_mt, slight_mt, severe_mt)"
    require_numbers(source, "balance_mt", balance_mt)
    if not BALANCED_MT < slight_mt < severe_mt:
        expected, found = f"{BALANCED_MT} < slight_mt < severe_mt", f"{slight_mt} and {severe_mt}"
        remedy = "Give slight_mt below severe_mt, both positive and in Mt CO2."
        raise CapshareError(Problem(source, "slight_mt, severe_mt", expected, found, remedy))
    balance = balance_mt.to_numpy(dtype=float)
    size, surplus = np.abs(balance), balance > 0
    ample, moderate, slight, balanced, light, moderate_deficit, severe = BALANCE_CLASSES
    conditions = [
        size < BALANCED_MT,
        surplus & (size < slight_mt),
        surplus & (size < severe_mt),
        surplus,
        size < slight_mt,
        size < severe_mt,
    ]
    labels = np.select(conditions, [balanced, slight, moderate, ample, light, moderate_deficit], severe)
    return pd.Series(labels, index=balance_mt.index, name="balance_class", dtype="str")


def class_notes(
    balance_mt: pd.Series, emissions_mt: pd.Series, slight_mt: float, severe_mt: float
) -> tuple[Note, ...]:
    """Whether the classes tell the provinces apart, or their thresholds are of another size than the amounts.

    Parameters
    ----------
    balance_mt, emissions_mt : index ``code``, Mt CO2
    slight_mt, severe_mt : as of :func:`classify`

    Returns
    -------
    a note where much is short or over and yet everything is slight, or everything severe; with thresholds
    that are as large a part of all emissions as those of Tian & Lin 2021
    """
    size, total = balance_mt.abs(), float(emissions_mt.sum())
    if len(size) < FEW or size.sum() <= SMALL_SHARE * total:
        return ()
    fitting = {"slight": _rounded(SLIGHT_SHARE * total, 2), "severe": _rounded(SEVERE_SHARE * total, 2)}
    if size.max() < slight_mt:
        largest = _rounded(float(size.max()), 3)
        return (caution("classes_too_wide", largest=largest, threshold=slight_mt, **fitting),)
    if size.min() >= severe_mt:
        least = _rounded(float(size.min()), 3)
        return (caution("classes_too_narrow", least=least, threshold=severe_mt, **fitting),)
    return ()


def _rounded(amount_mt: float, digits: int) -> float:
    """An amount of any size as people tell it: to so many digits, whatever their place."""
    return float(f"{amount_mt:.{digits}g}")


def in_deficit(balance_mt: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which balances :func:`classify` calls a deficit.

    Parameters
    ----------
    balance_mt : Mt CO2, negative for a deficit
    """
    deficit: NDArray[np.bool_] = balance_mt <= -BALANCED_MT
    return deficit


def cause(emissions_mt: pd.Series, quota_mt: pd.Series, threshold_mt: float = 400.0) -> pd.Series:
    """Why a province's balance is what it is: high or low emissions against a high or low quota.

    "High" begins at the threshold. 400 Mt reproduces every set of provinces that the reference names; it is
    our reading, since the study does not print its thresholds.

    Parameters
    ----------
    emissions_mt, quota_mt : index ``code``, Mt CO2; the same provinces in any order
    threshold_mt : where high begins, for both, Mt CO2

    Returns
    -------
    Series ``cause``, index and order of `emissions_mt`; for example "low emissions, high quota".

    Raises
    ------
    CapshareError
        where the provinces differ, a value is not finite, or the threshold is not positive and finite.

    References
    ----------
    Tian, Y., & Lin, Z. (2021). Journal of Natural Resources 36(4), 921-933. doi:10.31497/zrzyxb.20210409
    """
    source = "cause(emissions_mt, quota_mt, threshold_mt)"
    require_same_index(source, emissions_mt=emissions_mt, quota_mt=quota_mt)
    require_numbers(source, "emissions_mt", emissions_mt)
    require_numbers(source, "quota_mt", quota_mt)
    if not 0 < threshold_mt < np.inf:
        remedy = "Give the threshold in Mt CO2."
        raise CapshareError(
            Problem(source, "threshold_mt", "a positive, finite number", f"{threshold_mt}", remedy)
        )
    emissions = np.where(emissions_mt >= threshold_mt, "high emissions", "low emissions")
    quota = np.where(quota_mt.reindex(emissions_mt.index) >= threshold_mt, "high quota", "low quota")
    labels = [f"{one}, {other}" for one, other in zip(emissions, quota, strict=True)]
    return pd.Series(labels, index=emissions_mt.index, name="cause", dtype="str")
