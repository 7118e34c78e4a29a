"""Which principles an allocation amounts to: the mixture of rules that comes closest to it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.outcome.principle_mix import PrincipleMix, independent_rules, principle_mix
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
    notes : sentences for a planner
    """

    weights: pd.DataFrame
    residual: pd.DataFrame
    notes: tuple[str, ...]


def rule_mix(quota_mt: pd.Series, rules_mt: pd.DataFrame, called: str) -> RuleMix:
    """Find the mixture, after leaving out rules that are mixtures of plainer ones.

    Parameters
    ----------
    quota_mt : index code, the table to explain, Mt CO2
    rules_mt : index code, one column per rule, Mt CO2
    called : what the table is called in the notes

    Returns
    -------
    RuleMix
    """
    known = rules()
    names = [str(name) for name in rules_mt.columns]
    plain = sorted(names, key=lambda name: (len(needed_columns(known[name], known[name].parameters)), name))
    kept = sorted(independent_rules(rules_mt[plain]))
    mix = principle_mix(quota_mt, rules_mt[kept])
    weights = mix.weight.to_frame().rename_axis("rule")
    notes = [f"The {called} is closest to {_words(mix)}."]
    principles = [name for name in kept if name != COMPOSITE]
    if principles and len(principles) < len(kept):
        bare = principle_mix(quota_mt, rules_mt[principles])
        weights["weight_without_score"] = bare.weight.reindex(weights.index, fill_value=0.0)
        notes.append(f"Without the composite score, itself a mixture, it is closest to {_words(bare)}.")
    if len(kept) < len(plain):
        same = ", ".join(sorted(set(plain) - set(kept)))
        notes.append(f"Left out of the mix, as they are mixtures of plainer rules here: {same}.")
    columns = [quota_mt.rename("quota_mt"), mix.mix_mt, mix.residual_mt]
    return RuleMix(weights, pd.concat(columns, axis="columns").rename_axis("code"), tuple(notes))


def _words(mix: PrincipleMix) -> str:
    parts = mix.weight[mix.weight >= SHOWN].sort_values(ascending=False, kind="stable")
    named = ", ".join(f"{weight:.0%} {name}" for name, weight in parts.items())
    return f"{named}; {mix.misplaced_share:.1%} of the cap would have to move to make it that mix"
