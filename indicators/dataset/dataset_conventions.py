"""Dataset conventions: the one currency of a dataset's figures, and what it calls its regions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capshare.base.conventions import GASES, INSIDE, REGION_WORDS, Conventions
from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.column_units import name_unit
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.units import parse_unit


def read_conventions(
    region_word: object, resources: Sequence[Resource], source: str
) -> tuple[Conventions, list[Problem]]:
    """Conventions of a dataset: no rate of exchange is known, so its money must be in one currency.

    Parameters
    ----------
    region_word : what the description says that regions are called; None where it says nothing
    resources : its tables
    source : file to name in messages

    Returns
    -------
    Conventions, yuan where no figure is of money, and the problems found
    """
    first: dict[str, str] = {}
    for place, currency in (each for resource in resources for each in _money(resource)):
        first.setdefault(currency, place)
    problems = []
    if len(first) > 1:
        found = ", ".join(f"{currency} in {place}" for currency, place in first.items())
        remedy = "Convert them by a rate of your own."
        problems.append(Problem(source, "", "all amounts of money in one currency", found, remedy))
    if region_word is not None and region_word not in REGION_WORDS:
        expected, remedy = f"one of {', '.join(REGION_WORDS)}", suggestion(str(region_word), REGION_WORDS)
        problems.append(Problem(source, "region_word", expected, shown(region_word), remedy))
    if problems:
        return Conventions(), problems
    word = REGION_WORDS[0] if region_word is None else str(region_word)
    units = [field.about["unit"] for resource in resources for field in resource.fields]
    gas = GASES[1] if any("co2e" in unit.casefold() for unit in units) else GASES[0]
    return Conventions(next(iter(first), INSIDE), word, gas), []


def _money(resource: Resource) -> Iterator[tuple[str, str]]:
    """(place, currency) of every figure whose currency is known."""
    units = {field.name: field.about["unit"] for field in resource.fields if field.numeric}
    if resource.variables is not None:
        units |= {str(name): str(unit) for name, unit in resource.variables["unit"].items()}
    for name, text in units.items():
        unit = parse_unit(text) if text.strip() else name_unit(name)
        if unit is not None and unit.currency:
            yield f"{resource.name}, {name}", unit.currency
