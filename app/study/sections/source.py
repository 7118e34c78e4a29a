"""Sections on where the numbers come from: dataset, emissions, indicators, published results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from capshare.indicators.electricity import View
from capshare.study.sections.base import (
    LONGEST_NAME,
    Expression,
    Location,
    Name,
    Ratio,
    Section,
    Share,
    Text,
    YearNumber,
)

_DAY = 'a day in quotes, "2026-11-22"'


def _date(text: str) -> str:
    # Python also reads 20261122 and days of weeks, which a reader would stumble over.
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(_DAY)
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(_DAY) from None
    return text


class StudySection(Section):
    """What is studied."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=LONGEST_NAME)]
    """Name of the study; letters, digits, dot, dash and underscore; at most 200, as folders are
    named after it."""
    dataset: Location
    """A shipped dataset, or a folder with a data package or an .xlsx workbook beside the study file."""
    base_year: YearNumber
    """Year of the provincial statistics; the dataset's own."""
    years: tuple[YearNumber, ...] = ()
    """Years to allocate; by default those of the cap table, else the base year."""
    scenario: Location = "central"
    """National growth after the base year: a shipped scenario or a CSV file beside the study."""
    seed: Annotated[int, Field(ge=0, lt=2**32)]
    """Seed of everything random; the same seed gives the same run."""
    purpose: Annotated[Text, Field(min_length=1)] | None = None
    """What the study is for, in a sentence; it stands on the cover of the workbook."""
    purpose_zh: Annotated[Text, Field(min_length=1)] | None = None
    """The same in Chinese, for what is written in it; without it the purpose stands as it is."""
    date: Annotated[str, AfterValidator(_date)] | None = None
    """Day of the run as the cover of the workbook names it, "2026-11-22": two runs of a study agree to the
    byte, so it is no clock's."""


class Emissions(Section):
    """Where the emissions of the base year come from."""

    method: Literal["column", "fuels"]
    """"column" takes a published column, "fuels" multiplies quantities by factors."""
    table: Name | None = None
    """Published table that holds the column; without it the provinces' own table."""
    column: Name | None = None
    """The column; its unit in the dataset must be a mass of CO2."""
    fuels: tuple[Name, ...] = ()
    """Fuels to add up, for example coal, gasoline: explicit, because products are counted in crude oil."""
    factors: Mapping[Name, Ratio] = {}
    """Factors that replace the shipped ones: t CO2 per t, natural gas kg CO2 per m3."""

    @model_validator(mode="after")
    def _complete(self) -> Emissions:
        if self.method == "column" and self.column is None:
            raise ValueError('a `column` with method "column"')
        if self.method == "fuels" and not self.fuels:
            raise ValueError('a list of `fuels` with method "fuels"')
        return self


class Electricity(Section):
    """How electricity that crosses borders between provinces is counted in the emissions of the base year."""

    view: View = "production"
    """"production": emissions where they arise; "consumption": those of electricity go to who uses it;
    "shared": half and half."""
    factor: Literal["origin", "national"] = "origin"
    """CO2 of electricity that crosses a border: "origin" the exporter's own mean factor, for importers the
    exporters' mean weighted by net exports, as nobody publishes who sends to whom; "national" the nation's
    mean for everybody, which credits exports of hydropower as if they were coal."""
    generation_year: YearNumber | None = None
    """Year of generation that consumption is set against; without it the last up to the base year."""


class Indicator(Section):
    """One indicator, as an expression over the dataset's columns."""

    id: Name
    """Name of the indicator; unique."""
    expression: Expression
    """A column, or + - * / over columns and numbers; emissions_mt is the study's own emissions."""
    direction: Literal["more", "less"]
    """Whether more or less of it earns quota (for potential: means more potential)."""
    reason: Text = ""
    """Why it is in the study."""


class QuotaIndicator(Indicator):
    """An indicator of the allocation."""

    principle: Literal["equality", "responsibility", "capability", "efficiency", "need", "ecology"]
    """The principle it stands for."""


class OpenIndicator(Section):
    """An indicator that the published text leaves open, and what else it allows in its place."""

    name: Name
    """What it is about, for example agriculture; unique."""
    indicator: Name | None = None
    """Id among the study's indicators of the one that it took; left out where it took none."""
    alternatives: Annotated[tuple[QuotaIndicator, ...], Field(min_length=1)]
    """Indicators that the text allows instead; their ids are no other indicator's."""
    or_none: bool = False
    """Whether the text also allows to do without the study's own."""


class Weights(Section):
    """How the indicators are weighted."""

    method: Literal["entropy", "equal", "critic", "given"] = "entropy"
    """How weights are found."""
    given: Mapping[Name, Share] | None = None
    """Indicator → weight; alone with method "given", else mixed in by the geometric mean."""

    @model_validator(mode="after")
    def _complete(self) -> Weights:
        if self.method == "given" and self.given is None:
            raise ValueError('weights in `given` with method "given"')
        return self


class Published(Section):
    """Published results to compare with."""

    table: Name
    """Published table in the layout of Table 1 of Tian & Lin 2021."""
    potential: Name | None = None
    """Published ranking of potential; columns code and rank."""
    readings: tuple[OpenIndicator, ...] = ()
    """What the published text leaves open: each combination of choices is a reading of it, and a run says
    how far each is from the published table."""
