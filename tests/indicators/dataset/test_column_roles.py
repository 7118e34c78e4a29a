"""What a column is for is said by the dataset, or by the column's name, or it is missed in one message."""

import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset

PLAN = {
    "name": "first", "table": "provinces", "column": "plants", "from": 2015, "to": 2020, "national": "growth",
}  # fmt: skip
SPLIT = {"name": "ranked", "table": "ranking", "year": 2017, "quota": "rank"}
ROLES = {
    "provinces": {"gdp": "gdp_1e8yuan"},
    "panel": {"gdp": "gdp"},
    "national": {"gdp_growth": "growth"},
    "reference_year": 2005,
    "plans": [PLAN],
    "splits": [SPLIT],
}


@pytest.fixture
def loaded(package, describe, folder):
    """The islands with a key ``roles``."""

    def load(roles):
        if roles is not None:
            package["roles"] = roles
        describe(package)
        return load_dataset(folder)

    return load


def test_columns_by_role(loaded):
    dataset = loaded(ROLES)
    roles = dataset.facts.roles
    assert roles.require("provinces", "gdp", "islands") == "gdp_1e8yuan"
    assert roles.require_reference_year("islands") == 2005
    assert dataset.national_series("gdp_growth").to_dict() == {2016: 2.0, 2017: -1.5}
    assert dataset.panel_of("gdp").loc["n"].to_dict() == {2016: 9.0, 2017: 10.0}
    (plan,) = roles.plans
    assert (plan.name, plan.first_year, plan.last_year, plan.figures_of) == ("first", 2015, 2020, 2015)
    (split,) = roles.splits
    assert (split.name, split.table, split.year, split.column) == ("ranked", "ranking", 2017, "rank")
    assert (split.balance, split.emissions) == (False, None)
    assert dataset.assigned_cuts(plan)["n"] == 9


def test_a_series_called_like_its_role_plays_it(loaded):
    assert loaded(None).facts.roles.find("panel", "gdp") == "gdp"
    assert loaded({"provinces": {"gdp": "plants"}}).facts.roles.find("panel", "gdp") == "gdp"


def test_what_no_column_plays_is_missed_with_the_remedy(loaded):
    dataset = loaded(None)
    message = (
        r"dataset islands: expected the role gdp_growth among the figures of table national; found none\."
    )
    with pytest.raises(CapshareError, match=message):
        dataset.national_series("gdp_growth")
    with pytest.raises(CapshareError, match="the role emissions among the figures of table panel"):
        dataset.panel_of("emissions")
    with pytest.raises(CapshareError, match="the year that cuts of intensity are measured against"):
        dataset.facts.roles.require_reference_year("islands")
    with pytest.raises(CapshareError, match="expected a table of role inventory; found none"):
        dataset.table_of("inventory")


WRONG = [
    (["gdp"], "roles: expected an object"),
    ({"province": {"gdp": "plants"}}, r"roles.province: expected one of .*Did you mean provinces"),
    ({"provinces": {"gdpp": "plants"}}, r"roles.provinces.gdpp: expected one of .*Did you mean gdp"),
    ({"provinces": {"gdp": "plant"}}, r"roles.provinces.gdp: .*found 'plant'\. Did you mean plants"),
    ({"provinces": {"gdp": ["plants"]}}, "roles.provinces.gdp: expected a column or variable of the table"),
    ({"inventory": {"emissions": "total_mt"}}, "roles.inventory.emissions: expected a column or variable"),
    ({"provinces": "plants"}, "roles.provinces: expected one of"),
    ({"reference_year": "2005"}, "roles.reference_year: expected a year; found '2005'"),
    ({"plans": [{"name": "first"}]}, "roles.plans: expected a list of objects with name, table, column"),
    ({"plans": [PLAN | {"figures_of": "then"}]}, "roles.plans, first: expected a year; found 'then'"),
    ({"splits": [SPLIT | {"balance": "rank"}]}, "roles.splits: expected a list of objects with name, table"),
    ({"splits": [SPLIT | {"table": "rankin"}]}, "roles.splits, ranked: .*'rankin'. Did you mean ranking"),
    ({"splits": [SPLIT | {"quota": "rang"}]}, "roles.splits, ranked: .*found 'rang'. Did you mean rank"),
    ({"splits": [SPLIT | {"emissions": "ran"}]}, "roles.splits, ranked: .*found 'ran'. Did you mean rank"),
    ({"plans": [PLAN | {"from": 2020}]}, "roles.plans, first: expected from a year to a later one"),
    ({"plans": [PLAN | {"column": "plant"}]}, "roles.plans, first: .*found 'plant'. Did you mean plants"),
    ({"plans": [PLAN | {"national": "groth"}]}, "roles.plans, first: .*found 'groth'. Did you mean growth"),
]


@pytest.mark.parametrize(("roles", "message"), WRONG, ids=[message for _, message in WRONG])
def test_roles_that_do_not_hold(loaded, roles, message):
    with pytest.raises(CapshareError, match=message):
        loaded(roles)
