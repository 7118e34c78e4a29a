"""Output in the encodings of western and Chinese Windows, and in none that knows more than ASCII."""

import io
import os
import subprocess
import sys

import pytest

from capshare.commands.readable_output import write_any_character

# Accents, dashes, a comparison, Chinese, and half of a character as it comes from a file's name.
TEXT = "Café ≥ 1 − 2 … 内蒙古 \udcff"


def printed(folder, *arguments, **surroundings):
    """What the command wrote into a pipe, as bytes."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    ended = subprocess.run(
        [sys.executable, "-m", "capshare", *map(str, arguments)],
        cwd=folder, env=kept | surroundings, capture_output=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")
    return ended.stdout


@pytest.fixture
def shown(call, monkeypatch):
    """What the command wrote in this process into a pipe of an encoding, as bytes."""

    def run(encoding, *arguments):
        pipe = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", pipe)
        assert call(*arguments)[::2] == (0, "")
        pipe.flush()
        return pipe.buffer.getvalue()

    return run


@pytest.mark.slow
def test_a_process_prints_in_the_encoding_of_its_surroundings(isles, tmp_path):
    study = isles.rename(isles.with_name("甲岛.toml"))
    output = printed(tmp_path, "check", study, PYTHONIOENCODING="cp936")
    assert "甲岛.toml" in output.decode("cp936")


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp936", "cp1252", "ascii", "utf-16"])
def test_a_run_is_printed_in_any_encoding(isles, made_before, shown, tmp_path, encoding):
    text = shown(encoding, "run", isles, "--lang", "zh", "-o", encoding).decode(encoding)
    assert "480.0" in text
    assert (tmp_path / encoding / "manifest.json").is_file()
    if encoding in ("cp936", "utf-16"):
        assert "甲岛" in text
    if encoding == "ascii":
        assert "\\u7532\\u5c9b" in text


@pytest.mark.slow
def test_a_c_locale_without_utf_8_mode(isles, tmp_path):
    output = printed(
        tmp_path, "run", isles, "--lang", "zh", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert b"\\u7532\\u5c9b" in output


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("cp1252", "Café >= 1 - 2 … \\u5185\\u8499\\u53e4 \\udcff"),
        ("cp936", "Café ≥ 1 - 2 … 内蒙古 \\udcff"),
        ("ascii", "Cafe >= 1 - 2 ... \\u5185\\u8499\\u53e4 \\udcff"),
        ("utf-8", "Café ≥ 1 − 2 … 内蒙古 \\udcff"),
    ],
)
def test_what_an_encoding_lacks_is_written_another_way(encoding, written):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    write_any_character(stream, None)
    stream.write(TEXT)
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding) == written


def test_what_the_user_chose_stays():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    write_any_character(stream)
    assert stream.errors == "replace"
