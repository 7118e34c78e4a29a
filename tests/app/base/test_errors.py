"""Of sixty thousand problems of one kind a user reads twenty, and how many more there are."""

import pickle

from capshare.base.errors import LISTED, CapshareError, InfeasibleError, Problem


def problems(count, expected="a year", source="panel.csv"):
    return [Problem(source, f"row {row}", expected, "'x'", "Correct it.") for row in range(2, count + 2)]


def test_of_one_kind_the_first_are_told_and_the_others_counted():
    error = CapshareError([*problems(60_000), *problems(3, "a name")])
    lines = list(error.lines())
    assert len(error.problems) == 60_003
    assert lines[:2] == [f"panel.csv, row {row}: expected a year; found 'x'. Correct it." for row in (2, 3)]
    assert len(lines) == LISTED + 3 + 1
    assert lines[-1] == "panel.csv: 59980 more of the kind: expected a year"
    assert str(error).splitlines() == lines


def test_a_year_or_a_limit_in_what_is_expected_makes_no_other_kind():
    found = [problem for year in range(2000, 2050) for problem in problems(1, f"a value for {year}")]
    assert list(CapshareError(found).lines())[-1] == "panel.csv: 30 more of the kind: expected a value for …"


def test_other_files_are_other_kinds():
    error = CapshareError([*problems(LISTED), *problems(LISTED, source="regions.csv")])
    assert len(list(error.lines())) == 2 * LISTED


def test_a_message_is_never_a_page():
    error = CapshareError(Problem("x" * 9000, "", "a name", "y" * 9000, "z" * 9000))
    assert len(str(error)) < 7000


def test_the_command_line_tells_the_full_count_and_folds_the_lines(call, own_study):
    panel = own_study.parent / "data" / "panel.csv"
    rows = panel.read_text(encoding="utf-8").splitlines()
    text = "\n".join([rows[0], *(row.replace(",20", ",x20") for row in rows[1:])])
    panel.write_text(text, encoding="utf-8")
    code, _, message = call("check", own_study)
    first, *lines = message.splitlines()
    count = int(first.split()[1])
    assert code == 2
    assert count > 5000
    assert len(lines) <= 3 * (LISTED + 1)
    assert any(line.endswith("more of the kind: expected a year") for line in lines)


def test_another_process_gets_the_error_whole():
    zh = Problem("研究", "", "可行", "不可行", "放宽。")
    for error in (CapshareError(problems(2)), InfeasibleError(problems(1), told={"zh": zh})):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert (again.problems, str(again), vars(again)) == (error.problems, str(error), vars(error))


def test_columns_of_what_is_only_counted_are_named():
    places = [f"row {row}, column {name}" for name in ("emissions_t", "output") for row in range(15)]
    found = [Problem("works.csv", place, "a number", "'x'", "Write one.") for place in places]
    assert list(CapshareError(found).lines())[-1] == ("works.csv: 10 more of the kind: expected a number")
    # Of 40 the first 20 are told: 15 of the emissions and 5 of the output.
    more = [*found, *(Problem("works.csv", f"row {row}, column heat_gj", "a number", "", "") for row in "12")]
    assert list(CapshareError(more).lines())[-1] == (
        "works.csv: 12 more of the kind: expected a number (column output: 10, column heat_gj: 2)"
    )
