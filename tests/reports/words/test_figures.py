import io
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from capshare.reports.console.summary import print_summary
from capshare.reports.words.figures import (
    ending,
    key_figures,
    largest_deficits,
    largest_quotas,
    member_names,
)


def test_the_key_figures_are_those_of_the_seven_provinces(result):
    found = {figure.name: figure.value for figure in key_figures(result.in_year())}
    assert found["Cap 2017"] == 2700.0
    assert found["Deficits"] == pytest.approx(604.8)  # 179.75 + 110 + 315.05
    assert (found["In surplus"], found["In deficit"]) == (4, 3)
    assert found["Abatement cost"] == pytest.approx(7.75)
    assert found["Penalty"] == 0.0625


@pytest.fixture
def two_years(result, changed):
    """The seven provinces in 2017 and, with tripled costs, in 2020; the objective is that of both years."""

    def and_later(frame, **columns):
        return pd.concat([frame, frame.rename(index={2017: 2020}, level="year").assign(**columns)])

    one = result.allocation
    return changed(
        allocation__provinces=and_later(one.provinces, cost_1e8yuan=3 * one.provinces["cost_1e8yuan"].values),
        allocation__blocks=and_later(one.blocks),
        allocation__contributions=and_later(one.contributions),
        allocation__steps=and_later(one.steps),
        prices=and_later(result.prices),
        cap__path=pd.DataFrame({"cap_mt": [2700.0, 2600.0]}, index=pd.Index([2017, 2020], name="year")),
    )


def test_sums_over_years_are_called_sums(two_years):
    names = [figure.name for figure in ending(two_years)]
    assert names[:2] == [
        "Objective, sum of 2 years, 2017 to 2020", "Penalty, sum of 2 years, 2017 to 2020",
    ]  # fmt: skip
    assert ending(two_years, "zh")[0].name.endswith("（2017至2020年共2年合计）")


@pytest.mark.parametrize(
    ("lang", "of_last", "of_all"),
    [
        ("en", "Abatement cost in 2020: 23.25.", "2 years from 2017 to 2020: abatement cost 31.00"),
        ("zh", "2020年减排成本：23.25。", "2017至2020年共2年合计：减排成本31.00"),
    ],
)
def test_the_summary_tells_the_cost_of_its_year_from_the_sum_of_all(two_years, lang, of_last, of_all):
    """7.75 in 2017 and three times as much in 2020."""
    stream = io.StringIO()
    print_summary(two_years, Path("x"), Console(file=stream, width=200), lang)
    assert of_last in stream.getvalue()
    assert of_all in stream.getvalue()


def test_extremes_are_sorted_and_deficits_are_deficits(result):
    assert list(largest_quotas(result.in_year().provinces, 2)["name_en"]) == ["Dahlia", "Elder"]
    assert list(largest_deficits(result.in_year().provinces, 5)["name_en"]) == ["Gorse", "Birch", "Cedar"]


def test_members_are_the_provinces_of_the_group(result):
    assert dict(member_names(result.in_year())) == {
        "I": "Aster, Birch, Fern",
        "II": "Cedar, Dahlia, Elder, Gorse",
    }


def test_the_national_block_holds_everyone(result, changed):
    one = result.allocation.blocks.iloc[:1].rename(index={"I": "all"}, level="group")
    assert member_names(changed(allocation__blocks=one).in_year())["all"].count(",") == 6
