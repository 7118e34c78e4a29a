"""What any command wrote can be replaced by --force, and nothing else with it."""

import pytest


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", ["frontier", "compare-rules", pytest.param("charts", marks=pytest.mark.slow)]
)
def test_a_folder_is_replaced_until_something_else_lies_in_it(isles, call, tmp_path, command):
    assert call(command, isles, "-o", "out")[0] == 0
    assert call(command, isles, "-o", "out", "--force")[0] == 0
    (tmp_path / "out" / "mine.txt").write_text("years of work", encoding="utf-8")
    code, output, message = call(command, isles, "-o", "out", "--force")
    assert (code, output) == (2, "")
    assert "found also mine.txt. Move them elsewhere" in message
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "years of work"
