"""Studies of amounts and of targets, most of which nobody would write: a sound result or usable problems.

Slow tests. A case by hand, 17 for one::

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

KINDS = ("studies", "plans")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_study(kind):
    wrong = faults(answers(kind, range(COUNT[kind]), workers=os.cpu_count() or 1))
    assert not wrong, f"{len(wrong)} of {COUNT[kind]} {kind}:\n\n" + "\n\n".join(wrong)


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


@pytest.mark.slow
def test_every_key_of_a_study_is_somewhere_in_the_corpus():
    texts = [case(kind, number).files["study.toml"] for kind in KINDS for number in range(COUNT[kind])]
    written = {key for text in texts for key in written_keys(tomllib.loads(text))}
    assert set(keys(Study)) - GUARDS <= written


def test_a_case_is_the_same_each_time():
    assert case("studies", 7) == case("studies", 7) != case("studies", 8)
    assert case("files", 5) == case("files", 5)
    assert case("facilities", 9) == case("facilities", 9) != case("facilities", 10)
    assert Random("studies 7").random() == Random("studies 7").random()
