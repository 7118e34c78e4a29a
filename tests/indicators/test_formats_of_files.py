"""Encodings, separators, marks and units that people's files come in."""

import re
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.encodings import encoding_notes
from capshare.reports.words.notes import note_texts


def problems(folder):
    with pytest.raises(CapshareError, match="expected") as caught:
        load_dataset(folder)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gb2312", "utf-16"])
def test_encodings(folder, encoding):
    text = (folder / "regions.csv").read_text(encoding="utf-8")
    (folder / "regions.csv").write_bytes(text.replace("North Island", "北岛").encode(encoding))
    dataset = load_dataset(folder)
    assert dataset.regions.names["name_en"]["n"] == "北岛"
    assert dataset.notes == ()


def test_an_encoding_that_is_a_guess_is_said_to_be_one(folder):
    text = (folder / "regions.csv").read_text(encoding="utf-8")
    (folder / "regions.csv").write_bytes(text.replace("North Island", "Nördlich").encode("latin-1"))
    (note,) = note_texts(load_dataset(folder).notes, {})
    assert re.search(r"regions\.csv is not UTF-8 .* GB18030, for example", note)
    (folder / "regions.csv").write_bytes(b"code,name_en,aliases\nn,\xff,\n")
    with pytest.raises(CapshareError, match=r"expected text in UTF-8 or GB18030; .*CSV UTF-8"):
        load_dataset(folder)


def test_a_long_word_before_the_strange_one_takes_no_time():
    began = time.process_time()
    [note] = encoding_notes(b"a" * 300_000 + " caf\u4e02".encode("gb18030"), "own.csv")
    assert note.values["sample"] == "caf\u4e02"
    assert time.process_time() - began < 5


def test_panel_rows_in_another_unit_are_converted(folder, spoil):
    spoil("panel", "", "s,2017,gdp,12345678,1e4 yuan\n")
    panel = load_dataset(folder).panel
    assert panel.loc[panel["code"] == "s", ["value", "unit"]].to_numpy().tolist() == [[1234.5678, "1e8 yuan"]]


def test_semicolons_thousands_marks_full_width_digits_and_the_decimal_comma(folder):
    before = load_dataset(folder).table
    (folder / "provinces.csv").write_text(
        "code;gdp_1e8yuan;plants;\nn;１０,0;9;\n;;;\nw;3,5;;\ns;2;7;\n", encoding="utf-8-sig"
    )
    pd.testing.assert_frame_equal(load_dataset(folder).table, before)
    (folder / "provinces.csv").write_text(
        'code,gdp_1e8yuan,plants\nn,"1,234,567.5",1\ns,１，２３４,2\nw,1 234,3\n', encoding="utf-8"
    )
    assert load_dataset(folder).table["gdp_1e8yuan"].tolist() == [1234567.5, 1234.0, 1234.0]


def test_a_comma_that_may_mean_two_things_is_refused(folder):
    (folder / "provinces.csv").write_text("code;gdp_1e8yuan;plants\nn;1,234;9\nw;3;\ns;2;7\n")
    (problem,) = problems(folder)
    assert "row 2, column gdp_1e8yuan" in problem
    assert "found '1,234', whose mark may be either" in problem


def test_columns_are_converted_from_the_unit_they_declare(folder, package, describe):
    gdp = package["resources"][1]["schema"]["fields"][1]
    gdp["unit"] = "1e4 yuan"
    describe(package)
    dataset = load_dataset(folder)
    assert dataset.table["gdp_1e8yuan"].to_dict() == {"n": 0.001, "s": 0.0002, "w": 0.00035}
    assert dataset.fields.loc["gdp_1e8yuan", "unit"] == "1e8 yuan"
    gdp["unit"] = "t"
    describe(package)
    with pytest.raises(CapshareError, match=r"field gdp_1e8yuan, unit: expected a unit of money .*found 't'"):
        load_dataset(folder)


def test_two_columns_that_become_one_are_refused(folder, package, describe):
    fields = package["resources"][1]["schema"]["fields"]
    fields[2] = {"name": "gdp", "type": "number", "unit": "yuan"}
    describe(package)
    (folder / "provinces.csv").write_text("code,gdp_1e8yuan,gdp\nn,1,1\ns,1,1\nw,1,1\n", encoding="utf-8")
    (problem,) = problems(folder)
    assert "found gdp_1e8yuan and gdp, both gdp_1e8yuan" in problem


ODD = ["", "n", "s", "w", "Nord", "1", "1e8", "１,２３４", "-0", "NaN", "inf", "1e999", '"', "=1+1"]
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=6))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(st.lists(CELL, max_size=4), max_size=4).map(
            lambda rows: "\n".join(["code,gdp_1e8yuan,plants", *map(",".join, rows)]).encode()
        ),
        st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=4).map(
            lambda rows: "\n".join(["code;gdp_1e8yuan;plants", *map(";".join, rows)]).encode("gb18030")
        ),
    )
)
def test_any_file_is_read_without_a_gap_or_refused_with_a_place(folder, data):
    (folder / "provinces.csv").write_bytes(data)
    try:
        table = load_dataset(folder).table
    except CapshareError as error:
        unplaced = [problem for problem in error.problems if not (problem.source and problem.remedy)]
        table = pd.DataFrame({"gdp_1e8yuan": [0.0] if not unplaced else [float("nan")]})
    assert np.isfinite(table["gdp_1e8yuan"]).all()
