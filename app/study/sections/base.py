"""What every section of a study file has in common: names that can be written, amounts that can be solved.

The bounds keep every number of the allocation's programme within what its solver tells apart (1e-9 of its
unit), and far beyond what any country needs: the world emits 4e4 Mt a year.
"""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from capshare.indicators.dataset.names import LINES, unmet_by_name, unmet_by_text

# 250 times what the world emits in a year, and a kilotonne.
LARGEST_MT = 1e7
LEAST_MT = 1e-3
# A share of a larger thing: 10 000 times it is a slip of the unit.
LARGEST_SHARE = 1e4
# Far above any cost of abatement, and a tenth of a fen.
LARGEST_YUAN_PER_T = 1e7
LEAST_YUAN_PER_T = 1e-3
# Above what counts as no price at an optimum (1e-7).
LEAST_COST_YUAN_PER_T = 1e-6
# Folders are named after a study; with endings and marks of unfinished ones they have at most 255 bytes.
LONGEST_NAME = 200


def _name(text: str) -> str:
    demand = unmet_by_name(text)
    if demand is not None:
        raise ValueError(demand)
    return text


def _text(text: str) -> str:
    demand = unmet_by_text(text, LINES)
    if demand is not None:
        raise ValueError(demand)
    return text


def _share_or_inf(share: float) -> float:
    if not 0 <= share <= LARGEST_SHARE and share != math.inf:
        raise ValueError(f"a number from 0 to {LARGEST_SHARE:g}, or inf")
    return share


def _cost(yuan_per_t: float) -> float:
    if yuan_per_t != 0 and not LEAST_COST_YUAN_PER_T <= yuan_per_t <= LARGEST_YUAN_PER_T:
        raise ValueError(f"0, or a number from {LEAST_COST_YUAN_PER_T:g} to {LARGEST_YUAN_PER_T:g}")
    return yuan_per_t


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_name)]
Location = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_name)]
Expression = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(_text)]
Text = Annotated[str, Field(max_length=10_000), AfterValidator(_text)]
Share = Annotated[float, Field(ge=0, le=LARGEST_SHARE)]
ShareOrInf = Annotated[float, Field(ge=0), AfterValidator(_share_or_inf)]
Amount = Annotated[float, Field(ge=0, le=LARGEST_MT)]
PositiveAmount = Annotated[float, Field(ge=LEAST_MT, le=LARGEST_MT)]
Price = Annotated[float, Field(ge=0, le=LARGEST_YUAN_PER_T)]
PositivePrice = Annotated[float, Field(ge=LEAST_YUAN_PER_T, le=LARGEST_YUAN_PER_T)]
Cost = Annotated[float, Field(ge=0), AfterValidator(_cost)]
Number = Annotated[float, Field(ge=-1e6, le=1e6)]
Ratio = Annotated[float, Field(ge=1e-3, le=1e3)]
Percent = Annotated[float, Field(ge=0, lt=100)]
Year = Annotated[str, Field(pattern=r"^[12][0-9]{3}$")]
YearNumber = Annotated[int, Field(ge=1000, le=2999)]


class Section(BaseModel):
    """A section of the study file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)
