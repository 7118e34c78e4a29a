"""A study file is loaded as a frozen object, or refused with every problem in it."""

import tomllib
from pathlib import Path

import pytest
import tomli_w
from pydantic import ValidationError

from capshare.base.errors import CapshareError
from capshare.study.reading import DEFAULT, load_study, shipped_studies

ROOT = Path(__file__).parents[3]


@pytest.fixture
def edited(tmp_path):
    """Problems of the base study after some changes: a dotted place and its new value."""

    def load(**changes):
        text = (ROOT / "app" / "studies" / "tian-lin-2021.toml").read_text(encoding="utf-8")
        study = tomllib.loads(text)
        for place, value in changes.items():
            *sections, key = place.split("__")
            target = study
            for section in sections:
                target = target[int(section) - 1 if section.isdigit() else section]
            target[key] = value
            if value is None:
                del target[key]
        path = tmp_path / "own.toml"
        path.write_text(tomli_w.dumps(study), encoding="utf-8")
        with pytest.raises(CapshareError, match=r"own\.toml") as caught:
            load_study(path)
        return [str(problem).removeprefix("own.toml, ") for problem in caught.value.problems]

    return load


@pytest.mark.parametrize("name", shipped_studies())
def test_a_shipped_study_and_what_it_says_of_itself(name):
    loaded = load_study(name)
    assert loaded.study.study.name == name
    assert loaded.path.read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("name", shipped_studies())
def test_the_settings_are_a_study_file_that_says_the_same(name, tmp_path):
    study = load_study(name).study
    path = tmp_path / "again.toml"
    path.write_text(tomli_w.dumps(study.settings()), encoding="utf-8")
    assert load_study(path).study == study


def test_the_default_study_answers_the_question_of_today():
    assert DEFAULT == "china-15fyp"
    assert {DEFAULT, "tian-lin-2021", "tian-lin-2021-given"} <= set(shipped_studies())
    assert load_study() == load_study(DEFAULT)


def test_a_study_is_frozen():
    study = load_study().study
    with pytest.raises(ValidationError, match="frozen"):
        study.study.seed = 1


def test_a_byte_order_mark_does_not_matter(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(load_study().path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert load_study(path).study == load_study().study


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("allocation__trade_limt", "found the unknown key 'trade_limt'. Did you mean trade_limit?"),
        ("groups__kk", "a key of groups; found the unknown key 'kk'. Known: method, on, k, restarts"),
        ("indicators__1__dircetion", "found the unknown key 'dircetion'. Did you mean direction?"),
        ("potential__indicators__2__principle", "found the unknown key 'principle'. Known: id, expression, "),
        ("alocation", "a key of a study; found the unknown key 'alocation'. Did you mean allocation?"),
    ],
)  # fmt: skip
def test_an_unknown_key_and_the_nearest_known_one(edited, place, message):
    [problem] = edited(**{place: 1})
    assert problem.startswith(place.replace("__1__", " 1.").replace("__2__", " 2.").replace("__", "."))
    assert message in problem


@pytest.mark.parametrize(
    ("place", "value", "choices"),
    [
        ("weights__method", "entrpy", "'entropy', 'equal', 'critic' or 'given'"),
        ("groups__method", "k-means", "'kmeans', 'given' or 'none'"),
        ("allocation__scope", "group", "'groups' or 'national'"),
        ("indicators__1__direction", "up", "'more' or 'less'"),
        ("emissions__method", "fuel", "'column' or 'fuels'"),
    ],
)
def test_a_typo_names_the_valid_choices(edited, place, value, choices):
    [problem] = edited(**{place: value})
    assert f"expected {choices}" in problem
    assert f"found {value!r}" in problem


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        ("allocation__floor", "low", "number or a table { key = value }"),
        ("allocation__penalty_yuan_per_t", "much", "'auto' or number"),
        ("potential__components", "kaisr", "'kaiser' or a table { key = value }"),
        ("weights", "entropy", "a table { key = value }"),
    ],
)
def test_where_several_forms_are_valid_one_problem_names_them_all(edited, place, value, expected):
    [problem] = edited(**{place: value})
    assert problem.startswith(f"{place.replace('__', '.')}: expected {expected}; found {value!r}.")


def test_inside_one_of_several_forms_the_place_is_that_of_the_file(edited):
    [problem] = edited(potential__components={"variance": 1.5})
    assert problem.startswith("potential.components.variance: expected ")
    assert "less than or equal to 1" in problem
    [problem] = edited(allocation__floor={"Beijing": 0.3, "Tianjin": -1.0})
    assert problem.startswith("allocation.floor.Tianjin: expected ")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"groups__k": 0}, "groups.k: expected greater than or equal to 1; found 0"),
        ({"groups__k": "6"}, "groups.k: expected integer; found '6'"),
        ({"groups__k": 6.5}, "groups.k: expected integer; found 6.5"),
        ({"study__seed": True}, "study.seed: expected integer; found True"),
        ({"study__name": "../up"}, "study.name: expected text of the form"),
        ({"indicators__2__expression": ""}, "indicators 2.expression: expected text that is not empty"),
        ({"indicators": []}, "expected either [[indicators]] or a section [burden]"),
        ({"indicators__2__id": "gdp"}, "gdp more than once"),
        ({"cap": None}, "cap: expected this key; found nothing"),
        ({"emissions__column": None}, 'a `column` with method "column"'),
        ({"balance__slight_mt": 300.0}, "slight_mt below severe_mt"),
        ({"groups__split": "given"}, "the name of a published `table`"),
        ({"weights__method": "given"}, "weights in `given`"),
        ({"allocation__constraint": [{"name": "r", "provinces": ["北京"]}]}, "exactly one of min_share"),
        ({"allocation__constraint": [{"name": "r", "min_mt": 1.0}]}, "either `provinces` or `weights`"),
        ({"allocation__max_deviation": float("nan")}, "allocation.max_deviation: expected"),
        ({"solver__threads": 0}, "solver.threads: expected greater than or equal to 1"),
    ],
)  # fmt: skip
def test_a_wrong_value(edited, changes, message):
    changes = {"solver": {}, **changes} if "solver__threads" in changes else changes
    [problem] = edited(**changes)
    assert message in problem


def test_all_problems_of_a_file_at_once(edited):
    problems = edited(
        study__seed=-1,
        weights__method="entrpy",
        groups__kk=3,
        groups__k=0,
        allocation__floor="low",
        potential__components="kaisr",
        cap=None,
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "study.seed",
        "cap",
        "weights.method",
        "groups.k",
        "groups.kk",
        "allocation.floor",
        "potential.components",
    ]


def test_a_name_that_no_study_has(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CapshareError, match=r"found 'tian-lin-2012'\. Did you mean tian-lin-2021"):
        load_study("tian-lin-2012")
    with pytest.raises(CapshareError, match=r"Give a shipped name or the path of a \.toml file"):
        load_study(tmp_path / "nowhere.toml")
