"""Changes of a study's numbers, applied to the study and to what was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from capshare.base.errors import StudyChange
from capshare.chain.inputs import under_rules_of
from capshare.chain.prepared import PreparedStudy
from capshare.study.sections.allocation import EVERY_OTHER
from capshare.study.study import Study

Path = tuple[str | int, ...]


def repaired_study(study: Study, changes: Iterable[StudyChange]) -> Study:
    """The study with numbers changed, as if they had been typed into its file.

    Parameters
    ----------
    study : any
    changes : of a repair, :attr:`capshare.base.errors.InfeasibleError.repairs`

    Returns
    -------
    Study
    """
    settings: Any = study.settings()
    for change in changes:
        settings = _with(settings, change.path, change.after)
    return Study.model_validate(settings)


def under_rules(found: PreparedStudy, study: Study) -> PreparedStudy:
    """The chain under other rules of the split: cap, floors, ceilings, planners' rules, ties of years.

    Weights, scores, groups and abatement costs do not depend on them and stay.

    Parameters
    ----------
    found : the chain of a study
    study : that study with other rules

    Raises
    ------
    CapshareError
        where the rules are wrong in themselves, as floors beyond the cap are.
    """
    inputs = under_rules_of(study, found.inputs, found.path.name)
    return found.with_study(study, inputs)


def _with(settings: Any, path: Path, after: float) -> Any:
    if not path:
        return after
    first, rest = path[0], path[1:]
    if isinstance(settings, tuple):
        return tuple(_with(item, rest, after) if at == first else item for at, item in enumerate(settings))
    if not isinstance(settings, Mapping):
        # One number for all becomes what holds for those the table does not name.
        settings = {EVERY_OTHER: settings}
    return {**settings, first: _with(settings.get(first), rest, after)}
