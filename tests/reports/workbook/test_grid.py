import pytest

from capshare.reports.workbook.grid import Grid, literal


@pytest.fixture
def grid():
    return Grid("Planner's sheet", 5, ("x", "y", "z"), ("code", "quota_mt", "share"))


def test_cells_and_columns_are_named_for_formulas(grid):
    assert grid.at("quota_mt", "y") == "B7"
    assert grid.ref("quota_mt", "y") == "'Planner''s sheet'!$B$7"
    assert grid.span("share") == "C$6:C$8"
    assert grid.span("share", ["y", "z"]) == "C$7:C$8"
    assert grid.column("code", ["x"]) == "'Planner''s sheet'!$A$6:$A$6"
    assert grid.across("quota_mt", "share", "z") == "B8:C8"


def test_an_unknown_name_is_an_error(grid):
    with pytest.raises(KeyError, match="cost"):
        grid.at("cost", "x")


def test_quotes_in_text_are_doubled():
    assert literal('say "no"') == '"say ""no"""'


def test_references_that_are_copied_move_with_their_row(grid):
    assert grid.peer("quota_mt", "y") == "'Planner''s sheet'!$B7"
    assert (
        grid.find("share", "$A9", by="code")
        == "INDEX('Planner''s sheet'!$C$6:$C$8,MATCH($A9,'Planner''s sheet'!$A$6:$A$8,0))"
    )
    assert (
        grid.sum_where("share", code="$A9")
        == "SUMIFS('Planner''s sheet'!$C$6:$C$8,'Planner''s sheet'!$A$6:$A$8,$A9)"
    )
