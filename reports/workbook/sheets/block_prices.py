"""What a province's prices are compared with: its block, the block's cap, its own constraints."""

from __future__ import annotations

import pandas as pd

from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.grid import Label

ROWS = ("coverage", "equity_above", "equity_below", "floor", "ceiling", "purchase_limit")


def block_of(draft: Draft, row: Label) -> tuple[int, str]:
    """Year and block of a row, which label the table of groups."""
    return draft.facts.block_of[row]


def cap_of_block(draft: Draft) -> pd.Series:
    """Cap of every province's block, index (year, code), Mt."""
    caps = draft.facts.blocks["cap_mt"]
    return pd.Series({row: caps[block_of(draft, row)] for row in draft.facts.rows})


def solved_price(draft: Draft, constraint: str) -> pd.Series:
    """Price of a constraint in every province, index (year, code), yuan/t; 0 where there is none."""
    found = draft.facts.prices["price_yuan_per_t"].to_dict()
    return pd.Series({row: found.get((row[0], constraint, row[1]), 0.0) for row in draft.facts.rows})


def rules_price(draft: Draft) -> pd.Series:
    """What planners' rules add for every province, index (year, code), yuan/t."""
    facts = draft.facts
    share = facts.provinces["quota_mt"] / cap_of_block(draft)
    parts = facts.contributions["rules_yuan_per_t"].loc[list(facts.rows)]
    return (parts / share.where(share > 0)).fillna(0.0)
