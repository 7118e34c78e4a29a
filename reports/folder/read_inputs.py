"""What a run repeats of its inputs, read back from its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from capshare.model.outcome.inputs_used import InputsUsed, constraints_of

# Parts of the inputs by the names of their tables, where they differ.
_SERIES = {"national": "national_series", "provincial": "provincial_series"}
_AS_NAMED = ("nowcast", "market_parts", "electricity")


def inputs_of(get: Callable[[str], pd.DataFrame | None], settings: Mapping[str, Any]) -> InputsUsed | None:
    """The inputs that a run folder keeps; None where it keeps none.

    Parameters
    ----------
    get : name of a table → the table, None where the run has none of this name
    settings : of the study
    """
    table, fields, indicators, constraints, gdp = map(
        get, ("inputs_used", "input_fields", "indicators", "constraints", "gdp")
    )
    if table is None or fields is None or indicators is None:
        return None
    return InputsUsed(
        table=table,
        fields=fields,
        indicators=indicators,
        expressions={str(item["id"]): str(item["expression"]) for item in _scored(settings)},
        gdp_1e8yuan=None if gdp is None else gdp["gdp_1e8yuan"],
        constraints={} if constraints is None else constraints_of(constraints),
        **{name: get(name) for name in _AS_NAMED},
        **{name: get(table_name) for name, table_name in _SERIES.items()},
    )


def _scored(settings: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Indicators of the score: those of the burden where the study sets targets."""
    burden: Mapping[str, Any] = settings.get("burden") or settings
    indicators: Sequence[Mapping[str, Any]] = burden["indicators"]
    return indicators
