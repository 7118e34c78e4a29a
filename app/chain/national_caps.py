"""The caps of a study as a function of its section ``[cap]``, of national growth and of who emits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.chain.caps_and_baseline import national_cap_path
from capshare.chain.inputs import Inputs
from capshare.chain.split_terms import with_divided
from capshare.chain.starting_point import starting_point
from capshare.model.cap.path import StartingPoint
from capshare.solvers.program import Vector
from capshare.study.sections.years import Cap
from capshare.study.study import Study


@dataclass(frozen=True)
class NationalCaps:
    """What the caps of all years follow, so that they can be found again for another draw of it.

    Attributes
    ----------
    study : its section ``[cap]``, its years, and what is held back
    base_mt : emissions of all provinces in the base year, Mt CO2
    gdp_ratio : index year; national GDP, base year 1; the base year alone where nothing follows growth
    start : where a cap from pledges starts; else None
    constant_mt : code × year; emissions at the base year's carbon intensity, Mt CO2; None where the cap does
        not follow them
    """

    study: Study
    base_mt: float
    gdp_ratio: pd.Series
    start: StartingPoint | None
    constant_mt: pd.DataFrame | None

    def growth(self, points: float) -> pd.Series:
        r"""National GDP of each year as a multiple of what it is without a change of growth.

        .. math:: m_t=\prod_{k=b+1}^{t}\frac{Y_k/Y_{k-1}+p/100}{Y_k/Y_{k-1}}

        Parameters
        ----------
        points : p, added to national growth in every year after the base year, percentage points

        Returns
        -------
        Series, index year from the base year on, no unit
        """
        ratio = self.gdp_ratio.to_numpy(dtype=float)
        yearly = ratio[1:] / ratio[:-1]
        multiple = np.cumprod([1.0, *((yearly + points / 100) / yearly)])
        return pd.Series(multiple, index=self.gdp_ratio.index)

    def path(self, cap: Cap, growth: pd.Series, moved: Vector) -> pd.DataFrame:
        """The cap of every year to allocate, and what the provinces share of it.

        Parameters
        ----------
        cap : the section, perhaps with other values
        growth : of :meth:`growth`
        moved : emissions of the base year as a multiple of the study's, one per province in the order of the
            codes; their sum stays

        Returns
        -------
        DataFrame, index year; ``cap_mt, divided_mt``, and what the cap was made of

        Raises
        ------
        CapshareError
            where the settings of the cap do not fit together.
        """
        study = self.study.model_copy(update={"cap": cap})
        constant = self.constant_mt
        if constant is not None:
            # The cap follows the nation's sum alone, which stands here for a nation of one province.
            national = (moved @ constant.to_numpy()) * growth.reindex(constant.columns).to_numpy()
            constant = pd.DataFrame([national], columns=constant.columns)
        path = national_cap_path(study, self.base_mt, self.gdp_ratio * growth, self.start, constant)
        return with_divided(study, path)


def national_caps(study: Study, inputs: Inputs, gdp_ratio: pd.Series) -> NationalCaps:
    """Bring together what the caps of a study follow.

    Parameters
    ----------
    study, inputs : a study and what it reads
    gdp_ratio : of :func:`capshare.chain.national_growth.gdp_ratio`
    """
    base_mt = float(inputs.emissions_mt.sum())
    start = None
    if study.cap.method == "intensity":
        start = starting_point(study, inputs.dataset, base_mt, study.cap.start)
    constant = None
    if study.cap.method == "intensity-plan":
        constant = inputs.constant_intensity_mt(study.study.base_year)
    return NationalCaps(
        study=study,
        base_mt=base_mt,
        gdp_ratio=gdp_ratio,
        start=start,
        constant_mt=None if constant is None else constant.sort_index(),
    )
