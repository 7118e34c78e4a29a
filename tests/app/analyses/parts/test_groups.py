"""The groups of the shipped study, judged."""

from dataclasses import replace

import pytest

import capshare
from capshare.analyses.parts.groups import judge_groups
from capshare.chain.prepared import chain


@pytest.fixture(scope="module")
def found():
    return chain(capshare.load_study("tian-lin-2021"))


def test_the_groups_of_the_published_study_are_proven_best(found):
    judged = judge_groups(found)
    assert judged.certificate.proven
    assert judged.certificate.bound == pytest.approx(found.blocks.grouping.inertia, rel=1e-6)
    assert list(judged.stability.index) == sorted(found.score.index)
    assert judged.choice["asked"].sum() == 1
    # Beijing is alone in its group.
    assert judged.stability["members"]["110000"] == 1


def test_a_judgement_can_be_left_out(found):
    groups = found.study.groups.model_copy(update={"diagnostics_draws": 0})
    assert judge_groups(replace(found, study=found.study.model_copy(update={"groups": groups}))) is None


def test_given_groups_are_not_judged_as_k_means_is(found):
    given = replace(found.blocks, grouping=None)
    assert judge_groups(replace(found, blocks=given)) is None
