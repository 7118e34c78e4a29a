"""Values whose attributes are made when they are first asked for: whoever needs little waits for little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, Self

from capshare.base.errors import CapshareError, Problem


class Later:
    """Mixed into a frozen data class, whose attributes may then be made one by one."""

    @classmethod
    def later(cls, **makers: Callable[[], object]) -> Self:
        """A value of the class that holds nothing yet.

        Parameters
        ----------
        makers : one per field of the class, called once at most
        """
        found = cls.__new__(cls)
        found.__dict__["_makers"] = makers
        return found

    def __getattr__(self, name: str) -> Any:
        makers = self.__dict__.get("_makers", {})
        if name not in makers:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        return self.__dict__.setdefault(name, makers[name]())


def make_all(value: object) -> None:
    """Ask for every attribute of a value and of the values in it, so that nothing is left to be made.

    Parameters
    ----------
    value : a data class, or anything else, which has nothing to be made

    Raises
    ------
    CapshareError
        with the problems of all attributes that cannot be made
    """
    problems = dict.fromkeys(_problems(value))
    if problems:
        raise CapshareError(problems)


def _problems(value: object) -> list[Problem]:
    found: list[Problem] = []
    if is_dataclass(value):
        for field in fields(value):
            try:
                found += _problems(getattr(value, field.name))
            except CapshareError as error:
                found += error.problems
    return found
