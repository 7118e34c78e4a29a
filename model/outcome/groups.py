"""The groups that share the cap: what their caps follow, how firm they are, what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.groups.certificate import GroupCertificate


@dataclass(frozen=True)
class GroupFirmness:
    """How far groups that k-means made can be trusted.

    Attributes
    ----------
    choice : index ``k``; how well the provinces fall into k groups
    stability : index ``code``; how firmly each belongs to its group
    certificate : whether the groups are proven to be the best
    """

    choice: pd.DataFrame
    stability: pd.DataFrame
    certificate: GroupCertificate


@dataclass(frozen=True)
class Groups:
    """The groups of a run; which province is in which stands in its provinces, their caps in its blocks.

    Attributes
    ----------
    block_weight : index ``group``; what the blocks' caps are in proportion to; None where that was not kept
    loss : index ``year, code``; entitlement and quota with the groups and with one national block, Mt; None
        where there is one block, where rules tie the years, or where it was not asked for
    firmness : None without k-means, or where it was not asked for
    found : index ``code``; the group that the method found for each province; None where the study puts no
        province into another
    """

    block_weight: pd.Series | None
    loss: pd.DataFrame | None
    firmness: GroupFirmness | None
    found: pd.Series | None = None
