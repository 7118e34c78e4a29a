"""How firm each province's place in the order of prices is, by resampling the panel."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.progress import counted
from capshare.model.abatement._lp import OPTIONS
from capshare.model.abatement.distance_function import price_yuan_per_t
from capshare.model.abatement.frontier_programme import AignerChu, FrontierProgramme, frontier_programme
from capshare.model.abatement.sample import Sample

Unit = Literal["province", "year"]
Vector = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

# Presolve finds nothing in rows so dense and takes half of a draw's time. Without it coefficients differ by
# rounding (1e-13), which no place can tell.
_DRAW_OPTIONS = replace(OPTIONS, presolve="off")


def rank_bootstrap(
    sample: Sample,
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
    sample : observations, how much each counts, and the base year's that are priced
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
    ordered = sample.observations.sort_index()
    own = sample.counts.reindex(ordered.index).to_numpy(dtype=float)
    programme = frontier_programme(ordered, sample.base, rules, sample.means, sample.technology)
    block, names = pd.factorize(ordered.index.get_level_values(level))
    full, _ = programme.solve(own)
    samples = (_draw(block, len(names), generator) for _ in counted("cost_ranks", range(draws)))
    resampled = [programme.solve(times * own, _DRAW_OPTIONS)[0] for times in samples]
    ranks = _ranks(programme, [full, *resampled], sample.base.index)
    drawn = ranks.iloc[1:]
    return pd.DataFrame(
        {
            "rank": ranks.iloc[0],
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


def _draw(block: Labels, blocks: int, generator: np.random.Generator) -> Vector:
    # A block drawn twice enters once and counts twice: the same optimum from a smaller programme.
    times = generator.multinomial(blocks, np.full(blocks, 1 / blocks))
    return times[block].astype(np.float64)


def _ranks(programme: FrontierProgramme, estimates: list[Vector], codes: pd.Index) -> pd.DataFrame:
    """Places of the base rows' prices, estimates × codes."""
    by_gdp, by_emissions = (
        pd.concat(
            {at: pd.Series(programme.slope_at_base[name] @ one, codes) for at, one in enumerate(estimates)}
        )
        for name in (programme.technology.gdp, programme.technology.emissions)
    )
    price = price_yuan_per_t(by_gdp, by_emissions, programme.means, programme.technology).unstack(sort=False)
    # Prices nearer than the solver's tolerance can tell share a place.
    return price.round(2).rank(axis="columns", ascending=False)
