"""Which principles an allocation amounts to: the mixture of rules that comes closest to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capshare.base.notes import Note, detail
from capshare.model.outcome.principle_mix import PrincipleMix, independent_rules, mix_notes, principle_mix
from capshare.model.rules.registry import rules
from capshare.model.rules.requirements import needed_columns

COMPOSITE = "score"
# A weight that shows as 0 % says nothing.
SHOWN = 0.005


@dataclass(frozen=True)
class RuleMix:
    """The mixture of rules closest to a table of quotas, in words and numbers.

    Attributes
    ----------
    weights : index rule; ``weight``, and ``weight_without_score`` where the entropy composite is one of the
        rules: it is itself a mixture of principles, and hides them
    residual : index code; ``quota_mt, mix_mt, residual_mt``
    notes : what the mixture is, in figures, and what was left out of it
    """

    weights: pd.DataFrame
    residual: pd.DataFrame
    notes: tuple[Note, ...]


def rule_mix(quota_mt: pd.Series, rules_mt: pd.DataFrame, published: bool) -> RuleMix:
    """Find the mixture, after leaving out rules that are mixtures of plainer ones.

    Parameters
    ----------
    quota_mt : index code, the table to explain, Mt CO2
    rules_mt : index code, one column per rule, Mt CO2
    published : whether the table is a published one, not the allocation

    Returns
    -------
    RuleMix
    """
    plain = plainest_first(map(str, rules_mt.columns))
    kept = sorted(independent_rules(rules_mt[plain]))
    mix = principle_mix(quota_mt, rules_mt[kept])
    weights = mix.weight.to_frame().rename_axis("rule")
    notes = [
        detail("mix_published", **_values(mix)) if published else detail("mix_allocation", **_values(mix))
    ]
    principles = [name for name in kept if name != COMPOSITE]
    if principles and len(principles) < len(kept):
        bare = principle_mix(quota_mt, rules_mt[principles])
        weights["weight_without_score"] = bare.weight.reindex(weights.index, fill_value=0.0)
        notes.append(detail("mix_without_score", **_values(bare)))
    if len(kept) < len(plain):
        notes.append(detail("mixtures", rules=sorted(set(plain) - set(kept))))
    notes += mix_notes(mix)
    columns = [quota_mt.rename("quota_mt"), mix.mix_mt, mix.residual_mt]
    return RuleMix(weights, pd.concat(columns, axis="columns").rename_axis("code"), tuple(notes))


def plainest_first(names: Iterable[str]) -> list[str]:
    """Rules by how many columns they read, so that a mixture names plain principles before composed ones.

    Parameters
    ----------
    names : of rules
    """
    known = rules()
    return sorted(names, key=lambda name: (len(needed_columns(known[name], known[name].parameters)), name))


def _values(mix: PrincipleMix) -> dict[str, Any]:
    parts = mix.weight[mix.weight >= SHOWN].sort_values(ascending=False, kind="stable")
    return {"rules": list(parts.items()), "moved": mix.misplaced_share}
