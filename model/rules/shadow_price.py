"""Shadow price: quota goes where a tonne is hardest to avoid."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "shadow-price",
    principle="efficiency: the dearer the abatement, the more quota",
    formula="x_i = Q q_i / Σq",
    reference="Tian & Lin 2021, doi:10.31497/zrzyxb.20210409 (our reading)",
    needs=("price_yuan_per_t",),
    share_of="price_yuan_per_t",
)
def shadow_price(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to the shadow price of emissions.

    .. math:: x_i = Q\,\frac{q_i}{\sum_j q_j}

    Parameters
    ----------
    inputs : index ``code``; ``price_yuan_per_t``, yuan per t CO2
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where every price is 0.

    References
    ----------
    Tian, Y., & Lin, Z. (2021). Journal of Natural Resources 36(4), 921-933. doi:10.31497/zrzyxb.20210409
    The study names a shadow-price model without its formula; this is our reading of it.
    """
    return proportional(inputs["price_yuan_per_t"], cap_mt)
