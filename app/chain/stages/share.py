"""Raw shares: what entitlements inside a block are in proportion to."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.notes import Note
from capshare.chain.numbers import Numbers, SharingNumbers
from capshare.model.rules.registry import apply, find, rule_notes
from capshare.model.rules.requirements import needed_columns


def raw_share(
    numbers: Numbers, made: Mapping[str, pd.Series], year: int, sharing: SharingNumbers | None = None
) -> pd.Series:
    """The quotas of a rule without any bound.

    Parameters
    ----------
    numbers : of the study
    made : ``score, group, price_yuan_per_t``, index code: what the chain makes for the rules
    year : one of the study's
    sharing : another rule than the study's own

    Returns
    -------
    Series, index code, Mt CO2

    Raises
    ------
    CapshareError
        where the rule lacks a column, or cannot use a cell of it.
    """
    sharing = sharing or numbers.sharing
    table = _table(sharing, made, year)
    quota = apply(sharing.rule, table, float(numbers.divided_mt[year]), sharing.parameters)
    return quota.rename("share")


def share_notes(numbers: Numbers, made: Mapping[str, pd.Series], year: int) -> tuple[Note, ...]:
    """What a planner should know about what the rule inside the blocks makes of its columns.

    Parameters
    ----------
    numbers, made, year : as for :func:`raw_share`
    """
    sharing = numbers.sharing
    table = _table(sharing, made, year)
    return rule_notes(sharing.rule, table, float(numbers.divided_mt[year]), sharing.parameters)


def _table(sharing: SharingNumbers, made: Mapping[str, pd.Series], year: int) -> pd.DataFrame:
    """The columns that the rule reads in a year, index code."""
    rule, table = find(sharing.rule), sharing.columns[year]
    needed = needed_columns(rule, {**rule.parameters, **sharing.parameters})
    own = {name: column.reindex(table.index) for name, column in made.items() if name in needed}
    return table.assign(**own) if own else table
