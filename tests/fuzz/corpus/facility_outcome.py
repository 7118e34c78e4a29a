"""What a table of facilities has to end in: quotas that add up and verify, or usable problems."""

import functools
import json
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import capshare
from capshare.analyses.facilities.run_benchmark import run_benchmark, verify_benchmark
from capshare.base.errors import CapshareError
from capshare.reports.folder.new_folder import write_files
from corpus import cases
from corpus.outcome import require_usable


def tried(folder):
    """The quotas, or the error that a case ends with, as saved in a folder; both as they have to be."""
    asked = json.loads(Path(folder, "asked.json").read_text())
    own, against = asked.get("parameters"), asked.get("against")
    beside = None if against is None else run_of(*against)
    try:
        found = run_benchmark(
            str(Path(folder, asked["table"])), beside, own and Path(folder, own), asked.get("year")
        )
    except CapshareError as error:
        require_usable(error)
        return None, error
    require_sound(found)
    written = write_files(found.files(asked["lang"]), Path(folder, "quotas"))
    assert verify_benchmark(written).agrees
    return found, None


@functools.cache
def run_of(kind, number):
    """Folder of the run of another case, which has a result."""
    folder = Path(tempfile.mkdtemp(prefix="capshare-corpus-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = capshare.run(cases.case(kind, number).save(folder))
    return capshare.write(result, folder / "run")


def require_sound(found):
    """Sums are those of the facilities, quotas lie in the band, and what is handed in covers emissions."""
    quotas = found.outcome.quotas
    for name, table in (("province", found.outcome.provinces), ("sector", found.outcome.sectors)):
        sums = quotas.groupby(quotas[name].astype("str"))[["emissions_t", "quota_t", "shortfall_t"]].sum()
        there = table[table["facilities"] > 0]
        assert there["facilities"].sum() == len(quotas)
        for column in sums:
            pd.testing.assert_series_equal(there[column], sums[column].loc[there.index], check_names=False)
    numbers = quotas.select_dtypes("number").drop(columns=["benchmark", "heat_benchmark", "deviation"])
    assert np.isfinite(numbers.to_numpy(dtype=float)).all()
    _require_within_band(found)
    _require_surrendered(quotas)
    if found.outcome.beside is not None:
        p = found.outcome.provinces
        rest = p["province_quota_mt"] - p["quota_t"] / 1e6
        assert p["gap_mt"].to_numpy() == pytest.approx(rest.to_numpy(), rel=1e-9, abs=1e-6)


def _require_within_band(found):
    quotas = found.outcome.quotas
    rules = {
        (sector.name, rule.first_year): rule for sector in found.parameters.sector for rule in sector.rule
    }
    for (sector, first_year), rule in rules.items():
        mine = quotas[quotas["sector"] == sector]
        if not first_year <= found.outcome.year <= rule.last_year or mine.empty:
            continue
        assert (mine["form"] == rule.form).all()
        if rule.form == "band":
            most = rule.slope * rule.band
            share = mine["quota_t"] / mine["emissions_t"].where(mine["emissions_t"] > 0)
            assert share.dropna().between(1 - most - 1e-9, 1 + most + 1e-9).all()
        elif rule.form == "emissions":
            assert (mine["quota_t"] == mine["emissions_t"]).all()


def _require_surrendered(quotas):
    scale = 1e-9 * quotas[["emissions_t", "quota_t", "carried_t"]].max(axis="columns").clip(lower=1.0)
    handed = quotas["surrender_t"] + quotas["shortfall_t"] - quotas["emissions_t"]
    assert (handed.abs() <= scale).all()
    assert (quotas["offsets_used_t"] <= quotas["offset_limit_t"] + scale).all()
    assert (quotas[["shortfall_t", "surplus_t", "surrender_t", "penalty_yuan"]] >= 0).all(axis=None)
    issued = quotas["advance_t"] + quotas["settled_t"] - quotas["quota_t"]
    assert (issued.abs() <= scale + 1e-9 * quotas["advance_t"].abs()).all()
