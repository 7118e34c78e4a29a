"""The suite on a machine without the programs that some tests call."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# One test that needs a program, beside one that does not; nothing to import but pytest.
TESTS = """
import pytest
@pytest.mark.needs("glpsol")
def test_with_a_program():
    pass
def test_without():
    pass
"""


@pytest.fixture
def bare(tmp_path):
    """Pytest in a process of its own whose PATH leads nowhere: exit code and output."""

    def run(*options, **variables):
        (tmp_path / "test_two.py").write_text(TESTS, encoding="utf-8")
        shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CAPSHARE", "PYTEST"))}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += ["-c", ROOT / "pyproject.toml", *options, tmp_path]
        ended = subprocess.run(
            command, cwd=tmp_path, env=kept | {"PATH": str(tmp_path)} | variables,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return ended.returncode, ended.stdout

    return run


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "1"])
def test_tests_wait_for_a_missing_program_and_say_how_to_get_it(bare, workers):
    code, output = bare("-n", workers)
    assert code == 0, output
    assert "1 test waits for glpsol. GLPK: apt-get install glpk-utils" in "\n".join(output.splitlines()[-2:])
    assert "1 passed, 1 skipped" in output


@pytest.mark.slow
def test_where_all_programs_are_asked_for_a_missing_one_is_a_failure(bare):
    code, output = bare("-n", "0", CAPSHARE_ALL_PROGRAMS="1")
    assert code == 1, output
    assert "glpsol is missing. GLPK: apt-get install glpk-utils" in output
    assert "1 passed, 1 error" in output


def test_ci_asks_for_all_programs_and_installs_them():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    spec = importlib.util.spec_from_file_location("waiting", ROOT / "tests" / "conftest.py")
    waiting = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(waiting)
    assert f"export {waiting.ALL_WANTED}=1" in script
    assert [name for name in waiting.PROGRAMS if f"command -v {name} " not in script] == []
