"""The folder that ``capshare benchmark`` leaves behind: every file by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from capshare.analyses.facilities.parameters import Parameters
from capshare.analyses.facilities.read_parameters import parameters_toml
from capshare.analyses.facilities.rules_in_year import rules_in_year, terms
from capshare.base.progress import stage
from capshare.model.facilities.outcome import FacilityOutcome
from capshare.reports.folder.manifest import sha256, with_manifest
from capshare.reports.folder.manifest_checks import BENCHMARK
from capshare.reports.folder.notes import NOTES, notes_json
from capshare.reports.folder.run_folder import INPUTS
from capshare.reports.folder.tables import csv_bytes
from capshare.reports.page.facilities import facilities_html
from capshare.reports.workbook.facilities.book import facility_book, facility_workbook
from capshare.reports.workbook.facilities.builder import FacilityBook
from capshare.reports.workbook.facilities.stated import StatedTerm

FACILITIES, PROVINCES, SECTORS = "facilities.csv", "provinces.csv", "sectors.csv"
CHECK, PARAMETERS, PAGE = "estimate_check.csv", "parameters.toml", "report.html"
WORKBOOK = "facilities.xlsx"
# What the contract of the folder names comes first.
_PROVINCES = ("emissions_t", "quota_t", "province_quota_mt", "gap_mt", "share_covered")
# Columns that name a row, for a comparison of two versions of a table.
KEYS = {FACILITIES: ("facility",), PROVINCES: ("code",), SECTORS: ("sector",), CHECK: ("code",)}


def benchmark_files(
    outcome: FacilityOutcome,
    parameters: Parameters,
    asked: Mapping[str, Any],
    inputs: Mapping[str, bytes],
    lang: str,
) -> dict[str, bytes]:
    """Every file of the folder, its manifest and the copies of what was read among them.

    Parameters
    ----------
    outcome : of the facilities
    parameters : of the market, as they were used
    asked : plain data: what the run was asked for, so that it can be repeated
    inputs : content of everything that was read, by name
    lang : language of what is for people
    """
    tables = {
        FACILITIES: outcome.quotas.set_index("facility"),
        PROVINCES: _first(_blanked(outcome.provinces), _PROVINCES),
        SECTORS: outcome.sectors,
        CHECK: outcome.check,
    }
    files = {name: csv_bytes(frame, name) for name, frame in tables.items() if frame is not None}
    files[PARAMETERS] = parameters_toml(parameters)
    files[NOTES] = notes_json(outcome.notes).encode()
    with stage("workbook"):
        files[WORKBOOK] = facility_workbook(_book(outcome, parameters, lang))
    with stage("page"):
        files[PAGE] = facilities_html(outcome, lang).encode()
    copies = {f"{INPUTS}/{name}": data for name, data in inputs.items()}
    said = {BENCHMARK: dict(asked), "lang": lang, "inputs": sha256(inputs)}
    return with_manifest(files | copies, **said)


def _book(outcome: FacilityOutcome, parameters: Parameters, lang: str) -> FacilityBook:
    said = parameters.terms
    stated = {name: getattr(said, name) for name in type(said).model_fields}
    sources = {name: StatedTerm(each.source, each.status) for name, each in stated.items()}
    return facility_book(outcome, rules_in_year(parameters, outcome.year), terms(parameters), sources, lang)


def _blanked(frame: pd.DataFrame) -> pd.DataFrame:
    """Without a run, or where nothing is left of a province, a figure has no meaning: an empty cell."""
    return frame.astype(object).where(frame.notna(), "")


def _first(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    return frame[[*columns, *frame.columns.drop(list(columns))]]
