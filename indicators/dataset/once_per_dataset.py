"""What follows from a dataset alone, found once for as long as the dataset is held."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from capshare.indicators.dataset.dataset import Dataset

Found = TypeVar("Found")


def once_per_dataset(find: Callable[[Dataset], Found]) -> Callable[[Dataset], Found]:
    """Keep what a function finds in a dataset; whoever gets it leaves it as it is.

    Parameters
    ----------
    find : of a dataset, which nobody changes, and of nothing else
    """
    kept: WeakKeyDictionary[Dataset, Found] = WeakKeyDictionary()

    @wraps(find)
    def found(dataset: Dataset) -> Found:
        if dataset not in kept:
            kept[dataset] = find(dataset)
        return kept[dataset]

    return found
