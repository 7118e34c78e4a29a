"""Arguments that no file can be called, and links that lead nowhere: one message, no traceback."""

import pytest

LONG = "a" * 300


@pytest.mark.slow
@pytest.mark.parametrize("argument", [LONG, "北" * 100, f"{LONG}.toml", "loop"])
@pytest.mark.parametrize(
    "command",
    [
        ["run"],
        ["check"],
        ["frontier"],
        ["compare-rules"],
        ["backtest"],
        ["backtest", "--dataset"],
        ["charts"],
        ["data"],
        ["explain", "Beijing"],
        ["new"],
        ["new", "--dataset"],
        ["new", "other", "--dataset", "--regions"],
    ],
    ids=" ".join,
)
def test_a_name_that_cannot_be(call, tmp_path, command, argument):
    (tmp_path / "loop").symlink_to("loop")
    code, printed, message = call(*command, argument)
    assert (code, printed) == (2, "")
    assert message.startswith("capshare: 1 problem\n")
    assert len(message) < 3000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loop"]
