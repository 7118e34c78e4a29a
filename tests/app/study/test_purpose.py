"""What a study says of itself: its purpose and the day of its run."""

import pytest

import capshare
from capshare.study.reading import load_study


def said(tmp_path, lines):
    study = tmp_path / "study.toml"
    text = '[study]\nname = "mine"\n' + lines + "\n[emissions]\n"
    study.write_text(text, encoding="utf-8")
    return study


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "22.11.2026", "20261122", "2026-11-22T08:00"])
def test_what_is_no_day_is_refused_by_its_key(tmp_path, day):
    with pytest.raises(capshare.CapshareError, match=r'study\.date: expected a day in quotes, "2026-11-22"'):
        load_study(said(tmp_path, f'date = "{day}"'))


def test_an_empty_purpose_is_refused(tmp_path):
    with pytest.raises(capshare.CapshareError, match=r"study\.purpose: expected text that is not empty"):
        load_study(said(tmp_path, 'purpose = ""'))


@pytest.mark.parametrize("name", capshare.shipped_studies())
def test_every_shipped_study_says_what_it_is_for_in_both_languages(name):
    own = load_study(name).study.study
    assert own.purpose.isascii() or "CO₂" in own.purpose
    assert any("一" <= sign <= "鿿" for sign in own.purpose_zh)
    assert own.date == "2026-11-22"
