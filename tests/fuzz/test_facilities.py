"""A hundred tables of facilities, most of which no registry would hold: sound quotas or usable problems.

A slow test. A case by hand, 17 for one::

    echo 17 | PYTHONPATH=tests/fuzz python -m corpus facilities
"""

import os

import pytest

pytest.importorskip("resource", reason="the limit of memory is a limit of Unix")

from corpus import facility_outcome
from corpus.cases import COUNT, case
from corpus.pool import answers, faults

# A table in Chinese that is sound.
SOUND = 28


@pytest.mark.slow
def test_every_table():
    found = answers("facilities", range(COUNT["facilities"]), workers=os.cpu_count() or 1)
    wrong = faults(found)
    assert not wrong, f"{len(wrong)} of {COUNT['facilities']} tables:\n\n" + "\n\n".join(wrong)
    # Tables that are all refused would try the reader alone.
    assert sum(answer["ended"] == "result" for answer in found) > COUNT["facilities"] / 3


def test_what_has_quotas_is_found_out_where_they_are_wrong(tmp_path):
    case("facilities", SOUND).save(tmp_path)
    found, error = facility_outcome.tried(tmp_path)
    assert error is None, str(error)
    found.outcome.quotas.iloc[0, found.outcome.quotas.columns.get_loc("quota_t")] *= 1.5
    with pytest.raises(AssertionError, match="Series values are different"):
        facility_outcome.require_sound(found)
