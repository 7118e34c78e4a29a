"""Work done beside the server's loop: in a thread that nobody waits for too long, and once for all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")


async def in_thread(work: Callable[[], Result], seconds: float) -> Result:
    """Do a piece of work in a thread of its own.

    Parameters
    ----------
    work : what to do
    seconds : how long to wait for it; what it finds out later is thrown away

    Raises
    ------
    TimeoutError
        where it took longer.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()
    context = copy_context()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        try:
            found, error = context.run(work), None
        except Exception as raised:
            found, error = None, raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, found, error)

    # A daemon: the end of the server does not wait for it.
    threading.Thread(target=run, name="workbench", daemon=True).start()
    return await asyncio.wait_for(answer, seconds)


def once(work: Callable[[], Result]) -> Callable[[], Result]:
    """A piece of work that is done by whoever wants it first, while others wait.

    Parameters
    ----------
    work : what to do; where it fails the next one tries again
    """
    lock, done = threading.Lock(), list[Result]()

    def found() -> Result:
        with lock:
            if not done:
                done.append(work())
            return done[0]

    return found
