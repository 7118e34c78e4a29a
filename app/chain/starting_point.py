"""Where a cap from pledges on intensity starts: the base year's emissions, and the cut reached by then."""

from __future__ import annotations

from capshare.chain.achieved_cut import inventory_cut, official_cut
from capshare.indicators.dataset.dataset import Dataset
from capshare.model.cap.path import StartingPoint
from capshare.study.study import Study


def starting_point(study: Study, dataset: Dataset, base_mt: float, which: str) -> StartingPoint:
    """Emissions and achieved cut of the base year, by the official figure or by the inventory itself.

    Parameters
    ----------
    study : its base year, and what its emissions count
    dataset : has the official cut, or the inventory and real GDP
    base_mt : emissions of all provinces in the base year, Mt CO2
    which : "official" or "inventory"

    Raises
    ------
    CapshareError
        where the dataset does not say the cut.
    """
    base = study.study.base_year
    inventory = "fuels: " + ", ".join(study.emissions.fuels)
    if study.emissions.method == "column":
        inventory = f"column {study.emissions.column}"
    if which == "official":
        cut, source = official_cut(dataset, base)
    else:
        cut, source = inventory_cut(study, dataset, base_mt)
    return StartingPoint(which, base, base_mt, cut, inventory, source)
