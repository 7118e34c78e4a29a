"""Floors and ceilings as one number or as a table of a default and provinces."""

import pytest

import capshare
from capshare.chain.read_inputs import read_inputs


def bounds(isles, text):
    """Floors and ceilings of the islands, as shares of their emissions."""
    study = isles.read_text(encoding="utf-8").replace("[potential]", f"[allocation]\n{text}\n[potential]", 1)
    isles.write_text(study, encoding="utf-8")
    inputs = read_inputs(capshare.load_study(isles))
    emissions = inputs.emissions_mt
    return inputs.floor_mt[2017] / emissions, inputs.ceiling_mt[2017] / emissions


def test_a_default_holds_for_every_province_that_is_not_named(isles):
    floor, ceiling = bounds(
        isles, 'floor = { default = 0.2, "甲岛" = 0.5, "b" = 0.0 }\nceiling = { Aster = 2.0, default = 3.0 }'
    )
    assert floor.to_dict() == pytest.approx({"a": 0.5, "b": 0.0, **dict.fromkeys("cdef", 0.2)})
    assert ceiling.to_dict() == pytest.approx({"a": 2.0, **dict.fromkeys("bcdef", 3.0)})


def test_a_table_of_the_default_alone_is_that_number(isles):
    floor, _ = bounds(isles, "floor = { default = 0.4 }")
    assert (floor.round(12) == 0.4).all()
