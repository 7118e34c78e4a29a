"""Units: what a person writes for a unit, read as a multiple of the base unit of its dimension.

A small table of its own rather than pint: tonnes of coal equivalent, of carbon and of CO2, ten thousand
persons and a hundred million yuan are what the statistics are written in, and pint knows none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from capshare.base.conventions import INSIDE

CARBON_TO_CO2 = Fraction(44, 12)
"""t CO2 per t carbon, by the molar masses 44 and 12 that IPCC 2006, volume 1, uses."""

GJ_PER_TCE = Fraction("29.3076")
"""7000 kcal of 4.1868 kJ per kg of coal equivalent (GB/T 2589-2020)."""

_SIZES: Mapping[str, Mapping[str, Fraction | int | str]] = MappingProxyType(
    {
        "mass": {"t": 1, "tonne": 1, "tonnes": 1, "吨": 1, "kg": "1/1000", "千克": "1/1000"},
        "CO2": {
            "tco2": 1, "tco2e": 1, "tco2eq": 1, "tonnesco2": 1, "吨co2": 1, "吨二氧化碳": 1,
            "kgco2": "1/1000",
        },
        "carbon": {"tc": CARBON_TO_CO2, "吨碳": CARBON_TO_CO2, "kgc": CARBON_TO_CO2 / 1000},
        "energy": {
            "tce": 1, "吨标准煤": 1, "吨标煤": 1, "kgce": "1/1000", "toe": "10/7",
            "gj": 1 / GJ_PER_TCE, "j": 1 / GJ_PER_TCE / 10**9,
        },
        "number": {"": 1, "person": 1, "persons": 1, "people": 1, "人": 1, "口": 1},
        "volume": {"m3": 1, "立方米": 1},
        "area": {
            "ha": 1, "hectares": 1, "公顷": 1, "km2": 100, "平方公里": 100, "m2": "1/10000",
            "mu": "1/15", "亩": "1/15",
        },
        "electricity": {"kwh": 1, "千瓦时": 1, "度": 1, "wh": "1/1000"},
        "share": {"%": 1, "percent": 1, "pct": 1, "%ofgdp": 1, "‰": "1/10"},
    }
)  # fmt: skip
_MONEY: Mapping[str, str] = MappingProxyType(
    {
        "yuan": "money",
        **dict.fromkeys(
            ("yuanperperson", "yuan/person", "yuanpercapita", "yuan/人", "yuan每人"), "money per person"
        ),
        **dict.fromkeys(("yuan/t", "yuanpert", "yuan/吨", "yuan/tco2"), "money per mass"),
    }
)
# As they are written → the name they go by inside; the longest is looked for first.
_CURRENCIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "yuan": ("yuan", "rmb", "cny", "元"),
        "eur": ("eur", "euros", "euro", "€", "欧元"),
        "usd": ("usd", "dollars", "dollar", "us$", "$", "美元"),
        "gbp": ("gbp", "£", "英镑"),
    }
)
_CURRENCY = re.compile(
    "|".join(re.escape(word) for word in sorted(
        (word for words in _CURRENCIES.values() for word in words), key=len, reverse=True
    ))
)  # fmt: skip
_BASES = {
    base: (dimension, Fraction(size)) for dimension, sizes in _SIZES.items() for base, size in sizes.items()
}
_PREFIXED = ("t", "tco2", "tco2e", "tco2eq", "tc", "tce", "toe", "wh", "j")
_PREFIXES = MappingProxyType({"k": 3, "m": 6, "g": 9, "t": 12, "p": 15, "e": 18})
_MULTIPLIERS = MappingProxyType(
    {
        "万亿": 12, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2,
        "billion": 9, "hundredmillion": 8, "million": 6, "tenthousand": 4, "thousand": 3,
    }
)  # fmt: skip
_POWER = re.compile(r"(?:1e|10\^)(\d{1,2})|(10+)(?!\d)", re.ASCII)
_SUPERSCRIPTS = str.maketrans({"⁰": "^0", "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "⁶": "^6", "⁸": "^8"})

DIMENSION_UNITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mass": ("t", "kt", "Mt", "1e4 t", "1e8 t"),
        "CO2": ("t CO2", "kt CO2", "Mt CO2", "1e4 t CO2", "1e8 t CO2", "t C", "1e4 t C", "Mt C"),
        "energy": ("tce", "1e4 tce", "1e8 tce", "Mtoe", "TJ", "PJ"),
        "number": ("persons", "1e4 persons"),
        "money": ("yuan", "1e4 yuan", "1e8 yuan", "EUR", "1e6 EUR", "1e9 EUR", "USD", "1e6 USD", "1e9 USD"),
        "money per person": ("yuan per person", "1e4 yuan per person", "EUR per person", "USD per person"),
        "money per mass": ("yuan/t", "EUR/t", "USD/t"),
        "volume": ("m3", "1e4 m3", "1e8 m3"),
        "area": ("ha", "1e3 ha", "1e4 ha", "km2", "1e4 mu"),
        "electricity": ("kWh", "1e4 kWh", "1e8 kWh", "GWh", "TWh"),
        "share": ("%",),
    }
)
"""Units to choose from, by dimension; many more spellings are read."""


@dataclass(frozen=True)
class Unit:
    """A unit as a multiple of its dimension's base.

    Attributes
    ----------
    dimension : a key of `DIMENSION_UNITS`, or ``carbon``; ``other`` where the base is not known
    size : of the base unit: t, t CO2, tce, persons, one of the currency, m3, ha, kWh, %
    currency : of money, one of :data:`~capshare.base.conventions.AMOUNTS`; else ``""``
    """

    dimension: str
    size: Fraction
    currency: str = ""


def parse_unit(text: str) -> Unit | None:
    """Unit that a text names, in Latin or Chinese script.

    Parameters
    ----------
    text : for example ``1e4 tce``, ``Mt CO2``, ``万人``, ``10^8 元``

    Returns
    -------
    Unit; None where the text is not a known unit
    """
    key = _key(text)
    if not key:
        return None
    for power, base in _splits(key):
        if base in _BASES:
            dimension, size = _BASES[base]
            return Unit(dimension, size * 10**power)
        if base[:1] in _PREFIXES and base[1:] in _PREFIXED:
            dimension, size = _BASES[base[1:]]
            return Unit(dimension, size * 10 ** (power + _PREFIXES[base[0]]))
        money = _of_money(base)
        if money is not None:
            return Unit(money.dimension, money.size * 10**power, money.currency)
    return None


def _of_money(base: str) -> Unit | None:
    """Unit of a base with a currency in it, "€/t"."""
    match = _CURRENCY.search(base)
    key = "" if match is None else base.replace(match[0], INSIDE, 1)
    if match is None or key not in _MONEY:
        return None
    currency = next(name for name, words in _CURRENCIES.items() if match[0] in words)
    return Unit(_MONEY[key], Fraction(1), currency)


def is_price_of_tonne(text: str) -> bool:
    """Whether a text names a currency per tonne.

    Parameters
    ----------
    text : a unit, "EUR/t"
    """
    unit = parse_unit(text)
    return unit is not None and unit.dimension == "money per mass"


def multiplier(text: str) -> Fraction:
    """Number that a text begins with, whatever it counts: 10 000 of ``1e4 vehicles``.

    Parameters
    ----------
    text : a unit

    Returns
    -------
    the number; 1 where there is none
    """
    power, _ = next(_splits(_key(text)))
    return Fraction(10**power)


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_SUPERSCRIPTS)).casefold()
    return "".join(plain.replace("×", "").replace("*", "").split())


def _splits(key: str) -> Iterator[tuple[int, str]]:
    """Powers of ten that a key may begin with, and what is left; the longest first."""
    match = _POWER.match(key)
    if match:
        power = int(match[1]) if match[1] else len(match[2]) - 1
        yield power, _without_caret(key[match.end() :])
    for word, power in _MULTIPLIERS.items():
        if key.startswith(word):
            yield power, _without_caret(key.removeprefix(word))
    yield 0, _without_caret(key)


def _without_caret(base: str) -> str:
    return base.replace("^", "")
