"""The comparison of rules on its own: a study's last year, as a table and as files."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import tomli_w

from capshare.analyses.rules import RuleComparison, compare_rules
from capshare.base.errors import CapshareError, CapshareWarning, Problem
from capshare.base.years import in_year
from capshare.chain.prepared import Chain, chain
from capshare.chain.solve import solve_years, year_rules
from capshare.chain.stages import highs_options
from capshare.model.allocation.allocate import allocate
from capshare.reports.folder.manifest import input_copies, versions
from capshare.reports.folder.tables import csv_text
from capshare.reports.folder.write import sha256
from capshare.study.reading import LoadedStudy


def compare_study(loaded: LoadedStudy) -> tuple[Chain, RuleComparison]:
    """Compare the rules in the last year of a study.

    Parameters
    ----------
    loaded : a study and its file

    Returns
    -------
    the study's chain, and the comparison with the chain's warnings among its notes

    Raises
    ------
    CapshareError
        where the study is wrong, or asks for no rule.
    InfeasibleError
        where its allocation has no solution.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CapshareWarning)
        found = chain(loaded)
        compared = compare_rules(found, found.data(), _own_quotas(found))
    if compared is None:
        raise CapshareError(
            Problem(
                loaded.path.name, "comparison.rules", "a rule or more", "none", "Leave the key out for all."
            )
        )
    warned = dict.fromkeys(str(w.message) for w in caught if issubclass(w.category, CapshareWarning))
    return found, replace(compared, notes=(*warned, *compared.notes))


def _own_quotas(found: Chain) -> pd.Series:
    """The study's own quotas of its last year; rules that tie the years need all of them."""
    last = found.inputs.years[-1]
    if year_rules(found).tie and len(found.inputs.years) > 1:
        solved = solve_years(found, sides=False, losses=False)
        return in_year(solved.entitled, last)["quota_mt"]
    names = {str(code): str(name) for code, name in found.inputs.dataset.regions.names["name_en"].items()}
    asked = highs_options(found.study), found.study.solver.name
    return allocate(found.data(), asked[0], labels=names, solver=asked[1]).quantities["quota_mt"]


def comparison_files(found: Chain, compared: RuleComparison) -> Mapping[str, bytes]:
    """Files of a comparison: its tables, and what is needed to repeat it."""
    tables = {"comparison.csv": compared.quotas, "fairness.csv": compared.fairness}
    if compared.mix is not None:
        tables |= {"principle_mix.csv": compared.mix.weights, "mix_residual.csv": compared.mix.residual}
    inputs = {found.path.name: found.path, **found.inputs.dataset.files}
    manifest = {
        "study": found.study.study.name,
        "seed": found.study.study.seed,
        "year": compared.year,
        "inputs": sha256(input_copies(inputs)),
        "versions": versions(),
        "notes": compared.notes,
    }
    return {
        **{name: csv_text(frame, name).encode() for name, frame in tables.items()},
        "study.toml": tomli_w.dumps(found.study.settings()).encode(),
        "manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode(),
    }
