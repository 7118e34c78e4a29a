"""Price keys: keys of a study file that end in the currency of their price, whichever the dataset's is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capshare.base.collector import Collector
from capshare.base.conventions import INSIDE, currency_of_key
from capshare.base.errors import CapshareError, Problem


@dataclass(frozen=True)
class PriceKey:
    """A key of a price as a study file writes it.

    Attributes
    ----------
    section : that it stands in, "allocation"
    name : of the key, "trade_cost_eur_per_t"
    currency : that it ends in
    """

    section: str
    name: str
    currency: str

    @property
    def place(self) -> str:
        """Section and name."""
        return f"{self.section}.{self.name}"

    @property
    def inside(self) -> str:
        """Name under which a study knows it."""
        return in_currency(self.name, INSIDE)


def in_currency(name: str, currency: str) -> str:
    """A key of a price with the ending of another currency.

    Parameters
    ----------
    name : of the key
    currency : to end in
    """
    return name.removesuffix(f"_{currency_of_key(name)}_per_t") + f"_{currency}_per_t"


def price_keys(said: Mapping[str, Any]) -> tuple[PriceKey, ...]:
    """Every key of a price in the sections of a study file.

    Parameters
    ----------
    said : the file as plain data
    """
    return tuple(_price_keys(said))


def _price_keys(said: Mapping[str, Any]) -> Iterator[PriceKey]:
    for section, values in said.items():
        if isinstance(values, Mapping):
            for name in values:
                currency = currency_of_key(name)
                if currency is not None:
                    yield PriceKey(section, name, currency)


def inside(said: Mapping[str, Any], source: str) -> dict[str, Any]:
    """The same data with every key of a price under the name that a study knows.

    Parameters
    ----------
    said : the file as plain data
    source : the file, named in messages

    Raises
    ------
    CapshareError
        where a price is given in two currencies.
    """
    names: dict[tuple[str, str], list[str]] = {}
    for key in price_keys(said):
        names.setdefault((key.section, key.inside), []).append(key.name)
    twice = [(section, given) for (section, _), given in names.items() if len(given) > 1]
    if twice:
        raise CapshareError(
            Problem(source, section, "a price in one currency", ", ".join(given), "Keep one.")
            for section, given in twice
        )
    return {
        section: {in_currency(name, INSIDE) if currency_of_key(name) else name: value
                  for name, value in values.items()} if isinstance(values, Mapping) else values
        for section, values in said.items()
    }  # fmt: skip


def place_in_file(problem: Problem, keys: tuple[PriceKey, ...]) -> str:
    """Place of a problem as the study file writes it.

    Parameters
    ----------
    problem : of the study
    keys : of its file
    """
    places = {f"{key.section}.{key.inside}": key.place for key in keys}
    return places.get(problem.place, problem.place)


def check_currency(keys: tuple[PriceKey, ...], currency: str, dataset: str, found: Collector) -> None:
    """Refuse a price in another currency than the dataset's: no rate of exchange is known.

    Parameters
    ----------
    keys : of the study file
    currency, dataset : of the dataset, its name
    found : gathers the problems
    """
    for key in keys:
        if key.currency != currency:
            wanted = in_currency(key.name, currency)
            found.add(key.place, f"{wanted}, as dataset {dataset} counts in {currency}", key.name,
                      "Rename the key, and give its figure in that currency.")  # fmt: skip
