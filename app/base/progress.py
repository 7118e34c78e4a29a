"""What a long calculation is doing and how far it is: announced by every layer, shown by who listens.

Like the errors, this module lies beneath all layers. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Listener(Protocol):
    """Who wants to know; called in the thread that calculates."""

    def began(self, stage: str, of: int | None) -> None:
        """A stage began; where the one before has not ended, inside that one.

        Parameters
        ----------
        stage : key of the catalogue
        of : number of its steps; None where it does not count them
        """

    def advanced(self) -> None:
        """The innermost stage is one step further."""

    def ended(self) -> None:
        """The innermost stage ended."""


_LISTENER: ContextVar[Listener | None] = ContextVar("progress", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Tell a listener what is announced inside the block.

    Parameters
    ----------
    listener : replaces one that listened before
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def stage(name: str, of: int | None = None) -> Iterator[Callable[[], None]]:
    """Announce that what happens inside the block is a stage of its own.

    Parameters
    ----------
    name : of the stage; the catalogue of texts has a sentence for it under ``progress``
    of : how many steps it has, where that is known

    Yields
    ------
    what to call after each step
    """
    listener = _LISTENER.get()
    if listener is None:
        yield _nobody_listens
        return
    listener.began(name, of)
    try:
        yield listener.advanced
    finally:
        listener.ended()


def counted(name: str, items: Collection[Item]) -> Iterator[Item]:
    """Go through items, each a step of a stage.

    Parameters
    ----------
    name : key of the stage
    items : each counts when the next is asked for
    """
    with stage(name, len(items)) as advance:
        for item in items:
            yield item
            advance()


def _nobody_listens() -> None:
    """Take a step unnoticed."""
