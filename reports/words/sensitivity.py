"""How sure a result is, in sentences: which choices move most, whose figure is widest, one province's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.sensitivity import Sensitivity
from capshare.reports.words.catalogue import term, text

# Choices and provinces that are named; the files have all.
_CHOICES, _PROVINCES = 3, 5


def sensitivity_lines(outcome: Outcome, lang: str) -> Iterator[str]:
    """What moves most, and whose results are widest; nothing where the study names no choices.

    Parameters
    ----------
    outcome : of a run
    lang : language of the texts
    """
    found = outcome.drivers.sensitivity
    if found is None:
        return
    between = text("terms.separator", lang)
    movers = [
        text("summary.mover", lang, choice=term("choices", name, lang), moved=moved)
        for name, moved in found.movers().head(_CHOICES).items()
    ]
    if movers:
        yield text("summary.movers", lang, list=between.join(movers))
    low, high = (found.ranges[f"{side}_{found.figure}"] for side in ("low", "high"))
    widest = (high - low).sort_values(ascending=False, kind="stable").head(_PROVINCES).index
    names = found.ranges[f"name_{lang}"]
    said = [f"{names[code]} {range_words(found, str(code), lang)}" for code in widest]
    yield text("summary.widest", lang, list=text("terms.part_separator", lang).join(said))


def range_words(found: Sensitivity, code: str, lang: str) -> str:
    """Between what a province's figure moves and which choice moves it most.

    Parameters
    ----------
    found : of a run
    code : of the province
    lang : language of the words
    """
    row, figure = found.ranges.loc[code], found.figure
    low, high = row[f"low_{figure}"], row[f"high_{figure}"]
    driver = term("choices", row["driver"], lang)
    return text(f"summary.range_{figure}", lang, low=low, high=high, driver=driver)


def nation_in_words(outcome: Outcome, lang: str) -> pd.DataFrame:
    """What each side comes to, its value and the reason for it in the language as far as the study says them.

    Parameters
    ----------
    outcome : of a run whose study names choices
    lang : language of the words

    Returns
    -------
    DataFrame, as :attr:`capshare.model.outcome.sensitivity.Sensitivity.nation`

    Raises
    ------
    ValueError
        where the study names no choices.
    """
    found = outcome.drivers.sensitivity
    if found is None:
        raise ValueError("an outcome of a study that names choices")
    choices = found.nation.index.get_level_values("choice")
    reasons = [
        choice_reason(outcome.study.settings, str(choice), str(status), reason, lang)
        for choice, status, reason in zip(
            choices, found.nation["status"], found.nation["reason"], strict=True
        )
    ]
    values = [term("choice_values", value, lang) for value in found.nation["value"]]
    return found.nation.assign(value=values, reason=reasons)


def choice_reason(settings: Mapping[str, Any], choice: str, status: str, reason: Any, lang: str) -> Any:
    """Why a choice could have been another, in the language as far as the study says it.

    Parameters
    ----------
    settings : of the study
    choice : its name
    status : of the side; one without a solution has the solver's reason
    reason : as the run holds it
    lang : language of the words
    """
    if status == "unsolved":
        return reason
    said = {entry["choice"]: entry.get(f"reason_{lang}") for entry in settings.get("sensitivity", ())}
    return said.get(choice) or reason
