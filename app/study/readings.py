"""Readings of a published study: its indicators with every choice that its text leaves open."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product

from capshare.study.sections.source import OpenIndicator, QuotaIndicator

# A reading takes some 20 ms.
MOST_READINGS = 500

Indicators = tuple[QuotaIndicator, ...]
# Of an indicator of the study its id and nothing, of what a choice adds nothing and the choice's name.
Place = tuple[str, str]


def readings(own: Sequence[QuotaIndicator], left_open: Sequence[OpenIndicator]) -> tuple[Indicators, ...]:
    """Every combination of the choices, the study's own first.

    Parameters
    ----------
    own : indicators of the study
    left_open : what the published text leaves open

    Returns
    -------
    the indicators of each reading, in the order of the study's own, then of those added
    """
    places: dict[Place, Indicators] = {(indicator.id, ""): (indicator,) for indicator in own}
    options = [[(_place(choice), option) for option in _options(choice, places)] for choice in left_open]
    return tuple(
        tuple(indicator for part in (places | dict(chosen)).values() for indicator in part)
        for chosen in product(*options)
    )


def unmet_by_readings(own: Sequence[QuotaIndicator], left_open: Sequence[OpenIndicator]) -> str | None:
    """What is expected of choices that do not fit the study or each other; None where they do.

    Parameters
    ----------
    own, left_open : as of :func:`readings`
    """
    ids = [indicator.id for indicator in own]
    for what, names in (
        ("names", [choice.name for choice in left_open]),
        ("indicators", [choice.indicator for choice in left_open if choice.indicator is not None]),
        ("ids", [*ids, *(each.id for choice in left_open for each in choice.alternatives)]),
    ):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            return f"published.readings with {what} of their own, not {', '.join(twice)} more than once"
    unknown = [each.indicator for each in left_open if each.indicator and each.indicator not in ids]
    if unknown:
        return f"published.readings with an indicator among {', '.join(ids)}, not {', '.join(unknown)}"
    if {choice.indicator for choice in left_open if choice.or_none} >= set(ids):
        return "an indicator that every reading of published.readings keeps"
    count = math.prod(_count(choice) for choice in left_open)
    if count > MOST_READINGS:
        return f"at most {MOST_READINGS} combinations in published.readings, not {count}"
    return None


def _count(choice: OpenIndicator) -> int:
    return 1 + len(choice.alternatives) + (choice.or_none and choice.indicator is not None)


def _place(choice: OpenIndicator) -> Place:
    return ("", choice.name) if choice.indicator is None else (choice.indicator, "")


def _options(choice: OpenIndicator, places: Mapping[Place, Indicators]) -> list[Indicators]:
    """What may stand in a place: the study's own, each alternative, and nothing where the text allows it."""
    own = places.get(_place(choice), ())
    options = [own, *((alternative,) for alternative in choice.alternatives)]
    return [*options, ()] if choice.or_none and own else options
