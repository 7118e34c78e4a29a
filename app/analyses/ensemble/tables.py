"""Tables of an ensemble, from its chunks, with so many numbers in memory at once and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.analyses.ensemble.by_provinces import by_provinces
from capshare.analyses.ensemble.chunk_file import ReadChunk, read_chunks
from capshare.analyses.ensemble.drivers import drivers
from capshare.analyses.ensemble.tasks import DRAWS
from capshare.model.ensemble.summary import probability_rows, quantile_rows, together
from capshare.model.outcome.balance import BALANCE_CLASSES, classify
from capshare.model.outcome.ensemble import DEFICIT, RANK, TARGET
from capshare.solvers.program import Vector
from capshare.study.sections.outcome import Balance

# Of one figure, 160 MB; beyond that provinces are taken in turns.
NUMBERS_AT_ONCE = 20_000_000
# Of a published cut, which comes in steps of at least 0.01 points.
TARGET_DIGITS = 6
FIGURES = ("quota_mt", "cut_pct", "balance_mt", "potential_rank")
PRICE = "price_yuan_per_t"
GROUP = "group"
# The rank of a province that is not in deficit, and so not ranked.
NO_RANK = 0


@dataclass(frozen=True)
class EnsembleTables:
    """What an ensemble says.

    Attributes
    ----------
    quantiles : ``code, figure, p05, p25, p50, p75, p95``
    probabilities : ``code, event, probability``
    same_group : ``code, other, probability``; each pair of provinces once
    drivers : ``code, figure, input, first_order, total, low, high``
    solved : draws with a solution
    failed : why a draw has no solution → how many
    pairs : of draws that the drivers are found from
    """

    quantiles: pd.DataFrame
    probabilities: pd.DataFrame
    same_group: pd.DataFrame
    drivers: pd.DataFrame
    solved: int
    failed: dict[str, int]
    pairs: int


class ChunkTables:
    """Tables of the chunks in a folder.

    Parameters
    ----------
    folder : of the ensemble
    codes : of the provinces, in order
    """

    def __init__(self, folder: Path, codes: tuple[str, ...]) -> None:
        self._folder, self._codes = folder, codes

    def solved(self) -> tuple[int, dict[str, int]]:
        """How many draws have a solution, and how many have none by the reason."""
        solved, failed = 0, Counter[str]()
        for chunk in self._chunks(DRAWS):
            solved += len(chunk.draws)
            failed.update(chunk.failed.values())
        return solved, dict(sorted(failed.items()))

    def quantiles(self, solved: int) -> pd.DataFrame:
        """Quantiles of every figure and of the blocks' prices; ranks among draws in which there is one.

        Parameters
        ----------
        solved : draws with a solution
        """
        parts = [
            quantile_rows(self._codes[first:last], figure, values)
            for figure in FIGURES
            for first, last, values in self._values(figure, solved)
        ]
        return pd.concat([*parts, *self._price_quantiles()], ignore_index=True)

    def probabilities(self, solved: int, thresholds: Balance) -> pd.DataFrame:
        """Chance of a deficit, of each class of the balance, of each target, of each rank and of each group.

        Parameters
        ----------
        solved : draws with a solution
        thresholds : of the classes, Mt
        """
        count = len(self._codes)
        events = [DEFICIT, *BALANCE_CLASSES]
        counts = {event: np.zeros(count, dtype=np.int64) for event in events}
        ranks = np.zeros((count + 1, count), dtype=np.int64)
        groups, targets = dict[str, Any](), dict[float, NDArray[np.int64]]()
        for chunk in self._chunks(DRAWS, "balance_mt", "target_pct", "potential_rank", "group"):
            balance = pd.Series(chunk.columns["balance_mt"].ravel())
            named = classify(balance, thresholds.slight_mt, thresholds.severe_mt).to_numpy()
            for event in BALANCE_CLASSES:
                counts[event] += (named == event).reshape(-1, count).sum(axis=0)
            placed = chunk.columns["potential_rank"].astype(np.intp) * count + np.arange(count)
            ranks += np.bincount(placed.ravel(), minlength=ranks.size).reshape(ranks.shape)
            for number, name in enumerate(chunk.names["group"]):
                groups[name] = groups.get(name, 0) + (chunk.columns["group"] == number).sum(axis=0)
            _count(chunk.columns["target_pct"].round(TARGET_DIGITS), targets)
        counts[DEFICIT] = sum((counts[event] for event in BALANCE_CLASSES if event.endswith(DEFICIT)),
                              start=np.zeros(count, dtype=np.int64))  # fmt: skip
        counts |= {f"{TARGET} {cut:g}": targets[cut] for cut in sorted(targets)}
        counts |= {f"{RANK} {rank}": ranks[rank] for rank in range(1, count + 1)}
        counts |= {f"{GROUP} {name}": groups[name] for name in sorted(groups)}
        return probability_rows(self._codes, counts, solved)

    def same_group(self, solved: int) -> pd.DataFrame:
        """Chance that two provinces are in the same group.

        Parameters
        ----------
        solved : draws with a solution
        """
        count = len(self._codes)
        pairs = np.zeros((count, count), dtype=np.int64)
        for chunk in self._chunks(DRAWS, "group"):
            pairs += together(chunk.columns["group"])
        one, other = np.triu_indices(count, 1)
        names = np.array(self._codes)
        return pd.DataFrame(
            {"code": names[one], "other": names[other], "probability": pairs[one, other] / solved}
        )

    def _values(self, figure: str, solved: int) -> Iterator[tuple[int, int, Vector]]:
        """First and last province, and draws × provinces; not a number where there is no rank."""
        chunks = (chunk.columns[figure].astype(float) for chunk in self._chunks(DRAWS, figure))
        width = max(1, NUMBERS_AT_ONCE // max(solved, 1))
        for first, last, values in by_provinces(chunks, len(self._codes), width, self._folder):
            ranked = np.where(values == NO_RANK, np.nan, values) if figure == FIGURES[-1] else values
            yield first, last, ranked

    def _price_quantiles(self) -> list[pd.DataFrame]:
        prices: dict[str, list[Vector]] = {}
        for chunk in self._chunks(DRAWS, "block", PRICE):
            block, price = chunk.columns["block"], chunk.columns[PRICE]
            for number, name in enumerate(chunk.names["block"]):
                member = block == number
                has = member.any(axis=1)
                # Every province of a block has the block's price.
                first = member[has].argmax(axis=1)
                prices.setdefault(name, []).append(price[has][np.arange(len(first)), first])
        joined = {name: np.concatenate(parts)[:, None] for name, parts in sorted(prices.items())}
        return [quantile_rows([name], PRICE, values) for name, values in joined.items()]

    def _chunks(self, folder: str, *columns: str) -> Iterator[ReadChunk]:
        return read_chunks(self._folder / folder, columns, len(self._codes))


def _count(values: NDArray[Any], counts: dict[Any, NDArray[np.int64]]) -> None:
    """Add to the counts in how many draws each province has each value; what is no number is none."""
    for value in np.unique(values).tolist():
        if value == value:
            counts.setdefault(value, np.zeros(values.shape[1], dtype=np.int64))
            counts[value] += (values == value).sum(axis=0)


def ensemble_tables(
    folder: Path, codes: tuple[str, ...], thresholds: Balance, pairs: int, inputs: tuple[str, ...], seed: int
) -> EnsembleTables | None:
    """Every table of an ensemble; None where no draw has a solution.

    Parameters
    ----------
    folder : with its chunks
    codes : of the provinces, in order
    thresholds : of the classes of the balance, Mt
    pairs : of draws that were made for the drivers
    inputs : names of the uncertain inputs
    seed : of the study
    """
    chunks = ChunkTables(folder, codes)
    solved, failed = chunks.solved()
    if solved == 0:
        return None
    driven, used = drivers(folder, codes, pairs, inputs, seed)
    return EnsembleTables(
        quantiles=chunks.quantiles(solved),
        probabilities=chunks.probabilities(solved, thresholds),
        same_group=chunks.same_group(solved),
        drivers=driven,
        solved=solved,
        failed=failed,
        pairs=used,
    )
