"""The costs of the shipped study of a plan: every curve from one study, the power curve its default."""

import pytest

from capshare.chain.stages.costs import abatement_costs

METHODS = ("power", "logarithmic", "distance-function", "productivity")


@pytest.fixture(scope="module")
def by_method(prepared):
    """Costs by every method with all else as the study has it, and its emissions."""
    found = prepared("china-15fyp")
    costs = {
        method: abatement_costs(found.study, found.inputs, bootstrap=False, method=method)
        for method in METHODS
    }
    return costs, found


def test_the_power_curve_is_the_default_of_a_plan(by_method):
    costs, found = by_method
    assert found.study.prices.method == "power"
    assert found.costs.steps.equals(costs["power"].steps)
    assert found.costs.price_yuan_per_t.equals(costs["power"].price_yuan_per_t)


@pytest.mark.parametrize("method", METHODS)
def test_steps_rise_and_have_the_same_sizes(by_method, method):
    costs, found = by_method
    steps = costs[method].steps
    rises = steps["cost_yuan_per_t"].unstack("step").diff(axis="columns").iloc[:, 1:]
    assert (rises > 0).all(axis=None)
    assert steps["size_mt"].groupby(level="code").sum().to_numpy() == pytest.approx(
        0.4 * found.inputs.emissions_mt.to_numpy()
    )


@pytest.mark.parametrize("method", ["power", "distance-function", "productivity"])
def test_half_of_all_emissions_lie_at_the_market_s_price_or_below(by_method, method):
    costs, found = by_method
    price, emissions = costs[method].price_yuan_per_t, found.inputs.emissions_mt
    anchor = found.inputs.anchor_yuan_per_t
    for beyond in (price > anchor * (1 + 1e-9), price < anchor * (1 - 1e-9)):
        assert emissions[beyond].sum() <= emissions.sum() / 2


def test_provinces_that_burn_much_coal_are_cheap(by_method):
    """Read as a planner would: Inner Mongolia, Ningxia and Shanxi below Shandong, Henan and Yunnan above."""
    price = by_method[0]["power"].price_yuan_per_t
    assert price[["150000", "640000", "140000"]].max() < 40 < 60 < price["370000"] < 66
    assert price[["410000", "530000"]].min() > 80


def test_fuels_listed_otherwise_give_the_same_costs_to_the_bit(prepared):
    found = prepared("tian-lin-2021")
    asked = found.study.prices.model_copy(update={"emissions": "fuels"})
    turned = asked.model_copy(update={"fuels": asked.fuels[::-1]})
    ours, theirs = (
        abatement_costs(found.study.model_copy(update={"prices": prices}), found.inputs, bootstrap=False)
        for prices in (asked, turned)
    )
    assert ours.steps.equals(theirs.steps)
