r"""Raw shares by rules that are neither a column of the inputs nor the score, where a closed form gives them.

.. math:: x_i = Q\,\frac{w_i}{\sum_j w_j},\qquad
    w_i = E_i\Bigl(\min\bigl(1,\tfrac{Q}{\sum_j E_j}\bigr)\Bigr)^{1-h/2+h\,(\max s-s_i)/(\max s-\min s)}
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.reports.words.columns import MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.sheets.years_shown import of_cap, sum_of_year
from capshare.reports.workbook.workbook_data import WorkbookData

# Column with what quotas are in proportion to, where it is one of its own.
WEIGHT = "share_weight"
SCORE_CUT = "score-cut"


def share_weight(data: WorkbookData) -> pd.Series | None:
    """What the raw shares of each year are in proportion to, index (year, code); None without a closed form.

    Parameters
    ----------
    data : of the run; emissions in Mt CO2, scores without a unit
    """
    rule, p = str(data.setting("allocation.within", "")).replace("_", "-"), data.provinces
    if data.share_base is not None or data.raw_share is None or data.targets is not None:
        return None
    emissions, score = p["emissions_mt"].astype(float), p["score"].astype(float)
    if rule == "grandfathering":
        weight = emissions
    elif rule == SCORE_CUT:
        total = emissions.groupby("year").transform("sum")
        left = np.minimum(1.0, data.total_mt[p.index.get_level_values("year")].to_numpy() / total)
        spread, width = _spread(data), float(score.max() - score.min())
        above = (score.max() - score) / width if width > 0 else 0.5
        weight = emissions * left ** (1 - spread / 2 + spread * above)
    else:
        return None
    share = data.raw_share
    made = weight / weight.groupby("year").transform("sum") * share.groupby("year").transform("sum")
    return weight if np.allclose(made, share, rtol=1e-9, atol=0.0) else None


def _spread(data: WorkbookData) -> float:
    return float(data.setting(f"rules.{SCORE_CUT}.spread", 1.0))


def weight_field(builder: WorkbookBuilder, weight: pd.Series) -> Field:
    """The column of the weights.

    Parameters
    ----------
    builder : with the places of ``cap`` and ``entitlements``
    weight : of :func:`share_weight`
    """
    grid, score = builder.grids["entitlements"], builder.grids["entitlements"].span("score")
    rule = str(builder.data.setting("allocation.within", "")).replace("_", "-")

    def formula(row: Label) -> str:
        emissions = grid.at("emissions_mt", row)
        if rule != SCORE_CUT:
            return emissions
        spread, two = builder.named("score_cut_spread"), builder.named("two")
        total = sum_of_year(builder, "entitlements", "emissions_mt", row)
        left = f"MIN(1,{of_cap(builder, 'entitlements', 'divided_mt', row)}/{total})"
        # The score is the same in every year; one score for all moves nobody.
        width = f"(MAX({score})-MIN({score}))"
        above = f"IF({width}>0,(MAX({score})-{grid.at('score', row)})/{width},1/{two})"
        return f"{emissions}*{left}^(1-{spread}/{two}+{spread}*{above})"

    return Field(WEIGHT, weight.to_dict(), "live", formula, MT)


def share_formula(builder: WorkbookBuilder) -> ToFormula | None:
    """Formula of the raw shares in Mt CO2; None where their weights have no column.

    Parameters
    ----------
    builder : with the places of ``cap`` and ``entitlements``
    """
    grid = builder.grids["entitlements"]
    if WEIGHT not in grid.names:
        return None

    def formula(row: Label) -> str:
        total = sum_of_year(builder, "entitlements", WEIGHT, row)
        return f"{of_cap(builder, 'entitlements', 'divided_mt', row)}*{grid.at(WEIGHT, row)}/{total}"

    return formula
