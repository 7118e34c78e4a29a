"""Conventions: the currency a dataset counts in and what its regions are called, as its readers know them.

Inside, money is always called yuan: ``_yuan_per_t`` and ``_1e8yuan`` in the name of a variable mean the
dataset's own currency, in the model 1e8 of it. The outcome of a run holds amounts in the dataset's own unit,
1e8 yuan or 1e6 EUR, under the name ``_1e8yuan`` too. Names and words become the dataset's at the edge alone:
:meth:`Conventions.outward` on what is written, :meth:`Conventions.inward` on what is read back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, Protocol, TypeVar

AMOUNTS: Mapping[str, int] = MappingProxyType({"yuan": 8, "eur": 6, "usd": 6, "gbp": 6})
"""Currency → the power of ten in which its statistics count amounts."""
INSIDE = "yuan"
REGION_WORDS = ("province", "state", "region")
"""What regions may be called; each has its words in every language."""
GASES = ("CO2", "CO2e")
"""Carbon dioxide alone, or all greenhouse gases by their warming."""
MT_PRICE = 6
"""A tonne's price times Mt is in this power of ten of the currency."""
_INSIDE_POWER = AMOUNTS[INSIDE]
_UNITS = "|".join(AMOUNTS)
_PRICE_KEY = re.compile(rf"_({_UNITS})_per_t$")


P = ParamSpec("P")
T = TypeVar("T", covariant=True)


@dataclass(frozen=True)
class Conventions:
    """How a dataset's readers count and speak.

    Attributes
    ----------
    currency : a key of `AMOUNTS`
    regions : one of `REGION_WORDS`
    gas : what emissions are of, one of `GASES`
    population, gdp : columns of the provinces' table with these sizes
    """

    currency: str = INSIDE
    regions: str = REGION_WORDS[0]
    gas: str = GASES[0]
    population: str = "population_1e4"
    gdp: str = "gdp_1e8yuan"

    @property
    def amount(self) -> str:
        """Unit of amounts of money: "1e6eur"."""
        return f"1e{AMOUNTS[self.currency]}{self.currency}"

    @property
    def price_unit(self) -> str:
        """Unit of the price of a tonne: "EUR/t"."""
        return f"{self.currency if self.currency == INSIDE else self.currency.upper()}/t"

    @property
    def millions(self) -> int:
        """Millions of the currency in a unit of amounts: Mt times the price of a tonne is in millions."""
        return int(10 ** (AMOUNTS[self.currency] - MT_PRICE))

    @property
    def per_inside(self) -> int:
        """Units of amounts in 1e8 of the currency, the unit of amounts in the model."""
        return int(10 ** (_INSIDE_POWER - AMOUNTS[self.currency]))

    def outward(self, text: str) -> str:
        """Names of columns and keys in a text, written in the dataset's currency.

        Parameters
        ----------
        text : a name, or a text with names in it
        """
        if self.currency == INSIDE:
            return text
        text = text.replace(f"1e{_INSIDE_POWER}{INSIDE}", self.amount)
        return re.sub(rf"(?<=_){INSIDE}(?=_per_t)|(?<=1e4){INSIDE}", self.currency, text)

    def inward(self, text: str) -> str:
        """What :meth:`outward` was made of.

        Parameters
        ----------
        text : as it was written
        """
        if self.currency == INSIDE:
            return text
        text = text.replace(self.amount, f"1e{_INSIDE_POWER}{INSIDE}")
        return re.sub(rf"(?<=_){self.currency}(?=_per_t)|(?<=1e4){self.currency}", INSIDE, text)


USUAL = Conventions()
"""Those that everything is called by inside."""


def currency_of_key(key: str) -> str | None:
    """Currency that a key of a price ends in, None where it ends in none.

    Parameters
    ----------
    key : of a study file, "trade_cost_eur_per_t"
    """
    match = _PRICE_KEY.search(key)
    return match[1] if match else None


_CURRENT: ContextVar[Conventions] = ContextVar("conventions", default=USUAL)


def conventions() -> Conventions:
    """Those of the dataset whose results are being written or shown."""
    return _CURRENT.get()


@contextmanager
def following(those: Conventions) -> Iterator[None]:
    """Write and show what is inside by the conventions of a dataset.

    Parameters
    ----------
    those : of the dataset
    """
    token = _CURRENT.set(those)
    try:
        yield
    finally:
        _CURRENT.reset(token)


class _Record(Protocol):
    @property
    def conventions(self) -> Conventions: ...


class _Result(Protocol):
    @property
    def study(self) -> _Record: ...


R = TypeVar("R", bound=_Result, contravariant=True)


class _Shown(Protocol[R, P, T]):
    def __call__(self, outcome: R, *args: P.args, **kwargs: P.kwargs) -> T: ...


def as_its_readers_say(shown: Callable[Concatenate[R, P], T]) -> _Shown[R, P, T]:
    """Wrap a function that writes or shows an outcome, so that it follows the conventions of its dataset.

    Parameters
    ----------
    shown : its first argument has found something of a study
    """

    @wraps(shown)
    def following_its_dataset(outcome: R, *args: P.args, **kwargs: P.kwargs) -> T:
        with following(outcome.study.conventions):
            return shown(outcome, *args, **kwargs)

    return following_its_dataset
