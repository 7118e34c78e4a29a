import pytest
import vl_convert

from capshare.reports.charts import vega_bundle
from capshare.reports.charts.vega_bundle import chart_runtime


@pytest.fixture
def bundling(monkeypatch, tmp_path):
    """A cache of its own, a bundle that takes no time, and how often it was made."""
    made = []

    def bundle(snippet):
        made.append(snippet)
        return f"/* bundle */ {snippet}"

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(vl_convert, "javascript_bundle", bundle)
    chart_runtime.cache_clear()
    yield made
    chart_runtime.cache_clear()


def again():
    """As another process would ask."""
    chart_runtime.cache_clear()
    return chart_runtime()


def kept(tmp_path):
    return list((tmp_path / "capshare").iterdir())


def test_it_is_made_once_and_then_read_from_the_cache(bundling, tmp_path):
    first = chart_runtime()
    assert again() == first
    assert len(bundling) == 1
    assert first.startswith("/*!\nVega ")
    assert first.endswith("window.vegaEmbed=vegaEmbed;\n")
    [file] = kept(tmp_path)
    assert vl_convert.__version__ in file.name


@pytest.mark.parametrize(
    "damage", [lambda kept: kept[:-5], lambda kept: kept[:70] + b"\xff" + kept[71:], lambda kept: b""]
)
def test_a_damaged_cache_is_made_anew(bundling, tmp_path, damage):
    first = chart_runtime()
    [file] = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert again() == first
    assert len(bundling) == 2
    assert file.read_bytes() == whole


def test_another_version_is_another_file(bundling, monkeypatch, tmp_path):
    chart_runtime()
    monkeypatch.setattr(vl_convert, "get_vega_version", lambda: "99.0.0")
    assert "Vega 99.0.0" in again()
    assert len(bundling) == len(kept(tmp_path)) == 2


def test_a_cache_that_cannot_be_written_is_no_error(bundling, tmp_path):
    (tmp_path / "capshare").write_text("a file where the folder would be")
    first = chart_runtime()
    assert again() == first
    assert len(bundling) == 2


def test_without_a_home_it_is_made_each_time(bundling, monkeypatch):
    def homeless():
        raise RuntimeError("no home")

    monkeypatch.setattr(vega_bundle, "user_cache", homeless)
    assert again() == chart_runtime()


def test_the_real_one_keeps_the_notices_of_its_authors_and_can_stand_in_a_page():
    chart_runtime.cache_clear()
    real = chart_runtime()
    for notice in (
        "University of Washington Interactive Data Lab",
        "Mike Bostock",
        "BSD 3-Clause",
        "ISC License",
    ):
        assert notice in real[:4000], notice
    assert "</script" not in real.lower()
    assert "<!--" not in real
