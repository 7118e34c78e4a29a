"""Dataset columns: the figures that the template for a dataset of one's own asks for."""

from __future__ import annotations

from dataclasses import dataclass

from capshare.indicators.dataset.column_units import StudyColumn, study_column
from capshare.indicators.dataset.units import DIMENSION_UNITS


@dataclass(frozen=True)
class TemplateColumn:
    """One column to fill in.

    Attributes
    ----------
    name : in the file, without a unit
    dimension : what units may be chosen from
    unit : the one that is set at first
    title, title_zh, note : for who fills it in
    """

    name: str
    dimension: str
    unit: str
    title: str
    title_zh: str
    note: str

    @property
    def units(self) -> tuple[str, ...]:
        """Units to choose from."""
        return DIMENSION_UNITS[self.dimension]

    @property
    def in_study(self) -> str:
        """Name under which a study file knows the column."""
        column = study_column(self.name, self.unit)
        return column.name if isinstance(column, StudyColumn) else self.name


COLUMNS = (
    TemplateColumn(
        "population", "number", "1e4 persons", "Resident population at year end", "年末常住人口",
        "Who lives there, not who is registered there.",
    ),
    TemplateColumn(
        "gdp", "money", "1e8 yuan", "Gross regional product, current prices", "地区生产总值（当年价）",
        "One vintage for all regions.",
    ),
    TemplateColumn(
        "emissions", "CO2", "Mt CO2", "Carbon dioxide emissions", "二氧化碳排放量",
        "Of the base year; carbon (t C) becomes CO2 by 44/12.",
    ),
    TemplateColumn(
        "energy_total", "energy", "1e4 tce", "Total energy consumption", "能源消费总量",
        "Coal equivalent; oil equivalent and joules are converted.",
    ),
    TemplateColumn(
        "forest_area", "area", "1e4 ha", "Forest area", "森林面积",
        "Of the latest inventory.",
    ),
)  # fmt: skip
