"""Columns of a table of facilities: what each holds, which a table must have."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.fields import Field, read_field

# A thousand times what the largest plants emit, make or deliver in a year: what is more has a wrong unit.
_MOST = {"minimum": 0, "maximum": 1e11}
STATUSES = ("verified", "reported", "estimate", "synthetic")
"""``verified`` by a third party, ``reported`` by the facility, an ``estimate``, or ``synthetic``: drawn."""
REQUIRED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "facility": {"type": "string"},
        "province": {"type": "string"},
        "sector": {"type": "string"},
        "year": {"type": "year", "constraints": {"minimum": 2000, "maximum": 2100}},
        "emissions_t": {"type": "number", "unit": "t CO2", "constraints": _MOST},
        "output": {"type": "number", "constraints": _MOST},
    }
)
OPTIONAL: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "benchmark": {"type": "number", "constraints": {"minimum": 0, "maximum": 1e6}},
        "unit_class": {"type": "string"},
        "heat_gj": {"type": "number", "unit": "GJ", "constraints": _MOST},
        "previous_emissions_t": {"type": "number", "unit": "t CO2", "constraints": _MOST},
        "carried_t": {"type": "number", "unit": "t CO2", "constraints": _MOST},
        "offsets_t": {"type": "number", "unit": "t CO2", "constraints": _MOST},
        "status": {"type": "string", "constraints": {"enum": list(STATUSES)}},
    }
)
OF_RESULTS = (
    *("intensity", "deviation", "quota_t", "advance_t", "settled_t", "offset_limit_t", "surrender_t"),
    *("shortfall_t", "form", "benchmark_source", "heat_benchmark", "advance_basis_t", "advance_basis"),
    *("offsets_used_t", "surplus_t", "penalty_yuan", "carried_source"),
)
"""What the facilities.csv of a result has besides: computed anew, not read."""
UNLIKE = ("facility",)
"""Columns of texts that differ from row to row; of the others each text is kept once, with its places."""
ABOVE_ZERO = ("output", "benchmark")
"""Columns by which something is divided."""
LEAST = 1e-6
"""What of them counts as above 0: a gram of product in a year."""


def facility_fields() -> tuple[Field, ...]:
    """Every column that a table of facilities may have, the required ones first."""
    return (
        *(_field(name, said, True) for name, said in REQUIRED.items()),
        *(_field(name, said, False) for name, said in OPTIONAL.items()),
    )


def _field(name: str, said: Mapping[str, Any], required: bool) -> Field:
    constraints = {**said.get("constraints", {}), "required": required}
    field, problems = read_field({"name": name, **said, "constraints": constraints}, "facilities", name)
    if field is None:
        raise CapshareError(problems)
    return field
