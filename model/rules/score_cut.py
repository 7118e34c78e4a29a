"""Score cut: everybody starts from present emissions and cuts them; a lower score asks for a larger cut."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "score-cut",
    principle="composite: cuts of present emissions, larger where several principles ask for more",
    formula="x_i ∝ E_i (Q / ΣE)^b_i, b_i = 1 - h/2 + h (max s - s_i) / (max s - min s)",
    reference="ours, after van den Berg et al. 2020, doi:10.1007/s10584-019-02368-y",
    needs=("emissions_mt", "score"),
    limits={"spread": (0.0, 2.0)},
)
def score_cut(inputs: pd.DataFrame, cap_mt: float, *, spread: float = 1.0) -> pd.Series:
    r"""Split a cap by cuts of emissions that a score moves.

    .. math:: x_i = \vartheta E_i\Bigl(\min\bigl(1,\frac{Q}{\sum_j E_j}\bigr)\Bigr)^{b_i},\qquad
              b_i = 1-\frac h2+h\,\frac{\max_j s_j-s_i}{\max_j s_j-\min_j s_j}

    with :math:`\vartheta` so that quotas add up to the cap. Indicators that are ratios may be in the score:
    they move a cut, and earn no tonne for which nothing was emitted. Where the cap leaves nothing to cut,
    quotas are in proportion to emissions.

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt``, Mt CO2, and ``score``, no unit
    cap_mt : Q, Mt CO2
    spread : h, from 0 to 2, no unit; how far apart the smallest and the largest exponent are

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where nobody emits.

    References
    ----------
    van den Berg, N. J., et al. (2020). Climatic Change 162, 1805-1822. doi:10.1007/s10584-019-02368-y
    """
    emissions, score = inputs["emissions_mt"], inputs["score"]
    range_ = float(score.max() - score.min())
    # One score for all moves nobody.
    above = (score.max() - score) / range_ if range_ > 0 else pd.Series(0.5, index=score.index)
    total = float(emissions.sum())
    left = min(1.0, cap_mt / total) if total > 0 else 1.0
    return proportional(emissions * left ** (1 - spread / 2 + spread * above), cap_mt)
