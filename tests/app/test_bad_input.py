"""Every wrong input ends with exit code 2, one message with all problems, and nothing on disk."""

import csv
import re

import pytest

OWN, PROVINCES = "own.toml", "provinces.csv"


def edit_table(folder, change):
    """Change the rows of the provinces' table, each a dict of texts."""
    path = folder / "data" / PROVINCES
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    header = list(rows[0])
    rows = change(rows) or rows
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def refused(call, own_study, tmp_path):
    """Problems a run of the spoiled study ends with, after checking how it ended."""

    def run(output="out"):
        before = sorted(tmp_path.rglob("*"))
        code, printed, message = call("run", own_study, "-o", output)
        assert (code, printed) == (2, "")
        assert "Traceback" not in message
        assert sorted(tmp_path.rglob("*")) == before
        first, *problems = message.splitlines()
        assert first == f"capshare: {len(problems)} problem{'s' if len(problems) > 1 else ''}"
        for problem in problems:
            assert re.match(r"  - \S.*: expected .+; found .+\. \S+", problem), problem
        return problems

    return run


def cell(code, column, value):
    def change(rows):
        for row in rows:
            if row["code"] == code:
                row[column] = value

    return change


def without(code):
    return lambda rows: [row for row in rows if row["code"] != code]


def twice(code):
    return lambda rows: [*rows, *(row for row in rows if row["code"] == code)]


@pytest.mark.parametrize(
    ("change", "place", "found"),
    [
        (without("640000"), r"region 640000 \(Ningxia\)", "none"),
        (twice("110000"), "row 32", "110000 again, as in row 2"),
        (cell("110000", "gdp_1e8yuan", "NaN"), "row 2, column gdp_1e8yuan", "'NaN'"),
        (cell("120000", "gdp_1e8yuan", ""), "row 3, column gdp_1e8yuan", "a blank cell"),
        (cell("130000", "gdp_1e8yuan", "inf"), "row 4, column gdp_1e8yuan", "'inf'"),
        (cell("110000", "population_1e4", "-12"), "row 2, column population_1e4", "'-12'"),
        (cell("110000", "population_1e4", "many"), "row 2, column population_1e4", "'many'"),
        (cell("110000", "code", "119999"), "row 2, column code", "'119999'"),
    ],
    ids=["missing", "duplicate", "nan", "blank", "infinite", "negative", "text", "unknown-province"],
)
def test_a_wrong_table(refused, own_study, change, place, found):
    edit_table(own_study.parent, change)
    problems = refused()
    pattern = rf"  - provinces\.csv, {place}: expected .+; found {re.escape(found)}"
    assert any(re.match(pattern, problem) for problem in problems), problems


def test_every_wrong_cell_is_named_at_once(refused, own_study):
    changes = [
        cell("110000", "gdp_1e8yuan", "NaN"),
        cell("120000", "population_1e4", "-12"),
        cell("650000", "coal_1e4t", "much"),
        twice("130000"),
        without("640000"),
    ]
    for change in changes:
        edit_table(own_study.parent, change)
    message = "\n".join(refused())
    assert message.count("\n") == len(changes) - 1
    for found in ("'NaN'", "'-12'", "'much'", "130000 again", "640000 (Ningxia)"):
        assert found in message


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("max_deviation =", "max_deviaton =", "allocation.max_deviaton", "Did you mean max_deviation?"),
        ("[balance]", "[blance]", "blance", "Did you mean balance?"),
        ('"gdp_1e8yuan"', '"gpd_1e8yuan"', "indicators, gdp, expression", "Did you mean gdp_1e8yuan?"),
        ("k = 6", "k = 1", "groups.k", 'found 1. For one group of all provinces, method = "none".'),
        ("k = 6", "k = 30", "groups.k", "expected 2 to 29 groups of 30 provinces, for k-means; found 30."),
        ("k = 6", "k = 31", "groups.k", "found 31. Choose fewer, or, for one group of all provinces, method"),
        ("floor = 0.30", "floor = 1.2", "allocation.floor", "cap of 2017, 13490 Mt; found 16188 Mt"),
        ("trade_limit = 0.10", "trade_limit = nan", "allocation.trade_limit", "found nan"),
        (
            "mt = { 2017 = 13490.0 }",
            "mt = { 2017 = -1 }",
            "cap.mt.2017",
            "expected greater than or equal to 0.001; found -1",
        ),
        ('"gdp_1e8yuan / emissions_mt"', '"gdp_1e8yuan ** 2"', "indicators, gdp_per_tonne, expression", "**"),
        ('"population_1e4"', '"max(population_1e4)"', "indicators, population, expression", "max("),
        ('table = "table1"', 'table = "table2"', "emissions.table", "expected a published table"),
        ('dataset = "data"', 'dataset = "nowhere"', "", "found 'nowhere'"),
    ],
)
def test_a_wrong_study(refused, spoil, old, new, place, message):
    spoil(OWN, old, new)
    [problem] = refused()
    source = f"{OWN}, {place}: " if place else "dataset: "
    assert problem.startswith(f"  - {source}expected ")
    assert message in problem


def test_every_wrong_reference_is_named_at_once(refused, spoil):
    spoil(OWN, '"gdp_1e8yuan"', '"gpd_1e8yuan"')
    spoil(OWN, '"population_1e4"', '"__import__(1)"')
    spoil(OWN, "k = 6", "k = 31")
    spoil(OWN, "floor = 0.30", 'floor = { default = 0.3, "Atlantis" = 0.3 }')
    message = "\n".join(refused())
    assert message.count("\n") == 3
    for found in ("gpd_1e8yuan", "__import__", "31", "Atlantis"):
        assert found in message


@pytest.mark.parametrize(("bound", "no_limit"), [("floor", "0"), ("ceiling", "inf")])
def test_a_table_of_bounds_says_what_holds_for_the_others(refused, spoil, bound, no_limit):
    spoil(OWN, "floor = 0.30", f'{bound} = {{ "内蒙古" = 0.75 }}')
    [problem] = refused()
    assert problem == (
        f"  - {OWN}, allocation.{bound}: expected a table with `default`, the share of each province that it "
        f"does not name; found 内蒙古. Add the share that is meant, or default = {no_limit} for no limit."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ": expected a study; found an empty file"),
        ("# nothing but a comment\n", ": expected a study; found an empty file"),
        ("[study\nname = 1", ", line 1: expected a TOML file in UTF-8; found"),
        ("code,cap\n1,2\n", ", line 1: expected a TOML file in UTF-8; found"),
    ],
)
def test_a_file_that_is_no_study(refused, own_study, text, message):
    own_study.write_text(text, encoding="utf-8")
    [problem] = refused()
    assert problem.startswith(f"  - {OWN}{message}")


def test_a_study_that_is_not_utf_8(refused, own_study):
    own_study.write_bytes("[study]\nname = '北京'\n".encode("gb18030"))
    [problem] = refused()
    assert problem.startswith(f"  - {OWN}, line 2: expected a TOML file in UTF-8; found another encoding")


@pytest.mark.parametrize("name", [PROVINCES, "regions.csv", "table1.csv", "panel.csv"])
def test_an_empty_table(refused, own_study, name):
    (own_study.parent / "data" / name).write_text("", encoding="utf-8")
    problems = refused()
    assert f"  - {name}: expected a header and rows; found an empty file. Fill the file." in problems


def test_a_table_that_is_not_there(refused, own_study):
    (own_study.parent / "data" / PROVINCES).unlink()
    [problem] = refused()
    assert problem.startswith(f"  - {PROVINCES}")


def test_a_folder_that_cannot_be_written(refused, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    [problem] = refused(output=tmp_path / "file" / "out")
    assert problem.startswith(
        f"  - output folder, {(tmp_path / 'file' / 'out').resolve()}: expected a writable"
    )


@pytest.mark.slow
def test_one_constant_indicator_weighs_nothing_and_is_reported(call, made_before, own_study, spoil, tmp_path):
    spoil(OWN, "[prices]", "[prices]\nbootstrap_draws = 2")
    edit_table(own_study.parent, lambda rows: [{**row, "forest_stock_1e4m3": "5"} for row in rows])
    code, output, message = call("run", own_study, "-o", "out")
    assert (code, message) == (0, "")
    with (tmp_path / "out" / "weights.csv").open(encoding="utf-8", newline="") as stream:
        weight = {row["indicator"]: float(row["weight"]) for row in csv.DictReader(stream)}
    assert weight.pop("forest_stock") == 0.0
    assert sum(weight.values()) == pytest.approx(1, rel=1e-12)
    assert min(weight.values()) > 0
    assert re.search(
        r"forest_stock.*constant|constant.*forest_stock", " ".join(output.split("Notes")[1].split())
    )


def test_indicators_that_are_all_constant(refused, own_study):
    text = own_study.read_text(encoding="utf-8")
    quota, potential = text.split("[potential]")
    quota = re.sub(r'expression = "[^"]*"', 'expression = "gdp_1e8yuan / gdp_1e8yuan"', quota)
    own_study.write_text(f"{quota}[potential]{potential}", encoding="utf-8")
    [problem] = refused()
    assert "constant" in problem
    for name in ("gdp", "population", "gdp_per_tonne", "forest_stock", "cultivated_land"):
        assert name in problem
