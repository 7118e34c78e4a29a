"""Translation: the distance falls by t where GDP rises by t and emissions fall by t."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from capshare.model.abatement.quadratic_form import ARGUMENTS, EMISSIONS, GDP, TERMS, cross_term

Row = npt.NDArray[np.float64]


def _difference(more: str, less: str) -> Row:
    """Row that is the coefficient of one term less that of another."""
    row = np.zeros(len(TERMS))
    row[TERMS.index(more)] += 1.0
    row[TERMS.index(less)] -= 1.0
    return row


# Rows by ``TERMS`` with the value that they are held at.
TRANSLATION = (
    (_difference(GDP, EMISSIONS)[None, :], -1.0, -1.0),
    (np.vstack([_difference(cross_term(k, GDP), cross_term(k, EMISSIONS)) for k in ARGUMENTS]), 0.0, 0.0),
)
