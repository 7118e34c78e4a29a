"""``capshare run --with ENSEMBLE``: what it prints and leaves, in both languages, and how it is refused."""

import shutil

import pytest


@pytest.fixture
def study(drawn_isles, tmp_path):
    shutil.copytree(drawn_isles / "isles", tmp_path / "isles")
    return shutil.copy(drawn_isles / "isles.toml", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "How sure, by 24 draws of the uncertain inputs (seed 1; all have a solution): this run's quota",
        ),
        ("zh", "把握程度：对不确定的输入抽样24次（种子1，全部有解），6个省份中有"),
    ],
)
@pytest.mark.usefixtures("made_before")
def test_the_summary_says_how_sure(call, study, drawn_isles, lang, said):
    code, output, _ = call("run", study, "--with", drawn_isles / "ensemble", "-o", "out", "--lang", lang)
    assert code == 0
    assert "".join(said.split()) in "".join(output.split())


def test_one_of_another_study_leaves_nothing(call, study, drawn_isles, tmp_path):
    chosen = ("--set", "groups.k=3")
    code, _, message = call("run", study, *chosen, "--with", drawn_isles / "ensemble", "-o", "out")
    assert code == 2
    assert "groups.k = 2 (here 3)" in message
    assert "Traceback" not in message
    assert not (tmp_path / "out").exists()


def test_what_is_no_ensemble_is_refused(call, study, drawn_isles):
    code, _, message = call("run", study, "--with", drawn_isles / "run", "-o", "out")
    assert code == 2
    assert "found the folder of a run" in message
