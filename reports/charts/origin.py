"""What a chart is of: its study, its year and its data, in a line below the title."""

from __future__ import annotations

import json
from collections.abc import Mapping

from capshare.model.outcome.outcome import OneYear
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

_PACKAGE = "datapackage.json"


def origin(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> str:
    """Study, year and dataset of a run.

    Parameters
    ----------
    one : the year drawn
    lang : language of the line
    """
    study = one.outcome.study
    return study_line(study.name, one.year, study.settings.get("study", {}).get("dataset"), study.files, lang)


def study_line(
    study: str, year: int, dataset: str | None, files: Mapping[str, bytes], lang: str = DEFAULT_LANGUAGE
) -> str:
    """Study, year and dataset; the dataset with its title, where it has one in the language.

    Parameters
    ----------
    study : its name
    year : the one drawn, or the last of those drawn
    dataset : its name or place; None where that is not known
    files : content of what was read, by name, the data package among them where there is one
    lang : language of the line
    """
    if dataset is None:
        return text("chart.origin.study", lang, study=study, year=year)
    title = _title(files, lang)
    key = "chart.origin.titled" if title else "chart.origin.data"
    return text(key, lang, study=study, year=year, data=dataset, title=title)


def _title(files: Mapping[str, bytes], lang: str) -> str:
    """Of the data package that was read; a workbook or a folder of tables has none."""
    package = next((data for name, data in files.items() if name.endswith(_PACKAGE)), None)
    described = {} if package is None else json.loads(package)
    return str(described.get("title" if lang == DEFAULT_LANGUAGE else f"title_{lang}", ""))
