"""Formulas that programs spell in other ways."""

import pytest

from capshare.reports.workbook.edits.same_formula import same_formula


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("'Inputs'!$F$6*2", "Inputs!$F$6*2"),
        ("'输入'!F6", "输入!F6"),
        ("IF(A1=0,1,2)", "if( A1 = 0, 1, 2 )"),
        ("_xlfn.ISFORMULA(A1)", "ISFORMULA(A1)"),
        ("A1*1.0", "A1*1"),
        ("SUM(F$6:F$35)", "SUM(f$6:f$35)"),
        ("A1&TRUE", "A1&true"),
    ],
)
def test_the_same(one, other):
    assert same_formula(one, other)
    assert same_formula(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("'Inputs'!$F$6", "'Inputs'!$F$7"),
        ("'Inputs'!$F$6", "'Inputs'!F6"),
        ('A1&"a b"', 'A1&"ab"'),
        ('IF(A1="x",1,2)', 'IF(A1="X",1,2)'),
        ("A1*2", "A1*2+0"),
        ("A1*2", "2*A1"),
        ("SUM(A1:A3)", "SUM(A1:A4)"),
        ("A1", "A1)"),
    ],
)
def test_not_the_same(one, other):
    assert not same_formula(one, other)
