import json
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd

from capshare.model.groups.certificate import GroupCertificate
from capshare.model.outcome.groups import GroupFirmness
from capshare.reports.folder.manifest import RUNTIME_DEPENDENCIES, manifest, with_manifest

ROOT = Path(__file__).parents[3]


def test_it_says_what_the_contract_names(result):
    found = manifest(result, {"provinces.csv": "1a"}, {"weights.csv": "2b"}, "en")
    named = "study seed lang sources inputs files versions allocation checks"
    assert set(found) == set(named.split())
    assert found["allocation"] == {
        "status": "optimal",
        "objective_1e8yuan": 7.8125,
        "penalty_1e8yuan": 0.0625,
        "duality_gap": 1.5e-12,
        "solver": "HiGHS 1.99",
    }
    assert found["checks"][1] == {"name": "duality gap", "figure": 0.25, "passed": False}
    assert (found["inputs"], found["files"], found["lang"]) == (
        {"provinces.csv": "1a"},
        {"weights.csv": "2b"},
        "en",
    )


def test_it_is_plain_json_whatever_the_checks_hold(result, changed):
    figures = [np.int64(3), np.float64(0.5)]
    checks = result.allocation.checks.assign(
        figure=np.array(figures, dtype=object), passed=[np.bool_(True)] * 2
    )
    found = manifest(changed(allocation__checks=checks), {}, {}, "en")
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_proof_of_the_groups_is_told_where_there_is_one(changed):
    proof = GroupCertificate(True, False, 1.6, 1.5, 0.0625, 1e-6, "HiGHS 1.99")
    firmness = GroupFirmness(pd.DataFrame(), pd.DataFrame(), proof)
    found = manifest(changed(groups__firmness=firmness), {}, {}, "en")
    assert found["grouping"]["gap"] == 0.0625
    assert found["grouping"]["proven"] is False


def test_two_runs_agree(result):
    assert json.dumps(manifest(result, {}, {}, "en")) == json.dumps(manifest(result, {}, {}, "en"))


def test_every_runtime_dependency_is_listed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [entry.split(">=")[0] for entry in project["dependencies"]] == list(RUNTIME_DEPENDENCIES)


def test_every_command_writes_its_manifest_alike():
    files = with_manifest({"b.csv": b"b", "a.csv": b""}, study="seven", inputs={})
    found = json.loads(files["manifest.json"])
    assert list(found) == ["study", "inputs", "files", "versions"]
    assert list(found["files"]) == ["a.csv", "b.csv"]
    assert found["files"]["a.csv"].startswith("e3b0c442")
    assert (files["manifest.json"][:4], files["manifest.json"][-2:]) == (b"{\n  ", b"}\n")


def test_the_unit_of_the_summary_is_told_where_it_is_not_the_usual_one(result):
    assert manifest(result, {}, {}, "zh", "1e8t")["unit"] == "1e8t"
    assert "unit" not in manifest(result, {}, {}, "zh", "Mt")
