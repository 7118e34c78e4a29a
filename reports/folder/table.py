"""A table of a run: its file, its place in the outcome, its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from capshare.base.years import YEAR

if TYPE_CHECKING:
    import pandas as pd

    from capshare.model.outcome.outcome import Outcome

# Columns whose cells may be empty: a side that no split satisfies has no price.
ONE_SIDED = ("price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt")
# Columns of text, in whatever table they stand; all others are numbers, or true and false.
WORDS = frozenset(
    {
        *("code", "column", "component", "constraint", "curve", "figure", "group", "indicator", "indicators"),
        *("name", "name_en", "name_zh", "rule", "start", "within"),
        *(
            "balance_class",
            "cause",
            "decided_by",
            "direction",
            "principle",
            "regime",
            "sector",
            "sense",
            "tier",
        ),
        *("group_unweighted", "group_weighted", "largest_cut_code", "nearest_group"),
        *("published_balance_class", "published_group"),
        *("before_peak", "cut_source", "cut_status", "inventory", "meaning", "phase", "shape", "unit"),
        *("check", "confidence", "description", "source", "status", "title_en", "title_zh"),
    }
)


@dataclass(frozen=True)
class Table:
    """One table of a run.

    Attributes
    ----------
    name : of the CSV file
    place : of its frame in :class:`~capshare.model.outcome.outcome.Outcome`, from part to part
    index : the levels of its index; a run of one year does not write the year where it is one of several
    title : its heading for people
    meaning : what one row is, one sentence
    columns : order of the columns after the index; others follow in the frame's own order
    open : whether the study names its other columns
    blanks : whether cells may be blank, as they may be in the dataset
    one_sided : whether a side of its prices may be missing, as no split satisfies it
    words : columns of text besides :data:`WORDS`, where a name means a number elsewhere
    """

    name: str
    place: str
    index: tuple[str, ...]
    title: str
    meaning: str
    columns: tuple[str, ...] = ()
    open: bool = False
    blanks: bool = False
    one_sided: bool = False
    words: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name}.csv"

    def frame(self, outcome: Outcome) -> pd.DataFrame | None:
        """Its frame with all years; None where the outcome lacks it, or a part that it is of.

        Parameters
        ----------
        outcome : of a run
        """
        found: Any = outcome
        for part in self.place.split("."):
            found = None if found is None else getattr(found, part)
        is_series = found is not None and found.ndim == 1
        frame: pd.DataFrame | None = found.to_frame() if is_series else found
        return frame

    @property
    def yearly(self) -> bool:
        """Whether its rows are repeated for each year."""
        return len(self.index) > 1 and self.index[0] == YEAR

    def holds_text(self, column: str) -> bool:
        """Whether a column is one of text; one that the study names is of numbers, whatever it is called.

        Parameters
        ----------
        column : name of one of the table
        """
        known = column in WORDS or column in self.words
        return known and (not self.open or column in self.index)

    def is_one_sided(self, column: str) -> bool:
        """Whether a column's cells may be empty, as no split satisfies a side of its price.

        Parameters
        ----------
        column : name of one of the table
        """
        return self.one_sided and column in ONE_SIDED
