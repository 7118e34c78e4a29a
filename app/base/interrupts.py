"""Ctrl-C: raised where Python runs, and the end of the process where Python cannot answer in time."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

# What a user waits for after Ctrl-C; the folder of a run survives even a kill.
GRACE_SECONDS = 2.0


class Interrupts:
    """Watches over the main thread while a command runs.

    The first interrupt raises KeyboardInterrupt in Python code, so that what is open is closed. Where that
    does not end the command soon, because a library computes outside Python or swallowed the exception, a
    second thread ends the process.

    Parameters
    ----------
    line : writes the one line that an interrupted user reads
    code : the exit code of an interrupted command

    Attributes
    ----------
    came : whether there was an interrupt
    """

    def __init__(self, line: Callable[[], None], code: int) -> None:
        self.came = False
        self._line, self._code = line, code
        self._telling = threading.Lock()
        self._answered = threading.Event()
        self._woken, self._wakes = socket.socketpair()
        self._wakes.setblocking(False)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Answer interrupts until the end of the block; without effect where the caller ignores them."""
        if not _answerable():
            yield
            return
        handler = signal.signal(signal.SIGINT, self._raise)
        # The system's own handler writes there at once, even while the main thread is outside Python.
        before = signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        hook, sys.unraisablehook = sys.unraisablehook, self._without_aftermath(sys.unraisablehook)
        threading.Thread(target=self._wait, name="interrupts", daemon=True).start()
        try:
            yield
        finally:
            self._answered.set()
            signal.set_wakeup_fd(before)
            signal.signal(signal.SIGINT, handler)
            sys.unraisablehook = hook
            self._wakes.close()

    def tell(self) -> None:
        """Write the line, once."""
        if self._telling.acquire(blocking=False):
            self._line()

    def _raise(self, number: int, frame: FrameType | None) -> None:
        # A second one would break off the tidying up after the first.
        if not self.came:
            self.came = True
            raise KeyboardInterrupt

    def _without_aftermath(self, hook: Callable[[Any], object]) -> Callable[[Any], object]:
        def show(unraisable: Any) -> None:
            # An interrupt that Python could tell nobody is left to the second thread; and what the
            # interrupt tore open, such as a workbook half written, complains when it is thrown away.
            if not self.came:
                hook(unraisable)

        return show

    def _wait(self) -> None:
        with self._woken:
            while number := self._woken.recv(1):
                if number[0] == signal.SIGINT and not self._answered.wait(GRACE_SECONDS):
                    self.tell()
                    os._exit(self._code)


@contextmanager
def held_back() -> Iterator[None]:
    """Hold an interrupt back while files are written that belong together; it comes after the block."""
    if not _answerable():
        yield
        return
    held: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if held:
            signal.raise_signal(signal.SIGINT)


def deaf_at_exit() -> None:
    """Let no interrupt print a traceback while Python takes itself down."""
    _first_at_exit(_ignore)


def silent_at_exit() -> None:
    """Let nothing that an interrupt left half done complain when Python takes it down."""
    _first_at_exit(_hush)


def forget_unhandled() -> None:
    """Let the process end with its own exit code although an interrupt came while Python ran a text.

    An interrupt inside ``exec`` of a text, as in the making of a named tuple, counts for Python as one that
    nobody handled, whatever became of it later, and ``python -m`` then ends by the signal. The next text
    that is run to its end takes the mark away.
    """
    exec("")


def _first_at_exit(action: Callable[[], None]) -> None:
    # Unregistered first, so that it comes before what libraries have registered since.
    atexit.unregister(action)
    atexit.register(action)


def _ignore() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hush() -> None:
    sys.unraisablehook = lambda unraisable: None


def _answerable() -> bool:
    """Whether interrupts raise exceptions here: in the main thread, and not under ``nohup`` or in C code."""
    main = threading.current_thread() is threading.main_thread()
    return main and callable(signal.getsignal(signal.SIGINT))


def gone_at_exit(code: int) -> None:
    """End the process where Python would begin to tidy up, which takes longer than a user waits.

    For a command that has nothing open: threads that still compute are not waited for.

    Parameters
    ----------
    code : the exit code
    """

    def end() -> None:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)

    atexit.register(end)
