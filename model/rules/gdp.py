"""Equal intensity: every unit of output has the same right."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "gdp",
    principle="efficiency: the same for every yuan of output",
    formula="x_i = Q Y_i / ΣY",
    reference="Zhou & Wang 2016, doi:10.1016/j.ecolecon.2016.03.001",
    needs=("gdp_1e8yuan",),
    share_of="gdp_1e8yuan",
)
def gdp(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to gross domestic product.

    .. math:: x_i = Q\,\frac{Y_i}{\sum_j Y_j}

    Parameters
    ----------
    inputs : index ``code``; ``gdp_1e8yuan``, 1e8 yuan
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where there is no output.

    References
    ----------
    Zhou, P., & Wang, M. (2016). Carbon dioxide emissions allocation: a review. Ecological Economics 125,
    47-59. doi:10.1016/j.ecolecon.2016.03.001
    """
    return proportional(inputs["gdp_1e8yuan"], cap_mt)
