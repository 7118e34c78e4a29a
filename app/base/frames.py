"""Checks every formula makes of its frames: same provinces, no missing number."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem


def require_same_index(source: str, **labelled: pd.Series | pd.DataFrame) -> None:
    """Refuse inputs that are not about the same provinces; order may differ.

    Parameters
    ----------
    source : the function that checks, named in the message
    labelled : argument name → Series or DataFrame

    Raises
    ------
    CapshareError
        naming the labels in which an argument differs from the first.

    """
    names = list(labelled)
    first = labelled[names[0]].index
    problems = []
    for name in names:
        index = labelled[name].index
        if index.has_duplicates:
            twice = sorted(map(str, index[index.duplicated()].unique()))
            problems.append(_problem(source, name, "each label once", f"{twice} more than once"))
        if index is first or index.equals(first):
            continue
        missing, surplus = first.difference(index), index.difference(first)
        if len(missing) or len(surplus):
            found = f"without {list(missing)}, with {list(surplus)} besides"
            problems.append(_problem(source, name, f"the labels of {names[0]}", found))
    if problems:
        raise CapshareError(problems)


def require_numbers(source: str, name: str, frame: pd.DataFrame | pd.Series) -> None:
    """Refuse cells that are not finite numbers, naming each.

    Parameters
    ----------
    source, name : what messages call the caller and the frame
    frame : of numbers, in any unit

    Raises
    ------
    CapshareError
        with one problem for each cell that is missing or infinite.

    """
    finite = np.isfinite(frame.to_numpy(dtype=float))
    if finite.all():
        return
    table = frame.to_frame() if isinstance(frame, pd.Series) else frame
    bad = np.argwhere(~finite.reshape(table.shape))
    problems = [
        Problem(
            source,
            f"{name}[{table.index[row]}, {table.columns[column]}]",
            "a finite number",
            str(table.iat[row, column]),
            "Supply the number, or leave the province or the column out.",
        )
        for row, column in bad
    ]
    if problems:
        raise CapshareError(problems)


def each_with_each(first: pd.Index, second: pd.Index) -> pd.MultiIndex:
    """Every label of one index with every label of another, in their orders.

    Labels are distinct, so that none need be compared, which ``MultiIndex.from_product`` spends its time on.

    Parameters
    ----------
    first, second : named
    """
    places = np.divmod(np.arange(len(first) * len(second)), max(len(second), 1))
    return pd.MultiIndex(
        levels=[first, second],  # type: ignore[list-item]
        codes=places,  # type: ignore[arg-type]
        names=[first.name, second.name],
        verify_integrity=False,
    )


def _problem(source: str, name: str, expected: str, found: str) -> Problem:
    return Problem(source, name, expected, found, "Give every argument the same provinces.")
