"""The shape of an outcome: small parts, and the year a level of every frame that has rows per year."""

import dataclasses
import importlib
import pkgutil

import pandas as pd
import pytest

from capshare.base.years import has_years, in_year
from capshare.model import outcome as package
from capshare.model.outcome.outcome import Outcome

MOST_FIELDS = 15


def parts():
    for module in pkgutil.iter_modules(package.__path__):
        found = importlib.import_module(f"{package.__name__}.{module.name}")
        yield from (value for value in vars(found).values() if dataclasses.is_dataclass(value))


@pytest.mark.parametrize("part", sorted(set(parts()), key=lambda part: part.__name__))
def test_every_part_is_frozen_and_small(part):
    assert part.__dataclass_params__.frozen
    assert len(dataclasses.fields(part)) <= MOST_FIELDS


def test_every_part_says_what_its_fields_are():
    for part in {*parts(), Outcome}:
        for field in dataclasses.fields(part):
            assert field.name in part.__doc__, (part.__name__, field.name)


def frame(*levels):
    index = pd.MultiIndex.from_product([values for _, values in levels], names=[name for name, _ in levels])
    return pd.DataFrame({"value": range(len(index))}, index=index)


def test_a_year_s_rows_come_without_the_year():
    both = frame(("year", [2025, 2030]), ("code", ["a", "b"]))
    assert has_years(both)
    assert in_year(both, 2030)["value"].to_dict() == {"a": 2, "b": 3}


def test_a_frame_with_one_row_per_year_has_no_rows_of_a_year():
    assert not has_years(pd.DataFrame({"cap_mt": [1.0]}, index=pd.Index([2025], name="year")))
    assert not has_years(frame(("start", ["inventory"]), ("year", [2025, 2030])))
