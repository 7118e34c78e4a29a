"""A run's folder holds what was read, as it was read, and under names from which it can be read again."""

import json

import pytest

import capshare
from capshare.analyses.verify import verify


@pytest.fixture
def rename(isles):
    """Give a table of the islands another path, in the folder and in datapackage.json."""

    def to(name, path, written=None):
        folder = isles.parent / "isles"
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / name).rename(folder / path)
        package = folder / "datapackage.json"
        text = package.read_text(encoding="utf-8")
        package.write_text(text.replace(f'"{name}"', json.dumps(written or path)), encoding="utf-8")

    return to


def written_and_verified(study, folder):
    found = verify(capshare.write(capshare.run(study), folder))
    assert {file.verdict for file in found.files} == {"identical"}
    return {file.name for file in found.files if file.name.startswith("inputs/")}


@pytest.mark.slow
def test_files_edited_or_gone_after_they_were_read_are_kept_as_they_were_read(isles, made_before, tmp_path):
    (isles.parent / "slow.csv").write_text(
        "year,gdp_growth_pct,status,source\n2018,3,assumption,mine\n", encoding="utf-8"
    )
    text = isles.read_text(encoding="utf-8").replace("seed = 1", 'seed = 1\nscenario = "slow.csv"')
    isles.write_text(text, encoding="utf-8")
    read = {
        path.relative_to(isles.parent).as_posix(): path.read_bytes() for path in isles.parent.rglob("*.*")
    }
    result = capshare.run(isles)
    for path in (isles, isles.parent / "slow.csv", isles.parent / "isles" / "provinces.csv"):
        path.write_text("edited meanwhile", encoding="utf-8")
    (isles.parent / "isles" / "regions.csv").unlink()
    folder = capshare.write(result, tmp_path / "run")
    kept = {path.relative_to(folder / "inputs").as_posix(): path for path in folder.glob("inputs/**/*.*")}
    assert {name: path.read_bytes() for name, path in kept.items()} == {
        name.replace("isles/", "").replace("slow", "scenario/slow"): data for name, data in read.items()
    }
    assert verify(folder).agrees


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "written"),
    [
        pytest.param("regions.csv", "./regions.csv", marks=pytest.mark.slow),
        ("tables/regions.csv", "tables/.//regions.csv"),
        ("regions.xlsx", None),
        pytest.param("regions", None, marks=pytest.mark.slow),
    ],
)
def test_tables_of_any_name_are_read_again_from_the_folder(
    isles, made_before, rename, tmp_path, path, written
):
    rename("regions.csv", path, written)
    assert f"inputs/{path}" in written_and_verified(isles, tmp_path / "run")


@pytest.mark.parametrize(
    ("study", "table", "message"),
    [
        ("provinces.csv", None, "provinces.csv: expected a study file"),
        ("data", "data/regions.csv", "inputs, data/regions.csv: expected a name of its own"),
        ("isles.toml", "scenario/regions.csv", "inputs, scenario: expected a name of its own"),
        ("datapackage.json", None, "datapackage.json: expected a study file"),
        ("isles.toml", "a\nb.csv", "expected a file name without control"),
        ("isles.xlsx", None, "isles.xlsx: expected a study file"),
        ("\udcff.toml", None, "expected a file name without control characters, in UTF-8"),
    ],
)
def test_names_that_could_not_stand_in_one_folder_are_refused_at_reading(
    isles, rename, study, table, message
):
    if table:
        rename("regions.csv", table)
    isles.rename(isles.parent / study)
    with pytest.raises(capshare.CapshareError, match=message):
        capshare.run(isles.parent / study)
