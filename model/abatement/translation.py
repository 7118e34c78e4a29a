"""Translation: the distance falls by t where GDP rises by t and emissions fall by t."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from capshare.model.abatement.quadratic_form import cross_term, terms
from capshare.model.abatement.technology import Technology

Row = npt.NDArray[np.float64]


def translation_rows(technology: Technology) -> tuple[tuple[Row, float, float], ...]:
    """Rows by the function's terms with the value that they are held at.

    Parameters
    ----------
    technology : whose outputs the direction is made of
    """
    arguments, gdp, emissions = technology.arguments, technology.gdp, technology.emissions
    names = terms(arguments)

    def difference(more: str, less: str) -> Row:
        """Row that is the coefficient of one term less that of another."""
        row = np.zeros(len(names))
        row[names.index(more)] += 1.0
        row[names.index(less)] -= 1.0
        return row

    crossed = [
        difference(cross_term(arguments, name, gdp), cross_term(arguments, name, emissions))
        for name in arguments
    ]
    return (difference(gdp, emissions)[None, :], -1.0, -1.0), (np.vstack(crossed), 0.0, 0.0)
