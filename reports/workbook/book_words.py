"""What a workbook says, in its language."""

from __future__ import annotations

from collections.abc import Sequence

from capshare.model.allocation.data import NATIONAL as NATION_OF_ROWS
from capshare.reports.words.catalogue import term, text, texts
from capshare.reports.words.columns import Column, describe, has_column
from capshare.reports.workbook.grid import Label, literal
from capshare.reports.workbook.workbook_data import NATIONAL

# Sheets whose tables have a row per province, group or constraint in every year that is shown.
_OF_YEARS = (
    *("groups", "projection", "entitlements", "allocation", "steps", "constraints", "prices", "balance"),
    *("market", "intensity"),
)
_CATALOGUE, _OF_TARGETS = "book", "book_of_targets"
# The run's check of what a study of targets calls a distance.
_CHECK_OF_TARGETS = {"beyond_equity_mt": "beyond_distance_mt"}


class BookWords:
    """The words of one workbook.

    Attributes
    ----------
    lang : language of the texts
    of_targets : whether quotas are cuts, of which some sheets and columns say something else
    """

    lang: str
    of_targets: bool

    def say(self, key: str, **values: object) -> str:
        """A text of the workbook in its language.

        Parameters
        ----------
        key : of the catalogue, below ``workbook``
        values : placeholder of the text → what it shows
        """
        return text(f"workbook.{key}", self.lang, **values)

    def word(self, value: object) -> str:
        """The word for a value of the result.

        Parameters
        ----------
        value : text of a table, below ``terms`` in the catalogue
        """
        return term("terms", value, self.lang)

    def words(self, value: object) -> str:
        """The word for a value of the result, inside a formula.

        Parameters
        ----------
        value : as of :meth:`word`
        """
        return literal(self.word(value))

    def block(self, value: object) -> str:
        """Name of a block: that of its group, or the word for the nation.

        Parameters
        ----------
        value : name of a group, or ``all``; of a constraint's row also ``national``
        """
        return self.word(NATIONAL) if value in (NATIONAL, NATION_OF_ROWS) else str(value)

    def title(self, key: str) -> str:
        """Title of a sheet.

        Parameters
        ----------
        key : of the sheet, "inputs"
        """
        return self.say(f"sheet.{key}")

    def meaning(self, key: str) -> str:
        """What a sheet holds.

        Parameters
        ----------
        key : as of :meth:`title`
        """
        own = f"meaning_of_targets.{key}"
        known = self.of_targets and f"workbook.{own}" in texts(self.lang)
        return self.say(own if known else f"meaning.{key}")

    def years_left_out(self, key: str, shown: Sequence[int], every: Sequence[int]) -> str:
        """A sentence that says which years a sheet shows; nothing where it shows all, or none of its own.

        Parameters
        ----------
        key : as of :meth:`title`
        shown, every : years of the workbook, and of the run
        """
        if key not in _OF_YEARS or tuple(shown) == tuple(every):
            return ""
        years = self.say("list_comma").join(map(str, shown))
        return self.say("years_left_out", shown=years, count=len(every))

    def about(self, column: str) -> Column:
        """How a column is called, its unit and its meaning.

        Parameters
        ----------
        column : name of a field
        """
        known = self.of_targets and has_column(_OF_TARGETS, column, self.lang)
        return describe(_OF_TARGETS if known else _CATALOGUE, column, self.lang)

    def check_name(self, label: Label) -> str:
        """Name of a check, with its year where there are several.

        Parameters
        ----------
        label : name of the check, or (year, name)
        """
        year, name = label if isinstance(label, tuple) else ("", label)
        name = _CHECK_OF_TARGETS.get(str(name), name) if self.of_targets else name
        own = texts(self.lang).get(f"workbook.check.{name}")
        return f"{year} {own or term('checks', name, self.lang)}".strip()

    def rule(self, rule: str) -> str:
        """Name of a rule of comparison.

        Parameters
        ----------
        rule : column of the quotas by rule, "per_capita"; "this_run" and "entitlement" are the run's own
        """
        own = ("this_run", "entitlement")
        return self.say(f"rule.{rule}") if rule in own else term("rules", rule, self.lang)
