"""Notes on a split that its quotas alone tell, the severest first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from capshare.base.notes import Note, by_severity
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import SolvedYear
from capshare.indicators.dataset.sizes import size_column
from capshare.model.outcome.balance import class_notes
from capshare.model.quota_notes import held_notes, quota_notes
from capshare.model.targets.cuts import cut_pct
from capshare.model.targets.notes import rounding_notes, spread_notes
from capshare.reports.words.catalogue import LANGUAGES
from capshare.reports.words.notes import note_text
from capshare.workbench.answers import SaidNote

_TOLD = ("quota_mt", "emissions_mt", "uncovered_mt", "purchase_mt", "sale_mt")


def said_notes(found: PreparedStudy, solved: SolvedYear, table: pd.DataFrame) -> list[SaidNote]:
    """Notes of the kinds that a run has, in both languages; details are left to the run.

    Parameters
    ----------
    found : the chain of the study
    solved : one of its years
    table : its provinces, with cuts and ``decided_by``
    """
    names = found.inputs.dataset.regions.names
    noticed = (*_quota_notes(found, solved, table), *_cut_notes(found, solved, table), *found.notes)
    said: dict[str, SaidNote] = {}
    for note in by_severity(noticed):
        if note.severity != "detail":
            words = {f"text_{lang}": note_text(note, names[f"name_{lang}"], lang) for lang in LANGUAGES}
            # Notes may differ in digits alone that no sentence shows.
            said.setdefault(words["text_en"], SaidNote(key=note.key, severity=note.severity, **words))
    return list(said.values())


def _quota_notes(found: PreparedStudy, solved: SolvedYear, table: pd.DataFrame) -> tuple[Note, ...]:
    of_targets, limits = found.study.targets is not None, found.study.balance
    columns = {name: table[name].to_numpy() for name in (*_TOLD, "decided_by")}
    columns |= _intensity_cut_pct(found, solved, table)
    years = pd.MultiIndex.from_product([[solved.year], table.index], names=["year", "code"])
    of_year = pd.DataFrame(columns, index=years)
    base, emissions = found.study.study.base_year, found.inputs.emissions_mt
    return (
        *quota_notes(of_year, emissions, base_year=base, of_targets=of_targets),
        *held_notes(of_year["decided_by"], of_targets=of_targets),
        *class_notes(table["balance_mt"], table["emissions_mt"], limits.slight_mt, limits.severe_mt),
    )


def _intensity_cut_pct(found: PreparedStudy, solved: SolvedYear, table: pd.DataFrame) -> dict[str, Any]:
    """Cut of carbon intensity that each quota implies; nothing where GDP is not known."""
    inputs, study = found.inputs, found.study
    constant = inputs.constant_intensity_mt(study.study.base_year)
    if constant is None and size_column(inputs.dataset, study.prices.gdp_column) is None:
        return {}
    # Without a growth of GDP it stays as it was, and so do emissions at constant intensity.
    own = inputs.emissions_mt if constant is None else constant[solved.year]
    return {"intensity_cut_pct": cut_pct(table["quota_mt"], own.reindex(table.index)).to_numpy()}


def _cut_notes(found: PreparedStudy, solved: SolvedYear, table: pd.DataFrame) -> tuple[Note, ...]:
    """Notes on the cuts that are assigned, which those of the last year are."""
    asked = found.study.targets
    if asked is None or table["rounded_cut_pct"].isna().any():
        return ()
    cuts = table[["cut_pct", "rounded_cut_pct"]].astype(float)
    constant = found.inputs.constant_intensity_mt(found.study.study.base_year)
    if constant is not None:
        cuts["constant_intensity_mt"] = constant[solved.year]
    return (*spread_notes(table["entitled_cut_pct"].astype(float), asked.band_pct), *rounding_notes(cuts))
