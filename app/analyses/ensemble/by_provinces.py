"""Draws turned: chunks have all provinces of some draws, and quantiles need all draws of some provinces."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from capshare.solvers.program import Vector

# In the ensemble's folder while it is in use: only there is room for as much as the draws take.
SCRATCH = "turned"


def by_provinces(
    chunks: Iterable[Vector], provinces: int, width: int, folder: Path
) -> Iterator[tuple[int, int, Vector]]:
    """Hand out a figure by provinces, having read every chunk once.

    Parameters
    ----------
    chunks : draws × provinces, one after the other
    provinces : how many each draw has
    width : provinces that are in memory at once; where that is all of them, nothing is written
    folder : where what does not fit into memory is kept meanwhile

    Returns
    -------
    Iterator of the first province, the one after the last, and the figure, draws × provinces
    """
    if width >= provinces:
        yield 0, provinces, np.concatenate(list(chunks))
        return
    turns = [(first, min(first + width, provinces)) for first in range(0, provinces, width)]
    scratch = folder / SCRATCH
    # An earlier call may have been killed.
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        for values in chunks:
            for first, last in turns:
                with (scratch / str(first)).open("ab") as stream:
                    stream.write(np.ascontiguousarray(values[:, first:last]).data)
        for first, last in turns:
            path = scratch / str(first)
            yield first, last, np.fromfile(path).reshape(-1, last - first)
            path.unlink()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
