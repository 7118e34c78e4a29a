"""What the parts of a comparison are called, the same on the page, in the workbook and on the console."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from capshare.reports.comparison.compare import FIGURES, Checks, RunComparison
from capshare.reports.comparison.setting_effects import INTERACTION, UNSOLVED
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text, texts
from capshare.reports.words.columns import MT, describe, readable
from capshare.reports.words.notes import note_text

# What is printed as 0.0 Mt is no change.
LEAST_MT = 0.05


def figure_name(found: RunComparison, figure: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The name of a headline figure, without its unit.

    Parameters
    ----------
    found : the comparison
    figure : as in ``FIGURES``
    lang : language of the name
    """
    own = f"compare.figure.{figure}"
    if own in texts(lang):
        return text(own, lang)
    return text(f"figures.{figure}.name", lang, year=found.year)


def figure_text(found: RunComparison, figure: str, run: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """A headline figure of a run as text, without its unit.

    Parameters
    ----------
    found : the comparison
    figure, run : its row and column
    lang : language of words
    """
    value = found.figures.loc[figure, run]
    if isinstance(value, Checks):
        names = text("terms.separator", lang).join(term("checks", name, lang) for name in value.failed)
        key = "compare.failed" if value.failed else "compare.passed"
        return text(key, lang, passed=value.passed, made=value.made, **({"names": names} if names else {}))
    if figure == "files":
        return _files(found, run, lang)
    return signed(readable(value, FIGURES[figure], lang))


def _files(found: RunComparison, run: str, lang: str) -> str:
    state = str(found.figures.loc["files", run])
    changed = next(one.changed for one in found.runs if one.label == run)
    names = [text(f"compare.state.{became}", lang, name=name) for name, became in changed.items()]
    said = {"files": text("terms.separator", lang).join(names)} if state == "changed" else {}
    return text(f"compare.state.{state}", lang, **said)


def signed(number: str) -> str:
    """A number as text with a minus sign as wide as a plus.

    Parameters
    ----------
    number : with a hyphen where it is negative
    """
    return number.replace("-", "−", 1)


def of_run(what: str, run: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The heading of a run's column.

    Parameters
    ----------
    what : the quantity
    run : its label
    lang : language of the heading
    """
    return text("compare.of_run", lang, what=what, run=run)


def quota_heading(what: str, run: str, first: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The heading of a column of quotas or of their differences, without its unit.

    Parameters
    ----------
    what : ``quota_mt, difference_mt`` or ``difference_pct``
    run, first : whose column it is, and what it is compared with
    lang : language of the words
    """
    if what == "quota_mt":
        return of_run(describe("provinces", what, lang).label, run, lang)
    key = "differs" if what == "difference_mt" else "relative"
    return text(f"compare.{key}", lang, run=run, first=first)


def member_names(codes: Sequence[str], names: pd.Series, lang: str = DEFAULT_LANGUAGE) -> str:
    """The names of a group's provinces.

    Parameters
    ----------
    codes : of the provinces
    names : index code
    lang : of the names
    """
    return text("terms.separator", lang).join(str(names[code]) for code in codes)


def notes(found: RunComparison, lang: str = DEFAULT_LANGUAGE) -> list[tuple[str, str]]:
    """Every note in words with the runs that have it.

    Parameters
    ----------
    found : the comparison
    lang : language wanted
    """
    names = {str(code): str(name) for code, name in found.names(lang).items()}
    said_by: dict[str, list[bool]] = {}
    for note, *has in found.notes.itertuples():
        sentence = note_text(note, names, lang)
        # Notes of two runs may differ in digits alone that no sentence shows.
        before = said_by.get(sentence, has)
        said_by[sentence] = [one or other for one, other in zip(before, has, strict=True)]
    rows = []
    for sentence, has in said_by.items():
        labels = [run for run, said in zip(found.labels, has, strict=True) if said]
        every = len(labels) == len(found.runs)
        joined = text("compare.every_run", lang) if every else text("terms.separator", lang).join(labels)
        rows.append((sentence, joined))
    return rows


def effect_rows(found: RunComparison, lang: str = DEFAULT_LANGUAGE) -> list[tuple[str, ...]]:
    """What each setting does alone, the largest effect of each run first: its name, its run and figures.

    Parameters
    ----------
    found : the comparison
    lang : language of the words

    Returns
    -------
    list of (run, setting, what changes hands, change of the sum, province that changes most, its change), in
        words
    """
    names = found.names(lang)
    rows: list[tuple[str, ...]] = []
    for row in found.effects.table.reset_index().to_dict("records"):
        key = str(row["setting"])
        setting = text("compare.effects.interaction", lang) if key == INTERACTION else key
        if row["status"] == UNSOLVED:
            rows.append((str(row["run"]), setting, text("compare.effects.unsolved", lang), "", "", ""))
            continue
        moves = float(row["moved_mt"]) >= LEAST_MT
        largest = (str(names[row["most"]]), change_text(row["most_mt"])) if moves else ("", "")
        moved, total = readable(row["moved_mt"], MT), change_text(row["sum_mt"])
        rows.append((str(row["run"]), setting, moved, total, *largest))
    return rows


def change_text(change_mt: float) -> str:
    """A change of quota with its sign.

    Parameters
    ----------
    change_mt : Mt CO2
    """
    return signed(f"{round(change_mt, 1) + 0.0:+,.1f}")
