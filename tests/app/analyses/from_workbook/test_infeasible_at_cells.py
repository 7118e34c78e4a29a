"""An edited workbook whose rules contradict each other: what collides, and the cells to look at."""

import math

import pytest

from capshare import InfeasibleError, run_from
from capshare.analyses.from_workbook.infeasible_at_cells import infeasible_at_cells
from capshare.base.errors import StudyChange, StudyRepair, Told, told_in
from capshare.reports.workbook.edits.found_edits import Edit, FoundEdits
from capshare.reports.workbook.edits.input_cells import InputCell

CAP = InputCell("Cap path", "B9", "Cap", "2017", "Mt CO₂", "cap.mt.2017", {}, False)
BAND = InputCell("Assumptions", "B16", "Value", "Largest cut", "%", "targets.band_pct.2", {}, False)
CEILING = InputCell("Assumptions", "B14", "Value", "Ceiling", "", "allocation.ceiling", {}, False)
GIVEN = InputCell("Scores", "H6", "Group given", "Birch", "", "groups.given.b", {}, True)
WEST = 'allocation.constraint=[{name="west", provinces=["a", "b"], min_mt=155.0}]'


def change(*path):
    return StudyChange(path, ".".join(map(str, path)), 1.0, 2.0)


def told(edits, lang="en"):
    """Lines that the edits add to two of why there is no solution."""
    repairs = [
        StudyRepair((change("cap", "mt", "2017"), change("targets", "band_pct", 1)), (2017,)),
        StudyRepair((change("targets", "band_pct", 1),), (2017,)),
        # No cell has these: a number of all provinces is no number of one.
        StudyRepair((change("allocation", "ceiling", "Birch"),), (2017,)),
    ]
    why = {
        lang: Told("allocation", "", "a split", "none", "Relax.", lines=("why", "    because"))
        for lang in ("en", "zh")
    }
    found = FoundEdits(edits=edits, inputs=(CAP, BAND, CEILING, GIVEN))
    error = infeasible_at_cells(InfeasibleError(why["en"], repairs, why), found, "edited.xlsx")
    assert error.repairs == tuple(repairs)
    with pytest.raises(InfeasibleError, match="why") as caught, told_in(lang):
        raise error
    first, second, *lines = str(caught.value).split("\n")
    assert (first, second) == ("why", "    because")
    return [line.removeprefix("    ") for line in lines]


def test_edited_cells_then_those_of_the_repairs():
    assert told([Edit(CAP, 480.0, 478.5), Edit(CEILING, math.inf, 0.9), Edit(GIVEN, None, "II")]) == [
        "Edited in edited.xlsx, before and after:",
        "- sheet Cap path, cell B9 (Cap, 2017), cap.mt.2017: 480 → 478.5",
        "- sheet Assumptions, cell B14 (Value, Ceiling), allocation.ceiling: no limit → 0.9",
        "- sheet Scores, cell H6 (Group given, Birch), groups.given.b: blank → II",
        "Further cells that hold a number named in these changes:",
        "- sheet Assumptions, cell B16 (Value, Largest cut), targets.band_pct.2",
    ]


def test_in_chinese():
    assert told([Edit(BAND, 20.5, 20.0)], "zh") == [
        "edited.xlsx中修改过的单元格，修改前与修改后：",
        "- 工作表“Assumptions”的单元格B16（Value、Largest cut），targets.band_pct.2：20.5 → 20",
        "上述修改涉及的其他单元格：",
        "- 工作表“Cap path”的单元格B9（Cap、2017），cap.mt.2017",
    ]


def test_of_many_edits_the_first_ones():
    lines = told([Edit(CAP, 480.0, 400.0 + number) for number in range(23)])
    assert lines[20:22] == [
        "- sheet Cap path, cell B9 (Cap, 2017), cap.mt.2017: 480 → 419",
        "- 3 more cells",
    ]


@pytest.mark.slow
def test_of_a_run(islands, tmp_path):
    """A lower cap than a rule given beside the workbook leaves room for."""
    path = islands.workbook(
        tmp_path / "edited.xlsx", {"cap.mt.2017": 440.0, "inputs.population_1e4.b": 360.0}
    )
    with pytest.raises(InfeasibleError, match="contradict each other") as refused:
        run_from(path, islands.folder, [WEST], analyses=())
    lines = [line.strip() for line in str(refused.value).split("\n")]
    assert '- allocation.constraint "west": min_mt 155' in lines
    edited, further = (next(n for n, line in enumerate(lines) if line.startswith(head))
                       for head in ("Edited in edited.xlsx", "Further cells"))  # fmt: skip
    keys = ("inputs.population_1e4.b", "cap.mt.2017", "allocation.max_deviation")
    values = (": 350 → 360", ": 480 → 440", "")
    wanted = [f"- {islands.cells[key].place}, {key}{value}" for key, value in zip(keys, values, strict=True)]
    assert set(lines[edited + 1 : further]) == set(wanted[:2])
    assert wanted[2] in lines[further + 1 :]
