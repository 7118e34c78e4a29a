"""What each column of a result is called for people, in which unit, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text, texts

MT = "Mt CO2"
TWH = "TWh"
KG_PER_KWH = "kg/kWh"
PRICE = "yuan/t CO2"
PRICE_SLOPE = "yuan/t per Mt"
INTENSITY = "t per 1e4 yuan"
MONEY = "1e8 yuan"
PER_HEAD = "1e4 yuan"
PERSONS = "1e4 persons"
SHARE = "share"
PERCENT = "%"
POINTS = "% points"
UNIT_INTERVAL = "0 to 1"
HUNDRED = "0 to 100"

# A share is stored as a fraction and shown as a percentage, in Excel and in Python alike.
_FORMATS = {
    MT: ("#,##0.0", ",.1f"),
    TWH: ("#,##0.0", ",.1f"),
    KG_PER_KWH: ("0.0000", ".4f"),
    PRICE: ("#,##0.00", ",.2f"),
    PRICE_SLOPE: ("#,##0.00", ",.2f"),
    INTENSITY: ("0.000", ".3f"),
    MONEY: ("#,##0.00", ",.2f"),
    PER_HEAD: ("#,##0.00", ",.2f"),
    SHARE: ("0.0%", ".1%"),
    PERCENT: ("0.0", ".1f"),
    POINTS: ("0.00", ".2f"),
    UNIT_INTERVAL: ("0.000", ".3f"),
    HUNDRED: ("0.0", ".1f"),
}
_SUFFIXES = {
    "_t_per_1e4yuan": INTENSITY,
    "_kg_per_kwh": KG_PER_KWH,
    "_twh": TWH,
    "_yuan_per_t_per_mt": PRICE_SLOPE,
    "_yuan_per_t": PRICE,
    "_1e4yuan": PER_HEAD,
    "_1e8yuan": MONEY,
    "_share": SHARE,
    "_points": POINTS,
    "_pct": PERCENT,
    "_mt": MT,
}


@dataclass(frozen=True)
class Column:
    """How a column is shown.

    Attributes
    ----------
    label : its heading, without the unit
    unit : its unit, the same in every language; empty for text and counts
    meaning : one sentence for a reader who has not seen the model; empty where the label says it
    lang : language of label and meaning
    """

    label: str
    unit: str = ""
    meaning: str = ""
    lang: str = DEFAULT_LANGUAGE

    @property
    def heading(self) -> str:
        """The label with its unit, in the column's language."""
        return with_unit(self.label, self.unit, self.lang)


def with_unit(label: str, unit: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """A label followed by its unit; a share is read in %.

    Parameters
    ----------
    label : in the language asked for
    unit : one of the units of :func:`describe`, or empty
    lang : language of the unit
    """
    return f"{label}{text('units.separator', lang)}{term('units', unit, lang)}" if unit else label


def indicator_name(name: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """What an indicator is called: in English as the study names it.

    Parameters
    ----------
    name : its id in the study
    lang : "en" or "zh"
    """
    return name if lang == DEFAULT_LANGUAGE else term("indicators", name, lang)


def unit_word(unit: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """A unit in a language, also where it counts provinces, whatever the dataset calls them.

    Parameters
    ----------
    unit : of a figure, for example ``Spearman`` or ``of 30 provinces``
    lang : "en" or "zh"
    """
    match unit.split(" "):
        case ["of", count, _] if count.isdigit():
            return text("units.of_provinces", lang, count=count)
    return term("units", unit, lang)


# The rest follow from the ending of their name.
_UNITS = {
    "population_1e4": PERSONS,
    "entropy": UNIT_INTERVAL,
    "weight": UNIT_INTERVAL,
    "score": UNIT_INTERVAL,
    "stability_resampling": UNIT_INTERVAL,
    "stability_noise": UNIT_INTERVAL,
    "group_jaccard": UNIT_INTERVAL,
}
_UNIT_IN_TABLE = {("potential", "score"): HUNDRED}


def describe(table: str, column: str, lang: str = DEFAULT_LANGUAGE) -> Column:
    """How a column of a table is shown; an unknown one keeps its name, and its unit from its ending.

    Parameters
    ----------
    table : name of the table, for example ``provinces``
    column : name of the column, for example ``quota_mt``
    lang : language of label and meaning
    """
    known = texts(lang)
    if table == "normalised" and f"columns.{column}.label" not in known:
        meaning = text("columns.normalised.meaning", lang)
        return Column(term("indicators", column, lang), UNIT_INTERVAL, meaning, lang)
    unit, stem = _unit(table, column)
    for key in (f"column_in.{table}.{column}", f"columns.{column}"):
        if f"{key}.label" in known:
            return Column(known[f"{key}.label"], unit, known[f"{key}.meaning"], lang)
    return Column(stem.replace("_", " ").capitalize(), unit, "", lang)


def has_column(table: str, column: str, lang: str = DEFAULT_LANGUAGE) -> bool:
    """Whether a column means something of its own in a table.

    Parameters
    ----------
    table, column, lang : as of :func:`describe`
    """
    return f"column_in.{table}.{column}.label" in texts(lang)


def _unit(table: str, column: str) -> tuple[str, str]:
    if (table, column) in _UNIT_IN_TABLE:
        return _UNIT_IN_TABLE[table, column], column
    if column in _UNITS:
        return _UNITS[column], column
    for suffix, unit in _SUFFIXES.items():
        if column.endswith(suffix):
            return unit, column.removesuffix(suffix)
    return "", column


def number_format(unit: str, value: float) -> str:
    """The Excel number format of a value in a unit.

    Parameters
    ----------
    unit : as the columns' descriptions write it
    value : in the unit; decides where the unit has no format of its own
    """
    if unit in _FORMATS:
        return _FORMATS[unit][0]
    return "0" if float(value).is_integer() else "#,##0.000"


def readable(value: object, unit: str = "", lang: str = DEFAULT_LANGUAGE) -> str:
    """The value as text for people: rounded as its unit is usually read.

    Parameters
    ----------
    value : a number in ``unit``, text, or None where there is no feasible value
    unit : one of the units of :func:`describe`; others are shown with three decimals
    lang : language of the words; digits are the same in all
    """
    if value is None:
        return text("terms.infeasible", lang)
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return text("terms.yes" if value else "terms.no", lang)
    if not hasattr(value, "__float__"):
        return term("terms", value, lang)
    number = float(value)
    if number == float("inf"):
        return text("terms.no_limit", lang)
    if unit in _FORMATS:
        return format(number, _FORMATS[unit][1])
    return f"{number:.0f}" if number.is_integer() else f"{number:,.3f}"
