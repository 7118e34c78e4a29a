"""Whatever a study file and its tables hold: a result whose invariants hold, or problems that can be mended.

A handful of examples by default, 500 where slow tests run, and as many as CAPSHARE_EXAMPLES says on demand::

    CAPSHARE_EXAMPLES=20000 pytest -m slow tests/app/test_random_studies.py
"""

import json
import math
import os
import re
import tempfile
from pathlib import Path

import numpy as np
import pytest
import tomli_w
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from capshare.analyses.run import run
from capshare.base.errors import CapshareError
from capshare.reports.folder.tables import csv_text, tables

COLUMNS = {"gdp_1e8yuan": "1e8 yuan", "population_1e4": "1e4 persons", "inventory_mt": "Mt CO2",
           "forest_1e4m3": "1e4 m3", "price_yuan_per_t": "yuan/t"}  # fmt: skip
FEW = settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
# The same 500 each time, a failing one as it came; as many others as CAPSHARE_EXAMPLES says, and made
# small, on demand.
ON_DEMAND = os.environ.get("CAPSHARE_EXAMPLES")
AS_THEY_COME = (Phase.explicit, Phase.generate)
MANY = (
    settings(FEW, max_examples=500, phases=AS_THEY_COME)
    if ON_DEMAND is None
    else settings(FEW, derandomize=False, max_examples=int(ON_DEMAND))
)


def written(low, high):
    """Numbers as people write them: no more than four decimals."""
    return st.floats(low, high).map(lambda number: round(number, 4))


plausible = st.one_of(written(0.1, 1e4), st.integers(1, 30).map(float))
odd = st.one_of(st.just(0.0), written(0, 1e9), written(0, 1e-3))
# Most amounts are such as a country may have, so that most examples reach a result.
amounts = st.integers(0, 59).flatmap(lambda chance: odd if chance == 0 else plausible)
wide = st.one_of(st.just(math.inf), written(0, 3))
spoiled_cells = st.sampled_from(["", "-3", "NaN", "inf", "1e400", "many", "１２", "1,234", "=A1", "北京"])
spoiled_values = st.sampled_from(
    [None, "x", "", -1, 0, 7, 1e308, math.nan, math.inf, True, [], [1], {}, {"a": 1}]
)


def field(name, unit=""):
    kind = "number" if unit else "string"
    return {"name": name, "type": kind, "title": name, "unit": unit, "constraints": {"required": True}}


def write_dataset(folder, rows):
    """A data package of two tables; rows are dicts of column to cell."""
    codes = [f"r{number}" for number in range(len(rows))]
    names = "code,name_en\n" + "".join(f"{code},Region {code}\n" for code in codes)
    lines = [
        ",".join([code, *(f'"{row[column]}"' for column in COLUMNS)])
        for code, row in zip(codes, rows, strict=True)
    ]
    (folder / "regions.csv").write_text(names, encoding="utf-8")
    (folder / "provinces.csv").write_text(
        "\n".join([",".join(["code", *COLUMNS]), *lines, ""]), encoding="utf-8"
    )
    resources = [
        {"name": "regions", "role": "regions", "path": "regions.csv",
         "schema": {"fields": [field("code"), field("name_en")]}},
        {"name": "provinces", "role": "provinces", "path": "provinces.csv", "base_year": 2017,
         "schema": {"fields": [field("code"), *(field(name, unit) for name, unit in COLUMNS.items())]}},
    ]  # fmt: skip
    package = {"name": "made-up", "title": "Made up", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@st.composite
def indicators(draw, principle):
    expressions = st.sampled_from(
        ["gdp_1e8yuan", "population_1e4", "forest_1e4m3", "gdp_1e8yuan / population_1e4",
         "emissions_mt / gdp_1e8yuan", "forest_1e4m3 - population_1e4"]
    )  # fmt: skip
    chosen = draw(st.lists(expressions, min_size=1, max_size=4, unique=True))
    if draw(st.integers(0, 19)) == 0:
        chosen.append(draw(st.sampled_from(["gdp_1e8yuan - gdp_1e8yuan", "2", "gdp_1e8yuan * 3"])))
    return [
        {"id": f"i{number}", "expression": text, "direction": draw(st.sampled_from(["more", "less"]))}
        | ({"principle": "need"} if principle else {})
        for number, text in enumerate(chosen)
    ]


@st.composite
def studies(draw, n, total_mt):
    """A study file's content that is right by its form, though not always in its numbers."""
    pick = lambda *values: draw(st.sampled_from(values))  # noqa: E731
    quota = draw(indicators(principle=True))
    study = {
        "study": {"name": "made-up", "dataset": ".", "base_year": 2017, "seed": draw(st.integers(0, 5))},
        "emissions": {"method": "column", "column": "inventory_mt"},
        "cap": {"method": "table", "mt": {"2017": draw(written(0.3, 1.5)) * max(total_mt, 1.0)}},
        "indicators": quota,
        "weights": {"method": pick("entropy", "entropy", "equal", "critic")},
        "groups": {"method": pick("kmeans", "none"), "k": draw(st.integers(2, max(2, n - 1))), "restarts": 2,
                   "split": pick("sum", "centroid"), "on": pick("unweighted", "weighted")},
        "prices": {"method": pick("given", "productivity"), "column": "price_yuan_per_t",
                   "steps": draw(st.integers(1, 4)), "max_abatement": draw(written(0.01, 1))},
        "allocation": {"scope": pick("groups", "national"),
                       "within": pick("score", "equal", "shadow-price", "sqrt-shadow-price"),
                       "max_deviation": draw(wide), "floor": draw(written(0, 0.4)),
                       "trade_limit": draw(wide), "quota_ranges": pick(True, False)},
    }  # fmt: skip
    if draw(st.booleans()):
        study["allocation"]["ceiling"] = draw(written(1, 6))
    if draw(st.booleans()):
        rule = {"name": "some", "provinces": ["r0"], pick("min_share", "max_share"): draw(written(0, 0.5))}
        study["allocation"]["constraint"] = [rule]
    if draw(st.booleans()):
        study["potential"] = {"indicators": draw(indicators(principle=False))}
    return study


@st.composite
def cases(draw):
    """Rows of the dataset and the study, either perhaps with something wrong in it."""
    n = draw(st.integers(2, 6))
    rows = [{column: draw(amounts) for column in COLUMNS} for _ in range(n)]
    study = draw(studies(n, sum(row["inventory_mt"] for row in rows)))
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))):
        draw(st.sampled_from(rows))[draw(st.sampled_from(list(COLUMNS)))] = draw(spoiled_cells)
    if draw(st.sampled_from([False, False, False, False, True])):
        section = study[
            draw(st.sampled_from(["study", "emissions", "cap", "groups", "prices", "allocation"]))
        ]
        value = draw(spoiled_values)
        key = draw(st.sampled_from([*section, "unknown"]))
        if value is None:
            section.pop(key, None)
        else:
            section[key] = value
    return rows, study


def outcome(rows, study):
    """The run's result, or the problems that it ends with."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_dataset(folder, rows)
        (folder / "study.toml").write_text(tomli_w.dumps(study), encoding="utf-8")
        try:
            return run(folder / "study.toml"), ()
        except CapshareError as error:
            return None, error.problems


def require_sound(result):
    """What every result keeps: sums, bounds, covered emissions, and no cell without a value."""
    p, asked = result.allocation.provinces, result.study.settings["allocation"]
    scale = 1e-6 * max(1.0, float(p["emissions_mt"].max()), float(p["quota_mt"].max()))
    assert p["quota_mt"].sum() == pytest.approx(result.cap.path["cap_mt"].iloc[-1], rel=1e-9, abs=scale)
    assert (p["quota_mt"] >= p["floor_mt"] - scale).all()
    assert (p["quota_mt"] <= p["ceiling_mt"] + scale).all()
    if math.isfinite(asked["max_deviation"]):
        away = (p["quota_mt"] - p["entitlement_mt"]).abs()
        assert (away <= asked["max_deviation"] * p["entitlement_mt"] + scale).all()
    held = p["quota_mt"] + p["purchase_mt"] - p["sale_mt"] + p["abatement_mt"] + p["uncovered_mt"]
    assert (held >= p["emissions_mt"] - scale).all()
    assert p["purchase_mt"].sum() == pytest.approx(p["sale_mt"].sum(), abs=10 * scale)
    assert result.weights.table["weight"].sum() == pytest.approx(1)
    failed = result.allocation.checks.loc[lambda checks: ~checks["passed"].astype(bool)]
    # Where the whole cost is next to nothing, the last digit of a price is a relative gap.
    assert failed.index.isin(["duality_gap"]).all(), failed
    assert (failed["figure"] < 1e-6).all(), failed
    for table, frame in tables(result).items():
        # A price may hold all the way down: that end of its range is -inf.
        wrong = "nan|None" if table.name in ("prices", "groups") else "nan|None|-inf"
        assert not re.search(rf"(^|,)({wrong})(,|$)", csv_text(frame, table.file), re.MULTILINE), table.file
    assert not any("nan" in note.split() for note in result.notes)


def require_usable(problems):
    assert problems
    for problem in problems:
        text = str(problem)
        assert re.match(r"\S.*: expected .+; found .+\. \S.*[.?]$", text, re.DOTALL), text
        assert "Traceback" not in text
        assert "report this as a fault" not in text


def require_either(case):
    with np.errstate(all="ignore"):
        result, problems = outcome(*case)
    if result is None:
        require_usable(problems)
    else:
        require_sound(result)


@given(cases())
@FEW
def test_a_few_random_studies_end_in_a_result_or_in_problems(case):
    require_either(case)


@pytest.mark.slow
@given(cases())
@MANY
def test_random_studies_end_in_a_result_or_in_problems(case):
    require_either(case)
