"""Decimals of amounts: as many as usual, and more where these would show next to nothing."""

from __future__ import annotations

import math

# A millionth of a million tonnes is a tonne; what is rounded to none of it is no amount.
_MOST = 6
_LEAST = 0.5 * 10.0**-_MOST
# Where others in a table are so large, all of their decimals would only be in the way.
_MOST_BESIDE_LARGE = 4


def decimals_of(amount: float, usual: int, digits: int) -> int:
    """Decimals that show so many digits of an amount, but no fewer than usual.

    Parameters
    ----------
    amount : of any size and sign; of 0 the usual ones do
    usual : decimals of an amount that is not small
    digits : significant ones
    """
    size = abs(amount)
    if size < _LEAST:
        return usual
    return min(max(usual, digits - 1 - math.floor(math.log10(size))), _MOST)


def decimals_of_column(amounts: list[float], usual: int, digits: int) -> int:
    """Decimals that show so many digits of the least of some amounts.

    Parameters
    ----------
    amounts : that stand below one another
    usual, digits : as of :func:`decimals_of`
    """
    sizes = [abs(amount) for amount in amounts if abs(amount) >= _LEAST]
    if not sizes:
        return usual
    most = _MOST if max(sizes) < 1 else _MOST_BESIDE_LARGE
    return min(decimals_of(min(sizes), usual, digits), most)


def enough_digits(amount: float, usual: int) -> str:
    """An amount in words, two digits of it at least.

    Parameters
    ----------
    amount : in any unit
    usual : as of :func:`decimals_of`
    """
    return f"{amount:z,.{decimals_of(amount, usual, 2)}f}"
