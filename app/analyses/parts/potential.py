"""The ranking of the provinces in deficit."""

from __future__ import annotations

import pandas as pd

from capshare.chain.inputs import Inputs
from capshare.model.outcome.potential import Potential, orient, potential
from capshare.model.outcome.ranking import PotentialRanking
from capshare.study.study import Study


def potential_ranking(study: Study, inputs: Inputs, provinces: pd.DataFrame) -> PotentialRanking:
    """Rank the provinces in deficit; without rows where the study does not ask for it or they are too few.

    Parameters
    ----------
    study, inputs : of the run
    provinces : index code; the last year's rows of ``provinces.csv``
    """
    deficit = deficit_codes(provinces)
    names = provinces.loc[deficit, ["name_en", "name_zh"]]
    found = reduction_potential(study, inputs, deficit)
    if found is None:
        return PotentialRanking(names.iloc[:0].assign(score=0.0, rank=0, tier=""), None, None)
    ranking = names.join(found.table, how="right").rename_axis("code")
    if found.components is None or inputs.potential_indicators is None:
        return PotentialRanking(ranking, None, None)
    return PotentialRanking(ranking, inputs.potential_indicators.loc[list(ranking.index)], _components(found))


def deficit_codes(provinces: pd.DataFrame) -> pd.Index:
    """Codes of the provinces in deficit.

    Parameters
    ----------
    provinces : index code; ``balance_class``
    """
    return provinces.index[provinces["balance_class"].str.endswith("deficit")]


def reduction_potential(study: Study, inputs: Inputs, codes: pd.Index) -> Potential | None:
    """Potential of some provinces by the study's indicators; None where it has none.

    Parameters
    ----------
    study, inputs : of the run
    codes : of the provinces
    """
    if study.potential is None or inputs.potential_indicators is None:
        return None
    kept = study.potential.components
    oriented = orient(
        inputs.potential_indicators.loc[codes], {i.id: i.direction for i in study.potential.indicators}
    )
    return potential(oriented, "kaiser" if kept == "kaiser" else kept.variance)


def _components(found: Potential) -> pd.DataFrame | None:
    """Eigenvalue, correlation that fixes the sign, and coefficients of the components that the score uses."""
    if found.components is None:
        return None
    kept, components = list(found.kept), found.components
    frame = components.coefficients[kept].T.rename_axis(index="component", columns=None)
    frame.insert(0, "eigenvalue", components.eigenvalues[kept])
    frame.insert(1, "sign_correlation", components.sign_correlation[kept])
    return frame
