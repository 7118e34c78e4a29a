"""Commands in Chinese: the same figures as in English, no English word but names of files and methods."""

import re

import pytest

# Names of the study, its rules and files, formats, and letters of formulas.
KEPT = r"isles|CO₂|frontier\.csv|k-means|DEA|Calinski-Harabasz|Tibshirani|Walther|Hastie|GDP|\w+_mt"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("frontier", "-o", "new"), "2017年公平前沿：T = 0 至 T = 100% 之间有"),
        (("compare-rules",), "2017年各规则的分配额，百万吨CO₂"),
    ],
    ids=["frontier", "compare-rules"],
)
def test_a_command_in_chinese(call, isles, tmp_path, command, said):
    name, *options = command
    code, english, _ = call(name, isles, *options)
    assert code == 0
    code, chinese, _ = call(name, isles, *options, "--lang", "zh", "--force")
    assert code == 0
    assert said in chinese
    told = re.sub(
        r"(?<![A-Za-z])[IVXLC]+(?![A-Za-z])", "", re.sub(KEPT, "", chinese.replace(str(tmp_path / "new"), ""))
    )
    assert re.findall("[A-Za-z]{2,}", told) == []

    def figures(text):
        return sorted(re.findall(r"\d[\d,]*\.\d+", text))

    assert figures(english) == figures(chinese)


def test_the_chart_of_a_frontier_speaks_the_language(call, isles, tmp_path):
    call("frontier", isles, "-o", "new", "--lang", "zh")
    assert "公平的代价" in (tmp_path / "new" / "frontier.svg").read_text(encoding="utf-8")


@pytest.mark.slow
def test_why_a_study_has_no_solution_is_told_in_the_language(call, isles):
    text = isles.read_text(encoding="utf-8")
    rule = '[[allocation.constraint]]\nname = "all"\nprovinces = ["Aster"]\nmin_mt = 400.0\n[potential]'
    isles.write_text(text.replace("[potential]", rule, 1), encoding="utf-8")
    for command in (("explain", "a"), ("compare-rules",)):
        code, _, message = call(*command, isles, "--lang", "zh")
        assert code == 3
        assert "应有满足全部规则的分配方案" in message
