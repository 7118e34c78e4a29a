"""Draws: which random numbers each uncertain input takes, each from its own place of a counter.

Nothing is carried from one draw to the next, so a draw is the same whoever computes it, and after what.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from capshare.solvers.program import Vector
from capshare.study.sections.uncertainty import UncertainSetting, Uncertainty, UncertainWeights

# Normal spreads of settings end here, so that the study can be asked whether it allows the ends.
CUT_OFF_SD = 3.0


class Draw(NamedTuple):
    """One draw; of the draws that tell what drives the spread, one input is that of another draw.

    Attributes
    ----------
    number : from 0
    swapped : the input that is another draw's; "" for none
    other : number of that draw
    """

    number: int
    swapped: str = ""
    other: int = 0


@dataclass(frozen=True)
class Drawn:
    """What a draw makes of the uncertain inputs; one per province in the order of the codes.

    Attributes
    ----------
    column_factor : column → what it is multiplied by
    inventory : 0 for the study's own, else the number of another
    weight : of the indicators; None where they follow from the indicators
    cost_factor : what costs are multiplied by
    growth_points : what is added to national growth, percentage points a year
    settings : key → value, in the unit of the key
    """

    column_factor: dict[str, Vector]
    inventory: int
    weight: Vector | None
    cost_factor: Vector
    growth_points: float
    settings: dict[str, float]


@dataclass(frozen=True)
class Centre:
    """What the spreads are around.

    Attributes
    ----------
    seed : of the study
    provinces : how many
    weight : the study's own weights, one per indicator
    settings : key → the study's value
    """

    seed: int
    provinces: int
    weight: Vector
    settings: dict[str, float]


def input_names(asked: Uncertainty) -> tuple[str, ...]:
    """The uncertain inputs by name, in the order of the section.

    Parameters
    ----------
    asked : the study's section
    """
    return (
        *(f"columns.{column.column}" for column in asked.columns),
        *(["inventory"] if asked.inventories else []),
        *(name for name in ("weights", "costs", "growth") if getattr(asked, name) is not None),
        *(setting.key for setting in asked.settings),
    )


def drawn(asked: Uncertainty, centre: Centre, draw: Draw) -> Drawn:
    """Draw every uncertain input.

    Parameters
    ----------
    asked : the study's section
    centre : what the spreads are around
    draw : which
    """

    def random(name: str) -> np.random.Generator:
        return generator(centre.seed, name, draw.other if name == draw.swapped else draw.number)

    each, cost = centre.provinces, np.ones(centre.provinces)
    if asked.costs is not None:
        source = random("costs")
        level = lognormal(source, asked.costs.level_relative_sd)
        cost = level * lognormal(source, asked.costs.province_relative_sd, each)
    chances = [inventory.probability for inventory in asked.inventories]
    return Drawn(
        column_factor={
            column.column: lognormal(random(f"columns.{column.column}"), column.relative_sd, each)
            for column in asked.columns
        },
        inventory=_inventory(random("inventory"), chances) if chances else 0,
        weight=None if asked.weights is None else _weight(random("weights"), asked.weights, centre.weight),
        cost_factor=cost,
        growth_points=0.0 if asked.growth is None else asked.growth.sd_points * _cut_normal(random("growth")),
        settings={
            setting.key: _setting(random(setting.key), setting, centre.settings[setting.key])
            for setting in asked.settings
        },
    )


def generator(seed: int, name: str, number: int) -> np.random.Generator:
    """The random numbers of one input in one draw, by the counter-based generator Philox.

    Parameters
    ----------
    seed : of the study
    name : of the input
    number : of the draw

    References
    ----------
    Salmon, J. K., Moraes, M. A., Dror, R. O., & Shaw, D. E. (2011). Parallel random numbers: as easy as
    1, 2, 3. SC '11. doi:10.1145/2063384.2063405
    """
    own = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    # The low half of the counter goes on inside the draw.
    return np.random.Generator(np.random.Philox(key=seed | own << 64, counter=number << 128))


def lognormal(random: np.random.Generator, relative_sd: float, size: int = 1) -> Vector:
    r"""Factors with median 1 whose standard deviation is a share of their mean.

    .. math:: f=e^{\sigma z},\qquad \sigma^2=\ln(1+s^2)

    Parameters
    ----------
    random : gives z, standard normal
    relative_sd : s, share
    size : how many
    """
    factor: Vector = np.exp(np.sqrt(np.log1p(relative_sd**2)) * random.standard_normal(size))
    return factor


def ends(setting: UncertainSetting, value: float) -> tuple[float, ...]:
    """The values of a setting farthest from each other, or all of a list.

    Parameters
    ----------
    setting : uncertain
    value : the study's own
    """
    if setting.low is not None and setting.high is not None:
        return setting.low, setting.high
    if setting.sd is not None:
        return value - CUT_OFF_SD * setting.sd, value + CUT_OFF_SD * setting.sd
    return setting.values


def _inventory(random: np.random.Generator, chances: list[float]) -> int:
    others = np.cumsum(chances)
    place = int(np.searchsorted(others, random.random(), side="right"))
    # Behind all others lies the study's own.
    return (place + 1) % (len(others) + 1)


def _weight(random: np.random.Generator, asked: UncertainWeights, own: Vector) -> Vector:
    # Gamma variates divided by their sum are a Dirichlet variate; an indicator without weight keeps none.
    shape: NDArray[Any] = np.ones_like(own) if asked.concentration is None else asked.concentration * own
    amount = random.standard_gamma(shape)
    weight: Vector = amount / amount.sum()
    return weight


def _setting(random: np.random.Generator, setting: UncertainSetting, value: float) -> float:
    if setting.low is not None and setting.high is not None:
        return float(setting.low + (setting.high - setting.low) * random.random())
    if setting.sd is not None:
        return value + setting.sd * _cut_normal(random)
    return float(setting.values[random.integers(len(setting.values))])


def _cut_normal(random: np.random.Generator) -> float:
    least = ndtr(-CUT_OFF_SD)
    return float(ndtri(least + (1 - 2 * least) * random.random()))
