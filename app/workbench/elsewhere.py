"""Changes that would lead the workbench to read other files, or to start other programs: refused."""

from __future__ import annotations

from collections.abc import Iterator

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.scenarios import shipped_scenarios
from capshare.reports.folder.references import reference_files, reference_key
from capshare.solvers.named import SAFE_TO_NAME
from capshare.study.setting import OPTION
from capshare.study.study import Study

_REMEDY = "Change the study file itself, and start the workbench with it."


def refuse_elsewhere(changed: Study, base: Study) -> None:
    """Refuse changes of what is read and which programs are started.

    Parameters
    ----------
    changed : the study with changes
    base : the study that the workbench was started with

    Raises
    ------
    CapshareError
        with every such change.
    """
    problems = list(_problems(changed, base))
    if problems:
        raise CapshareError(problems)


def _problems(changed: Study, base: Study) -> Iterator[Problem]:
    dataset = base.study.dataset
    if changed.study.dataset != dataset:
        yield Problem(OPTION, "study.dataset", shown(dataset), shown(changed.study.dataset), _REMEDY)
    scenarios = (base.study.scenario, *shipped_scenarios())
    if changed.study.scenario not in scenarios:
        known = ", ".join(dict.fromkeys(scenarios))
        yield Problem(OPTION, "study.scenario", f"one of {known}", shown(changed.study.scenario), _REMEDY)
    named = reference_files(base.settings())
    for place, name in reference_files(changed.settings()).items():
        if place not in named:
            yield Problem(
                OPTION, reference_key(name), "one that the study names already", shown(place), _REMEDY
            )
    solver = changed.solver.name
    if solver not in (base.solver.name, *SAFE_TO_NAME):
        yield Problem(OPTION, "solver.name", f"one of {', '.join(SAFE_TO_NAME)}", shown(solver), _REMEDY)
