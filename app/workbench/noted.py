"""Notes on a split that its quotas alone tell, the severest first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.base.frames import each_with_each
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
from capshare.workbench.columns import Columns

_TOLD = ("quota_mt", "emissions_mt", "abatement_mt", "uncovered_mt", "purchase_mt", "sale_mt")


def said_notes(found: PreparedStudy, solved: SolvedYear, table: Columns) -> list[SaidNote]:
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


def _quota_notes(found: PreparedStudy, solved: SolvedYear, table: Columns) -> tuple[Note, ...]:
    of_targets, limits = found.study.targets is not None, found.study.balance
    years = each_with_each(pd.Index([solved.year], name="year"), table.codes.rename("code"))
    columns = {**{name: table[name] for name in _TOLD}, **_intensity_cut_pct(found, solved, table)}
    of_year, decided = pd.DataFrame(columns, index=years), pd.Series(table["decided_by"], index=years)
    balance, amount = table.series("balance_mt"), table.series("emissions_mt")
    return (
        *quota_notes(
            of_year,
            found.inputs.emissions_mt,
            base_year=found.study.study.base_year,
            max_abatement=found.study.prices.max_abatement,
            of_targets=of_targets,
        ),
        *held_notes(decided, of_targets=of_targets),
        *class_notes(balance, amount, limits.slight_mt, limits.severe_mt),
    )


def _intensity_cut_pct(found: PreparedStudy, solved: SolvedYear, table: Columns) -> dict[str, Any]:
    """Cut of carbon intensity that each quota implies; nothing where GDP is not known."""
    inputs, study = found.inputs, found.study
    constant = inputs.constant_intensity_mt(study.study.base_year)
    if constant is None and size_column(inputs.dataset, study.prices.gdp_column) is None:
        return {}
    # Without a growth of GDP it stays as it was, and so do emissions at constant intensity.
    own = inputs.emissions_mt if constant is None else constant[solved.year]
    return {"intensity_cut_pct": cut_pct(table.series("quota_mt"), own.reindex(table.codes)).to_numpy()}


def _cut_notes(found: PreparedStudy, solved: SolvedYear, table: Columns) -> tuple[Note, ...]:
    """Notes on the cuts that are assigned, which those of the last year are."""
    asked = found.study.targets
    if asked is None or np.isnan(table["rounded_cut_pct"]).any():
        return ()
    cuts = pd.DataFrame({name: table[name] for name in ("cut_pct", "rounded_cut_pct")}, index=table.codes)
    constant = found.inputs.constant_intensity_mt(found.study.study.base_year)
    if constant is not None:
        cuts["constant_intensity_mt"] = constant[solved.year]
    return (*spread_notes(table.series("entitled_cut_pct"), asked.band_pct), *rounding_notes(cuts))
