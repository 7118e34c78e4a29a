"""Tasks: which draws an ensemble makes, cut into chunks that any process can take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from capshare.analyses.ensemble.draws import Draw

CHUNK = 250
DRAWS, DRIVERS = "draws", "drivers"
# Their indices are then known to about a tenth, at a cost of so many draws for each uncertain input.
MOST_PAIRS = 256


class Task(NamedTuple):
    """Draws that one process makes in one go.

    Attributes
    ----------
    file : where they are kept, in the ensemble's folder
    draws : in order
    """

    file: str
    draws: tuple[Draw, ...]


def pairs_of(count: int, inputs: Sequence[str]) -> int:
    """Pairs of draws that tell what drives the spread, at most as many more draws as there are.

    Parameters
    ----------
    count : draws of the ensemble
    inputs : names of the uncertain inputs
    """
    return min(count // 2, count // max(len(inputs), 1), MOST_PAIRS)


def tasks(count: int, pairs: int, inputs: Sequence[str]) -> list[Task]:
    """Every draw of an ensemble, in chunks.

    The first draws serve as pairs, 2p and 2p+1; for each pair and input there is one more draw, which has
    that input from the second and all others from the first.

    Parameters
    ----------
    count : draws
    pairs : of them that tell what drives the spread
    inputs : names of the uncertain inputs
    """
    each = max(1, CHUNK // max(len(inputs), 1))
    own = [
        Task(_file(DRAWS, first, last), tuple(Draw(number) for number in range(first, last)))
        for first, last in _ranges(count, CHUNK)
    ]
    mixed = [
        Task(
            _file(DRIVERS, first, last),
            tuple(Draw(2 * pair, name, 2 * pair + 1) for pair in range(first, last) for name in inputs),
        )
        for first, last in _ranges(pairs if len(inputs) else 0, each)
    ]
    return own + mixed


def _ranges(count: int, size: int) -> list[tuple[int, int]]:
    return [(first, min(first + size, count)) for first in range(0, count, size)]


def _file(folder: str, first: int, last: int) -> str:
    # Zeros in front keep the order of the names that of the numbers.
    return f"{folder}/{first:09d}-{last - 1:09d}.parquet"
