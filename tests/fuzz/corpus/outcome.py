"""What every case has to end in: a result whose invariants hold, or problems that a user can act on."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

import capshare
from capshare.analyses.run import run
from capshare.base.errors import CapshareError, Problem
from capshare.reports.folder.tables import csv_bytes, tables
from corpus.chinese import require_chinese

# What only the program's own text would say; a user has no use for it.
INNER = re.compile(
    r"Traceback|report this as a fault|NoneType|DataFrame|\bSeries\b|numpy|pandas|pydantic|\bdtype\b"
    r"|float64|int64|<class|object at 0x|\b[A-Z][A-Za-z]*Error\b"
)


def outcome(path):
    """The run's result, or the error that it ends with."""
    with np.errstate(all="ignore"):
        try:
            return run(path), None
        except CapshareError as error:
            return None, error


def require_either(result, error):
    """A sound result, or usable problems."""
    if error is None:
        require_sound(result)
    else:
        require_usable(error)


def require_usable(error):
    assert error.problems
    for problem in error.problems:
        # Why there is no solution is told in lines of its own.
        text = Problem.__str__(problem)
        for part in ("source", "expected", "found", "remedy"):
            assert getattr(problem, part).strip(), f"no {part}: {text}"
        assert re.match(r"\S.*: expected .+; found .+\. \S.*[.?]$", text, re.DOTALL), text
        assert not INNER.search(text), text
    assert error.exit_code in (2, 3)


def require_sound(result):
    """What every result keeps: sums, bounds, covered emissions, and no cell without a value."""
    for year, provinces in result.allocation.provinces.groupby(level="year"):
        _require_sound_year(result, provinces, result.cap.path["divided_mt"][year])
    if result.study.settings.get("targets") is not None:
        _require_sound_cuts(result)
    assert result.weights.table["weight"].sum() == pytest.approx(1)
    assert result.allocation.total.status == "optimal"
    failed = result.allocation.checks.loc[lambda checks: ~checks["passed"].astype(bool)]
    # Where the whole cost is next to nothing, the last digit of a price is a relative gap.
    assert failed.index.isin(["duality_gap"]).all(), failed
    assert (failed["figure"] < 1e-6).all(), failed
    for table, frame in tables(result).items():
        # A price may hold all the way down: that end of its range is -inf.
        wrong = "nan|None" if table.name in ("prices", "groups") else "nan|None|-inf"
        # An indicator may be called "nan": its name is a heading, no cell.
        _, _, cells = csv_bytes(frame, table.file).decode().partition("\n")
        assert not re.search(rf"(^|,)({wrong})(,|$)", cells, re.MULTILINE), table.file
    assert not any("nan" in note.split() for note in capshare.notes_in_words(result))
    require_chinese(result, result.inputs.fields.index)


def require_read_back(folder):
    """What a folder of a run keeps: read back, its tables are the same text."""
    for table, frame in tables(capshare.read_run(folder)).items():
        assert csv_bytes(frame, table.file) == Path(folder, table.file).read_bytes(), table.file


def _require_sound_year(result, p, cap_mt):
    asked = result.study.settings["allocation"]
    scale = 1e-6 * max(1.0, float(p["emissions_mt"].max()), float(p["quota_mt"].max()))
    assert p["quota_mt"].sum() == pytest.approx(cap_mt, rel=1e-9, abs=scale)
    assert p["quota_share"].sum() == pytest.approx(1)
    assert (p["quota_mt"] >= p["floor_mt"] - scale).all()
    assert (p["quota_mt"] <= p["ceiling_mt"] + scale).all()
    assert (p["balance_mt"] - (p["quota_mt"] - p["emissions_mt"])).abs().max() <= scale
    if math.isfinite(asked["max_deviation"]) and result.study.settings.get("targets") is None:
        away = (p["quota_mt"] - p["entitlement_mt"]).abs()
        assert (away <= asked["max_deviation"] * p["entitlement_mt"] + scale).all()
    held = p["quota_mt"] + p["purchase_mt"] - p["sale_mt"] + p["abatement_mt"] + p["uncovered_mt"]
    if "carried_in_mt" in p:
        held += p["carried_in_mt"] - p["carried_out_mt"]
    assert (held >= p["emissions_mt"] - scale).all()
    assert p["purchase_mt"].sum() == pytest.approx(p["sale_mt"].sum(), abs=10 * scale)


def _require_sound_cuts(result):
    """What the cuts of a plan keep: the band, the distance, tiers, their order, the national cut."""
    cuts, asked = result.targets.cuts, result.study.settings["targets"]
    constant, quota = cuts["constant_intensity_mt"], cuts["quota_mt"]
    entitled, cut, rounded = (cuts[name] for name in ("entitled_cut_pct", "cut_pct", "rounded_cut_pct"))
    points = 1e-6
    least, most = asked["band_pct"]
    assert cut.between(least - points, most + points).all()
    assert entitled.between(least - points, most + points).all()
    assert ((cut - entitled).abs() <= asked["distance_points"] + points).all()
    if asked["tiers"] == "bind":
        assert cut.groupby(cuts["tier"]).agg(np.ptp).max() <= 1e-4
    national = 100 * (1 - quota.sum() / constant.sum())
    held_back = result.study.settings["market"].get("reserve_share", 0.0) > 0
    assert held_back or national == pytest.approx(result.cap.path["cut_pct"].iloc[-1], abs=points)
    together = float((rounded * constant).sum() / constant.sum())
    assert together >= national - points
    noted = {note.key for note in result.notes}
    assert together <= national + 0.02 + points or "rounded_beyond" in noted
    step = asked["round_to_points"]
    assert ((rounded / step - (rounded / step).round()).abs() < 1e-6).all()
    assert ((rounded - cut).abs() <= step + points).all()
    assert (np.diff(rounded[cut.sort_values(kind="stable").index]) >= -points).all()
    rising = (result.targets.intensity["cut_vs_base_pct"] < -0.05).any()
    assert rising == ("rising_intensity" in noted)
