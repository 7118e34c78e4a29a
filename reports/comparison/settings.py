"""Settings, inputs and versions that are not the same in all runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from capshare.reports.comparison.compared_run import ComparedRun

# So many tell two files apart, and still fit a column.
_DIGITS = 12
_OWN_NAMES = ("id", "name")


def setting_differences(runs: Sequence[ComparedRun]) -> pd.DataFrame:
    """Settings, inputs and versions that are not the same in all runs.

    Parameters
    ----------
    runs : two or more

    Returns
    -------
    DataFrame, index ``part`` ("setting", "input" or "version") and ``name`` (a dotted key, a file, a
    package); per run the value as text, None where the run has none
    """
    parts: dict[str, Callable[[ComparedRun], Mapping[str, object]]] = {
        "setting": lambda run: dict(_flat(run.outcome.study.settings)),
        "input": _inputs,
        "version": lambda run: run.versions,
    }
    rows: dict[tuple[str, str], dict[str, str | None]] = {}
    for part, read in parts.items():
        found = [read(run) for run in runs]
        for name in dict.fromkeys(key for values in found for key in values):
            values = [own.get(name) for own in found]
            if any(value != values[0] for value in values[1:]):
                rows[part, name] = dict(zip([run.label for run in runs], _as_texts(values), strict=True))
    index = pd.MultiIndex.from_tuples(rows, names=["part", "name"]) if rows else None
    empty = pd.MultiIndex.from_arrays([[], []], names=["part", "name"])
    frame = pd.DataFrame(list(rows.values()), index=empty if index is None else index, dtype=object)
    return frame.reindex(columns=[run.label for run in runs])


def by_effect(settings: pd.DataFrame, largest_mt: pd.Series) -> pd.DataFrame:
    """Settings in the order of what they move, the largest first; those of which nothing is known stay last.

    Parameters
    ----------
    settings : of :func:`setting_differences`
    largest_mt : index setting, which may hold several of the names; Mt CO2
    """
    moved = [
        max((mt for key, mt in largest_mt.items() if f"{name}.".startswith(f"{key}.")), default=-1.0)
        for name in settings.index.get_level_values("name")
    ]
    order = sorted(range(len(settings)), key=lambda place: -moved[place])
    return settings.iloc[order]


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, object]]:
    """Settings by dotted keys; entries of a list by their own name, so that an insertion moves none."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _flat(item, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list | tuple) and value and all(isinstance(item, Mapping) for item in value):
        names = [str(item.get("id", item.get("name", number))) for number, item in enumerate(value, start=1)]
        if len(set(names)) < len(names):
            names = [str(number) for number in range(1, len(value) + 1)]
        for name, item in zip(names, value, strict=True):
            rest = {key: inner for key, inner in item.items() if str(inner) != name or key not in _OWN_NAMES}
            yield from _flat(rest, f"{place}.{name}")
    else:
        # What was never written has tuples where TOML has lists.
        yield place, list(value) if isinstance(value, tuple) else value


def _inputs(run: ComparedRun) -> dict[str, object]:
    """Digests of what was read; the study file says in its settings what differs."""
    return {name: digest[:_DIGITS] for name, digest in run.inputs.items() if not name.endswith(".toml")}


def _as_texts(values: Sequence[object]) -> list[str | None]:
    """Values as text, numbers in as few digits as tell them apart."""
    short, full = ([None if one is None else _as_text(one, digits) for one in values] for digits in ("g", ""))
    return short if len(set(short)) == len(set(full)) else full


def _as_text(value: object, digits: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(_as_text(one, digits) for one in value) if value else "[]"
    return format(value, digits) if isinstance(value, float) else str(value)
