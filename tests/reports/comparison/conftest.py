"""Folders of runs written by hand, so that every difference can be worked out beside them."""

import json

import pytest

from capshare.analyses.compare_runs import read_compared
from capshare.base.notes import caution
from capshare.reports.comparison.compare import compare_runs
from capshare.reports.folder.manifest import sha256
from capshare.reports.folder.new_folder import write_files
from capshare.reports.folder.notes import notes_json

NAMES = {"a": ("Aster", "甲岛"), "b": ("Birch", "乙岛"), "c": ("Cedar", "丙岛")}
PROVINCES = (
    "{year}code,name_en,name_zh,group,balance_class,emissions_mt,quota_mt,balance_mt,abatement_mt,"
    "purchase_mt,uncovered_mt,cost_1e8yuan,penalty_1e8yuan"
)
GROUPS = "{year}group,members,cap_mt,cap_share,price_yuan_per_t,price_low_yuan_per_t,price_high_yuan_per_t"
STUDY = """\
[study]
name = "{name}"
years = {years}
[allocation]
max_deviation = {deviation}
[[indicators]]
id = "gdp"
direction = "more"
"""


def provinces(quotas, prefix=""):
    """Rows in which everyone emits 100 Mt and who lacks quota abates it."""
    rows = []
    for (code, (en, zh)), quota in zip(NAMES.items(), quotas, strict=True):
        balance = quota - 100.0
        size = "balanced" if balance == 0 else "slight surplus" if balance > 0 else "light deficit"
        cut = max(-balance, 0.0)
        group = "I" if code == "a" else "II"
        rows.append(
            f"{prefix}{code},{en},{zh},{group},{size},100.0,{quota},{balance},{cut},0.0,0.0,{cut},0.0"
        )
    return rows


def groups(quotas, prefix=""):
    low = "" if quotas[0] > 100.0 else "5.0"
    first, second = quotas[0], quotas[1] + quotas[2]
    share = first / (first + second)
    return [
        f"{prefix}I,1,{first},{share},10.0,{low},11.0",
        f"{prefix}II,2,{second},{1 - share},40.0,40.0,40.0",
    ]


SLACK, STRICT = caution("slack", cap=270.0, emissions=300.0), caution("single", groups=["I"])


@pytest.fixture
def make(tmp_path):
    """Write the folder of a run: quotas by year, 30 Mt of which is cut most at T = 0.2."""

    def run(name, quotas_of, deviation=0.2, notes=(SLACK,), failed=False, version="1"):
        several = len(quotas_of) > 1
        head = "year," if several else ""
        text = {
            "cap": ["year,cap_mt"],
            "provinces": [PROVINCES.format(year=head)],
            "groups": [GROUPS.format(year=head)],
            "prices": [f"{head}constraint,name,price_yuan_per_t"],
        }
        for year, quotas in quotas_of.items():
            own = f"{year}," if several else ""
            text["cap"].append(f"{year},{sum(quotas)}")
            text["provinces"] += provinces(quotas, own)
            text["groups"] += groups(quotas, own)
            text["prices"].append(f"{own}market,national,7.5")
        files = {f"{table}.csv": ("\n".join(rows) + "\n").encode() for table, rows in text.items()}
        years = sorted(quotas_of) if several else []
        files["study.toml"] = STUDY.format(name=name, years=years, deviation=deviation).encode()
        files["notes.json"] = notes_json(notes).encode()
        inputs = {"data.csv": "0" * 64}
        checks = [{"name": "duality_gap", "figure": 0.0, "passed": not failed}]
        manifest = {"study": name, "inputs": inputs, "versions": {"capshare": version}, "allocation": {},
                    "checks": checks, "files": sha256(files)}  # fmt: skip
        files["inputs/data.csv"] = b""
        manifest["inputs"] = sha256({"data.csv": b""})
        files["manifest.json"] = json.dumps(manifest).encode()
        return write_files(files, tmp_path / name)

    return run


@pytest.fixture
def pair(make):
    first = make("loose", {2030: (120.0, 90.0, 60.0)})
    other = make("strict", {2030: (100.0, 100.0, 70.0)}, deviation=0.1, notes=(SLACK, STRICT))
    return compare_runs(read_compared([first, other]))
