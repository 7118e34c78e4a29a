"""How firm each province's place in the order of prices is, by resampling the panel."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.progress import counted
from capshare.model.abatement.aigner_chu import AignerChu, estimate_distance_function
from capshare.model.abatement.quadratic_form import ARGUMENTS

Unit = Literal["province", "year"]


def rank_bootstrap(
    observations: pd.DataFrame,
    base: pd.DataFrame,
    rules: AignerChu | None = None,
    *,
    resample: Unit = "province",
    draws: int = 200,
    seed: int = 2021,
) -> pd.DataFrame:
    """Estimate the function again on resampled panels and see where each province's price ranks.

    Whole provinces are drawn with all their years, because a province's years are not independent of one
    another (the block is the province; Cameron, Gelbach & Miller 2008). ``resample = "year"`` draws whole
    years instead and asks another question: how much the order depends on the years looked at. Every province
    is priced at its base-year observation in every draw, also where it was not drawn, and the means divided
    by stay those of the full panel, so that the direction does not change. A frontier's bootstrap is no
    confidence interval (the naive bootstrap is inconsistent at a boundary; Simar & Wilson 2000): it shows
    which places depend on few others.

    Parameters
    ----------
    observations : index (code, year), columns ``ARGUMENTS``
    base : index code, columns ``ARGUMENTS``, the base year
    rules : guards and null-jointness
    resample : what is drawn with replacement, the ``province`` or the ``year``
    draws : number of resampled panels, at least 1
    seed : of the random numbers

    Returns
    -------
    DataFrame
        index code; ``rank`` in the full panel (1 = dearest), ``rank_median, rank_p05, rank_p95`` over the
        draws

    Raises
    ------
    CapshareError
        If there is no draw, ``resample`` names no block, or an estimation fails.

    References
    ----------
    Cameron, Gelbach & Miller 2008. Bootstrap-based improvements for inference with clustered errors. Review
    of Economics and Statistics 90: 414-427. https://doi.org/10.1162/rest.90.3.414
    Simar & Wilson 2000. Statistical inference in nonparametric frontier models: the state of the art. Journal
    of Productivity Analysis 13: 49-78. https://doi.org/10.1023/A:1007864806704
    """
    level = _level(resample, draws)
    generator = np.random.default_rng(seed)
    ordered = observations.sort_index()
    means = ordered[list(ARGUMENTS)].mean()
    samples = (_draw(ordered, level, generator) for _ in counted("cost_ranks", range(draws)))
    drawn = pd.DataFrame([_ranks(sample, base, rules, means) for sample in samples])
    return pd.DataFrame(
        {
            "rank": _ranks(ordered.assign(count=1.0), base, rules, means),
            "rank_median": drawn.median(),
            "rank_p05": drawn.quantile(0.05),
            "rank_p95": drawn.quantile(0.95),
        }
    ).rename_axis("code")


def _level(resample: Unit, draws: int) -> str:
    level = {"province": "code", "year": "year"}.get(resample)
    if level is None or draws < 1:
        expected, found = "resample = province or year, draws >= 1", f"{resample}, {draws}"
        raise CapshareError(Problem("rank_bootstrap", "", expected, found, "Choose again."))
    return level


def _draw(observations: pd.DataFrame, level: str, generator: np.random.Generator) -> pd.DataFrame:
    # A block drawn twice enters once and counts twice: the same optimum from a smaller programme.
    blocks = observations.index.get_level_values(level)
    names = blocks.unique()
    counts = pd.Series(generator.multinomial(len(names), np.full(len(names), 1 / len(names))), index=names)
    drawn = observations.assign(count=counts.reindex(blocks).to_numpy(dtype=float))
    return drawn[drawn["count"] > 0]


def _ranks(sample: pd.DataFrame, base: pd.DataFrame, rules: AignerChu | None, means: pd.Series) -> pd.Series:
    function = estimate_distance_function(sample, base, rules, means=means, counts=sample["count"])
    # Prices nearer than the solver's tolerance can tell share a place.
    return function.price_yuan_per_t(base).round(2).rank(ascending=False)
