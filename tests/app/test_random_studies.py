"""Whatever a study file and its tables hold: a sound result, or problems that can be repaired.

The studies of tests/fuzz, drawn by Hypothesis instead of from a number: as many as CAPSHARE_EXAMPLES says,
and a failing one made small::

    CAPSHARE_EXAMPLES=20000 pytest -m slow tests/app/test_random_studies.py
"""

import os
import tempfile

import pytest
from corpus.cases import study_case
from corpus.outcome import outcome, require_either
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

# The same 100 each time, a failing one as it came; others, and made small, on demand.
ON_DEMAND = os.environ.get("CAPSHARE_EXAMPLES")
AS_THEY_COME = (Phase.explicit, Phase.generate)
ANY = settings(deadline=None, suppress_health_check=list(HealthCheck))
MANY = (
    settings(ANY, max_examples=100, derandomize=True, phases=AS_THEY_COME)
    if ON_DEMAND is None
    else settings(ANY, max_examples=int(ON_DEMAND))
)


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@MANY
def test_random_studies_end_in_a_result_or_in_problems(random):
    case = study_case(random)
    with tempfile.TemporaryDirectory() as folder:
        require_either(*outcome(case.save(folder)))
