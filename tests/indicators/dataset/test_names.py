"""What a name may not be, wherever it stands in a dataset."""

import sys
import unicodedata

import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.names import LINES, unmet_by_name, unmet_by_text


@pytest.mark.parametrize(
    "name", ["North Island", "内蒙古", "Île-de-France", "a=b", "x@y", "-12.5", "+3", "№ 1", ""]
)
def test_a_name_may_be(name):
    assert unmet_by_name(name) is None


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_name_may_not_begin_as_a_formula_does(sign):
    assert unmet_by_name(f"{sign}cmd|' /C calc'!A0") == (
        f"a text that does not begin with {sign}, as formulas do in a spreadsheet"
    )


@pytest.mark.parametrize(
    ("character", "code"),
    [("\x0b", "000B"), ("\x00", "0000"), ("\x1f", "001F"), ("\x7f", "007F"), ("\x85", "0085"), ("\t", "0009"),
     ("\n", "000A"), ("\u2028", "2028"), ("\ud800", "D800"), ("\uffff", "FFFF")],
)  # fmt: skip
def test_a_name_has_no_character_that_a_file_cannot_hold(character, code):
    assert unmet_by_name(f"a{character}b") == f"a text without control characters such as U+{code}"
    assert (unmet_by_text(f"a{character}b", LINES) is None) == (character in LINES)


def test_no_printable_character_is_one_that_a_file_cannot_hold():
    unwritable = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or ord(character) & 0xFFFE == 0xFFFE
    ]
    assert len(unwritable) > 2000
    assert all(unmet_by_text(character) for character in unwritable)


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        (
            "regions",
            "North Island",
            "North\x0bIsland",
            r"regions\.csv, row 2, column name_en: .*U\+000B; found 'N",
        ),
        ("regions", "North Island", "=1+1", r"row 2, column name_en: .*begin with =.*found '=1\+1'"),
        ("regions", "Nord", "No\x02rd", r"row 2, column aliases: .*U\+0002"),
        ("regions", "s,South", "@s,South", r"row 3, column code: .*begin with @"),
    ],
)
def test_a_cell_that_no_file_could_hold_is_refused(folder, spoil, table, old, new, message):
    spoil(table, old, new)
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda p: p.update(name="=islands"),
            "datapackage.json, name: expected a text that does not begin with =",
        ),
        (lambda p: p.update(title="Three\x0cislands"), "datapackage.json, title: .*U.000C"),
        (lambda p: p["resources"][0].update(name="+regions"), r"resource \+regions: .*begin with \+"),
        (
            lambda p: p["resources"][1]["schema"]["fields"][2].update(title="\x01"),
            "resource provinces: .*U.0001",
        ),
    ],
)
def test_a_description_that_no_file_could_hold_is_refused(folder, package, describe, change, message):
    change(package)
    describe(package)
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


@pytest.mark.parametrize("figure", ["1e-300", "1e-13", "2e18", "-1e300"])
def test_a_figure_beyond_any_measure_is_refused(folder, package, describe, spoil, figure):
    del package["resources"][1]["schema"]["fields"][1]["constraints"]
    describe(package)
    spoil("provinces", "w,3.5", f"w,{figure}")
    with pytest.raises(
        CapshareError, match=r"row 2, column gdp_1e8yuan: expected 0, or a figure between"
    ) as found:
        load_dataset(folder)
    assert len(found.value.problems) == 1


@pytest.mark.parametrize("figure", ["0", "1e-12", "1e18"])
def test_the_smallest_and_the_largest_figures(folder, spoil, figure):
    spoil("provinces", "w,3.5", f"w,{figure}")
    assert load_dataset(folder).table.loc["w", "gdp_1e8yuan"] == float(figure)
