"""``capshare explain --html`` and ``--all`` as a user calls them."""

import json

import pytest


@pytest.mark.slow
def test_a_sheet_is_one_file_that_is_not_overwritten(call, ran, tmp_path):
    code, output, message = call("explain", "Dahlia", "out", "--html", "-o", "dahlia.html")
    assert (code, message) == (0, "")
    assert output == f"File: {tmp_path / 'dahlia.html'}\n"
    page = (tmp_path / "dahlia.html").read_bytes()
    assert "Dahlia: " in page.decode()
    code, _, message = call("explain", "Dahlia", "out", "--html", "-o", "dahlia.html")
    assert code == 2
    assert "found an existing file" in message
    assert call("explain", "Dahlia", "out", "--html", "-o", "dahlia.html", "--force")[0] == 0
    assert (tmp_path / "dahlia.html").read_bytes() == page
    assert call("explain", "Dahlia", "out", "--html", "--lang", "zh")[0] == 0
    assert "丁岛" in (tmp_path / "runs" / "d-dahlia.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_all_sheets_are_a_folder_that_appears_whole(call, ran, tmp_path):
    code, output, message = call("explain", "--all", "out", "-o", "sheets")
    assert (code, message) == (0, "")
    assert output == f"Files: {tmp_path / 'sheets'} (6 sheets; begin with index.html)\n"
    first = {path.name: path.read_bytes() for path in (tmp_path / "sheets").iterdir()}
    assert len(first) == 8
    manifest = json.loads(first["manifest.json"])
    assert (manifest["study"], manifest["year"]) == ("isles", 2017)
    assert call("explain", "--all", "out", "-o", "sheets")[0] == 2
    assert call("explain", "--all", "out", "-o", "sheets", "--force")[0] == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "sheets").iterdir()} == first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--all", "Dahlia", "out"), "--all writes the sheets of all provinces: name no PROVINCE"),
        (("--all", "Dahlia"), "With --all no province is named"),
        (("Dahlia", "--all", "--html"), "give --html for one province, or --all"),
        ((), "name a PROVINCE, or give --all"),
        (("Dahlia", "out", "-o", "x"), "-o and --force need --html or --all"),
        (("Dalia", "out", "--html"), "Did you mean d (Dahlia)?"),
        (("Dahlia", "out", "--html", "-o", "out"), "found a folder of that name"),
        (("--all", "out", "--year", "1999", "-o", "x"), "expected a year of the study: 2017; found 1999"),
    ],
)
def test_what_contradicts_itself_is_one_message(call, ran, tmp_path, arguments, message):
    code, output, said = call("explain", *arguments)
    assert (code, output) == (2, "")
    assert message in said
    assert not (tmp_path / "x").exists()
