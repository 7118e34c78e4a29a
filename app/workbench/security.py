"""Who may talk to the workbench: whoever knows its token, from its own page, in small messages."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 1_000_000
# A body of a megabyte over loopback takes milliseconds.
BODY_SECONDS = 10.0
_LOGGER = logging.getLogger("capshare.workbench")
_SAID = {
    400: "the request cannot be read",
    403: "the token is missing or wrong; open the address that the workbench printed",
    408: "the request did not arrive in time",
    413: f"the request is larger than {LARGEST_BODY // 1_000_000} MB",
    421: "the workbench does not go by this name; open the address that it printed",
    500: "something went wrong while answering; the workbench goes on",
}
_ORIGIN = "the request comes from another page"


class Guarded:
    """An application behind the workbench's rules.

    Parameters
    ----------
    app : what answers
    token : that every request has to bring
    hosts : names with port that the server goes by
    """

    def __init__(self, app: App, token: str, hosts: Collection[str]) -> None:
        self._app, self._token, self._hosts = app, token.encode(), frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it.

        Parameters
        ----------
        scope, receive, send : of ASGI
        """
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # No other kind is served, a web socket is closed before it opens.
            await send({"type": "websocket.close", "code": 1008})
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        answering = _Answering(send, nonce)
        refused = self._refused(scope)
        body = 0 if refused else await _body(scope, receive)
        if isinstance(body, int):
            await answering.refuse(*(refused or (body, _SAID[body])))
            return
        try:
            await self._app(scope, _replayed(body, receive), answering.send)
        except Exception:
            _LOGGER.exception("a request was not answered")
            if not answering.started:
                await answering.refuse(500, _SAID[500])

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            # Two hosts or two tokens: nobody knows which one was meant.
            if name in headers and name in (b"host", b"origin", b"authorization"):
                return 400, _SAID[400]
            headers[name] = value
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if host not in self._hosts:
            return 421, _SAID[421]
        origin = headers.get(b"origin")
        if origin is not None and origin.decode("latin-1").lower() != f"http://{host}":
            return 403, _ORIGIN
        if headers.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin"):
            return 403, _ORIGIN
        return None if self._knows_token(scope, headers) else (403, _SAID[403])

    def _knows_token(self, scope: Scope, headers: dict[bytes, bytes]) -> bool:
        brought = headers.get(b"authorization", b"")
        if brought.startswith(b"Bearer "):
            return secrets.compare_digest(brought.removeprefix(b"Bearer "), self._token)
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
        given = asked.get("token", [])
        return len(given) == 1 and secrets.compare_digest(given[0].encode("utf-8", "replace"), self._token)


class _Answering:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send, self._headers, self.started = send, safe_headers(nonce), False

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message = {**message, "headers": [*message.get("headers", ()), *self._headers]}
        await self._send(message)

    async def refuse(self, status: int, said: str) -> None:
        problem = {
            "source": "request",
            "place": "",
            "expected": "",
            "found": "",
            "remedy": "",
            "said_en": said,
        }
        body = json.dumps({"problems": [{**problem, "said_zh": _ZH.get(said, said)}]}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()),
                   (b"connection", b"close")]  # fmt: skip
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def safe_headers(nonce: str) -> list[tuple[bytes, bytes]]:
    """Headers of every answer: what its page may load, and that nobody keeps or frames it.

    Parameters
    ----------
    nonce : that the page's own scripts and styles bring
    """
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data: blob:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def _body(scope: Scope, receive: Receive) -> bytes | int:
    """The whole body, or the status with which it is refused."""
    stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not stated.isdigit():
        return 400
    if int(stated) > LARGEST_BODY:
        return 413
    try:
        return await asyncio.wait_for(_received(receive), BODY_SECONDS)
    except TimeoutError:
        return 408


async def _received(receive: Receive) -> bytes | int:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return 400
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            return 413
        if not message.get("more_body", False):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body as one message, and then whatever comes."""
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> MutableMapping[str, Any]:
        return messages.pop() if messages else await receive()

    return again


_ZH = {
    _SAID[400]: "无法读取该请求",
    _SAID[403]: "令牌缺失或有误；请打开工作台启动时给出的地址",
    _SAID[408]: "请求未能按时到达",
    _SAID[413]: "请求超过1 MB",
    _SAID[421]: "工作台不使用该名称；请打开工作台启动时给出的地址",
    _SAID[500]: "处理请求时出错；工作台继续运行",
    _ORIGIN: "请求来自其他页面",
}
