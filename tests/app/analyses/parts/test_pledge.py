"""What the pledge asks beside the plan, on the published figures, and where there is nothing to say."""

from dataclasses import replace

import pytest

from capshare.analyses.parts.pledge import pledge_beside_plan

# Cut of 48.4 % by 2020, then changes of -3.8, -0.8, 0.0, -3.4 and -5.0 %: the statistical communiques.
LEFT = 0.516 * 0.962 * 0.992 * 1.0 * 0.966 * 0.95


@pytest.fixture(scope="module")
def china(prepared):
    return prepared("china-15fyp")


def without(found, **roles):
    """The study with another dataset: one whose national roles lack some, or are other series."""
    dataset = found.inputs.dataset
    named = {**dataset.facts.roles.names["national"], **roles}
    national = {role: name for role, name in named.items() if name}
    facts = replace(
        dataset.facts,
        roles=replace(dataset.facts.roles, names={**dataset.facts.roles.names, "national": national}),
    )
    return replace(found, inputs=replace(found.inputs, dataset=replace(dataset, facts=facts)))


def test_65_percent_below_2005_asks_more_than_17(china):
    row = pledge_beside_plan(china).loc[2030]
    assert row["pledge_asks_pct"] == pytest.approx(100 * (1 - 0.35 / LEFT))
    assert row["pledge_asks_pct"] == pytest.approx(22.5, abs=0.1)
    assert row["base_cut_pct"] == pytest.approx(100 * (1 - LEFT))
    assert (row["plan_asks_pct"], row["official_year"], row["official_cut_pct"]) == (17.0, 2020, 48.4)


@pytest.mark.parametrize(
    "roles",
    [
        {"pledged_cut": None},
        {"official_cut": None},
        {"intensity_change": None},
        # A pledge for another year, and changes of too few years.
        {"pledged_cut": "target_intensity_cut_vs_2015"},
        {"intensity_change": "target_intensity_cut_vs_2010"},
    ],
)
def test_without_a_figure_nothing_is_said(china, roles):
    assert pledge_beside_plan(without(china, **roles)) is None


@pytest.mark.slow
def test_a_study_without_targets_is_not_told(prepared):
    assert pledge_beside_plan(prepared("china-2035")) is None
