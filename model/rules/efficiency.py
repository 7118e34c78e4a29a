"""Efficiency of emissions: how little a region could emit for what it produces, by a linear programme."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import block_array, csc_array, diags_array, eye_array, kron

from capshare.base.frames import require_same_index
from capshare.solvers.highs import solve
from capshare.solvers.program import LinearProgram


def emission_efficiency(
    emissions_mt: pd.Series, outputs: pd.DataFrame, variable_returns: bool = False
) -> pd.Series:
    r"""Share of its emissions with which each region could have its outputs, against the best.

    .. math:: h_o = \min_{h,\lambda\ge0} h \quad\text{s.t.}\quad
              \sum_j\lambda_j E_j\le h E_o,\quad \sum_j\lambda_j y_{rj}\ge y_{ro}

    Data envelopment with emissions as the input; with variable returns to scale also
    :math:`\sum_j\lambda_j=1`. The regions are solved as the blocks of one programme, whose sum of
    :math:`h_o` is smallest where each of them is.

    Parameters
    ----------
    emissions_mt : index ``code``, > 0, Mt CO2
    outputs : index ``code``, one column per output, ≥ 0, any units
    variable_returns : compare only with regions, and mixes of regions, of the same size

    Returns
    -------
    Series ``efficiency``, index and order of `emissions_mt`, in (0, 1], no unit

    Raises
    ------
    CapshareError
        where the regions differ.

    References
    ----------
    Charnes, A., Cooper, W. W., & Rhodes, E. (1978). European Journal of Operational Research 2(6), 429-444.
    doi:10.1016/0377-2217(78)90138-8
    Banker, R. D., Charnes, A., & Cooper, W. W. (1984). Management Science 30(9), 1078-1092.
    doi:10.1287/mnsc.30.9.1078
    """
    require_same_index("emission_efficiency", emissions_mt=emissions_mt, outputs=outputs)
    relative = outputs.loc[emissions_mt.index] / outputs.mean()
    program = _program(emissions_mt / emissions_mt.mean(), relative, variable_returns)
    efficiency = solve(program).values("efficiency")
    return efficiency.reindex(emissions_mt.index).clip(upper=1.0).rename("efficiency")


def _program(emissions: pd.Series, outputs: pd.DataFrame, variable_returns: bool) -> LinearProgram:
    """Blocks, one per region o: efficiency h, then the intensities of all regions j."""
    n, regions = len(emissions), emissions.index
    pairs = pd.MultiIndex.from_product([regions, regions], names=["of", "peer"])
    input_row = csc_array(emissions.to_numpy(dtype=float)[None, :])
    output_rows = csc_array(outputs.to_numpy(dtype=float).T)
    matrix = block_array([[diags_array(-emissions.to_numpy(dtype=float)), kron(eye_array(n), input_row)],
                          [None, kron(eye_array(n), output_rows)],
                          [None, kron(eye_array(n), np.ones((1, n)))]], format="csc")  # fmt: skip
    produced = outputs.to_numpy(dtype=float).ravel()
    least, most = (1.0, 1.0) if variable_returns else (0.0, np.inf)
    return LinearProgram(
        cost=np.concatenate([np.ones(n), np.zeros(n * n)]),
        matrix=csc_array(matrix),
        row_lower=np.concatenate([np.full(n, -np.inf), produced, np.full(n, least)]),
        row_upper=np.concatenate([np.zeros(n), np.full(len(produced), np.inf), np.full(n, most)]),
        lower=np.zeros(n + n * n),
        upper=np.full(n + n * n, np.inf),
        rows={
            "input": regions,
            "output": pd.MultiIndex.from_product([regions, outputs.columns]),
            "scale": regions,
        },
        columns={"efficiency": regions, "intensity": pairs},
    )
