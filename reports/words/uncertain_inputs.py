"""What the uncertain inputs of an ensemble are called."""

from __future__ import annotations

import re
from collections.abc import Mapping

from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text, texts

_CAP_OF = re.compile(r"cap\.mt\.(\d{4})")
_OF_A_RULE = re.compile(r"rules\.([^.]+)\.([^.]+)")
_NO_TITLES: Mapping[str, str] = {}


def input_name(name: str, lang: str = DEFAULT_LANGUAGE, titles: Mapping[str, str] = _NO_TITLES) -> str:
    """An uncertain input in words; one that the catalogue does not know by its key.

    Parameters
    ----------
    name : as ``drivers.csv`` has it
    lang : language of the words
    titles : column of the dataset → what it is called there
    """
    kind, _, rest = name.partition(".")
    if kind == "columns":
        known = texts(lang).get(f"columns.{rest}.label", rest)
        return text("ensemble.input_column", lang, name=titles.get(rest, known))
    if cap := _CAP_OF.fullmatch(name):
        return text("ensemble.input_cap", lang, year=cap[1])
    if rule := _OF_A_RULE.fullmatch(name):
        called = {"rule": term("rules", rule[1], lang), "parameter": term("rule_parameters", rule[2], lang)}
        return text("ensemble.input_rule", lang, **called)
    return term("uncertain_inputs", name, lang)


def titles_of_columns(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> dict[str, str]:
    """Column of the dataset → its title, of those that have one in the language.

    Parameters
    ----------
    outcome : of a run
    lang : language of the titles
    """
    fields = None if outcome.inputs is None else outcome.inputs.fields
    name = f"title_{lang}"
    if fields is None or name not in fields:
        return {}
    return {str(column): str(title) for column, title in fields[name].items() if title and title == title}
