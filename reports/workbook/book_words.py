"""What a workbook says, in its language."""

from __future__ import annotations

from capshare.reports.words.catalogue import term, text, texts
from capshare.reports.workbook.grid import Label, literal


class BookWords:
    """The words of one workbook.

    Attributes
    ----------
    lang : language of the texts
    """

    lang: str

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

    def title(self, key: str) -> str:
        """Title of a sheet.

        Parameters
        ----------
        key : of the sheet, "inputs"
        """
        return self.say(f"sheet.{key}")

    def check_name(self, label: Label) -> str:
        """Name of a check, with its year where there are several.

        Parameters
        ----------
        label : name of the check, or (year, name)
        """
        year, name = label if isinstance(label, tuple) else ("", label)
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
