"""The allocation: quotas, caps of the blocks, and how the linear programmes ended."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd


@dataclass(frozen=True)
class Ending:
    """How a linear programme of the allocation ended.

    Attributes
    ----------
    years : the years it allocated: one, or all where rules tie them
    status : the solver's termination, ``optimal`` in every run
    objective_1e8yuan : the whole objective, 1e8 yuan
    penalty_1e8yuan : its part that pays for uncovered emissions, 1e8 yuan
    duality_gap : relative difference of the primal and the dual objective
    solver : name, version and options of the engine
    """

    years: tuple[int, ...]
    status: str
    objective_1e8yuan: float
    penalty_1e8yuan: float
    duality_gap: float
    solver: str


@dataclass(frozen=True)
class SolvedAllocation:
    """What each province and each block got.

    Attributes
    ----------
    provinces : index ``year, code``; the columns of ``provinces.csv``, emissions and quotas in Mt
    blocks : index ``year, group``; ``members, cap_mt, cap_share``, the price of the cap in yuan/t with its
        parts, and, where they were asked for, the one-sided prices and the caps between which they hold
    contributions : index ``year, code``; what each adds to the price of its block's cap, yuan/t
    steps : index ``year, code, step``; ``size_mt, cost_yuan_per_t``
    raw_share : index ``year, code``; what entitlements inside a block are in proportion to, Mt; or None
    endings : how the programmes ended, in the order of their years
    checks : index ``name``; ``figure, passed``
    market_sectors : index ``year, code``; each quota divided into what the national market allocates and
        what the province answers for, Mt; None where the study names no sectors of the market
    mps : the linear programme of all years in free MPS format
    """

    provinces: pd.DataFrame
    blocks: pd.DataFrame
    contributions: pd.DataFrame
    steps: pd.DataFrame
    raw_share: pd.Series | None
    endings: tuple[Ending, ...]
    checks: pd.DataFrame
    mps: str
    market_sectors: pd.DataFrame | None

    @property
    def total(self) -> Ending:
        """All programmes together: the sum of their objectives, and the widest gap."""
        return replace(
            self.endings[0],
            years=tuple(year for ending in self.endings for year in ending.years),
            objective_1e8yuan=sum(ending.objective_1e8yuan for ending in self.endings),
            penalty_1e8yuan=sum(ending.penalty_1e8yuan for ending in self.endings),
            duality_gap=max(ending.duality_gap for ending in self.endings),
        )
