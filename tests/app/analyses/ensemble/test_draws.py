"""Draws: distributions as the section says them, each number at its own place of a counter."""

import numpy as np
import pytest

from capshare.analyses.ensemble.draws import (
    Centre,
    Draw,
    drawn,
    ends,
    generator,
    input_names,
    lognormal,
)
from capshare.study.sections.uncertainty import Uncertainty

REASON = {"reason": "assumed"}
ASKED = Uncertainty.model_validate(
    {
        "columns": ({"column": "gdp_1e8yuan", "relative_sd": 0.2, **REASON},),
        "inventories": (
            {"probability": 0.3, "emissions": {"method": "column", "column": "one"}, **REASON},
            {"probability": 0.2, "emissions": {"method": "column", "column": "two"}, **REASON},
        ),
        "weights": {"distribution": "around", "concentration": 9.0, **REASON},
        "costs": {"level_relative_sd": 0.5, "province_relative_sd": 0.1, **REASON},
        "growth": {"sd_points": 0.5, **REASON},
        "settings": (
            {"key": "allocation.max_deviation", "low": 0.1, "high": 0.3, **REASON},
            {"key": "cap.cut_pct", "sd": 1.0, **REASON},
            {"key": "groups.k", "values": (4.0, 5.0, 5.0, 6.0), **REASON},
        ),
    }
)
WEIGHT = np.array([0.6, 0.3, 0.1])
CENTRE = Centre(2021, 4, WEIGHT, {"allocation.max_deviation": 0.2, "cap.cut_pct": 17.0, "groups.k": 6.0})
COUNT = 4_000


@pytest.fixture(scope="module")
def many():
    return [drawn(ASKED, CENTRE, Draw(number)) for number in range(COUNT)]


def test_inputs_have_names_in_the_order_of_the_section():
    assert input_names(ASKED) == (
        "columns.gdp_1e8yuan", "inventory", "weights", "costs", "growth", "allocation.max_deviation",
        "cap.cut_pct", "groups.k",
    )  # fmt: skip


def test_errors_are_lognormal_around_one(many):
    factor = np.array([draw.column_factor["gdp_1e8yuan"] for draw in many])
    assert np.median(factor) == pytest.approx(1, abs=0.01)
    assert factor.std() / factor.mean() == pytest.approx(0.2, abs=0.01)
    assert np.abs(np.corrcoef(factor.T) - np.eye(4)).max() < 0.05
    assert factor.min() > 0


def test_costs_share_a_level(many):
    cost = np.log([draw.cost_factor for draw in many])
    level, own = np.log1p(0.25), np.log1p(0.01)
    assert cost.var() == pytest.approx(level + own, rel=0.08)
    assert np.corrcoef(cost.T)[0, 1] == pytest.approx(level / (level + own), abs=0.02)


def test_inventories_have_their_chances(many):
    number = np.bincount([draw.inventory for draw in many], minlength=3) / COUNT
    assert number == pytest.approx([0.5, 0.3, 0.2], abs=0.03)


def test_weights_are_dirichlet_around_the_studys(many):
    weight = np.array([draw.weight for draw in many])
    assert weight.sum(axis=1) == pytest.approx(np.ones(COUNT))
    assert weight.min() >= 0
    assert weight.mean(axis=0) == pytest.approx(WEIGHT, abs=0.01)
    # Of a Dirichlet distribution: w (1 - w) / (concentration + 1).
    assert weight.var(axis=0) == pytest.approx(WEIGHT * (1 - WEIGHT) / 10, rel=0.1)


def test_uniform_weights_are_uniform_on_the_simplex():
    weights = {"distribution": "uniform", **REASON}
    asked = Uncertainty.model_validate({"weights": weights})
    found = np.array([drawn(asked, CENTRE, Draw(number)).weight for number in range(COUNT)])
    # P(w > x) = (1 - x)²; three uniforms divided by their sum have 0.083 there.
    assert (found[:, 0] > 0.6).mean() == pytest.approx(0.16, abs=0.02)


def test_an_indicator_without_weight_keeps_none():
    asked = Uncertainty.model_validate(
        {"weights": {"distribution": "around", "concentration": 9.0, **REASON}}
    )
    centre = Centre(1, 4, np.array([0.0, 1.0, 0.0]), {})
    assert drawn(asked, centre, Draw(3)).weight.tolist() == [0.0, 1.0, 0.0]


def test_settings_stay_in_their_ranges(many):
    deviation, cut, k = (
        np.array([draw.settings[key] for draw in many])
        for key in ("allocation.max_deviation", "cap.cut_pct", "groups.k")
    )
    assert (deviation.min(), deviation.max()) == pytest.approx((0.1, 0.3), abs=1e-3)
    assert cut.mean() == pytest.approx(17, abs=0.05)
    assert np.abs(cut - 17).max() <= 3
    # Cut off at three standard deviations, the normal distribution has 0.987.
    assert cut.std() == pytest.approx(0.987, abs=0.03)
    assert [np.mean(k == value) for value in (4, 5, 6)] == pytest.approx([0.25, 0.5, 0.25], abs=0.03)
    growth = np.array([draw.growth_points for draw in many])
    assert growth.std() == pytest.approx(0.493, abs=0.02)
    assert [ends(setting, CENTRE.settings[setting.key]) for setting in ASKED.settings] == [
        (0.1, 0.3), (14.0, 20.0), (4.0, 5.0, 5.0, 6.0)
    ]  # fmt: skip


def test_a_draw_is_the_same_whatever_was_drawn_before():
    again = drawn(ASKED, CENTRE, Draw(17))
    other = drawn(ASKED, CENTRE, Draw(18))
    drawn(ASKED, CENTRE, Draw(3))
    assert drawn(ASKED, CENTRE, Draw(17)).cost_factor.tobytes() == again.cost_factor.tobytes()
    assert (again.cost_factor != other.cost_factor).all()


def test_an_input_does_not_depend_on_which_others_there_are():
    alone = Uncertainty(costs=ASKED.costs)
    assert (drawn(alone, CENTRE, Draw(5)).cost_factor == drawn(ASKED, CENTRE, Draw(5)).cost_factor).all()


def test_one_input_of_another_draw():
    first, second = drawn(ASKED, CENTRE, Draw(0)), drawn(ASKED, CENTRE, Draw(1))
    mixed = drawn(ASKED, CENTRE, Draw(0, "weights", 1))
    assert (mixed.weight == second.weight).all()
    assert (mixed.cost_factor == first.cost_factor).all()
    assert mixed.settings == first.settings
    assert mixed.inventory == first.inventory


def test_seeds_names_and_numbers_have_places_of_their_own():
    places = [(1, "a", 0), (2, "a", 0), (1, "b", 0), (1, "a", 1)]
    assert len({generator(*place).random() for place in places}) == len(places)
    assert lognormal(generator(1, "a", 0), 0.0, 3).tolist() == [1.0, 1.0, 1.0]
