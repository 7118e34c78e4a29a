"""A rule of sharing: its principle, its formula, where it comes from, and what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from capshare.base.notes import Note

RuleFunction = Callable[..., pd.Series]
Noticing = Callable[..., tuple[Note, ...]]


@dataclass(frozen=True)
class Rule:
    """A principle that splits a cap.

    Attributes
    ----------
    name : as a study writes it
    principle : the idea of fairness, one phrase
    formula : in plain text, Q the cap, x the quota
    reference : where it comes from, with DOI
    needs : columns that the rule reads, none negative (:data:`capshare.model.rules.requirements.COLUMNS`)
    function : ``(inputs, cap_mt, **parameters)`` → Series ``quota_mt``
    parameters : name → default; a tuple of texts names further columns
    positive : the needed columns in which 0 has no meaning for the rule
    limits : parameter → smallest and largest value; 0 and infinity where nothing is said
    share_of : the one column that quotas are in proportion to, where that is the whole rule
    notices : of the same arguments as the function; what a planner should know about its quotas
    """

    name: str
    principle: str
    formula: str
    reference: str
    needs: tuple[str, ...]
    function: RuleFunction
    parameters: Mapping[str, Any]
    positive: tuple[str, ...] = ()
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    share_of: str | None = None
    notices: Noticing | None = None
