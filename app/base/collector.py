"""Gathering the problems of several steps, so that a user sees all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from capshare.base.errors import CapshareError, Problem

T = TypeVar("T")


class Collector:
    """Keeps the problems of steps that fail, and goes on with the next step.

    Parameters
    ----------
    file : study file, named in the problems added here
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def attempt(self, step: Callable[[], T]) -> T | None:
        """Result of a step, or None with its problems kept.

        Parameters
        ----------
        step : without arguments
        """
        try:
            return step()
        except CapshareError as error:
            self.problems += error.problems
            return None

    def add(self, place: str, expected: str, found: str, remedy: str) -> None:
        """Keep a problem of the study file.

        Parameters
        ----------
        place, expected, found, remedy : as of :class:`Problem`
        """
        self.problems.append(Problem(self.file, place, expected, found, remedy))

    def refuse(self) -> None:
        """Raise what was kept, if anything was."""
        if self.problems:
            raise CapshareError(self.problems)
