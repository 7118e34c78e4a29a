"""The summary of a study of targets leads with its cuts; that of another study says nothing of any."""

import dataclasses
import io
from pathlib import Path

import pytest
from rich.console import Console

from capshare.base.notes import stop
from capshare.reports.console.summary import print_summary


def printed(result, lang="en", width=100):
    stream = io.StringIO()
    print_summary(result, Path("folder"), Console(file=stream, width=width), lang)
    return stream.getvalue()


def words(text):
    return " ".join(text.split())


PROMISED = [
    "Cuts of carbon intensity from 2012 to 2017, %: rounded, and before rounding in brackets "
    "(national 17.0; rounded cuts together 16.843)",
    "I Aster 20.5 (20.50), Dahlia 18.5 (18.75)",
    "III Fern 14.0 (14.00), Gorse 13.0 (13.10)",
    "cost 4 Cedar, Elder, Fern, Gorse",
    "band of cuts 1 Aster",
    "distance to the entitled cut 2 Birch, Dahlia",
    "Price of the national cut in 2017: 100.00 yuan/t CO₂, saved by one tonne more of cap.",
    "Largest changes against the index alone, points of cut: Dahlia -1.50, Birch +1.50, Gorse +0.20.",
    "The pledge for 2017 is 65.0 % below 2005. The official cut of 2010, 40.0 %, and the changes published "
    "for each year since make 44.0 % by 2012: so the pledge asks 37.5 % of 2013 to 2017, this plan 17.0 %.",
    "forest_stock ecology more asks for a larger cut 0.500",
]


@pytest.mark.parametrize("promise", PROMISED)
def test_it_holds_what_it_promises(with_cuts, promise):
    assert promise in words(printed(with_cuts))


def test_the_cuts_come_before_all_else_but_the_cap(with_cuts):
    text = printed(with_cuts)
    assert text.index("Cap 2017") < text.index("Cuts of carbon intensity") < text.index("Indicator weights")
    assert text.index("What decided the cuts") < text.index("The pledge for 2017") < text.index("Indicator")


def test_in_chinese_it_is_chinese(with_cuts):
    text = words(printed(with_cuts, "zh"))
    for promise in (
        "甲省20.5（20.50）",
        "成本 4",
        "2017年全国降幅的影子价格：100.00元/吨CO₂",
        "丁省 -1.50、乙省 +1.50",
    ):
        assert promise in text
    assert "cut" not in text


def test_without_figures_of_a_pledge_nothing_is_said_of_one(with_cuts):
    bare = dataclasses.replace(with_cuts, targets=dataclasses.replace(with_cuts.targets, pledge=None))
    assert "pledge" not in printed(bare)


def test_a_study_without_tiers_has_one_row(with_cuts):
    cuts = with_cuts.targets.cuts.assign(tier="")
    flat = dataclasses.replace(with_cuts, targets=dataclasses.replace(with_cuts.targets, cuts=cuts))
    assert "all Aster 20.5 (20.50), Dahlia 18.5 (18.75), Cedar" in words(printed(flat))


def test_cuts_that_cost_does_not_move_are_said_so(with_cuts):
    cuts = with_cuts.targets.cuts
    still = dataclasses.replace(with_cuts.targets, cuts=cuts.assign(entitled_cut_pct=cuts["cut_pct"]))
    text = printed(dataclasses.replace(with_cuts, targets=still))
    assert "Every cut is the one that the index alone asks for." in text


def test_of_another_study_there_is_nothing(result):
    assert "Cuts of carbon intensity" not in printed(result)
    assert "earns quota" in printed(result)


def test_what_must_be_read_first_stands_before_the_cuts_and_once_more_marked_among_the_notes(with_cuts):
    rise = stop("rising_intensity", provinces=[("110000", 2.0, "2017")])
    warned = dataclasses.replace(with_cuts, notes=(*with_cuts.notes, rise))
    text = words(printed(warned))
    told = "Stop: Quotas that let carbon intensity rise above the base year's: 2017: Aster +2.0 %."
    assert text.index(told) < text.index("Cuts of carbon intensity from")
    notes = text[text.index("Notes Stop Quotas") :]
    assert notes.index("Caution Groups with one member") < notes.index("- ")
    assert "警示: 分配额允许碳强度升至高于基年的省份：2017年：甲省 +2.0%。" in words(printed(warned, "zh"))
