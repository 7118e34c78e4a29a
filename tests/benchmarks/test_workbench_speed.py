"""Time of an answer of the workbench over the settings of each study, in one run.

Run it with ``pytest -m benchmark tests/benchmarks -s -n 0``. Nothing is asserted about time; every answer
must be one.
"""

import random
import time

import numpy as np
import pytest

from capshare.base.errors import CapshareError
from capshare.study.reading import load_study, shipped_studies
from capshare.workbench.catalogue import settings
from capshare.workbench.session import Session
from capshare.workbench.solve import answer

pytestmark = pytest.mark.benchmark


def values(setting, draw):
    """Three values that the setting can be put at."""
    if setting.kind == "choice":
        return [choice.value for choice in setting.choices][:3]
    if setting.kind == "numbers":
        low, high = setting.value
        return [[low - 0.5 * part, high + 0.5 * part] for part in (0.2, 0.6, 1.0)]
    drawn = [draw.uniform(setting.minimum, setting.maximum) for _ in range(3)]
    return [round(value) if setting.kind == "integer" else value for value in drawn]


def taken(session, changes):
    """Wall time of an answer and its time of the processor, ms; None where the study refuses the value."""
    began, used = time.perf_counter(), time.process_time()
    try:
        status = answer(session, changes).status
    except CapshareError:
        return None
    assert status in ("solved", "infeasible")
    return 1e3 * (time.perf_counter() - began), 1e3 * (time.process_time() - used), status


@pytest.mark.parametrize("name", shipped_studies())
def test_an_answer_over_all_settings(name):
    session, draw = Session(load_study(name)), random.Random(15)
    rows = {}
    for setting in settings(session):
        if setting.kind == "constraints":
            continue
        asked = [{setting.key: value} for value in values(setting, draw)]
        found = [taken(session, changes) for _ in range(2) for changes in asked]
        rows[setting.key] = [one for one in found if one is not None and one[2] == "solved"]
    print(f"\n{name:42s}{'median':>9s}{'95 %':>9s}{'CPU':>9s}  ms")
    every = [one for found in rows.values() for one in found]
    for key, found in {**rows, "all settings": every}.items():
        if found:
            wall, used = np.array([one[0] for one in found]), [one[1] for one in found]
            print(f"  {key:40s}{np.median(wall):9.1f}{np.quantile(wall, 0.95):9.1f}{np.median(used):9.1f}")
    assert len(every) > len(rows)
