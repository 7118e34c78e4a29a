"""Nobody is let in but who knows the token and comes from the workbench's own page."""

import asyncio
import json

import httpx
import pytest

from capshare.workbench.security import LARGEST_BODY, Guarded, safe_headers

TOKEN, HOST = "only-we-know", "127.0.0.1:8888"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


async def told(scope, receive, send):
    """Says what it was asked."""
    message = await receive()
    body = json.dumps([scope["path"], len(message["body"]), scope["state"]["nonce"]]).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def falls(scope, receive, send):
    raise RuntimeError("as a bug would")


def asked(path="/", *, app=told, method="GET", base=f"http://{HOST}", **more):
    async def ask():
        transport = httpx.ASGITransport(Guarded(app, TOKEN, [HOST]), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, **more)

    return asyncio.run(ask())


@pytest.mark.parametrize("way", [{"path": f"/?token={TOKEN}"}, {"headers": BEARER}], ids=["query", "header"])
def test_who_knows_the_token_is_let_in(way):
    assert asked(**way).status_code == 200


@pytest.mark.parametrize(
    "way",
    [
        {},
        {"path": "/?token="},
        {"path": "/?token=only-we-kno"},
        {"path": f"/?token={TOKEN}x"},
        {"path": f"/?token={TOKEN}&token={TOKEN}"},
        {"path": "/?token=%ff%fe"},
        {"headers": {"Authorization": "Bearer "}},
        {"headers": {"Authorization": f"Basic {TOKEN}"}},
        {"headers": {"Cookie": f"token={TOKEN}"}},
        # A wrong header is no better for a right query beside it.
        {"path": f"/?token={TOKEN}", "headers": {"Authorization": "Bearer wrong"}},
    ],
)
def test_who_does_not_is_refused(way):
    answer = asked(**way)
    assert answer.status_code == 403
    assert "token" in answer.json()["problems"][0]["said_en"]
    assert TOKEN not in answer.text


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8888", "127.0.0.1", "127.0.0.1:9999", "127.0.0.1:8888.evil.example", ""],
)
def test_another_name_is_refused(host):
    """A page elsewhere that made its name point here (DNS rebinding) brings that name."""
    assert asked(headers={**BEARER, "Host": host}).status_code == 421


def test_two_names_are_refused():
    async def ask():
        sent = []

        async def send(message):
            sent.append(message)

        headers = [
            (b"host", HOST.encode()),
            (b"host", b"evil.example"),
            (b"authorization", f"Bearer {TOKEN}".encode()),
        ]
        scope = {"type": "http", "path": "/", "query_string": b"", "headers": headers}
        await Guarded(told, TOKEN, [HOST])(scope, None, send)
        return sent[0]["status"]

    assert asyncio.run(ask()) == 400


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://127.0.0.1:8888",
        "http://127.0.0.1:8889",
        "http://localhost:8888",
    ],
)
def test_another_page_is_refused(origin):
    answer = asked(method="POST", headers={**BEARER, "Origin": origin}, json={})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_frame_or_picture_of_another_page_is_refused():
    assert asked(headers={**BEARER, "Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert asked(headers={**BEARER, "Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_its_own_page_is_let_in():
    assert asked(method="POST", headers={**BEARER, "Origin": f"http://{HOST}"}, json={}).status_code == 200


def chunks(count):
    async def sent():
        for _ in range(count):
            yield b"x" * 100_000

    return sent()


@pytest.mark.parametrize(
    "body", [lambda: b"x" * (LARGEST_BODY + 1), lambda: chunks(11)], ids=["stated", "chunked"]
)
def test_a_large_body_is_refused(body):
    assert asked(method="POST", headers=BEARER, content=body()).status_code == 413


def test_a_megabyte_is_read():
    answer = asked(method="POST", headers=BEARER, content=b"x" * LARGEST_BODY)
    assert answer.json()[1] == LARGEST_BODY


def test_a_length_that_is_none_is_refused():
    assert asked(method="POST", headers={**BEARER, "Content-Length": "-5"}, content=b"").status_code == 400


def test_a_body_that_never_ends_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("capshare.workbench.security.BODY_SECONDS", 0.05)

    async def slow():
        yield b"{"
        await asyncio.sleep(30)

    assert asked(method="POST", headers=BEARER, content=slow()).status_code == 408


@pytest.mark.parametrize("path", ["/", "/?token=wrong"])
def test_every_answer_says_what_a_page_may_do(path):
    answer = asked(path, headers=BEARER if path == "/" else {})
    policy = answer.headers["content-security-policy"]
    for part in ("default-src 'none'", "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_every_answer_has_a_nonce_of_its_own():
    first, second = (asked(headers=BEARER) for _ in range(2))
    assert first.json()[2] != second.json()[2]
    assert f"'nonce-{first.json()[2]}'" in first.headers["content-security-policy"]


def test_a_nonce_is_in_no_other_policy():
    assert dict(safe_headers("one")) != dict(safe_headers("two"))


def test_a_fault_is_told_in_words_and_without_its_inside(caplog):
    answer = asked(app=falls, headers=BEARER)
    assert answer.status_code == 500
    assert "the workbench goes on" in answer.json()["problems"][0]["said_en"]
    assert "bug" not in answer.text
    assert "as a bug would" in caplog.text


def test_nothing_but_requests_is_served():
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(Guarded(told, TOKEN, [HOST])({"type": "websocket", "headers": []}, None, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]
