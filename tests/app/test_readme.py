"""What the files beside the code promise is so."""

import re
import tomllib
from pathlib import Path

import pytest

import capshare
from capshare.commands.group import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)[1]


def test_the_readme_opens_with_the_two_commands_and_ci_calls_the_second():
    install, develop = "pip install . && capshare run", 'pip install -e ".[dev]" && pytest'
    assert 0 < README.index(install) < README.index(develop) < README.index("\n## ")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    command, test = develop.split(" && ")
    assert script.index(command.replace("pip install", "pip install -q")) < script.rindex(f"\n{test} ")


def test_the_study_of_the_readme_runs(call, made_before, tmp_path):
    (tmp_path / "mine.toml").write_text(block("toml"), encoding="utf-8")
    code, output, message = call("run", "mine.toml", "-o", "out")
    assert (code, message) == (0, "")
    assert "Cap 2017: 9,500.0 Mt CO2" in output


def test_the_python_of_the_readme_runs(finished, made_before, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    # That study has run before; here it matters that the names, calls and columns are there.
    results = {"tian-lin-2021": finished("tian-lin-2021")}
    monkeypatch.setattr("capshare.analyses.run.run", results.__getitem__)
    exec(compile(block("python"), "README.md", "exec"), {})
    assert "Beijing" in capsys.readouterr().out
    assert (tmp_path / "runs" / "mine" / "provinces.csv").is_file()


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_is_in_the_readme_and_explains_itself(call, command):
    assert re.search(rf"^\| `capshare {command}[ `]", README, re.MULTILINE)
    code, output, _ = call(command, "--help")
    assert code == 0
    assert output.startswith("Usage: ")


def test_every_file_of_a_run_is_in_the_readme(left_behind):
    for path in left_behind("tian-lin-2021-given").iterdir():
        assert f"`{path.name}`" in README


def test_every_public_name_can_be_reached():
    assert all(hasattr(capshare, name) for name in capshare.__all__)
    assert set(capshare.__all__) <= set(dir(capshare))
    with pytest.raises(AttributeError, match="no attribute 'allocate'"):
        _ = capshare.allocate


def test_every_version_is_pinned_plainly():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines)
    assert len(pinned) == len(lines)
    assert all(name == name.lower() and version[0].isdigit() for name, version in pinned.items())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = project["dependencies"] + project["optional-dependencies"]["dev"]
    assert {requirement.split(">=")[0] for requirement in named} <= set(pinned)


def test_the_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project['version']}\n" in citation
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
