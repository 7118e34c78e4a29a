from pathlib import Path

import pytest

from capshare.base import user_cache as module
from capshare.base.user_cache import user_cache


def test_the_variable_decides_if_its_path_is_absolute(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache() == tmp_path / "capshare"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert user_cache().is_relative_to(Path.home())


@pytest.mark.parametrize(
    ("platform", "tail"),
    [
        ("linux", ".cache/capshare"),
        ("darwin", "Library/Caches/capshare"),
        ("win32", "AppData/Local/capshare/Cache"),
    ],
)
def test_each_platform_has_its_own_place(monkeypatch, tmp_path, platform, tail):
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(module.sys, "platform", platform)
    monkeypatch.setattr(module.Path, "home", lambda: tmp_path)
    assert user_cache() == tmp_path / tail
