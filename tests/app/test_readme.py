"""What the files beside the code promise is so."""

import re
import tomllib
from pathlib import Path

import pytest

import capshare
from capshare.commands.group import cli
from capshare.commands.screen import screen
from capshare.reports.console.summary import print_summary
from capshare.study.reading import DEFAULT

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


def words(text):
    return " ".join(text.split())


def test_the_readme_shows_what_a_run_of_the_default_study_prints(finished, capsys):
    print_summary(finished(DEFAULT), Path("runs") / DEFAULT, screen())
    rest = words(capsys.readouterr().out)
    shown = re.search(r"```\n(capshare, study .*?)```", README, re.DOTALL)[1].splitlines()
    assert len(shown) > 20
    for line in filter(lambda line: line != "...", map(words, shown)):
        assert line in rest, line
        rest = rest.partition(line)[2]


def test_the_readme_says_how_far_the_base_study_is_from_the_published_one(finished):
    published = finished("tian-lin-2021").published
    value, readings = published.agreement["value"], published.readings
    index, signs = readings["group_adjusted_rand"], readings["balance_signs_right"]
    for said in (
        f"adjusted Rand index of {value['group_adjusted_rand']:.2f}",
        f"{value['balance_signs_right']:.0f} of 30 provinces",
        f"{value['balance_classes_right']:.0f} in the same class",
        f"over the {len(readings)} readings",
        f"index is {index.min():.2f} to {index.max():.2f}, and {signs.min():.0f} to {signs.max():.0f} signs",
    ):
        assert said in words(README), said


def test_every_command_that_the_readme_shows_is_one_of_a_study_that_ships():
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line.split("#")[0].split() for text in blocks for line in text.splitlines()]
    calls = [line[1:] for line in lines if line and line[0] == "capshare"]
    assert len(calls) > 4
    for command, *arguments in calls:
        assert cli.commands[command].make_context(command, arguments).params
        named = [argument for argument in arguments if argument.startswith(("china-", "tian-"))]
        assert set(named) <= set(capshare.shipped_studies())


def test_the_study_of_the_readme_runs(call, made_before, tmp_path):
    (tmp_path / "mine.toml").write_text(block("toml"), encoding="utf-8")
    code, output, message = call("run", "mine.toml", "-o", "out")
    assert (code, message) == (0, "")
    assert "Cap 2017: 9,500.0 Mt CO₂" in output


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


def test_every_file_of_a_run_is_in_the_readme(tables_left):
    for path in tables_left("tian-lin-2021-given").iterdir():
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
