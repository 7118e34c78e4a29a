"""Rules that collide, as the workbench tells them, and the smallest changes that mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capshare.base.errors import StudyChange, StudyRepair
from capshare.chain.infeasible import why_no_split
from capshare.chain.prepared import PreparedStudy
from capshare.chain.repaired import repaired_study
from capshare.reports.console.infeasible import collision_lines, repair_text
from capshare.reports.words.catalogue import LANGUAGES
from capshare.solvers.guard import ending
from capshare.study.study import Study
from capshare.workbench.answers import Conflict, Labelled, Mend
from capshare.workbench.wire import as_json


def conflict(found: PreparedStudy, seconds: float) -> Conflict | None:
    """Which rules of a study contradict each other, and every mend that was found.

    Parameters
    ----------
    found : the chain of a study without a solution
    seconds : how long to look for them

    Returns
    -------
    Conflict; None where another engine found no solution and HiGHS finds one
    """
    try:
        with ending(seconds):
            why = why_no_split(found)
    except TimeoutError:
        return Conflict(rules=[], mends=[], searched=False)
    if why is None:
        return None
    lines = {lang: collision_lines(why, lang) for lang in LANGUAGES}
    rules = [Labelled(label_en=en, label_zh=zh) for en, zh in zip(lines["en"], lines["zh"], strict=True)]
    return Conflict(rules=rules, mends=[_mend(found.study, repair) for repair in why.repairs])


def _mend(study: Study, repair: StudyRepair) -> Mend:
    said = {f"text_{lang}": repair_text(repair, lang) for lang in LANGUAGES}
    repaired = repaired_study(study, repair.changes).settings()
    changes = {key: as_json(_at(repaired, key)) for key in dict.fromkeys(map(_key, repair.changes))}
    return Mend(changes=changes, **said)


def _key(change: StudyChange) -> str:
    """The key that changes as a whole: a list or a table where a number in it does."""
    path = change.path[:-1] if change.splits else change.path
    places = [at for at, part in enumerate(path) if isinstance(part, int)]
    return ".".join(map(str, path[: places[0]] if places else path))


def _at(settings: Mapping[str, Any], key: str) -> Any:
    value: Any = settings
    for part in key.split("."):
        value = value[part]
    return value
