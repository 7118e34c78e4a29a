"""A planner's own linear rule on quotas, priced like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import each_with_each


@dataclass(frozen=True)
class PlannerRule:
    r"""A linear rule over named provinces.

    .. math:: \sum_i k_{ri}x_i - s_r\sum_i x_i \ge G_r \quad(\text{or} \le)

    Attributes
    ----------
    name : of the rule, unique
    weight : province → :math:`k_{ri}`; 1 for a plain sum
    sense : "at least" or "at most"
    share : :math:`s_r`, of the national sum of quotas
    bound_mt : :math:`G_r`, Mt
    """

    name: str
    weight: Mapping[str, float]
    sense: Literal["at least", "at most"]
    share: float = 0.0
    bound_mt: float = 0.0


def rule_table(rules: Sequence[PlannerRule]) -> pd.DataFrame:
    """Table of the rules: index rule; ``sense, bound_mt``.

    Parameters
    ----------
    rules : in the order of the study; bounds in Mt

    Raises
    ------
    CapshareError
        where two rules have one name.
    """
    names = pd.Index([rule.name for rule in rules], name="rule", dtype=object)
    if names.has_duplicates:
        twice = sorted(names[names.duplicated()])
        raise CapshareError(
            Problem("allocation.constraint", "name", "a name of its own for each rule",
                    f"{twice} more than once", "Rename one of them.")
        )  # fmt: skip
    columns = {"sense": [rule.sense for rule in rules], "bound_mt": [rule.bound_mt for rule in rules]}
    return pd.DataFrame(columns, index=names)


def rule_weights(rules: Sequence[PlannerRule], provinces: pd.Index) -> pd.Series:
    r"""Coefficient :math:`k_{ri}-s_r` of each quota in each rule.

    Parameters
    ----------
    rules : planners' rules
    provinces : all provinces of the study

    Returns
    -------
    Series, index (rule, province), no unit

    Raises
    ------
    CapshareError
        where a rule names a province the study does not have.
    """
    unknown = [
        Problem("allocation.constraint", rule.name, "provinces of the study", ", ".join(strangers),
                "Correct or drop them.")
        for rule in rules
        if (strangers := sorted(code for code in rule.weight if code not in provinces))
    ]  # fmt: skip
    if unknown:
        raise CapshareError(unknown)
    index = each_with_each(pd.Index([rule.name for rule in rules], name="rule"), provinces.rename("code"))
    weights = [pd.Series(rule.weight, dtype=float).reindex(provinces, fill_value=0.0) for rule in rules]
    values = [weight - rule.share for weight, rule in zip(weights, rules, strict=True)]
    return pd.Series(np.concatenate([[], *values]), index=index, name="rule_weight")
