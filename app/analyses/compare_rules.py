"""The comparison of rules on its own: a study's last year, as a table and as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from capshare.analyses.parts.notes import entitlement_notes
from capshare.analyses.rules import RuleComparison, compare_rules
from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import by_severity
from capshare.base.years import in_year
from capshare.chain.from_inputs import solver_limits
from capshare.chain.infeasible import explained
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.chain.solve import solve_years
from capshare.reports.folder.as_written import in_amounts
from capshare.reports.folder.manifest import sha256, with_manifest
from capshare.reports.folder.notes import NOTES, notes_json
from capshare.reports.folder.study_file import study_toml
from capshare.reports.folder.tables import csv_bytes
from capshare.solvers.guard import within
from capshare.study.reading import LoadedStudy
from capshare.study.words import told_in_study_words


@told_in_study_words
def compare_study(loaded: LoadedStudy) -> tuple[PreparedStudy, RuleComparison]:
    """Compare the rules in the last year of a study.

    Parameters
    ----------
    loaded : a study and its file

    Returns
    -------
    the study's chain, and the comparison with the chain's notes among its own

    Raises
    ------
    CapshareError
        where the study is wrong, or asks for no rule.
    InfeasibleError
        where its allocation has no solution.
    """
    with within(solver_limits(loaded.study)):
        found = prepare(loaded)
        with explained(found):
            quotas = _own_quotas(found)
        compared = compare_rules(found, found.data(), quotas)
    if compared is None:
        raise CapshareError(
            Problem(
                loaded.path.name, "comparison.rules", "a rule or more", "none", "Leave the key out for all."
            )
        )
    notes = by_severity([*found.notes, *entitlement_notes(found), *compared.notes])
    per_inside = found.inputs.dataset.facts.conventions.per_inside
    return found, replace(compared, notes=notes, fairness=in_amounts(compared.fairness, per_inside))


def _own_quotas(found: PreparedStudy) -> pd.Series:
    """The study's own quotas of its last year; rules that tie the years need all of them."""
    last = found.inputs.years[-1]
    if found.numbers.year_rules.tie:
        solved = solve_years(found, sides=False, losses=False)
        return in_year(solved.entitled, last)["quota_mt"]
    return found.engine.allocate(found.data()).quantities["quota_mt"]


def comparison_files(found: PreparedStudy, compared: RuleComparison) -> Mapping[str, bytes]:
    """Files of a comparison: its tables, and what is needed to repeat it.

    Parameters
    ----------
    found : what the rules divide
    compared : of one year, quotas in Mt CO2
    """
    tables = {"comparison.csv": compared.quotas, "fairness.csv": compared.fairness}
    if compared.mix is not None:
        tables |= {"principle_mix.csv": compared.mix.weights, "mix_residual.csv": compared.mix.residual}
    those = found.inputs.dataset.facts.conventions
    files = {name: csv_bytes(frame.rename(columns=those.outward), name) for name, frame in tables.items()}
    files[NOTES] = notes_json(compared.notes).encode()
    files["study.toml"] = study_toml(found.study.settings(), those)
    study, inputs = found.study.study, sha256(found.inputs.files)
    return with_manifest(files, study=study.name, seed=study.seed, year=compared.year, inputs=inputs)
