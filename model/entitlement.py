"""What each province is entitled to in its block: affine in the quota of the block, clipped to bounds."""

from __future__ import annotations

import pandas as pd

from capshare.indicators.frames import require_same_index
from capshare.model.projection import project


def entitlements(
    share: pd.Series, block: pd.Series, cap_mt: pd.Series, lower_mt: pd.Series, upper_mt: pd.Series
) -> pd.DataFrame:
    r"""Entitlement of each province, as a number and as a function of its block's quota.

    .. math:: e_i = \kappa_i + \varphi_i X_g,\qquad
              e_i = \mathrm{clip}(\vartheta_g s_i, \ell_i, u_i),\qquad \sum_{i\in g} e_i = Q_g

    A clipped province has :math:`\varphi_i=0`; the others share what is left in proportion to
    :math:`s_i`. Written this way, the price of a block's cap says what editing the cap does.

    Parameters
    ----------
    share : index province, raw share :math:`s_i`, any unit, ≥ 0
    block : index province, name of its block
    cap_mt : index block, Mt
    lower_mt, upper_mt : index province, Mt

    Returns
    -------
    DataFrame, index province; ``entitlement_mt, constant_mt, slope, clipped``

    Raises
    ------
    CapshareError
        where the frames are of other provinces, or a block's bounds leave no room for its cap.
    """
    require_same_index("entitlements", share=share, block=block, lower_mt=lower_mt, upper_mt=upper_mt)
    parts = []
    for name, members in ((str(key), index) for key, index in block.groupby(block).groups.items()):
        split = project(
            share.loc[members],
            float(cap_mt.loc[name]),
            lower_mt.loc[members],
            upper_mt.loc[members],
            source=f"entitlements, block {name}",
        )
        parts.append(
            pd.DataFrame(
                {
                    "entitlement_mt": split.amount_mt,
                    "constant_mt": split.constant_mt,
                    "slope": split.slope,
                    "clipped": split.clipped,
                }
            )
        )
    return pd.concat(parts).reindex(share.index)
