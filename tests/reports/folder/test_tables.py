import dataclasses
import io
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.reports.folder.tables import csv_bytes, tables

# The columns that a run promises, as its documentation lists them.
PROMISED = {
    "weights": "indicator,principle,direction,entropy,weight",
    "provinces": "code,name_en,name_zh,group,score,entitlement_mt,emissions_mt,floor_mt,ceiling_mt,quota_mt,"
    "quota_share,balance_mt,balance_class,cause,intensity_cut_pct,abatement_mt,purchase_mt,sale_mt,"
    "uncovered_mt,cost_1e8yuan,penalty_1e8yuan,value_yuan_per_t",
    "groups": "group,members,cap_mt,cap_share,price_yuan_per_t,price_low_yuan_per_t,price_high_yuan_per_t",
    "prices": "constraint,name,price_yuan_per_t,binding",
    "abatement_steps": "code,step,size_mt,cost_yuan_per_t",
    "cap": "year,cap_mt",
    "potential": "code,name_en,name_zh,score,rank,tier",
}


def frame(**columns):
    length = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=pd.Index([str(n) for n in range(length)], name="code"))


@pytest.mark.parametrize("name", PROMISED)
def test_columns_come_in_the_promised_order(result, name):
    texts = {table.name: csv_bytes(found).decode() for table, found in tables(result).items()}
    assert texts[name].splitlines()[0] == PROMISED[name]


def test_an_absent_column_is_absent_and_an_unknown_one_comes_last(result, changed):
    path = result.cap.path.assign(source="table").drop(columns="cap_mt").assign(cap_mt=1.0)
    found = {table.name: found for table, found in tables(changed(cap__path=path)).items()}
    assert csv_bytes(found["cap"]).decode() == "year,cap_mt,source\n2017,1.0,table\n"
    less = changed(allocation__provinces=result.allocation.provinces.drop(columns="cause"))
    assert "cause" not in {table.name: found for table, found in tables(less).items()}["provinces"]


def test_a_table_that_the_result_lacks_is_left_out(result):
    bare = dataclasses.replace(result, published=None)
    missing = {table.name for table in tables(result)} - {table.name for table in tables(bare)}
    assert missing == {"published", "agreement", "within_rules"}


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_floats_survive_the_round_trip_exactly(numbers):
    lines = csv_bytes(frame(quota_mt=numbers)).decode().splitlines()[1:]
    back = [float(line.split(",")[1]) for line in lines]
    # Equal numbers, so 0.0 for -0.0: a sign on nothing is not written.
    assert back == numbers
    assert not any(line.split(",")[1] == "-0.0" for line in lines)


def test_pandas_reads_the_file_back(result):
    found = {table.name: found for table, found in tables(result).items()}["provinces"]
    back = pd.read_csv(io.StringIO(csv_bytes(found).decode()), dtype={"code": str})
    pd.testing.assert_frame_equal(back.set_index("code"), found, check_dtype=False, rtol=1e-12)


def test_each_kind_of_value_has_one_form():
    kinds = frame(
        binding=[True, False],
        rank=[1, 2],
        ceiling_mt=[math.inf, 0.1],
        tier=["甲, 乙", 'say "high"'],
        price_low_yuan_per_t=pd.Series([None, 2.0], dtype=object, index=["0", "1"]).to_numpy(),
    )
    written = csv_bytes(kinds).decode()
    assert written.splitlines()[1:] == ['0,true,1,inf,"甲, 乙",', '1,false,2,0.1,"say ""high""",2.0']
    assert "\r" not in written


def test_every_gap_is_named_at_once():
    gaps = frame(quota_mt=[math.nan, math.inf], tier=pd.Series(["x", None], dtype=object).to_numpy())
    with pytest.raises(CapshareError, match="row 0, column quota_mt") as caught:
        csv_bytes(gaps, "provinces.csv")
    assert [problem.place for problem in caught.value.problems] == [
        "row 0, column quota_mt",
        "row 1, column quota_mt",
        "row 1, column tier",
    ]


@pytest.mark.parametrize("value", [math.nan, -math.inf, math.inf])
def test_a_one_sided_price_is_a_number_or_none(value):
    with pytest.raises(CapshareError, match="price_low_yuan_per_t"):
        csv_bytes(frame(price_low_yuan_per_t=[value]))


def test_an_empty_table_keeps_its_header(result):
    assert csv_bytes(result.potential.ranking.iloc[:0]).decode() == "code,name_en,name_zh,score,rank,tier\n"


def test_columns_of_every_kind_are_written_as_their_cells_are_one_by_one():
    frame = pd.DataFrame(
        {
            "number": [0.1, -0.0, 1e22, 5.0, 1 / 3],
            "count": [1, -2, 3, 4, 5],
            "kind": pd.Categorical(["b, c", "a", "a", "b, c", "a"]),
            "text": pd.array(['say "x"', "", "y", "纸", "=A1"], "str"),
            "mixed": [1, 2.5, "z", True, ""],
        },
        index=pd.Index(list("pqrst"), name="row"),
    )
    expected = (
        "row,number,count,kind,text,mixed\n"
        'p,0.1,1,"b, c","say ""x""",1\n'
        "q,0.0,-2,a,,2.5\n"
        "r,1e+22,3,a,y,z\n"
        's,5.0,4,"b, c",纸,true\n'
        "t,0.3333333333333333,5,a,=A1,\n"
    )
    assert csv_bytes(frame).decode() == expected


@pytest.mark.parametrize(
    "gap", [[1.0, float("nan")], pd.Categorical(["a", None]), pd.array(["a", None], "str")]
)
def test_a_gap_in_a_column_of_one_kind_is_refused(gap):
    with pytest.raises(CapshareError, match=r"row 1, column x: expected a finite number or text"):
        csv_bytes(pd.DataFrame({"x": gap}).rename_axis("row"))


@pytest.mark.parametrize("first", ["x", "x" * 999])
def test_a_long_table_is_whole_whether_its_first_rows_are_short_or_long(first):
    names = [first] * 1_500 + ["y" * 20] * 1_500
    found = csv_bytes(frame(name=names)).decode().splitlines()
    assert found == ["code,name", *(f"{place},{name}" for place, name in enumerate(names))]
