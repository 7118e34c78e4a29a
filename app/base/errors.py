"""What every layer raises when an input is wrong: a list of problems, each with place and remedy.

This module lies beneath all layers, so that the layers share one vocabulary of errors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

LISTED = 20
"""Problems of one kind that are told one by one; of the others, how many they are."""
# Letters of one part of a message: what is longer was pasted, and nobody reads it to its end.
_LONGEST = 2000
_COLUMN = re.compile(r"column \S+$")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
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
        return f"{_short(where)}: expected {self.expected}; found {_short(self.found)}. {_short(self.remedy)}"


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
        super().__init__("\n".join(self.lines()))

    def __reduce__(self) -> tuple[Any, ...]:
        """How another process sends it: an exception is made anew from its message otherwise."""
        return type(self), (self.problems,), self.__dict__

    def lines(self) -> Iterator[str]:
        """Each problem as a sentence; of one kind only the first, then how many more there are.

        Problems are of one kind where the same is expected in the same file, whatever the row or the year. Of
        those that are only counted the columns are named, where they are of several.
        """
        told: Counter[tuple[str, str]] = Counter()
        columns: dict[tuple[str, str], Counter[str]] = {}
        for problem in self.problems:
            kind = (problem.source, _DIGITS.sub("…", problem.expected))
            told[kind] += 1
            if told[kind] <= LISTED:
                yield str(problem)
            elif column := _COLUMN.search(problem.place):
                columns.setdefault(kind, Counter())[column[0]] += 1
        for (source, expected), count in told.items():
            if count > LISTED:
                of = columns.get((source, expected), Counter[str]())
                where = f" ({_short(', '.join(f'{name}: {of[name]}' for name in of))})" if len(of) > 1 else ""
                yield f"{source}: {count - LISTED} more of the kind: expected {expected}{where}"


@dataclass(frozen=True)
class Told(Problem):
    """A problem told in short lines of its own.

    Attributes
    ----------
    lines : the first states the problem
    """

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class StudyChange:
    """One number of a study, and what to make of it.

    Attributes
    ----------
    path : keys and places that lead to it in the study file, counted from 0; years are text
    key : the same as people read it
    before, after : in the unit of the key
    splits : whether the file has one number for all, which becomes the ``default`` of a table
    """

    path: tuple[str | int, ...]
    key: str
    before: float
    after: float
    splits: bool = False


@dataclass(frozen=True)
class StudyRepair:
    """Changes of a study that together let some split satisfy its rules, in every year.

    Attributes
    ----------
    changes : of numbers of the study file
    years : that have no solution without them
    """

    changes: tuple[StudyChange, ...]
    years: tuple[int, ...]


class InfeasibleError(CapshareError):
    """The numbers are valid but contradict each other: no allocation satisfies all rules.

    Attributes
    ----------
    repairs : changes of the study, each of which alone repairs it; empty where none were looked for
    told : language → the problem in it; empty where it is told in English only
    """

    exit_code = 3

    def __init__(
        self,
        problems: Problem | Iterable[Problem],
        repairs: Iterable[StudyRepair] = (),
        told: Mapping[str, Problem] | None = None,
    ) -> None:
        super().__init__(problems)
        self.repairs, self.told = tuple(repairs), dict(told or {})


@contextmanager
def told_in(lang: str) -> Iterator[None]:
    """Tell why a study is infeasible in a language, where the error knows it.

    Parameters
    ----------
    lang : "en" or "zh"
    """
    try:
        yield
    except InfeasibleError as error:
        if lang not in error.told:
            raise
        raise InfeasibleError(error.told[lang], error.repairs, error.told) from error


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
