import pytest

from capshare.reports.words.figures import key_figures, largest_deficits, largest_quotas, member_names


def test_the_key_figures_are_those_of_the_seven_provinces(result):
    found = {figure.name: figure.value for figure in key_figures(result.in_year())}
    assert found["Cap 2017"] == 2700.0
    assert found["Deficits"] == pytest.approx(604.8)  # 179.75 + 110 + 315.05
    assert (found["In surplus"], found["In deficit"]) == (4, 3)
    assert found["Abatement cost"] == pytest.approx(7.75)
    assert found["Penalty"] == 0.0625


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
