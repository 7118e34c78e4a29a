"""Four hundred studies, most of which nobody would write: a sound result or usable problems.

By default the first 12; all of them where slow tests run. A case by hand, 17 for one::

    echo 17 | PYTHONPATH=tests/fuzz python -m corpus studies
"""

import os
import tomllib
from random import Random
from typing import Any, get_args

import pytest

pytest.importorskip("resource", reason="the limit of memory is a limit of Unix")

from corpus.cases import COUNT, case
from corpus.pool import answers, faults
from pydantic import BaseModel

from capshare.study.study import Study

FEW = 12


def require_sound_ends(kind, count, workers):
    wrong = faults(answers(kind, range(count), workers))
    assert not wrong, f"{len(wrong)} of {count} {kind}:\n\n" + "\n\n".join(wrong)


def test_a_few_studies():
    require_sound_ends("studies", FEW, workers=1)


@pytest.mark.slow
def test_every_study():
    require_sound_ends("studies", COUNT["studies"], workers=os.cpu_count() or 1)


def sections(annotation: Any):
    """Sections that a key may hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from sections(argument)


def keys(section, place=""):
    """Every key of a section and of those inside it."""
    for name, about in section.model_fields.items():
        yield f"{place}{about.alias or name}"
        for inner in sections(about.annotation):
            yield from keys(inner, f"{place}{name}.")


def written_keys(value, place=""):
    """Every key that a study file writes, lists and their entries as one."""
    entries = value if isinstance(value, list) else [value]
    for entry in entries:
        if isinstance(entry, dict):
            for name, inner in entry.items():
                yield f"{place}{name}"
                yield from written_keys(inner, f"{place}{name}.")


# Guards of the solver: what they do is a matter of its own tests.
GUARDS = {"solver.max_simplex_iterations", "solver.max_interior_point_iterations", "solver.time_limit_s"}


# Studies of a plan have tests of their own, tests/app/chain/test_targets.py and tests/app/test_china_2035.py,
# and no cases here yet.
TARGETS = {"burden", "targets", "cap.first_year_cut_pct", "cap.plan_year"}


def test_every_key_of_a_study_is_somewhere_in_the_corpus():
    texts = [case("studies", number).files["study.toml"] for number in range(COUNT["studies"])]
    written = {key for text in texts for key in written_keys(tomllib.loads(text))}
    own = {key for key in keys(Study) if key.startswith(("burden.", "targets."))}
    assert set(keys(Study)) - GUARDS - TARGETS - own <= written


def test_a_case_is_the_same_each_time():
    assert case("studies", 7) == case("studies", 7) != case("studies", 8)
    assert case("files", 5) == case("files", 5)
    assert Random("studies 7").random() == Random("studies 7").random()
