"""What a run found, read back from its folder: the inverse of writing it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.groups.certificate import GroupCertificate
from capshare.model.outcome.allocation import Ending, SolvedAllocation
from capshare.model.outcome.beside_published import BesidePublished
from capshare.model.outcome.compared_rules import ClosestMix, ComparedRules
from capshare.model.outcome.cost_estimate import CostEstimate
from capshare.model.outcome.groups import GroupFirmness, Groups
from capshare.model.outcome.inputs_used import InputsUsed, constraints_of
from capshare.model.outcome.national_cap import NationalCap
from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.ranking import PotentialRanking
from capshare.model.outcome.study_record import StudyRecord
from capshare.model.outcome.targets import ProvincialTargets
from capshare.model.outcome.trade import Trade
from capshare.model.outcome.weights import IndicatorWeights
from capshare.reports.folder.notes import read_notes
from capshare.reports.folder.read_table import read_frame
from capshare.reports.folder.run_folder import RunFolder
from capshare.reports.folder.table_list import TABLES

MPS = "allocation.mps"
_REMEDY = "Put the file back as the run left it, or run the study again."


def read_outcome(folder: RunFolder, study: StudyRecord) -> Outcome:
    """The outcome that a run folder holds.

    Parameters
    ----------
    folder : of a run
    study : as it ran

    Returns
    -------
    Outcome; writing it gives the same files. Of a folder of an older version it lacks what was not written
        then

    Raises
    ------
    CapshareError
        where a table that every run has is gone, or one cannot be read
    """
    frames = _Frames(folder.path)
    return Outcome(
        study=study,
        inputs=_inputs(frames, study.settings),
        weights=IndicatorWeights(frames["weights"], frames["normalised"]),
        groups=_groups(frames, folder.manifest),
        cap=NationalCap(frames["cap"], frames.get("cap_starts"), frames["years"]),
        allocation=_allocation(frames, folder),
        prices=frames["prices"],
        costs=_costs(frames),
        targets=_targets(frames),
        market=_market(frames),
        potential=_potential(frames),
        comparison=_comparison(frames),
        published=_published(frames),
        notes=read_notes(folder.path) or (),
    )


class _Frames:
    """The tables of a folder by their names, each read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables = {table.name: table for table in TABLES}
        # The cap says its years, whether there is one or several.
        self.last = 0
        self.last = int(self["cap"].index.max())

    def get(self, name: str) -> pd.DataFrame | None:
        """A table; None where the run has none of this name."""
        return read_frame(self.path, self.tables[name], self.last)

    def series(self, name: str) -> pd.Series | None:
        """The only column of a table; None where the run has none of this name."""
        frame = self.get(name)
        return None if frame is None else frame[self.tables[name].columns[0]]

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self.get(name)
        if frame is None:
            path = self.path / self.tables[name].file
            raise CapshareError(Problem(str(path), "", "a table of the run", "no file", _REMEDY))
        return frame


def _inputs(frames: _Frames, settings: Mapping[str, Any]) -> InputsUsed | None:
    table, fields, indicators = (frames.get(name) for name in ("inputs_used", "input_fields", "indicators"))
    if table is None or fields is None or indicators is None:
        return None
    constraints = frames.get("constraints")
    return InputsUsed(
        table=table,
        fields=fields,
        indicators=indicators,
        expressions={str(item["id"]): str(item["expression"]) for item in settings["indicators"]},
        gdp_1e8yuan=frames.series("gdp"),
        constraints=() if constraints is None else constraints_of(constraints),
    )


def _groups(frames: _Frames, manifest: Mapping[str, Any]) -> Groups:
    choice, stability, firmness = frames.get("group_choice"), frames.get("group_stability"), None
    if choice is not None and stability is not None and "grouping" in manifest:
        firmness = GroupFirmness(choice, stability, GroupCertificate(**manifest["grouping"]))
    return Groups(frames.series("block_weights"), frames.get("grouping"), firmness)


def _allocation(frames: _Frames, folder: RunFolder) -> SolvedAllocation:
    years = tuple(int(year) for year in frames["cap"].index)
    ended = folder.manifest["allocation"]
    # One programme of all years, or one per year, which then says its year.
    ends = [{"years": years, **ended}] if isinstance(ended, dict) else [_of_its_year(end) for end in ended]
    return SolvedAllocation(
        provinces=frames["provinces"],
        blocks=frames["groups"],
        contributions=frames["contributions"],
        steps=frames["abatement_steps"],
        raw_share=frames.series("raw_shares"),
        endings=tuple(Ending(**end) for end in ends),
        checks=pd.DataFrame(folder.manifest["checks"]).set_index("name"),
        mps=(folder.path / MPS).read_text(encoding="utf-8"),
    )


def _of_its_year(end: Mapping[str, Any]) -> dict[str, Any]:
    return {"years": (end["year"],), **{name: value for name, value in end.items() if name != "year"}}


def _costs(frames: _Frames) -> CostEstimate | None:
    marginal, curves = frames.get("marginal_costs"), frames.get("cost_curves")
    return None if marginal is None or curves is None else CostEstimate(marginal, curves)


def _targets(frames: _Frames) -> ProvincialTargets | None:
    intensity = frames.get("intensity_targets")
    return None if intensity is None else ProvincialTargets(intensity)


def _market(frames: _Frames) -> Trade | None:
    provinces, years = frames.get("market"), frames.get("market_years")
    return (
        None if provinces is None or years is None else Trade(provinces, years, frames.get("balance_values"))
    )


def _potential(frames: _Frames) -> PotentialRanking:
    return PotentialRanking(
        frames["potential"], frames.get("potential_indicators"), frames.get("potential_components")
    )


def _comparison(frames: _Frames) -> ComparedRules | None:
    quotas, fairness = frames.get("comparison"), frames.get("fairness")
    weights, residual = frames.get("principle_mix"), frames.get("mix_residual")
    if quotas is None or fairness is None:
        return None
    mix = None if weights is None or residual is None else ClosestMix(weights, residual)
    return ComparedRules(quotas, fairness, mix)


def _published(frames: _Frames) -> BesidePublished | None:
    table, agreement = frames.get("published"), frames.get("agreement")
    if table is None or agreement is None:
        return None
    return BesidePublished(table, agreement, frames.get("within_rules"))
