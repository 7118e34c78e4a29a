"""Why a study has no solution, in short lines of both languages."""

from dataclasses import replace

import pandas as pd
import pytest

from capshare.base.errors import InfeasibleError, StudyChange, StudyRepair, told_in
from capshare.reports.console.infeasible import NoSplit, repair_text, told

NAMES = pd.DataFrame(
    {"name_en": ["Beijing", "Tianjin", "Hebei"], "name_zh": ["北京", "天津", "河北"]}, index=list("abc")
)
SHARE = StudyChange(
    ("allocation", "constraint", 0, "min_share"), 'allocation.constraint "west": min_share', 0.45, 0.45
)
DEVIATION = StudyChange(("allocation", "max_deviation"), "allocation.max_deviation", 0.2, 0.3313)
CAP = StudyChange(("cap", "mt", "2030"), "cap.mt, 2030", 9500.0, 9800.5)


def collision(**amounts):
    """Constraint → (name, amount) pairs in 2030."""
    rows = {(kind, 2030, name): mt for kind, pairs in amounts.items() for name, mt in pairs}
    index = pd.MultiIndex.from_tuples(list(rows), names=["constraint", "year", "name"])
    return pd.DataFrame({"amount": list(rows.values())}, index=index)


@pytest.fixture
def found():
    repairs = [(replace(SHARE, after=0.4122),), (DEVIATION,), (CAP,)]
    return NoSplit(
        years=(2026, 2028, 2029, 2030),
        tied=False,
        collision=collision(
            rule_at_least=[("west", 0.0)], cap=[("all", 9500.0)], equity_above=[("c", 812.5)]
        ),
        max_deviation=0.2,
        sets_targets=False,
        rules={"west": SHARE},
        rule_provinces={},
        names=NAMES,
        repairs=tuple(StudyRepair(changes, (2026, 2028, 2029, 2030)) for changes in repairs),
        powerless=("allocation.floor",),
        derived_cap=None,
    )


def test_the_lines(found):
    assert str(told(found)).splitlines() == [
        "allocation: expected a split of the cap that satisfies all rules; found none for 2026, 2028-2030.",
        "    In 2026 these 3 contradict each other, though without any one the others agree:",
        '    - allocation.constraint "west": min_share 0.45',
        "    - national cap 9,500 Mt",
        "    - at most 120% of the entitlement (allocation.max_deviation): Hebei 812.5 Mt",
        "    Any one of these changes of the study file gives it a solution:",
        '    - allocation.constraint "west": min_share 0.45 → 0.4122',
        "    - allocation.max_deviation: 0.2 → 0.3313",
        "    - cap.mt, 2030: 9500 → 9800.5",
        "    No such change was found in: allocation.floor.",
    ]


def test_provinces_of_a_constraint_relative_to_another_run_share_its_line(found):
    key = 'allocation.constraint "kept": min_share_of.share'
    kept = StudyChange(("allocation", "constraint", 1, "min_share_of", "share"), key, 0.9, 0.9)
    of_run = replace(
        found,
        collision=collision(rule_at_least=[("kept: Hebei", 700.0), ("west", 0.0), ("kept: Tianjin", 120.5)]),
        rules={"west": SHARE, "kept": kept},
        rule_provinces={"kept: Hebei": ("kept", "c"), "kept: Tianjin": ("kept", "b")},
    )
    lines = str(told(of_run)).splitlines()
    assert lines[2] == f"    - {key} 0.9: Hebei 700 Mt, Tianjin 120.5 Mt"
    assert lines[3] == '    - allocation.constraint "west": min_share 0.45'


def test_the_lines_in_chinese(found):
    lines = str(told(found, "zh")).splitlines()
    assert lines[0] == "allocation：应有满足全部规则的分配方案；2026, 2028-2030年没有。"
    assert "    - 至多为基准配额的120%（allocation.max_deviation）：河北 812.5 Mt" in lines
    assert "    - cap.mt, 2030: 9500 → 9800.5" in lines
    assert len(lines) == len(str(told(found)).splitlines())


def test_years_that_are_tied_are_named_at_each_rule(found):
    fast = collision(rise_limit=[("a", 0.01), ("b", 0.01)], group_cap=[])
    lines = str(told(replace(found, tied=True, collision=fast))).splitlines()
    assert lines[2] == "    - largest yearly rise 1% (smoothing.max_yearly_change): Beijing, Tianjin, in 2030"


def test_a_rule_that_nothing_satisfies_and_a_cap_that_is_derived(found):
    alone = replace(
        found,
        collision=collision(rule_at_most=[("west", 0.0)]),
        repairs=(),
        powerless=(),
        derived_cap="budget",
    )
    assert str(told(alone)).splitlines()[1:] == [
        "    In 2026 no split satisfies this rule:",
        '    - allocation.constraint "west": min_share 0.45',
        "    No change of one kind of number gives it a solution: change several together.",
        '    Not tried: another cap, which follows from cap.method = "budget".',
    ]


def test_a_number_for_all_is_written_as_the_table_it_becomes():
    split = [
        StudyChange(("allocation", "floor", name), f'allocation.floor, "{name}"', 0.6, after, splits=True)
        for name, after in (("Hebei", 0.5), ("Tianjin", 0.41))
    ]
    assert repair_text(StudyRepair(tuple(split), (2030,))) == (
        'allocation.floor: 0.6 → { default = 0.6, "Hebei" = 0.5, "Tianjin" = 0.41 }'
    )
    both = StudyRepair((DEVIATION, CAP), (2030,))
    assert (
        repair_text(both, "zh") == "allocation.max_deviation: 0.2 → 0.3313，同时 cap.mt, 2030: 9500 → 9800.5"
    )


def test_the_error_is_told_in_the_language_asked_for(found):
    said = {lang: told(found, lang) for lang in ("en", "zh")}
    with pytest.raises(InfeasibleError, match="应有满足全部规则的分配方案") as raised, told_in("zh"):
        raise InfeasibleError(said["en"], found.repairs, said)
    assert raised.value.repairs == found.repairs
    with pytest.raises(InfeasibleError, match="English only"), told_in("zh"):
        raise InfeasibleError(replace(said["en"], lines=("English only",)))
