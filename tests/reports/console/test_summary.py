import dataclasses
import io
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from capshare.base.notes import detail
from capshare.reports.console.summary import print_summary


def printed(result, width=100):
    stream = io.StringIO()
    print_summary(result, Path("/somewhere/quite/deep") / ("x" * 90), Console(file=stream, width=width))
    return stream.getvalue()


def words(text):
    return " ".join(text.split())


PROMISED = [
    "Cap 2017: 2,700.0 Mt CO₂, 100.0% of the 2,700.0 Mt CO₂ that 7 provinces emit",
    "forest_stock ecology more 0.500",
    "=income capability less 0.200",
    "I 880.2 32.6 91.50 to 98.77 Aster, Birch, Fern",
    "II 1,819.8 67.4 infeasible to 133.75 Cedar, Dahlia, Elder, Gorse",
    "Dahlia 700.0 690.0 10.0 slight surplus",
    "Gorse 59.1 374.2 -315.1 severe deficit",
    "1 Birch 100.0 high 3 Gorse 0.0 low",
    "2 Cedar 61.5 middle",
    "quota_rank_correlation 0.438 -1 to 1",
    "classes_right 5 of 7 balance classes that agree",
    "score 3 equal 5",
    "optimal (HiGHS 1.99, duality gap 1.5e-12). Abatement cost 7.75, objective 7.81",
    "penalty for uncovered emissions 0.06",
    "1 of 2 passed; FAILED: duality gap.",
    "Groups with one member: I.",
    "study.xlsx (workbook)",
]


@pytest.mark.parametrize("promise", PROMISED)
def test_it_holds_what_it_promises(result, promise):
    assert promise in words(printed(result))


@pytest.mark.parametrize("width", [80, 100, 140])
def test_piped_output_is_plain_whole_and_within_the_width(result, width):
    text = printed(result, width)
    assert "\x1b" not in text
    assert "…" not in text
    assert max(len(line) for line in text.splitlines() if "xxx" not in line) <= width


def test_the_path_is_not_broken(result):
    assert "Files: /somewhere/quite/deep/" + "x" * 90 in printed(result, 80).splitlines()


def test_every_heading_of_numbers_has_its_unit(result):
    text = words(printed(result))
    for heading in ("weight, 0 to 1", "cap, Mt CO₂", "share, %", "price, yuan/t CO₂", "emissions, Mt CO₂"):
        assert heading in text


def test_square_brackets_are_text_not_styles(result):
    evil = detail("no_rank_correlation", figure="[bold]x[/bold]")
    assert "[bold]x[/bold]" in printed(dataclasses.replace(result, notes=(evil,)))


def test_without_ranking_or_published_table_it_says_so_or_is_silent(result, changed):
    bare = changed(potential__ranking=result.potential.ranking.iloc[:0], published=None, notes=())
    text = printed(bare)
    assert "No ranking was made" in text
    assert "published" not in text.lower()
    assert "-  None." in text


# The groups of Table 1 in Tian & Lin 2021, doi 10.31497/zrzyxb.20210409.
MEMBERS = {
    "I": "Beijing, Shanghai",
    "II": "Hebei, Zhejiang, Anhui, Hubei, Hunan",
    "III": "Jiangsu, Shandong, Henan, Guangdong",
    "IV": "Tianjin, Shanxi, Hainan, Chongqing, Guizhou, Gansu, Qinghai, Ningxia, Xinjiang",
    "V": "Inner Mongolia, Heilongjiang, Sichuan, Yunnan",
    "VI": "Liaoning, Jilin, Fujian, Jiangxi, Guangxi, Shaanxi",
}


def test_thirty_provinces_fit_on_a_page(result, changed):
    pairs = [(name, group) for group, names in MEMBERS.items() for name in names.split(", ")]
    many = pd.concat([result.allocation.provinces] * 5).iloc[: len(pairs)]
    many["name_en"], many["group"] = zip(*pairs, strict=True)
    many.index = of_2017("code", [f"{n}0000" for n in range(11, 41)])
    large = changed(
        allocation__provinces=many,
        allocation__blocks=pd.concat([result.allocation.blocks] * 3).set_axis(of_2017("group", MEMBERS)),
        potential__ranking=pd.concat([result.potential.ranking] * 6).iloc[:16].assign(rank=range(1, 17)),
        weights__table=pd.concat([result.weights.table] * 3).iloc[:8],
    )
    assert len(printed(large).splitlines()) <= 72


def of_2017(name, labels):
    return pd.MultiIndex.from_product([[2017], labels], names=["year", name])
