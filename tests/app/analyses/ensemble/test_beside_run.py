"""A run with an ensemble of its study: what it holds, what it needs, and which ensembles are not of it."""

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

import capshare
from capshare.analyses.ensemble.beside_run import require_same_inputs, require_same_settings, with_ensemble
from capshare.analyses.ensemble.ensemble_folder import read_ensemble
from capshare.analyses.explain import explain
from capshare.analyses.verify import verify
from capshare.base.errors import CapshareError
from capshare.reports.folder.write import contents
from capshare.study.reading import load_study

MADE_BEFORE = {"study.xlsx", "report.html"}
TABLES = ("quantiles.csv", "probabilities.csv", "same_group.csv", "drivers.csv")


@pytest.fixture
def run(drawn_isles, tmp_path):
    """A copy of the run's folder, far from its ensemble."""
    return shutil.copytree(drawn_isles / "run", tmp_path / "run")


@pytest.fixture(scope="module")
def read(drawn_isles):
    return read_ensemble(drawn_isles / "ensemble")


def test_the_tables_are_copied_as_they_were_read(drawn_isles, run):
    for name in TABLES:
        own = (drawn_isles / "ensemble" / name).read_bytes()
        assert (run / name).read_bytes() == own, name
        assert (run / "inputs" / "ensemble" / name).read_bytes() == own, name
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert set(TABLES) <= set(manifest["files"])
    assert manifest["ensemble"]["draws"] == {"asked": 24, "solved": 24, "without_solution": {}}


@pytest.mark.usefixtures("made_before")
def test_what_is_read_back_gives_the_same_files(run):
    again = contents(capshare.read_run(run))
    files = {path.relative_to(run).as_posix(): path for path in run.rglob("*") if path.is_file()}
    assert set(again) == set(files)
    differing = {name for name, data in again.items() if files[name].read_bytes() != data}
    assert differing == MADE_BEFORE | {"manifest.json"}


@pytest.mark.slow
def test_its_folder_alone_verifies(run):
    found = verify(run)
    assert found.agrees
    assert {file.verdict for file in found.files} == {"identical"}


@pytest.mark.slow
@pytest.mark.usefixtures("made_before")
def test_an_edited_interval_does_not_verify(run):
    table = run / "quantiles.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("quota_mt,", "quota_mt,9", 1), encoding="utf-8"
    )
    assert {file.name for file in verify(run).files if not file.agrees} == {"quantiles.csv", *MADE_BEFORE}


def test_an_edited_copy_of_the_ensemble_is_named(run):
    (run / "inputs" / "ensemble" / "drivers.csv").write_text("code\n", encoding="utf-8")
    with pytest.raises(
        CapshareError, match=r"inputs/ensemble/drivers\.csv: expected the file as the run left"
    ):
        verify(run)


def test_a_table_of_the_ensemble_that_is_gone_is_missed(run):
    (run / "drivers.csv").unlink()
    with pytest.raises(CapshareError, match=r"drivers\.csv: expected a table of an ensemble; found no file"):
        capshare.read_run(run)


@pytest.mark.parametrize(("lang", "said"), [("en", "How sure, by 24 draws"), ("zh", "在24次抽样中")])
def test_a_province_is_told_its_interval(run, lang, said):
    quantiles = pd.read_csv(run / "quantiles.csv").set_index(["code", "figure"])
    low, high = (quantiles.loc[("a", "quota_mt"), name] for name in ("p05", "p95"))
    told = explain("a", run, lang=lang).province["ensemble"]
    assert said in told
    assert f"{low:,.1f}" in told
    assert f"{high:,.1f}" in told


def test_without_an_ensemble_nothing_is_told(isles):
    assert explain("a", isles).province["ensemble"] == ""


def test_comments_names_and_varied_sections_are_no_matter(drawn_isles, read, tmp_path):
    text = (drawn_isles / "isles.toml").read_text(encoding="utf-8").partition("[uncertainty]")[0]
    own = tmp_path / "other.toml"
    own.write_text(
        "# A comment.\n" + text.replace('dataset = "isles"', 'dataset = "far/isles"'), encoding="utf-8"
    )
    loaded = load_study(own)
    require_same_settings(read, loaded.study)
    files = {"other.toml": own.read_bytes()}
    shutil.copytree(drawn_isles / "isles", tmp_path / "far" / "isles")
    outcome = capshare.run(own, ())
    assert set(files) < set(outcome.study.files)
    require_same_inputs(read, outcome.study.files)


def test_every_key_that_differs_is_named_with_both_values(read, drawn_isles):
    loaded = load_study(drawn_isles / "isles.toml", ["allocation.floor=0.1", "groups.k=3"])
    message = r"one with other keys: .*groups\.k = 2 \(here 3\).*allocation\.floor = .* \(here 0\.1\)"
    with pytest.raises(CapshareError, match=message) as told:
        require_same_settings(read, loaded.study)
    assert len(told.value.problems) == 1


def test_other_figures_are_another_study(read, drawn_isles, tmp_path):
    shutil.copytree(drawn_isles / "isles", tmp_path / "isles")
    shutil.copy(drawn_isles / "isles.toml", tmp_path)
    table = tmp_path / "isles" / "provinces.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("900", "901", 1), encoding="utf-8")
    with pytest.raises(CapshareError, match=r"one with other input files: provinces\.csv\. Draw one"):
        capshare.run(tmp_path / "isles.toml", (), drawn_isles / "ensemble")


def test_many_differences_are_counted(read):
    with pytest.raises(CapshareError, match=r"study\.name = 'isles' \(here 'tian-lin-2021'\).*and \d+ more"):
        require_same_settings(read, load_study("tian-lin-2021").study)


def test_other_provinces_are_named(read, run):
    outcome = capshare.read_run(run)
    own = outcome.allocation.provinces
    fewer = replace(
        outcome, allocation=replace(outcome.allocation, provinces=own.drop(index="c", level="code"))
    )
    with pytest.raises(CapshareError, match="one with other provinces: c"):
        with_ensemble(fewer, read)


def test_a_dataset_that_has_a_folder_of_that_name_is_told(read, run):
    with pytest.raises(CapshareError, match="a file where the ensemble is kept, ensemble/"):
        with_ensemble(capshare.read_run(run), read)
