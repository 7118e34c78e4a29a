"""A column of a table, and a live cell.

Every cell to be edited has a key, the place where a run reads its number; see :attr:`Field.key`.

===================================== ==================================================================
``allocation.max_deviation``          a key of the study, as ``--set`` takes it
``targets.band_pct.1``                an entry of a list of the study, from 1
``cap.cuts_pct.2030``                 an entry of a table of the study
``weights.given.ID``                  weight of an indicator; a blank cell is one that is not given
``groups.given.CODE``                 group of a province; a blank cell leaves it in the group found
``indicators.ID.direction``           "more" or "less"; ``burden.indicators.ID.direction`` of targets
``inputs.COLUMN.CODE``                a cell of the dataset's table of provinces
``inputs.TABLE.COLUMN.CODE``          a cell of another table of the dataset with one row per province
``inputs.national.VARIABLE.YEAR``     a figure of the dataset's national series
``inputs.panel.VARIABLE.CODE.YEAR``   a figure of the dataset's panel, or of its factors of emissions
``inputs.inventory.COLUMN.CODE.YEAR`` a figure of the dataset's inventory by sector
``inputs.scenario.VARIABLE.YEAR``     a figure of the scenario of national growth
===================================== ==================================================================

COLUMN, TABLE and VARIABLE are the dataset's names and the cell is in its unit, both as a study reads them.
TABLE is ``national`` of the national series, ``panel`` of the panel, ``emission_factors`` of the factors,
``inventory`` of the inventory, ``scenario`` of the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Kind = Literal["text", "input", "solved", "live"]
# Whatever the index of a frame holds: a code, a year, or a tuple of them.
Label: TypeAlias = Any
ToFormula: TypeAlias = Callable[[Label], str]


@dataclass(frozen=True)
class Formula:
    """A live cell: what the spreadsheet computes, and what Python found.

    Attributes
    ----------
    text : the formula, beginning with =
    value : the number or text that the formula must give
    """

    text: str
    value: object


@dataclass(frozen=True)
class Field:
    """One column of a table.

    Attributes
    ----------
    name : formulas and the catalogue know the column by it
    values : row label → number, boolean or text; of a live column what Python found
    kind : "text", "input" (a number to edit), "solved" (decided by a solver or an estimate) or "live"
    formula : row label → formula without =; an empty one leaves the value
    unit : of the values; "auto" takes it from the ending of the name
    heading : "" takes it from the catalogue
    meaning : one sentence for the guide; "" takes it from the catalogue
    key : of an input: row label → where a run reads the number, empty for a row that is none; the kinds are
        listed above
    keyless : kind of the cells of an input column that have no key
    plain : kind of the cells of a live column that have no formula
    widens : whether the column is made as wide as its values; else long texts run on to the right
    choices : of an input: the words it may hold, for a list to choose from; empty for numbers
    codes : of an input with choices: what the study says for each of them, in their order
    optional : of an input: whether a blank cell says something, such as that nothing is given
    units : of an input whose rows have units of their own: row label → unit
    """

    name: str
    values: Mapping[Label, object]
    kind: Kind = "text"
    formula: ToFormula | None = None
    unit: str = "auto"
    heading: str = ""
    meaning: str = ""
    key: ToFormula | None = None
    plain: Kind = "solved"
    widens: bool = True
    choices: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    optional: bool = False
    units: ToFormula | None = None
    keyless: Kind = "text"
