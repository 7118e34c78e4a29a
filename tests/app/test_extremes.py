"""Studies at the ends of what they may ask: they run, and what does not is refused when it is read."""

import csv
from dataclasses import replace

import pytest
import tomli_w

from capshare.analyses.names import WITHIN_RULES
from capshare.analyses.run import run
from capshare.base.errors import CapshareError
from capshare.chain.prepared import prepare
from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.checks import checks
from capshare.study.reading import load_study


@pytest.fixture
def asked(tmp_path, place_of_study):
    """Result of a shipped study with cheap prices, some of its keys changed."""

    def result(base="tian-lin-2021-t20", **allocation):
        settings = load_study(place_of_study(base)).study.settings()
        settings["prices"]["method"] = "productivity"
        settings["allocation"] |= allocation
        path = tmp_path / "own.toml"
        path.write_text(tomli_w.dumps(settings), encoding="utf-8")
        return run(load_study(path), analyses=[WITHIN_RULES])

    return result


def test_given_groups_beside_one_national_block(asked):
    """A rule that gives every province the same has no order to compare with the published one."""
    found = asked("tian-lin-2021-given", scope="national")
    correlation = found.published.within["rank_correlation"]
    assert correlation.isna().to_dict()["equal"]
    assert not correlation.isna().all()
    assert set(found.in_year().blocks.index) == {"all"}


@pytest.mark.parametrize("scope", ["groups", "national"])
def test_every_floor_at_emissions_where_the_cap_is_their_sum(asked, scope):
    found = asked(floor=1.0, scope=scope)
    assert (found.allocation.provinces["balance_mt"].abs() < 1e-6).all()
    assert found.allocation.total.objective_1e8yuan == 0


def test_a_floor_above_it_is_still_refused(asked):
    with pytest.raises(CapshareError, match=r"allocation\.floor: .*found 13490\.01349 Mt"):
        asked(floor=1.000001)


@pytest.fixture(scope="module")
def data(place_of_study):
    loaded = load_study(place_of_study("tian-lin-2021-t20"))
    prices = loaded.study.prices.model_copy(update={"method": "productivity"})
    return prepare(
        replace(loaded, study=loaded.study.model_copy(update={"prices": prices})), bootstrap=False
    ).data()


@pytest.mark.parametrize("deviation", [1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-15, 1e-300])
def test_a_distance_below_what_a_solver_tells_apart_is_none(data, deviation):
    """Presolve called 1e-12 infeasible, by rounding."""
    found = allocate(replace(data, limits=replace(data.limits, max_deviation=deviation)))
    none = allocate(replace(data, limits=replace(data.limits, max_deviation=0.0)))
    assert found.objective_1e8yuan == pytest.approx(none.objective_1e8yuan, rel=1e-8)
    quota, entitlement = found.quantities["quota_mt"], data.provinces["entitlement_mt"]
    assert quota.to_numpy() == pytest.approx(entitlement.to_numpy(), rel=2e-9)
    assert checks(found)["passed"].all()


@pytest.fixture
def changed(isles):
    """The islands' study or dataset with some texts replaced; its path."""

    def change(*replacements, file=""):
        path = isles.parent / file if file else isles
        text = path.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return isles

    return change


KEYS = "[allocation]\nmax_deviation = 0.3\n"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "penalty_yuan_per_t = 1e-9",
            "allocation.penalty_yuan_per_t: expected 'auto' or .*0.001; found 1e-09",
        ),
        (
            "penalty_yuan_per_t = 1e300",
            r"allocation.penalty_yuan_per_t: expected 'auto' or .*10000000; found 1e\+300",
        ),
        (
            "trade_cost_yuan_per_t = 1e300",
            r"allocation.trade_cost_yuan_per_t: expected 0, or a number from 1e-06",
        ),
        ("trade_cost_yuan_per_t = 1e-9", r"allocation.trade_cost_yuan_per_t: .* found 1e-09"),
        (
            "max_deviation = 1e300",
            r"allocation.max_deviation: expected a number from 0 to 10000, or inf; found",
        ),
        ("floor = 1e300", r"allocation.floor: expected less than or equal to 10000"),
        ("floor = inf", r"allocation.floor: expected less than or equal to 10000"),
        ("ceiling = 1e300", r"allocation.ceiling: expected a number from 0 to 10000, or inf"),
        ("trade_limit = -1.0", r"allocation.trade_limit: expected greater than or equal to 0; found -1"),
    ],
)
def test_a_magnitude_beyond_reason_is_refused_when_it_is_read(changed, lines, message):
    path = changed(("[potential]\n", f"[allocation]\n{lines}\n[potential]\n"))
    with pytest.raises(CapshareError, match=message) as refused:
        load_study(path)
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (r'"a\u000bb"', "U+000B; found 'a\\x0bb'"),
        (r'"\u0007"', "U+0007"),
        (r'"\tx"', "U+0009"),
        ('"=1+1"', "does not begin with ="),
        ('"+x"', "does not begin with +"),
        ('"-x"', "does not begin with -"),
        ('"@x"', "does not begin with @"),
        (f'"{"长" * 201}"', "at most 200 characters"),
    ],
)
@pytest.mark.parametrize("kind", ["indicator", "potential indicator", "rule", "province"])
def test_a_name_that_no_file_could_hold_is_refused_with_its_place(changed, kind, name, message):
    rule = "[[allocation.constraint]]\nname = {}\nprovinces = [{}]\nmin_share = 0.1\n[potential]\n"
    old, new, place = {
        "indicator": ('id = "gdp"', f"id = {name}", "indicators 2.id"),
        "potential indicator": ('id = "carbon"', f"id = {name}", "potential.indicators 2.id"),
        "rule": ("[potential]\n", rule.format(name, '"Aster"'), "allocation.constraint 1.name"),
        "province": ("[potential]\n", rule.format('"r"', name), "allocation.constraint 1.provinces 1"),
    }[kind]
    with pytest.raises(CapshareError, match=r"isles\.toml") as refused:
        load_study(changed((old, new)))
    [problem] = map(str, refused.value.problems)
    assert problem.startswith(f"isles.toml, {place}: expected a text ") or "expected text" in problem
    assert message in problem


def test_a_study_name_that_no_folder_could_have_is_refused(changed):
    assert load_study(changed(('name = "isles"', f'name = "{"i" * 200}"'))).study.study.name == "i" * 200
    with pytest.raises(CapshareError, match=r"study\.name: expected text of at most 200 characters"):
        load_study(changed(("i" * 200, "i" * 201)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "a,900,300,90",
            "a,900,300,1e9",
            r"isles\.toml, emissions: .*found 1e\+09 Mt at a \(Aster\) in 2017",
        ),
        (
            "a,900,300,90",
            "a,900,300,1e-8",
            r"isles\.toml, emissions: .*found 1e-08 Mt at a \(Aster\) in 2017",
        ),
        ("90,10,40", "90,10,1e9", r"isles\.toml, prices: .*found 1e\+09 yuan/t at a \(Aster\)"),
        ("a,900,300", "a,1e-300,300", r"provinces\.csv, row 2, column gdp_1e8yuan: expected 0, or a figure"),
    ],
)
def test_a_figure_that_the_solver_could_not_tell_apart_is_refused(changed, old, new, message):
    path = changed((old, new), file="isles/provinces.csv")
    with pytest.raises(CapshareError, match=message):
        run(load_study(path))


@pytest.mark.slow
def test_a_result_that_fails_its_own_checks_is_an_error_and_leaves_nothing(
    isles, call, monkeypatch, tmp_path
):
    monkeypatch.setattr("capshare.model.allocation.checks.TOLERANCE", -1.0)
    code, out, message = call("run", isles, "-o", tmp_path / "out")
    assert code == 2
    assert "check duality_gap: expected a figure of at most -1; found" in message
    assert "check quotas_add_up" in message
    assert not (tmp_path / "out").exists()
    assert out == ""


def test_no_cell_of_any_csv_is_a_formula(whole_isles):
    for path in (whole_isles / "run").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for cell in (cell for row in csv.reader(file) for cell in row if cell[:1] in "=+-@\t\r" and cell):
                assert float(cell) <= 0, f"{path.name}: {cell}"
