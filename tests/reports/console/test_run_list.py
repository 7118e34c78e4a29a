"""Runs on one line each: no figure is cut, whatever the width."""

import io

import pytest
from rich.console import Console

from capshare.reports.console.run_list import RunLine, print_runs

LINE = RunLine(
    name="tian-lin-2021-given", study="tian-lin-2021-given", written="2026-11-22 10:44", year=2035, years=10,
    cap_mt=11_695.7, deficit_mt=4_114.9, cost_1e8yuan=3_003.78, price_yuan_per_t=163.52,
    state="unchanged", detail="",
)  # fmt: skip


def printed(width):
    console = Console(file=io.StringIO(), width=width)
    print_runs([LINE], console)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("width", "there", "left_out"),
    [
        (120, ["2026-11-22 10:44", "4,114.9", "3,003.78", "163.52"], []),
        (80, ["4,114.9", "3,003.78", "163.52"], ["2026-11-22"]),
        (50, ["11,695.7"], ["163.5", "3,003.7"]),
    ],
)
def test_figures_are_whole_or_left_out(width, there, left_out):
    said = printed(width)
    assert "tian-lin-2021" in said
    assert "unchanged" in said
    assert [figure for figure in there if figure not in said] == []
    assert [figure for figure in left_out if figure in said] == []
