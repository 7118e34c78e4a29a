"""Sessions of studies, held for all tests of a worker, and the server asked in this process."""

import asyncio
import functools

import httpx
import pytest

import capshare
from capshare.study.reading import load_study
from capshare.workbench.security import Guarded
from capshare.workbench.server import application
from capshare.workbench.session import Session

TOKEN, HOST = "a-token", "127.0.0.1:8000"


@pytest.fixture(scope="session")
def session_of():
    """Session of a shipped study."""
    return functools.cache(lambda name: Session(load_study(name)))


@pytest.fixture(scope="session")
def session(session_of):
    return session_of("china-15fyp")


@pytest.fixture(scope="session")
def ran():
    """The split of a whole run with settings, as ``capshare run --set`` computes it."""

    @functools.cache
    def run(name, *settings):
        return capshare.run(load_study(name, settings), ())

    return run


def asked(app, method, path, token=TOKEN, **more):
    """One request to an application in this process."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    async def ask():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return await client.request(method, path, headers={**headers, **more.pop("headers", {})}, **more)

    return asyncio.run(ask())


@pytest.fixture(scope="session")
def exports(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


@pytest.fixture(scope="session")
def ask(session, exports):
    """One request to the workbench of ``china-15fyp``, which all tests share."""
    app = Guarded(application(session, exports, "en"), TOKEN, [HOST])
    return functools.partial(asked, app)
