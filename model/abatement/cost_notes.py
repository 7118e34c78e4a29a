"""Notes on abatement costs: what was estimated, its level, and how well the curve fits."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution, detail
from capshare.model.abatement.frontier import Frontier
from capshare.model.abatement.power_law import PowerLaw


def estimate_notes(found: Frontier, levels: pd.DataFrame, anchor_yuan_per_t: float | None) -> Note:
    """What the estimate is of, its level before anchoring, and how far the other curves differ.

    Parameters
    ----------
    found : the frontier used
    levels : index curve, the one used first; of every curve on offer
    anchor_yuan_per_t : what the prices were scaled to, yuan/t; None: used as estimated
    """
    used, level = str(levels.index[0]), levels["first_step_median_yuan_per_t"]
    values = {
        "count": len(found.sample.observations),
        "unit": "per worker" if found.sample.technology.free_of_size else "of whole provinces",
        "curve": used,
        "level": level[used],
        "curves": [(name, level[name]) for name in levels.index[1:]],
        "correlations": levels["rank_correlation"].iloc[1:].tolist(),
    }
    if anchor_yuan_per_t is None:
        return caution("costs_as_estimated", **values)
    return caution("costs_scaled", **values, price=anchor_yuan_per_t, times=level[used] / anchor_yuan_per_t)


def law_notes(law: PowerLaw | None, steps: pd.DataFrame) -> tuple[Note, ...]:
    """How the power law fits, how far the steps rise by it, and which provinces it does not describe.

    Parameters
    ----------
    law : of the curve used; None where it follows none
    steps : index (code, step); ``cost_yuan_per_t``, of the curve used
    """
    if law is None:
        return ()
    of_province = steps["cost_yuan_per_t"].groupby(level="code")
    notes = [
        detail(
            "cost_law",
            elasticity=law.elasticity,
            low=law.elasticity_low,
            high=law.elasticity_high,
            explained=law.within_r2,
            times=float((of_province.last() / of_province.first()).median()),
        )
    ]
    badly = law.provinces.index[law.provinces["fits_badly"]]
    if len(badly):
        notes.append(caution("cost_law_fits_badly", count=len(badly), provinces=list(badly)))
    return tuple(notes)
