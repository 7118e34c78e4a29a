"""Section on how provinces are grouped and the cap is divided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.study.sections.base import Name, Section


class Groups(Section):
    """How provinces are grouped and the cap is divided between the groups."""

    method: Literal["kmeans", "given", "none"] = "kmeans"
    """"kmeans" on the indicators, "given" from a published table, "none": one group."""
    on: Literal["unweighted", "weighted"] = "unweighted"
    """Whether k-means sees the min-max indicators as they are or times their weights."""
    k: Annotated[int, Field(ge=1, le=10_000)] = 6
    """Number of groups; for k-means more than one and fewer than the provinces."""
    restarts: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Starts of k-means; the best is kept."""
    diagnostics_draws: Annotated[int, Field(ge=0, le=10_000)] = 50
    """Random draws that k-means groups are judged by; 0 leaves the judgement and its tables out."""
    split: Literal["sum", "centroid", "given"] = "sum"
    """A group's part of the cap: by the sum or the mean of member scores, or as given."""
    table: Name | None = None
    """Published table with the columns group and group_share_pct, for what is given."""
    given: Mapping[Name, Name] = {}
    """Province → the group it is put into, whichever the method finds for it."""

    @model_validator(mode="after")
    def _complete(self) -> Groups:
        if "given" in (self.method, self.split) and self.table is None:
            raise ValueError("the name of a published `table` with given groups or shares")
        if self.split == "given" and self.method != "given":
            raise ValueError('method = "given" with split = "given", as shares belong to their groups')
        if self.given and self.method == "none":
            raise ValueError('no `given` groups of provinces with method = "none", which makes none')
        return self
