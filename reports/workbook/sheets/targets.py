"""The cut of each province as a plan assigns it: entitled, allocated, rounded, beside earlier plans."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.model.allocation.checks import FEASIBLE_MT
from capshare.reports.words.columns import PERCENT, POINTS
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.check import Check
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.targets_of_parts import fields_of_parts, names_of_parts

_CUTS = ("entitled_cut_pct", "cut_pct", "rounded_cut_pct")
_OWN = (
    *("tier", *_CUTS, "quota_mt", "rounded_quota_mt", "base_emissions_mt", "constant_intensity_mt"),
    "decided_by",
)
_NATIONAL = ("figure", "national_cut_pct", "asked_cut_pct", "beyond_asked_points")


def targets_sheet(builder: WorkbookBuilder) -> None:
    """One row per province in the last year of the plan; below, the cuts of the nation.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``cap``, ``entitlements``, ``inputs`` and ``scores``, and of
        the market's sectors, if there are any; takes
        those of ``targets`` and ``national_cuts``. Of a study that sets no targets nothing is written
    """
    cuts = _cuts(builder)
    if cuts is None:
        return
    codes = [str(code) for code in cuts.index]
    identity = builder.code_fields(codes)
    earlier = [str(name) for name in cuts.columns if str(name).startswith("cut_") and name not in _OWN]
    names = (*(field.name for field in identity), *_OWN, *names_of_parts(builder, cuts), *earlier)
    grid = builder.grid("targets", "targets", codes, names)
    builder.open("targets")
    parts = fields_of_parts(builder, cuts)
    builder.write(
        "targets", [*identity, *_own_fields(builder, cuts), *parts, *_earlier(cuts, earlier)], frozen=2
    )
    _national(builder, cuts, grid.bottom + 3)


def _cuts(builder: WorkbookBuilder) -> pd.DataFrame | None:
    data = builder.data
    if data.targets is None or data.outcome.targets is None or data.outcome.targets.cuts is None:
        return None
    return data.outcome.targets.cuts.loc[list(data.codes)]


def _own_fields(builder: WorkbookBuilder, cuts: pd.DataFrame) -> list[Field]:
    year, grid = builder.data.years[-1], builder.grids["targets"]
    entitled, inputs, allocation = (builder.grids[name] for name in ("entitlements", "inputs", "allocation"))
    scores, known = builder.grids["scores"], {name: cuts[name].to_dict() for name in _OWN}
    decided = {code: builder.word(rule) for code, rule in known["decided_by"].items()}

    percent, has_tiers = builder.named("percent"), any(known["tier"].values())

    def tier(code: Label) -> str:
        return scores.find("group", grid.at("code", code), by="code") if has_tiers else ""

    def cut(amount: str) -> str:
        return f"{percent}*(1-{amount})"

    def entitled_cut(code: Label) -> str:
        amount = entitled.peer("entitlement_mt", (year, code))
        return cut(f"{amount}/{grid.at('constant_intensity_mt', code)}")

    def own_cut(code: Label) -> str:
        return cut(f"{grid.at('quota_mt', code)}/{grid.at('constant_intensity_mt', code)}")

    def rounded_quota(code: Label) -> str:
        left = f"(1-{grid.at('rounded_cut_pct', code)}/{percent})"
        return f"{grid.at('constant_intensity_mt', code)}*{left}"

    return [
        Field("tier", known["tier"], "live", tier, "", plain="text"),
        Field("entitled_cut_pct", known["entitled_cut_pct"], "live", entitled_cut),
        Field("cut_pct", known["cut_pct"], "live", own_cut),
        Field("rounded_cut_pct", known["rounded_cut_pct"], "solved"),
        Field("quota_mt", known["quota_mt"], "live", lambda code: allocation.peer("quota_mt", (year, code))),
        Field("rounded_quota_mt", known["rounded_quota_mt"], "live", rounded_quota),
        Field("base_emissions_mt", known["base_emissions_mt"], "live",
              lambda code: inputs.find("emissions_mt", grid.at("code", code), by="code")),
        Field("constant_intensity_mt", known["constant_intensity_mt"], "live",
              lambda code: entitled.peer("constant_intensity_mt", (year, code))),
        Field("decided_by", decided, "solved"),
    ]  # fmt: skip


def _earlier(cuts: pd.DataFrame, names: list[str]) -> list[Field]:
    """Cuts that earlier plans assigned: given, and nothing follows from them."""
    return [Field(name, cuts[name].astype(object).where(cuts[name].notna(), "").to_dict()) for name in names]


def national_cuts(cuts: pd.DataFrame) -> Mapping[str, float]:
    r"""Cut of the nation that each column of cuts comes to, %.

    .. math:: \frac{\sum_i B_i c_i}{\sum_i B_i}

    Parameters
    ----------
    cuts : index code; ``constant_intensity_mt`` (Mt CO2) and the cuts of the run, %
    """
    weight = cuts["constant_intensity_mt"]
    return {name: float((weight * cuts[name]).sum() / weight.sum()) for name in _CUTS}


def _asked_pct(builder: WorkbookBuilder, cuts: pd.DataFrame) -> float:
    """The cut that what is divided comes to, %: the plan's own, unless a part of the cap is held back."""
    divided = float(builder.data.total_mt[builder.data.years[-1]])
    return 100 * (1 - divided / float(cuts["constant_intensity_mt"].sum()))


def _national(builder: WorkbookBuilder, cuts: pd.DataFrame, top: int) -> None:
    year, grid, found = builder.data.years[-1], builder.grids["targets"], national_cuts(cuts)
    asked = _asked_pct(builder, cuts)
    builder.subtitle(builder.book[grid.sheet], top - 1, "national_cuts")
    own = builder.grid("national_cuts", "targets", _CUTS, _NATIONAL, top)
    constant = grid.span("constant_intensity_mt")

    def national(name: Label) -> str:
        return f"SUMPRODUCT({constant},{grid.span(name)})/SUM({constant})"

    def asked_for(name: Label) -> str:
        divided = builder.grids["cap"].ref("divided_mt", year)
        return f"{builder.named('percent')}*(1-{divided}/SUM({constant}))"

    def beyond(name: Label) -> str:
        return f"{own.at('national_cut_pct', name)}-{own.at('asked_cut_pct', name)}"

    labels = {name: builder.about(name).label for name in _CUTS}
    further = {name: found[name] - asked for name in _CUTS}
    builder.write(
        "national_cuts",
        [
            Field("figure", labels),
            Field("national_cut_pct", dict(found), "live", national, PERCENT),
            Field("asked_cut_pct", dict.fromkeys(_CUTS, asked), "live", asked_for, PERCENT),
            Field("beyond_asked_points", further, "live", beyond, POINTS),
        ],
    )


def target_checks(builder: WorkbookBuilder) -> dict[str, Check]:
    """How far the rounded cuts miss the national one; none of a study that sets no targets.

    Parameters
    ----------
    builder : with the place of ``national_cuts``
    """
    cuts = _cuts(builder)
    if cuts is None:
        return {}
    cell = builder.grids["national_cuts"].ref("beyond_asked_points", "rounded_cut_pct")
    missed = max(0.0, _asked_pct(builder, cuts) - national_cuts(cuts)["rounded_cut_pct"])
    return {"rounded_short_points": Check(f"MAX(0,-{cell})", missed, FEASIBLE_MT)}
