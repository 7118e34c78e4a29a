"""Serving: a socket, a token, and the server until Ctrl-C ends it."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import uvicorn

from capshare.base.errors import CapshareError, Problem
from capshare.base.interrupts import gone_at_exit
from capshare.workbench.security import Guarded
from capshare.workbench.server import application
from capshare.workbench.session import Session

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# What is not answered a second after Ctrl-C is not waited for.
LAST_SECONDS = 1
# As of every command that Ctrl-C ends.
INTERRUPTED = 130


def serve(
    session: Session,
    *,
    host: str,
    port: int,
    token: str | None,
    exports: Path,
    lang: str,
    told: Callable[[str], None],
    opens: bool,
) -> None:
    """Serve a session until it is interrupted.

    Parameters
    ----------
    session : holds the study
    host, port : where to listen; 0 picks a free port
    token : that requests must bring; None makes one
    exports : folder that runs are written into
    lang : language that the page opens in
    told : gets the address, once it answers
    opens : whether to open the address in the user's browser

    Raises
    ------
    CapshareError
        where nothing can listen there.
    """
    key = token or secrets.token_urlsafe(24)
    with _listening(host, port) as listener:
        bound = int(listener.getsockname()[1])
        name = f"[{host}]" if ":" in host else host
        hosts = {f"{one}:{bound}".lower() for one in (*LOOPBACK, name, socket.gethostname())}
        app = Guarded(application(session, exports, lang), key, hosts)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                lifespan="off",
                server_header=False,
                ws="none",
                timeout_graceful_shutdown=LAST_SECONDS,
            )
        )
        address = f"http://{name}:{bound}/?token={quote(key, safe='')}"
        told(address)
        if opens:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            gone_at_exit(INTERRUPTED)
            raise


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CapshareError(
            Problem("--port", "", "an address of this machine where nothing else listens",
                    f"{host}:{port}, {reason}", "Choose another port, or 0 for any that is free.")
        ) from error  # fmt: skip
