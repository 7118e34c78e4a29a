import pytest

from capshare.model.outcome.outcome import Outcome


@pytest.fixture(scope="session")
def base(finished) -> Outcome:
    return finished("tian-lin-2021")


@pytest.fixture(scope="session")
def path(finished) -> Outcome:
    return finished("china-2030")


@pytest.fixture(scope="session")
def given(finished) -> Outcome:
    return finished("tian-lin-2021-given")
