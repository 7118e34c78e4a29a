"""The weights of the indicators."""

from __future__ import annotations

import pandas as pd

from capshare.chain.prepared import PreparedStudy
from capshare.indicators.entropy import entropies
from capshare.model.outcome.weights import IndicatorWeights


def indicator_weights(found: PreparedStudy) -> IndicatorWeights:
    """Weights with the entropies and the normalised values behind them.

    Parameters
    ----------
    found : the study's chain
    """
    about = {i.id: {"principle": i.principle, "direction": i.direction} for i in found.study.scored}
    frame = pd.DataFrame.from_dict(about, orient="index").rename_axis("indicator")
    table = frame.assign(entropy=entropies(found.normalised), weight=found.weight)
    return IndicatorWeights(table, found.normalised)
