"""How sure a result is, in sentences: which choices move most, whose figure is widest, one province's."""

from __future__ import annotations

from collections.abc import Iterator

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
