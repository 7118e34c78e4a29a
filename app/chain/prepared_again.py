"""A study prepared once more with changed settings: as from the start, but for what did not change."""

from __future__ import annotations

from capshare.base.collector import Collector
from capshare.chain.plan_targets import check_spread
from capshare.chain.prepared import PreparedStudy
from capshare.chain.read_inputs import ReadBefore, read_inputs
from capshare.chain.varied import varied_costs
from capshare.study.checks import check_costs
from capshare.study.reading import LoadedStudy
from capshare.study.words import told_in_study_words


@told_in_study_words
def prepared_again(loaded: LoadedStudy, like: PreparedStudy) -> PreparedStudy:
    """What :func:`~capshare.chain.prepared.prepare` makes of a changed study.

    Parameters
    ----------
    loaded : the study with its changes
    like : the study as it was prepared; its dataset, its estimate of costs and its engine are used again

    Raises
    ------
    CapshareError
        where the changed study is wrong, with every problem, as from the start.
    """
    study = loaded.study
    inputs = read_inputs(loaded, ReadBefore(like.study, like.inputs))
    costs = varied_costs(like, study, inputs)
    odd = Collector(loaded.path.name)
    if costs is not like.costs:
        check_costs(costs.steps, inputs.dataset, odd)
        odd.refuse()
    found = like.with_study(study, inputs, costs)
    constant = inputs.constant_intensity_mt(study.study.base_year)
    if constant is not None:
        check_spread(study, inputs.cap, constant, found.score, odd)
    odd.refuse()
    return found
