import functools

import pytest

from capshare.analyses.run import run
from capshare.model.outcome.outcome import Outcome


@functools.cache
def studied(name: str) -> Outcome:
    return run(name)


@pytest.fixture(scope="session")
def base() -> Outcome:
    return studied("tian-lin-2021")


@pytest.fixture(scope="session")
def path() -> Outcome:
    return studied("china-2030")


@pytest.fixture(scope="session")
def given() -> Outcome:
    return studied("tian-lin-2021-given")
