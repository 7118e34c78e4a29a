"""An edited workbook gives what edited files of a study give, or is refused by the names of its cells."""

import shutil

import pytest
from openpyxl.utils import coordinate_to_tuple

import capshare
from capshare import CapshareError, run_from

POPULATION = {"inputs.population_1e4.b": 360.5}, [("isles/provinces.csv", "b,400,350,", "b,400,360.5,")]
EMISSIONS = {"inputs.inventory_mt.d": 188}, [("isles/provinces.csv", ",200,5,", ",188,5,")]
DIRECTION = (
    {"indicators.forest.direction": "less"},
    [
        (
            "isles.toml",
            'expression = "forest_1e4m3"\ndirection = "more"',
            'expression = "forest_1e4m3"\ndirection = "less"',
        )
    ],
)
WEIGHTS = (
    {f"weights.given.{name}": value for name, value in (("population", 0.5), ("gdp", 0.3), ("forest", 0.2))},
    [
        (
            "isles.toml",
            "[groups]\n",
            "[weights]\ngiven = { population = 0.5, gdp = 0.3, forest = 0.2 }\n[groups]\n",
        )
    ],
)
CAP = {"cap.mt.2017": 470.0}, [("isles.toml", "2017 = 480.0", "2017 = 470.0")]
DISTANCE = (
    {"allocation.max_deviation": 0.1},
    [("isles.toml", "[prices]", "[allocation]\nmax_deviation = 0.1\n[prices]")],
)


def group(islands):
    """Another group than the one found, for one island."""
    found = capshare.read_run(islands.folder).in_year().provinces["group"]
    other = next(name for name in sorted(found.unique()) if name != found["c"])
    return {"groups.given.c": other}, [
        ("isles.toml", "restarts = 5\n", f'restarts = 5\ngiven = {{ c = "{other}" }}\n')
    ]


@pytest.fixture
def same_both_ways(written, tmp_path):
    """Run an edited workbook, and the study with the same changes in its files: every table agrees."""

    def compare(islands, by_key, changes):
        path = islands.workbook(tmp_path / "edited.xlsx", by_key)
        outcome = run_from(path, islands.folder, analyses=())
        expected = capshare.run(islands.rewritten(tmp_path / "files", changes), analyses=())
        assert written(outcome) == written(expected)
        return outcome

    return compare


def test_all_edits_at_once_are_those_of_the_files(islands, same_both_ways):
    edits = [POPULATION, EMISSIONS, DIRECTION, WEIGHTS, CAP, group(islands)]
    by_key = {key: value for keys, _ in edits for key, value in keys.items()}
    outcome = same_both_ways(islands, by_key, [change for _, changes in edits for change in changes])
    cells = outcome.study.edits.cells
    assert set(cells["study_key"]) == set(by_key)
    # As one reads, those too that were blank: the table of edits repeats to the byte.
    of_weights = cells.loc[cells["sheet"] == "Weights", "cell"].tolist()
    assert len(of_weights) == 4
    assert of_weights == sorted(of_weights, key=coordinate_to_tuple)
    assert set(cells["source"]) == {"edited.xlsx"}
    population = cells.set_index("study_key").loc["inputs.population_1e4.b"]
    assert (population["value_before"], population["value_after"]) == ("350.0", "360.5")
    assert (population["sheet"], population["row_name"]) == ("Inputs", "Birch")
    assert cells.set_index("study_key").loc["weights.given.gdp", "row_name"] == "gdp"
    before, provinces = capshare.read_run(islands.folder), outcome.study.edits.provinces
    assert list(provinces["quota_before_mt"]) == list(before.allocation.provinces["quota_mt"])
    assert list(provinces["quota_after_mt"]) == list(outcome.allocation.provinces["quota_mt"])
    assert outcome.study.edits.years["cap_before_mt"].tolist() == [480.0]
    assert outcome.study.edits.years["cap_change_mt"].tolist() == [-10.0]


@pytest.mark.slow
@pytest.mark.parametrize("edit", [POPULATION, EMISSIONS, DIRECTION, WEIGHTS, CAP, DISTANCE, group])
def test_each_edit_is_that_of_the_files(islands, same_both_ways, written, edit):
    before = written(capshare.run(islands.study, analyses=()))
    by_key, changes = edit(islands) if callable(edit) else edit
    assert written(same_both_ways(islands, by_key, changes)) != before


BAND = {"targets.band_pct.1": 8.0, "targets.band_pct.2": 21.5}, ("band_pct = [", "band_pct = [8.0, 21.5] # [")
SPREAD = {"burden.spread_points": 6.5}, ("spread_points = ", "spread_points = 6.5 # ")
PLEDGE = {"cap.cut_pct": 16.0}, ("cut_pct = 17.0", "cut_pct = 16.0")


@pytest.mark.slow
@pytest.mark.parametrize("edit", [BAND, SPREAD, PLEDGE])
def test_edits_of_a_plan_are_those_of_its_file(planned_islands, same_both_ways, edit):
    by_key, change = edit
    same_both_ways(planned_islands, by_key, [("isles-cut.toml", *change)])


@pytest.mark.slow
def test_a_fuel_and_a_pledge_of_a_shipped_dataset(left_behind, place_of_study, tmp_path, edited_run, written):
    pledge = edited_run(left_behind("pledge-2021"), place_of_study("pledge-2021"))
    coal = pledge.kept["Inputs"][pledge.cells["inputs.coal_1e4t.140000"].cell].value
    by_key = {"inputs.coal_1e4t.140000": 1.2 * coal, "cap.cuts_pct.2030": 60.0}
    # Without its folder: the workbook carries the study, and the dataset ships.
    path = pledge.workbook(tmp_path / "edited.xlsx", by_key)
    outcome = run_from(path, analyses=())
    dataset = shutil.copytree(capshare.load_dataset("china-2017").folder, tmp_path / "data")
    table = (dataset / "provinces.csv").read_text(encoding="utf-8").splitlines()
    place, row = (
        table[0].split(",").index("coal_1e4t"),
        next(n for n, line in enumerate(table) if line[:6] == "140000"),
    )
    cells = table[row].split(",")
    cells[place] = repr(1.2 * coal)
    table[row] = ",".join(cells)
    (dataset / "provinces.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    text = place_of_study("pledge-2021").read_text(encoding="utf-8").replace("2030 = 65.0", "2030 = 60.0")
    (tmp_path / "own.toml").write_text(text.replace('"china-2017"', '"data"'), encoding="utf-8")
    assert written(outcome) == written(capshare.run(tmp_path / "own.toml", analyses=()))


def formula_cell(islands, sheet):
    """A cell of a table that holds a formula."""
    return next(
        cell
        for cell, kept in islands.kept[sheet].items()
        if kept.formula is not None and cell[0] > "D" and cell[1:] == "8"
    )


@pytest.mark.slow
def test_everything_else_is_refused_at_once_by_its_name(islands, tmp_path):
    key = "inputs.population_1e4.b"
    blank, text, far = (
        islands.cells[name] for name in (key, "inputs.gdp_1e8yuan.a", "allocation.max_deviation")
    )
    overwritten, label = formula_cell(islands, "Balance"), ("Inputs", "A7")
    solved = next(
        cell
        for cell, kept in islands.kept["Allocation"].items()
        if kept.formula is None and isinstance(kept.value, float) and cell[1:] == "8"
    )
    path = islands.workbook(
        tmp_path / "edited.xlsx",
        {
            key: None,
            "inputs.gdp_1e8yuan.a": "12,5",
            "allocation.max_deviation": -0.1,
            "inputs.forest_1e4m3.c": "=2*150",
        },
        {("Balance", overwritten): 5.0, label: "z", ("Scores", formula_cell(islands, "Scores")): "=1+1"}
        | {("Allocation", solved): 5.0},
    )
    with pytest.raises(CapshareError, match=r"edited\.xlsx, sheet Inputs") as refused:
        run_from(path, islands.folder)
    told = [str(problem) for problem in refused.value.problems]
    assert len(told) == 8, told
    for cell, found in ((blank, "a blank cell"), (text, "'12,5'"), (far, "-0.1")):
        (line,) = (line for line in told if f"sheet {cell.sheet}, cell {cell.cell} (" in line)
        assert f"found {found}" in line
    (line,) = (line for line in told if f"sheet Balance, cell {overwritten} (" in line)
    assert "expected the formula =" in line
    assert "found 5." in line
    assert any("found =1+1" in line for line in told)
    (line,) = (line for line in told if f"sheet Allocation, cell {solved} (" in line)
    assert line.count("as the run wrote it; found 5. ") == 1
    assert any("sheet Inputs, cell A7 (" in line and "found 'z'" in line for line in told)
    assert any("found the formula =2*150" in line for line in told)


@pytest.mark.slow
def test_nothing_edited_is_no_run(islands, tmp_path):
    with pytest.raises(CapshareError, match="an edited cell; found every cell as the run wrote it"):
        run_from(islands.workbook(tmp_path / "same.xlsx"), islands.folder)


@pytest.mark.slow
def test_a_workbook_of_another_run_or_of_nobody(islands, planned_islands, tmp_path):
    path = islands.workbook(tmp_path / "edited.xlsx", {"allocation.max_deviation": 0.1})
    with pytest.raises(
        CapshareError, match=r"one of a run that read another .*capshare run FOLDER --from edited"
    ):
        run_from(path, planned_islands.folder)
    with pytest.raises(
        CapshareError, match="the run's folder beside it, or a run of shipped data alone; found a run"
    ):
        run_from(path)
    other = load_workbook_of(tmp_path / "other.xlsx")
    with pytest.raises(CapshareError, match="the workbook of a run, with all its sheets; found sheets Sheet"):
        run_from(other, islands.folder)
    (tmp_path / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 with a password")
    with pytest.raises(CapshareError, match="an Excel workbook"):
        run_from(tmp_path / "locked.xlsx", islands.folder)


def load_workbook_of(path):
    from openpyxl import Workbook

    Workbook().save(path)
    return path


@pytest.mark.slow
def test_settings_beside_the_workbook_count_as_edits(islands, tmp_path):
    path = islands.workbook(tmp_path / "edited.xlsx", {"cap.mt.2017": 470.0})
    outcome = run_from(path, islands.folder, ["allocation.trade_limit=0.2"], analyses=())
    cells = outcome.study.edits.cells.set_index("study_key")
    assert cells.loc["allocation.trade_limit", ["source", "value_before", "value_after"]].tolist() == [
        "--set",
        "0.1",
        "0.2",
    ]
    assert outcome.study.settings["allocation"]["trade_limit"] == 0.2
    with pytest.raises(CapshareError, match=r"cap\.mt\.2017: expected a value once"):
        run_from(path, islands.folder, ["cap.mt.2017=460"])


@pytest.mark.slow
def test_the_folder_repeats_by_itself_and_is_read_back(islands, tmp_path):
    from capshare.analyses.verify import verify

    path = islands.workbook(
        tmp_path / "edited.xlsx", {"cap.mt.2017": 470.0, "inputs.population_1e4.b": 360.5}
    )
    folder = capshare.write(run_from(path, islands.folder), tmp_path / "after")
    found = verify(folder)
    assert [file.name for file in found.files if file.verdict != "identical"] == []
    assert "360.5" in (folder / "inputs" / "provinces.csv").read_text(encoding="utf-8")
    again = capshare.read_run(folder).study.edits
    assert set(again.cells["value_after"]) == {"470.0", "360.5"}
    # And its own workbook can be edited in turn.
    book = shutil.copy(folder / "study.xlsx", tmp_path / "again.xlsx")
    with pytest.raises(CapshareError, match="every cell as the run wrote it"):
        run_from(book, folder)


@pytest.mark.slow
def test_what_cells_ask_for_together_is_refused_with_the_others_by_its_cells(islands, tmp_path):
    """Weights of some indicators alone, of which each cell by itself is right."""
    path = islands.workbook(
        tmp_path / "edited.xlsx",
        {
            "weights.given.gdp": 0.5,
            "inputs.population_1e4.b": "many",
            "allocation.max_deviation": -0.1,
            "allocation.floor": 1.5,
        },
    )
    with pytest.raises(CapshareError, match="a weight for each of population, gdp, forest") as refused:
        run_from(path, islands.folder)
    told = {problem.place: str(problem) for problem in refused.value.problems}
    weight, population, distance, floor = (
        islands.cells[key]
        for key in (
            "weights.given.gdp",
            "inputs.population_1e4.b",
            "allocation.max_deviation",
            "allocation.floor",
        )
    )
    assert set(told) == {
        f"{weight.place}, weights.given",
        population.place,
        f"{distance.place}, allocation.max_deviation",
        f"{floor.place}, allocation.floor",
    }
    assert told[f"{weight.place}, weights.given"].startswith("edited.xlsx, sheet Weights, cell ")
    assert "Give every indicator a weight, or none." in told[f"{weight.place}, weights.given"]


@pytest.mark.slow
def test_a_section_that_does_not_fit_together_is_told_once_by_its_cells(planned_islands, tmp_path):
    """The ends of the band crossed: the whole section is wrong; what is wrong beside it is told as well."""
    path = planned_islands.workbook(
        tmp_path / "edited.xlsx",
        {"targets.band_pct.1": 40.0, "allocation.trade_limit": -0.1, "inputs.gdp_1e8yuan.a": -3.0},
    )
    with pytest.raises(CapshareError, match="a band from the least to the most") as refused:
        run_from(path, planned_islands.folder)
    least, limit, gdp = (
        planned_islands.cells[key]
        for key in ("targets.band_pct.1", "allocation.trade_limit", "inputs.gdp_1e8yuan.a")
    )
    assert {problem.place for problem in refused.value.problems} == {
        f"{least.place}, targets",
        f"{limit.place}, allocation.trade_limit",
        # The dataset allows it; what is made of it does not.
        f"{gdp.place}, baseline.gdp_column, a",
    }
    assert all(problem.source == "edited.xlsx" for problem in refused.value.problems)
    assert all("drop the row" not in problem.remedy for problem in refused.value.problems)
