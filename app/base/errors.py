"""What every layer raises when an input is wrong: a list of problems, each with place and remedy.

This module lies beneath all layers, so that the layers share one vocabulary of errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one input.

    Attributes
    ----------
    source : file or argument, for example ``provinces.csv`` or ``entropy_weights(z)``
    place : where inside it, for example ``row 7, column population_1e4``; may be empty
    expected, found : what should be there and what is
    remedy : what the user can do about it, one sentence
    """

    source: str
    place: str
    expected: str
    found: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.source}, {self.place}" if self.place else self.source
        return f"{where}: expected {self.expected}; found {self.found}. {self.remedy}"


class CapshareError(Exception):
    """The input is wrong; carries every problem found, not only the first.

    Attributes
    ----------
    problems : tuple of Problem
    exit_code : what the command line returns for it
    """

    exit_code = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InfeasibleError(CapshareError):
    """The numbers are valid but contradict each other: no allocation satisfies all rules."""

    exit_code = 3
