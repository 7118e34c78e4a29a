"""The groups of the base study as it was first read, judged."""

from dataclasses import replace

import pytest

import capshare
from capshare.analyses.parts.groups import judge_groups
from capshare.base.errors import CapshareError
from capshare.model.groups.choice import gap_answer
from capshare.model.groups.notes import group_notes
from capshare.reports.words.notes import note_texts


@pytest.fixture
def found(prepared):
    return prepared("tian-lin-2021-t20")


@pytest.fixture(scope="module")
def judged(prepared):
    return judge_groups(prepared("tian-lin-2021-t20"))


def test_the_groups_of_the_published_study_are_proven_best(found, judged):
    assert judged.certificate.proven
    assert judged.certificate.bound == pytest.approx(found.blocks.grouping.inertia, rel=1e-6)
    assert list(judged.stability.index) == sorted(found.score.index)
    assert judged.choice["asked"].sum() == 1
    # Beijing is alone in its group.
    assert judged.stability["members"]["110000"] == 1


def test_the_gap_statistic_supports_no_number_of_groups(found, judged):
    """Golden 16 (own): on the five indicators of the base study the rule of Tibshirani, Walther & Hastie
    (2001, doi:10.1111/1467-9868.00293) answers 1: the smallest k with Gap(k) >= Gap(k+1) - s(k+1)."""
    assert list(found.normalised) == [
        "gdp", "population", "gdp_per_tonne", "forest_stock", "cultivated_land",
    ]  # fmt: skip
    assert gap_answer(judged.choice) == 1
    [note] = [note for note in group_notes(judged) if note.key.startswith("gap")]
    [english], [chinese] = (note_texts([note], {}, lang) for lang in ("en", "zh"))
    assert english.endswith("its rule gives 1, so the data do not support any number of groups.")
    assert "数据不支持任何分组数" in chinese


@pytest.mark.slow
def test_nor_does_it_in_the_base_study_of_today(finished):
    keys = {note.key for note in finished("tian-lin-2021").notes}
    assert "gap_none" in keys
    assert not keys & {"gap_answer", "gap_beyond"}


def test_a_judgement_can_be_left_out(found):
    groups = found.study.groups.model_copy(update={"diagnostics_draws": 0})
    assert judge_groups(replace(found, study=found.study.model_copy(update={"groups": groups}))) is None


def test_given_groups_are_not_judged_as_k_means_is(found):
    given = replace(found.split, blocks=replace(found.blocks, grouping=None))
    assert judge_groups(replace(found, split=given)) is None


def test_a_group_that_would_get_nothing_is_refused(isles):
    """Aster has least of everything, so its score is 0; alone in a group, without a floor, it has no cap."""
    rows = ["a,1,1,90,1,40", "b,900,300,120,80,25", "c,910,310,60,82,60",
            "d,920,320,200,84,90", "e,930,330,45,86,30", "f,940,340,75,88,55"]  # fmt: skip
    path = isles.parent / "isles" / "provinces.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    isles.write_text(isles.read_text(encoding="utf-8") + "[allocation]\nfloor = 0.0\n", encoding="utf-8")
    with pytest.raises(CapshareError, match=r"a part of the cap of 2017 .*none for group II"):
        capshare.run(isles)
    isles.write_text(
        isles.read_text(encoding="utf-8").replace("floor = 0.0", "floor = 0.1"), encoding="utf-8"
    )
    assert (capshare.run(isles, analyses=()).allocation.blocks["cap_mt"] > 0).all()
