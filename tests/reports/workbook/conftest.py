import functools

import pytest

from capshare.analyses.carried_inputs import carried_inputs
from capshare.analyses.run import run
from capshare.chain.inputs import read_inputs
from capshare.model.outcome.result import Result
from capshare.study.reading import load_study


@functools.cache
def studied(name: str) -> Result:
    loaded = load_study(name)
    result = run(loaded)
    carried = carried_inputs(loaded.study, read_inputs(loaded), result.potential.index)
    for field, value in carried.items():
        object.__setattr__(result, field, value)
    return result


@pytest.fixture(scope="session")
def base() -> Result:
    return studied("tian-lin-2021")


@pytest.fixture(scope="session")
def path() -> Result:
    return studied("china-2030")


@pytest.fixture(scope="session")
def given() -> Result:
    return studied("tian-lin-2021-given")
