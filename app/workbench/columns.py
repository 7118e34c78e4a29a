"""Columns of the provinces of one solved year, without labels until somebody asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Columns:
    """Figures and words of the provinces, one of each per province, in the order of their codes.

    A frame of twenty columns takes longer to put together than its split to solve.

    Attributes
    ----------
    codes : of the provinces
    named : name with its unit → column
    """

    codes: pd.Index
    named: Mapping[str, NDArray[Any]]

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The column of a name."""
        return self.named[name]

    def series(self, name: str) -> pd.Series:
        """A column with the provinces' codes as index.

        Parameters
        ----------
        name : of the column
        """
        return pd.Series(self.named[name], index=self.codes, name=name)

    def rows(self) -> list[tuple[str, dict[str, Any]]]:
        """Code and row of every province, values of Python's own types."""
        listed = [column.tolist() for column in self.named.values()]
        names = list(self.named)
        return [
            (str(code), dict(zip(names, row, strict=True)))
            for code, row in zip(self.codes, zip(*listed, strict=True), strict=True)
        ]
