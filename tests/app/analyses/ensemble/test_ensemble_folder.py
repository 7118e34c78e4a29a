"""The folder of an ensemble is read as it was written, or refused with what is wrong with it."""

import json
import shutil

import pandas as pd
import pytest

from capshare.analyses.ensemble.ensemble_folder import KEPT, read_ensemble
from capshare.base.errors import CapshareError


@pytest.fixture
def folder(drawn_isles, tmp_path):
    return shutil.copytree(drawn_isles / "ensemble", tmp_path / "ensemble")


def refused(folder, message):
    with pytest.raises(CapshareError, match=message) as told:
        read_ensemble(folder)
    return told.value.problems


def test_its_tables_and_counts_are_those_of_the_files(folder):
    read = read_ensemble(folder)
    written = pd.read_csv(folder / "quantiles.csv").set_index(["code", "figure"])
    pd.testing.assert_frame_equal(read.ensemble.quantiles, written)
    assert (read.ensemble.counts.asked, read.ensemble.counts.solved, read.ensemble.counts.seed) == (24, 24, 1)
    assert {name.removeprefix("ensemble/"): data for name, data in read.files.items()} == {
        name: (folder / name).read_bytes() for name in KEPT
    }


def test_the_draws_may_be_gone(folder):
    shutil.rmtree(folder / "draws")
    shutil.rmtree(folder / "drivers")
    assert read_ensemble(folder).ensemble.counts.solved == 24


def test_every_changed_file_is_named_at_once(folder):
    table = folder / "quantiles.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("1", "2", 1), encoding="utf-8")
    (folder / "probabilities.csv").unlink()
    draws = next((folder / "draws").iterdir())
    draws.write_bytes(draws.read_bytes() + b"0")
    problems = refused(folder, "the file as the ensemble left it; found edited")
    assert {problem.place.rpartition(": ")[2]: problem.found for problem in problems} == {
        "quantiles.csv": "edited", "probabilities.csv": "missing", f"draws/{draws.name}": "edited",
    }  # fmt: skip


def test_an_ensemble_that_is_not_finished_is_to_be_finished(folder):
    unfinished = folder.rename(folder.with_name("ensemble.unfinished"))
    (unfinished / "manifest.json").unlink()
    (unfinished / "plan.json").write_text("{}", encoding="utf-8")
    for named in (unfinished, folder):
        refused(named, "one that is not finished.*--resume")


@pytest.mark.parametrize("content", ["{", "[]", '{"versions": {"capshare": "1"}, "draws": 3}'])
def test_a_manifest_that_is_none_is_told(folder, content):
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    refused(folder, "ensemble folder, .*ensemble")


def test_counts_that_do_not_add_up_are_told(folder):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["draws"]["solved"] = 3
    path.write_text(json.dumps(manifest), encoding="utf-8")
    refused(folder, "24 draws, of which 3 solved, 0 not")


def test_a_run_and_nothing_are_no_ensemble(drawn_isles, tmp_path):
    refused(drawn_isles / "run", "found the folder of a run")
    refused(tmp_path / "nowhere", "found no such folder")
    refused(tmp_path, "found no ensemble that capshare wrote")


def test_a_link_in_the_place_of_a_table_is_not_followed(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere.csv"
    (folder / "drivers.csv").rename(elsewhere)
    (folder / "drivers.csv").symlink_to(elsewhere)
    refused(folder, r"drivers\.csv: expected the file as the ensemble left it; found edited")
