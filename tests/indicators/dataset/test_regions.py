"""Every spelling of a province finds its code, and no other."""

import contextlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.regions import Regions

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"
TABLE = pd.read_csv(DATA / "regions.csv", dtype="str")
CHINA = Regions.from_table(TABLE)
ISLANDS = Regions.from_table(pd.DataFrame({"code": ["n", "s"], "name_en": ["North Island", "South Island"]}))


@pytest.mark.parametrize(
    ("code", "spellings"),
    {
        "110000": [
            "110000",
            110000,
            110000.0,
            11,
            "11",
            "北京",
            "北京市",
            "beijing",
            "BEIJING",
            "Běijīng",
            "１１",
        ],
        "140000": ["Shanxi", "SHANXI", "Shānxī", "Shan xi", "山西", "山西省", "Shanxi Province"],
        "150000": [
            "内蒙",
            "内蒙古",
            "内蒙古自治区",
            "Neimenggu",
            "Nei Mongol",
            "inner mongolia",
            "Inner-Mongolia",
        ],
        "230000": ["Heilongjiang", "Hei Long Jiang", "黑龙江"],
        "450000": ["Guangxi Zhuang", "Guangxi", "广西壮族自治区"],
        "610000": ["Shaanxi", "Shan'xi", "Shan’xi", "Shǎnxī", "陕西", "陕西省", "陝西", "Ｓｈａａｎｘｉ"],
        "640000": ["Ningxia Hui", "宁夏回族自治区", " 宁 夏 "],
        "650000": ["Xinjiang Uygur", "Xinjiang Uyghur Autonomous Region", "新疆"],
    }.items(),
)
def test_spellings_of_china(code, spellings):
    assert {CHINA.resolve(spelling) for spelling in spellings} == {code}


def test_every_listed_name_resolves_to_its_own_row():
    for row in TABLE.to_dict("records"):
        names = [row["code"], row["name_zh"], row["name_zh_long"], row["name_en"], *row["aliases"].split("|")]
        assert {CHINA.resolve(name) for name in names} == {row["code"]}


@given(st.sampled_from(list(TABLE["name_en"])), st.text(" \t\u3000", max_size=3))
def test_case_and_blanks_never_matter(name, blanks):
    assert CHINA.resolve(blanks + name.swapcase() + blanks) == CHINA.resolve(name)


@given(st.text())
def test_any_text_is_resolved_or_refused(name):
    with contextlib.suppress(CapshareError):
        assert CHINA.resolve(name) in CHINA.codes


def test_order_of_the_table_does_not_matter():
    shuffled = Regions.from_table(TABLE.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(shuffled.names, CHINA.names)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("shan", r"may mean 140000 \(Shanxi\) or 310000 .* or 370000 \(Shandong\) or 610000"),
        ("Shan-xi", r"may mean 140000 \(Shanxi\) or 610000 \(Shaanxi\)"),
        ("河", r"130000 \(Hebei\) or 410000 \(Henan\)"),
        ("Xinjang", r"found 'Xinjang'. Did you mean 650000 \(Xinjiang\)\?"),
        ("Heilong", r"Did you mean 230000 \(Heilongjiang\)\?"),
        ("西藏", "one of the 30 regions; found '西藏'"),
        ("", "found ''"),
        (None, "found 'None'"),
        (True, "found 'True'"),
        (float("inf"), "found 'inf'"),
        ("1", "found '1'"),
    ],
)
def test_a_doubtful_name_is_never_guessed(name, message):
    with pytest.raises(CapshareError, match=message):
        CHINA.resolve(name)


def test_the_problem_says_where():
    with pytest.raises(CapshareError, match=r"^study.toml, floor: expected"):
        CHINA.resolve("Atlantis", "study.toml", "floor")


def test_resolve_all_keeps_the_order():
    assert CHINA.resolve_all(["新疆", 11, "Anhui"], "study.toml", "provinces") == (
        "650000",
        "110000",
        "340000",
    )


def test_resolve_all_reports_everything_at_once():
    with pytest.raises(CapshareError, match="'内蒙' and 'Inner Mongolia', both 150000") as caught:
        CHINA.resolve_all(["内蒙", "Atlantis", "Inner Mongolia", "shan"], "study.toml", "provinces")
    assert [problem.found.split(",")[0] for problem in caught.value.problems] == [
        "'Atlantis'",
        "'内蒙' and 'Inner Mongolia'",
        "'shan'",
    ]


def test_a_made_up_country():
    assert ISLANDS.resolve("south island") == ISLANDS.resolve("S") == "s"
    assert ISLANDS.codes == ("n", "s")
    assert ISLANDS.names["name_zh"].tolist() == ["North Island", "South Island"]
    with pytest.raises(CapshareError, match=r"Did you mean s \(South Island\)"):
        ISLANDS.resolve("South Iland")


def test_tables_that_cannot_serve():
    with pytest.raises(CapshareError, match="column name_en: expected a column of this name"):
        Regions.from_table(pd.DataFrame({"code": ["n"]}))
    with pytest.raises(CapshareError, match="code n: expected each region once"):
        Regions.from_table(pd.DataFrame({"code": ["n", "n"], "name_en": ["North", "Nord"]}))
    with pytest.raises(CapshareError, match="name 'isle': expected one region; found n and s"):
        Regions.from_table(pd.DataFrame({"code": ["n", "s"], "name_en": ["Isle", "ISLE"]}))
