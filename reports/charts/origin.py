"""What a chart is of: its study, its year and its data, in a line below the title."""

from __future__ import annotations

import json

from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

_PACKAGE = "datapackage.json"


def origin(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> str:
    """Study, year and dataset; the dataset with its title, where it has one in the language.

    Parameters
    ----------
    one : the year drawn
    lang : language of the line
    """
    study = one.outcome.study
    dataset = study.settings.get("study", {}).get("dataset")
    if dataset is None:
        return text("chart.origin.study", lang, study=study.name, year=one.year)
    title = _title(one.outcome, lang)
    key = "chart.origin.titled" if title else "chart.origin.data"
    return text(key, lang, study=study.name, year=one.year, data=dataset, title=title)


def _title(outcome: Outcome, lang: str) -> str:
    """Of the data package that the run read; a workbook or a folder of tables has none."""
    package = next((data for name, data in outcome.study.files.items() if name.endswith(_PACKAGE)), None)
    described = {} if package is None else json.loads(package)
    return str(described.get("title" if lang == DEFAULT_LANGUAGE else f"title_{lang}", ""))
