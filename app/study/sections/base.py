"""What every section of a study file has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, lt=100)]
Name = Annotated[str, Field(min_length=1)]
Year = Annotated[str, Field(pattern=r"^[12][0-9]{3}$")]


class Section(BaseModel):
    """A section of the study file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)
