"""The built wheel holds the tree's five folders and nothing else."""

import base64
import csv
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

# Building takes a while.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
FOLDERS = ("app", "indicators", "model", "reports", "solvers")
NOT_SOURCE = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "*.egg-info", "build", "dist", "runs")
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "top_level.txt"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Folder with the sdist and the wheel made from it.

    A copy is built: the tree's own ``build`` may hold files that have since been deleted. The backend is
    the one installed beside the tests, so that no network is needed.
    """
    place = tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT, place / "tree", ignore=NOT_SOURCE)
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        str(place / "dist"),
        str(place / "tree"),
    ]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return place / "dist"


@pytest.fixture(scope="module")
def wheel(built):
    """Content of every file of the wheel, by its name."""
    [path] = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def tree():
    """Content of every file of the packages, by the name it has once installed."""
    files = {}
    for folder in FOLDERS:
        package = Path("capshare") if folder == "app" else Path("capshare", folder)
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                files[(package / path.relative_to(ROOT / folder)).as_posix()] = path.read_bytes()
    return files


def described(wheel):
    """The files that describe the wheel, by their name inside their folder."""
    return {name.split("/", 1)[1]: data for name, data in wheel.items() if ".dist-info/" in name}


def test_the_wheel_holds_every_file_of_the_tree_and_no_other(wheel, tree):
    packaged = {name: data for name, data in wheel.items() if ".dist-info/" not in name}
    assert sorted(set(tree) - set(packaged)) == [], "in the tree only: name them in pyproject.toml"
    assert sorted(set(packaged) - set(tree)) == [], "in the wheel only"
    assert [name for name in tree if tree[name] != packaged[name]] == []


def test_data_studies_and_the_type_marker_are_in_it_and_tests_are_not(wheel):
    assert "capshare/py.typed" in wheel
    assert "capshare/studies/tian-lin-2021.toml" in wheel
    assert "capshare/indicators/data/china-2017/datapackage.json" in wheel
    assert not [name for name in wheel if "tests" in name.split("/")]
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"capshare"}


def test_the_record_names_every_file_with_its_hash(wheel):
    rows = list(csv.reader(io.StringIO(described(wheel)["RECORD"].decode())))
    assert sorted(name for name, _, _ in rows) == sorted(wheel)
    for name, digest, size in rows:
        if name.endswith("/RECORD"):
            continue
        found = base64.urlsafe_b64encode(hashlib.sha256(wheel[name]).digest()).rstrip(b"=").decode()
        assert (digest, size) == (f"sha256={found}", str(len(wheel[name]))), name


def test_what_the_wheel_says_of_itself(wheel):
    files = described(wheel)
    assert set(files) == METADATA
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = Parser().parsestr(files["METADATA"].decode())
    assert about["Name"] == "capshare"
    assert about["Version"] == project["version"]
    assert about["Requires-Python"] == ">=3.11"
    assert about["License-Expression"] == "Apache-2.0"
    required = [line for line in about.get_all("Requires-Dist") if "extra ==" not in line]
    assert len(required) == len(project["dependencies"])
    assert files["entry_points.txt"].decode().split() == [
        "[console_scripts]",
        "capshare",
        "=",
        "capshare.cli:main",
    ]
    assert files["licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()


def test_the_source_archive_holds_what_the_wheel_was_built_from(built):
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "app/py.typed",
        "app/studies/tian-lin-2021.toml",
    } <= names


def test_no_code_of_others_is_in_it(wheel, built):
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        files = [part for part in archive.getmembers() if part.isfile()]
        sources = {part.name: archive.extractfile(part).read() for part in files}
    for name, data in {**wheel, **sources}.items():
        assert not name.endswith((".wasm", ".so", ".dll", ".min.js")), name
        # What people write has short lines; the runtime of the charts is one line of 0.9 MB.
        if name.endswith((".js", ".css", ".html")):
            assert max(map(len, data.splitlines())) < 1000, name
