"""Workbooks that LibreOffice has saved, in either language."""

import subprocess

import pytest

import capshare
from capshare import CapshareError
from capshare.analyses.from_workbook.run_from import read_edited


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_libreoffice_saves_is_as_the_run_wrote_it(islands, tmp_path, executable, lang):
    folder = capshare.write(capshare.read_run(islands.folder), tmp_path / "run", lang=lang)
    profile = (tmp_path / "profile").as_uri()
    command = [
        executable("soffice"),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path, folder / "study.xlsx"], check=True, capture_output=True, timeout=300
    )
    with pytest.raises(CapshareError, match="an edited cell; found every cell as the run wrote it"):
        read_edited(tmp_path / "study.xlsx", folder)
