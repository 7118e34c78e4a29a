"""A problem that a formula finds is told by the study's own keys, never by the name of a function."""

import ast
from pathlib import Path

import pytest

from capshare.base.errors import CapshareError, InfeasibleError, Problem, StudyChange, StudyRepair
from capshare.chain.read_inputs import read_inputs
from capshare.study import words
from capshare.study.reading import load_study
from capshare.study.words import in_study_words, told_in_study_words

ROOT = Path(__file__).parents[3]
# Quotas of facilities follow from a table and the rules of its market; no study has to do with them.
APART = ROOT / "model" / "facilities"
FORMULAS = [
    *(path for path in (ROOT / "model").rglob("*.py") if APART not in path.parents),
    *(ROOT / "indicators").glob("*.py"),
]
# What raises or collects problems, and takes first of all the name of what it is about.
TELLERS = ("Problem", "require_numbers", "require_same_index", "year_problems", "positive_problems",
           "number_problems")  # fmt: skip
# Names that are a user's: of an input, a section, a rule.
TELLING = ("dataset", "scenario", "allocation", "allocation.constraint", "solver", "rule",
           "rule minimum-gini", "rule zsg-dea", "province", "region")  # fmt: skip


@pytest.fixture
def problems(own_study, spoil):
    """Problems of the study after a replacement, without the name of the file."""

    def read(old, new):
        spoil("own.toml", old, new)
        with pytest.raises(CapshareError, match=r"own\.toml, ") as caught:
            read_inputs(load_study(own_study))
        assert {problem.source for problem in caught.value.problems} == {"own.toml"}
        return [f"{problem.place}: {problem.expected}; {problem.found}" for problem in caught.value.problems]

    return read


CAP = "mt = { 2017 = 13490.0 }"


def test_a_year_that_the_cap_lacks(problems, spoil):
    spoil("own.toml", "base_year = 2017", "base_year = 2017\nyears = [2017]")
    assert problems(CAP, "mt = { 2018 = 13490.0 }") == ["cap.mt: a value for 2017; none"]


def test_provinces_that_the_baseline_lacks(problems):
    found = problems(
        "[balance]", '[baseline]\nmethod = "table"\nmt = { "北京" = { 2017 = 80.5 } }\n[balance]'
    )
    assert found[0] == "baseline.mt: emissions of every province; none of 120000 (Tianjin)"
    assert len(found) == 29


def test_other_emissions_in_the_baseline_than_in_the_dataset(problems, own_study):
    codes = [
        row.split(",")[0] for row in (own_study.parent / "data" / "provinces.csv").read_text("utf-8").split()
    ]
    table = ", ".join(f'"{code}" = {{ 2017 = 3.0 }}' for code in codes[1:] if code.isdecimal())
    found = problems("[balance]", f'[baseline]\nmethod = "table"\nmt = {{ {table} }}\n[balance]')
    assert found[0] == "baseline.mt, 110000, 2017: the study's 80.5 Mt; 3"


def test_an_absolute_cap_below_what_is_emitted(problems):
    new = "peak_year = 2017\npeak_mt = 10.0\ncut_pct = 8.0"
    found = problems(f'method = "table"\n{CAP}', f'method = "absolute"\n{new}')
    assert found == ["cap.peak_mt: the 13490 Mt of the base year; 10"]


def test_a_formula_that_no_study_names_keeps_its_words():
    problem = Problem("provinces.csv", "row 2", "a year", "'x'", "Correct it.")
    assert in_study_words(problem, "own.toml") is problem


def test_cells_keep_their_labels():
    problem = Problem("min_max", "values[110000, gdp]", "a finite number", "nan", "Supply it.")
    assert in_study_words(problem, "own.toml").place == "indicators, 110000, gdp"


MEND = StudyRepair((StudyChange(("cap", "mt"), "cap.mt", 1.0, 2.0),), (2017,))


def test_the_kind_of_error_and_its_repairs_stay(own_study):
    @told_in_study_words
    def collide(study):
        raise InfeasibleError(Problem("table_cap_path", "cap_mt", "a cap", "none", "Give one."), [MEND])

    with pytest.raises(InfeasibleError, match=r"^own\.toml, cap\.mt: expected a cap") as raised:
        collide(load_study(own_study))
    assert raised.value.repairs == (MEND,)


def sources(path):
    """Names of functions that a module gives as the source of a problem."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = zip(target.elts, node.value.elts, strict=False) if isinstance(target, ast.Tuple) and (
                    isinstance(node.value, ast.Tuple)) else [(target, node.value)]  # fmt: skip
                for name, value in pairs:
                    if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                        texts.setdefault(name.id, set()).add(value.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") in TELLERS:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield first.value
            elif isinstance(first, ast.Name) and first.id == "source":
                yield from (text for text in texts.get("source", ()) if isinstance(text, str))


@pytest.mark.parametrize("path", FORMULAS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_formula_is_known_by_its_key(path):
    named = {source.partition("(")[0] for source in sources(path)} - set(TELLING)
    assert named <= set(words._WORDS)
