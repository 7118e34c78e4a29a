"""What a run found, read back from its folder: the inverse of writing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.later import Later
from capshare.model.groups.certificate import GroupCertificate
from capshare.model.outcome.allocation import Ending, SolvedAllocation
from capshare.model.outcome.beside_published import BesidePublished
from capshare.model.outcome.compared_rules import ClosestMix, ComparedRules
from capshare.model.outcome.cost_estimate import CostEstimate
from capshare.model.outcome.drivers import ComparedCurves, Drivers
from capshare.model.outcome.groups import GroupFirmness, Groups
from capshare.model.outcome.national_cap import NationalCap
from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.ranking import PotentialRanking
from capshare.model.outcome.sensitivity import Sensitivity
from capshare.model.outcome.targets import ProvincialTargets
from capshare.model.outcome.trade import Trade
from capshare.model.outcome.weights import IndicatorWeights
from capshare.reports.folder.edits_part import with_edits_in
from capshare.reports.folder.ensemble_part import KEY, ensemble_in
from capshare.reports.folder.notes import read_notes
from capshare.reports.folder.read_inputs import inputs_of
from capshare.reports.folder.read_record import said_of_itself, study_record, text_of
from capshare.reports.folder.read_table import read_frame
from capshare.reports.folder.run_folder import RunFolder
from capshare.reports.folder.table_list import NAMED

MPS = "allocation.mps"
_REMEDY = "Put the file back as the run left it, or run the study again."


class _Outcome(Later, Outcome):
    """The outcome of a run folder."""


class _Cap(Later, NationalCap):
    """The cap of a run folder."""


class _Allocation(Later, SolvedAllocation):
    """The allocation of a run folder."""


def read_outcome(folder: RunFolder, settings: Callable[[], Mapping[str, Any]] | None = None) -> Outcome:
    """The outcome that a run folder holds, each part of it read when it is first asked for.

    Parameters
    ----------
    folder : of a run
    settings : gives the study's settings with every default filled in; by default they are what the folder's
        study file says

    Returns
    -------
    Outcome; writing it gives the same files. Of a folder of an older version it lacks what was not written
        then. Asking for a part raises CapshareError where a table that every run has is gone, or one cannot
        be read; :func:`capshare.base.later.make_all` asks for all
    """
    frames = _Frames(folder)
    study = study_record(folder, settings)
    return _Outcome.later(
        study=lambda: with_edits_in(study, frames.get),
        inputs=lambda: inputs_of(frames.get, study.settings),
        weights=lambda: IndicatorWeights(frames["weights"], frames["normalised"]),
        groups=lambda: _groups(frames, folder),
        cap=lambda: _Cap.later(
            path=lambda: frames.cap,
            starts=lambda: frames.get("cap_starts"),
            years=lambda: frames["years"],
        ),
        allocation=lambda: _allocation(frames, folder),
        prices=lambda: frames["prices"],
        costs=lambda: _costs(frames),
        targets=lambda: _targets(frames),
        market=lambda: _market(frames),
        potential=lambda: _potential(frames),
        comparison=lambda: _comparison(frames),
        published=lambda: _published(frames),
        notes=lambda: read_notes(folder) or (),
        drivers=lambda: _drivers(frames),
    )


class _Frames:
    """The tables of a folder by their names, each read when it is asked for."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder

    @cached_property
    def cap(self) -> pd.DataFrame:
        """The national cap, which says its years, whether there is one or several."""
        frame = read_frame(self.folder, NAMED["cap"], 0)
        if frame is None or frame.empty:
            raise self.problem("cap", "no file" if frame is None else "no row")
        return frame

    def get(self, name: str) -> pd.DataFrame | None:
        """A table; None where the run has none of this name."""
        return self.cap if name == "cap" else read_frame(self.folder, NAMED[name], int(self.cap.index.max()))

    def series(self, name: str) -> pd.Series | None:
        """The only column of a table; None where the run has none of this name."""
        frame = self.get(name)
        return None if frame is None else frame[NAMED[name].columns[0]]

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self.get(name)
        if frame is None:
            raise self.problem(name, "no file")
        return frame

    def problem(self, name: str, found: str) -> CapshareError:
        """What is wrong with a table that every run has."""
        path = self.folder.path / NAMED[name].file
        return CapshareError(Problem(str(path), "", "a table of the run", found, _REMEDY))


def _groups(frames: _Frames, folder: RunFolder) -> Groups:
    choice, stability, firmness = frames.get("group_choice"), frames.get("group_stability"), None
    if choice is not None and stability is not None and "grouping" in folder.manifest:
        certificate = said_of_itself(folder, "grouping", lambda said: GroupCertificate(**said))
        firmness = GroupFirmness(choice, stability, certificate)
    found = frames.series("groups_found")
    return Groups(frames.series("block_weights"), frames.get("grouping"), firmness, found)


def _allocation(frames: _Frames, folder: RunFolder) -> SolvedAllocation:
    return _Allocation.later(
        provinces=lambda: frames["provinces"],
        blocks=lambda: frames["groups"],
        contributions=lambda: frames["contributions"],
        steps=lambda: frames["abatement_steps"],
        raw_share=lambda: frames.series("raw_shares"),
        market_sectors=lambda: frames.get("market_sectors"),
        endings=lambda: said_of_itself(folder, "allocation", lambda said: _endings(frames, said)),
        checks=lambda: said_of_itself(folder, "checks", _checks),
        mps=lambda: text_of(folder, MPS),
    )


def _endings(frames: _Frames, said: Any) -> tuple[Ending, ...]:
    """One programme of all years, or one per year, which then says its year."""
    inward = frames.folder.conventions.inward
    if isinstance(said, dict):
        years = tuple(int(year) for year in frames.cap.index)
        return (Ending(years=years, **{inward(key): value for key, value in said.items()}),)
    ends = [{inward(key): value for key, value in end.items()} for end in said]
    return tuple(Ending(years=(end.pop("year"),), **end) for end in ends)


def _checks(said: Any) -> pd.DataFrame:
    return pd.DataFrame(said, columns=["name", "figure", "passed"]).set_index("name")


def _costs(frames: _Frames) -> CostEstimate | None:
    marginal, curves = frames.get("marginal_costs"), frames.get("cost_curves")
    if marginal is None or curves is None:
        return None
    return CostEstimate(marginal, curves, frames.get("cost_fit"), frames.get("cost_observations"))


def _drivers(frames: _Frames) -> Drivers:
    folder = frames.folder
    quotas, prices = frames.get("costs_compared"), frames.get("curve_prices")
    return Drivers(
        quota_ranges=frames.get("quota_ranges"),
        constraint_costs=frames.series("constraint_costs"),
        cap_curve=frames.get("cap_curve"),
        curves=None if quotas is None or prices is None else ComparedCurves(quotas, prices),
        sensitivity=_sensitivity(frames),
        ensemble=said_of_itself(folder, KEY, partial(ensemble_in, folder))
        if KEY in folder.manifest
        else None,
    )


def _targets(frames: _Frames) -> ProvincialTargets | None:
    intensity = frames.get("intensity_targets")
    if intensity is None:
        return None
    return ProvincialTargets(intensity, frames.get("targets"), frames.get("pledge"))


def _sensitivity(frames: _Frames) -> Sensitivity | None:
    names = ("sensitivity", "sensitivity_nation", "sensitivity_ranges")
    provinces, nation, ranges = (frames.get(name) for name in names)
    if provinces is None or nation is None or ranges is None:
        return None
    return Sensitivity(provinces, nation, ranges)


def _market(frames: _Frames) -> Trade | None:
    provinces, years = frames.get("market"), frames.get("market_years")
    if provinces is None or years is None:
        return None
    return Trade(provinces, years, frames.get("balance_values"))


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
    return BesidePublished(table, agreement, frames.get("within_rules"), frames.get("readings"))
