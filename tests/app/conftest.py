"""The command line called in this process, studies of one's own to spoil, and a run of one of them."""

import json
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "indicators" / "data" / "china-2017"
STUDY = ROOT / "tests" / "studies" / "tian-lin-2021-t20.toml"


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """The command line in this process, in a folder of its own: exit code, output, message."""
    from capshare.cli import main

    monkeypatch.chdir(tmp_path)
    # As in a pipe: pytest's workers set the width of the terminal that pytest runs in.
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["capshare", *map(str, arguments)])
        with pytest.raises(SystemExit, match=r"^[0-3]$") as ended:
            main()
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def own_study(tmp_path):
    """A study file beside a copy of the shipped dataset."""
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "own.toml"
    text = STUDY.read_text(encoding="utf-8")
    path.write_text(text.replace('dataset = "china-2017"', 'dataset = "data"'), encoding="utf-8")
    return path


@pytest.fixture
def spoil(own_study):
    """Replace a text, once, in a file beside the study or in the study itself."""

    def replace(name, old, new):
        path = own_study.parent / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


ISLES = """\
code,name_en,name_zh,gdp_1e8yuan,population_1e4,inventory_mt,forest_1e4m3,price_yuan_per_t
a,Aster,甲岛,900,300,90,10,40
b,Birch,乙岛,400,350,120,80,25
c,Cedar,丙岛,250,200,60,300,60
d,Dahlia,丁岛,1200,500,200,5,90
e,Elder,戊岛,100,150,45,500,30
f,Fern,己岛,650,90,75,40,55
"""
ISLES_STUDY = """\
[study]
name = "isles"
dataset = "isles"
base_year = 2017
seed = 1
[emissions]
method = "column"
column = "inventory_mt"
[cap]
method = "table"
mt = { 2017 = 480.0 }
[[indicators]]
id = "population"
expression = "population_1e4"
direction = "more"
principle = "equality"
[[indicators]]
id = "gdp"
expression = "gdp_1e8yuan"
direction = "more"
principle = "need"
[[indicators]]
id = "forest"
expression = "forest_1e4m3"
direction = "more"
principle = "ecology"
[groups]
method = "kmeans"
k = 2
restarts = 5
[prices]
method = "given"
column = "price_yuan_per_t"
[potential]
[[potential.indicators]]
id = "income"
expression = "gdp_1e8yuan / population_1e4"
direction = "more"
[[potential.indicators]]
id = "carbon"
expression = "emissions_mt / gdp_1e8yuan"
direction = "less"
"""


def write_isles(folder):
    """Put the study of six made-up islands beside its dataset; a run takes a second."""
    (folder / "isles").mkdir(parents=True)
    rows = [line.split(",") for line in ISLES.splitlines()]
    for name, columns in (("regions", (0, 1, 2)), ("provinces", (0, 3, 4, 5, 6, 7))):
        text = "".join(",".join(row[c] for c in columns) + "\n" for row in rows)
        (folder / "isles" / f"{name}.csv").write_text(text, encoding="utf-8")
    units = {"gdp_1e8yuan": "1e8 yuan", "population_1e4": "1e4 persons", "inventory_mt": "Mt CO2",
             "forest_1e4m3": "1e4 m3", "price_yuan_per_t": "yuan/t"}  # fmt: skip
    words = [{"name": name, "type": "string", "title": name} for name in ("code", "name_en", "name_zh")]
    figures = [{"name": name, "type": "number", "title": name, "unit": unit, "source": "made up"}
               for name, unit in units.items()]  # fmt: skip
    resources = [
        {"name": "regions", "role": "regions", "path": "regions.csv", "schema": {"fields": words}},
        {"name": "provinces", "role": "provinces", "path": "provinces.csv", "base_year": 2017,
         "schema": {"fields": [words[0], *figures]}},
    ]  # fmt: skip
    package = {"name": "isles", "title": "Six islands", "resources": resources}
    (folder / "isles" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    path = folder / "isles.toml"
    path.write_text(ISLES_STUDY, encoding="utf-8")
    return path


@pytest.fixture
def isles(tmp_path):
    """Study of six made-up islands beside its dataset."""
    return write_isles(tmp_path / "given")


@pytest.fixture(scope="session")
def whole_isles(once):
    """Folder of the study of the islands as it is and, in ``run``, of a run of it; to change it, copy it."""
    import capshare

    def make(folder):
        capshare.write(capshare.run(write_isles(folder)), folder / "run")

    return once("isles", make)


@pytest.fixture
def ran(whole_isles, tmp_path):
    """A copy of the folder of a run of the islands, ``out`` where :func:`call` calls."""
    return shutil.copytree(whole_isles / "run", tmp_path / "out")


@pytest.fixture
def made_before(whole_isles, monkeypatch):
    """Workbook and page of any run are those of the islands; they take most of the time of a small run."""
    book = (whole_isles / "run" / "study.xlsx").read_bytes()
    page = (whole_isles / "run" / "report.html").read_text(encoding="utf-8")
    monkeypatch.setattr("capshare.reports.folder.write.workbook_bytes", lambda result, lang, unit: book)
    monkeypatch.setattr("capshare.reports.folder.write.report_html", lambda result, lang: page)


UNCERTAINTY = """
[uncertainty]
[[uncertainty.columns]]
column = "gdp_1e8yuan"
relative_sd = 0.3
reason = "Made up."
[uncertainty.costs]
province_relative_sd = 0.5
reason = "Made up."
[[uncertainty.settings]]
key = "allocation.max_deviation"
low = 0.0
high = 0.3
reason = "Made up."
"""


@pytest.fixture(scope="session")
def drawn_isles(once):
    """Folder of a study of the islands, ``isles.toml``, of its ``ensemble``, and of a ``run`` with it."""
    import capshare
    from capshare.analyses.ensemble.ensemble import Plan, ensemble

    def make(folder):
        path = write_isles(folder)
        path.write_text(path.read_text(encoding="utf-8") + UNCERTAINTY, encoding="utf-8")
        ensemble(capshare.load_study(path), Plan(24, folder / "ensemble"))
        capshare.write(capshare.run(path, ensemble=folder / "ensemble"), folder / "run")

    return once("isles with an ensemble", make)
