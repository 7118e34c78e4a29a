"""Regions of a table as codes: how many unknown ones are compared with those of the dataset."""

import pandas as pd
import pytest

from capshare.indicators.dataset import typed_table
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.resource import Resource

ISLANDS = Regions.from_table(pd.DataFrame({"code": ["n", "s"], "name_en": ["North Island", "South Island"]}))


@pytest.fixture
def table():
    """A table with a region for each of some names, in its column island."""

    def build(*names):
        resource = Resource("provinces", "provinces", "provinces.csv", 2017, (), "island", ("",), None)
        frame = pd.DataFrame({"island": list(names)}, index=range(2, len(names) + 2))
        return typed_table.TypedTable(resource, frame, ())

    return build


def test_only_the_first_unknown_regions_are_compared(monkeypatch, table):
    """Four comparisons are two unknown names with each of two regions; the third is told without a guess."""
    monkeypatch.setattr(typed_table, "_COMPARISONS", 4)
    found = typed_table.with_codes(table("Nort Island", "s", "Sout Island", "North Islan"), ISLANDS)
    assert [problem.remedy for problem in found.problems] == [
        "Did you mean n (North Island)?",
        "Did you mean s (South Island)?",
        "Write its code or one of its names.",
    ]
    assert [problem.place.split(",")[0] for problem in found.problems] == ["row 2", "row 4", "row 5"]
    assert found.frame["code"].to_dict() == {3: "s"}


def test_known_regions_are_not_counted(monkeypatch, table):
    monkeypatch.setattr(typed_table, "_COMPARISONS", 1)
    found = typed_table.with_codes(table("n", "s", "North Island", "Nort Island"), ISLANDS)
    assert [problem.remedy for problem in found.problems] == ["Did you mean n (North Island)?"]
