"""What drives the spread of each province's figures, from the draws that exchange one input."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from capshare.analyses.ensemble.chunk_file import read_chunks
from capshare.analyses.ensemble.draws import Draw
from capshare.analyses.ensemble.tasks import DRAWS, DRIVERS
from capshare.model.ensemble.sobol import sobol_indices
from capshare.solvers.program import Vector

DRIVEN = ("quota_mt", "cut_pct", "balance_mt")
COLUMNS = ["code", "figure", "input", "first_order", "total", "low", "high"]
# Of one pair nothing can be said.
LEAST_PAIRS = 2


def drivers(
    folder: Path, codes: Sequence[str], pairs: int, inputs: Sequence[str], seed: int
) -> tuple[pd.DataFrame, int]:
    """Sobol indices of every figure, province and input.

    Parameters
    ----------
    folder : of the ensemble, with its chunks
    codes : of the provinces, in order
    pairs : of draws that were made for it
    inputs : names of the uncertain inputs
    seed : of the resampling

    Returns
    -------
    DataFrame ``code, figure, input, first_order, total, low, high``, and the number of pairs of which every
    draw has a solution
    """
    found = [_of_figure(folder, figure, codes, pairs, inputs, seed) for figure in DRIVEN]
    frame = pd.concat([rows for rows, _ in found], ignore_index=True)
    return frame.dropna(ignore_index=True), found[0][1]


def _of_figure(
    folder: Path, figure: str, codes: Sequence[str], pairs: int, inputs: Sequence[str], seed: int
) -> tuple[pd.DataFrame, int]:
    own = _read(folder, figure, len(codes), pairs)
    sought = {pair: [Draw(2 * pair, name, 2 * pair + 1) for name in inputs] for pair in range(pairs)}
    whole = [
        pair
        for pair, mixed in sought.items()
        if all(draw in own for draw in [Draw(2 * pair), Draw(2 * pair + 1), *mixed])
    ]
    if len(whole) < LEAST_PAIRS or not inputs:
        return pd.DataFrame(columns=COLUMNS), 0
    one, other = (np.array([own[Draw(2 * pair + place)] for pair in whole]) for place in (0, 1))
    mixed = np.array([[own[sought[pair][place]] for pair in whole] for place in range(len(inputs))])
    indices = sobol_indices(one, other, mixed, seed)
    # Inputs × provinces become rows, the inputs of one province together.
    rows = pd.MultiIndex.from_product([codes, inputs], names=["code", "input"])
    table = pd.DataFrame({name: values.T.ravel() for name, values in indices._asdict().items()}, index=rows)
    return table.reset_index().assign(figure=figure)[COLUMNS], len(whole)


def _read(folder: Path, figure: str, provinces: int, pairs: int) -> dict[Draw, Vector]:
    """The figure in every draw of the pairs, one per province."""
    own: dict[Draw, Vector] = {}
    for part in (DRAWS, DRIVERS):
        for chunk in read_chunks(folder / part, [figure], provinces):
            for draw, values in zip(chunk.draws, chunk.columns[figure], strict=True):
                if draw.number < 2 * pairs:
                    own[draw] = values
            if part == DRAWS and chunk.draws and chunk.draws[-1].number >= 2 * pairs:
                break
    return own
