"""Yearly change: how fast a province's quota may rise or fall a year, first from emissions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays, LinkArrays
from capshare.model.allocation.smoothing import smoothing_share
from capshare.solvers.program import Vector


def _later(data: AllocationData) -> pd.Index:
    return plain(data.year_links.smoothing.index)


def _rise(m: Any, i: str) -> Any:
    if i not in m.earlier:
        return m.quota[i] <= m.rise_amount[i]
    return m.quota[i] - m.change_most[i] * m.quota[m.earlier[i]] <= 0


def _rise_rows(numbers: AllocationArrays) -> Rows:
    links = numbers.links
    return Rows({"quota": _change(links, links.most)}, upper=links.most * links.start_mt)


def _fall(m: Any, i: str) -> Any:
    if i not in m.earlier:
        return m.quota[i] >= m.fall_amount[i]
    return m.quota[i] - m.change_least[i] * m.quota[m.earlier[i]] >= 0


def _fall_rows(numbers: AllocationArrays) -> Rows:
    links = numbers.links
    return Rows({"quota": _change(links, links.least)}, lower=links.least * links.start_mt)


def _change(links: LinkArrays, multiple: Vector) -> Coefficients:
    """A later quota less a multiple of the earlier one, where there is one."""
    row, tied = np.arange(len(multiple)), np.flatnonzero(links.earlier >= 0)
    values = np.concatenate([np.ones(len(multiple)), -multiple[tied]])
    return Coefficients(
        np.concatenate([row, tied]), np.concatenate([links.later, links.earlier[tied]]), values
    )


def _share(data: AllocationData) -> pd.Series:
    """The largest yearly change, the same share for every province and year."""
    tied = data.year_links.smoothing.index
    return pd.Series(smoothing_share(data) if len(tied) else 0.0, index=tied)


RISE_LIMIT = Constraint(
    name="rise_limit",
    formula="x_i ≤ (1 + s)^n x_j, j the same province n years before; in the base year x_j = E_j",
    labels=_later,
    expression=_rise,
    rows=_rise_rows,
    title={"en": "largest yearly rise", "zh": "年增幅上限"},
    collides_as={
        "en": "largest yearly rise {share} (smoothing.max_yearly_change): {provinces}",
        "zh": "年度最大增幅 {share}（smoothing.max_yearly_change）：{provinces}",
    },
    asks=_share,
    keeps=0,
)
FALL_LIMIT = Constraint(
    name="fall_limit",
    formula="x_i ≥ (1 − s)^n x_j, j the same province n years before; in the base year x_j = E_j",
    labels=_later,
    expression=_fall,
    rows=_fall_rows,
    title={"en": "largest yearly fall", "zh": "年降幅上限"},
    collides_as={
        "en": "largest yearly fall {share} (smoothing.max_yearly_change): {provinces}",
        "zh": "年度最大降幅 {share}（smoothing.max_yearly_change）：{provinces}",
    },
    asks=_share,
    keeps=1,
)
