"""One province's cut of carbon intensity, and what decided it, beside the nation's and earlier plans'."""

from __future__ import annotations

from dataclasses import dataclass

from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.sensitivity import Sensitivity
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import describe
from capshare.reports.words.cuts import AssignedCuts, assigned_cuts
from capshare.reports.words.sensitivity import range_words


@dataclass(frozen=True)
class ExplainedCut:
    """Why a province is asked for its cut.

    Attributes
    ----------
    assigned : all cuts, and what they are read beside
    code : the province
    sensitivity : how far choices move the cuts; None where the study names none
    """

    assigned: AssignedCuts
    code: str
    sensitivity: Sensitivity | None = None


def explained_cut(outcome: Outcome, code: str) -> ExplainedCut | None:
    """The cut of a province, None where the study sets no targets.

    Parameters
    ----------
    outcome : of a run
    code : of the province
    """
    assigned = assigned_cuts(outcome)
    return None if assigned is None else ExplainedCut(assigned, code, outcome.drivers.sensitivity)


def explained_cut_lines(cut: ExplainedCut, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """The cut with what decided it, and what it is read beside; figures in % of CO2 per GDP.

    Parameters
    ----------
    cut : of a province
    lang : language of the texts
    """
    assigned, row = cut.assigned, cut.assigned.cuts.loc[cut.code]
    least, most = assigned.band_pct
    reason = text(
        f"explain.{row['decided_by']}",
        lang,
        distance=assigned.distance_points,
        entitled=row["entitled_cut_pct"],
        tier=row["tier"],
    )
    decided = text(
        "explain.cut",
        lang,
        base=assigned.base_year,
        year=assigned.year,
        rounded=row["rounded_cut_pct"],
        cut=row["cut_pct"],
        reason=reason,
        least=least,
        most=most,
    )
    beside = [
        (text("explain.national", lang), assigned.national_pct),
        (describe("targets", "entitled_cut_pct", lang).label, row["entitled_cut_pct"]),
        *((describe("targets", plan, lang).label, row[plan]) for plan in assigned.earlier_plans),
    ]
    listed = [text("explain.figure", lang, name=name, cut=pct) for name, pct in beside]
    tier = term("terms", row["tier"], lang)
    where = text("explain.tier_of", lang, tier=tier) if tier else ""
    read_beside = text("explain.beside", lang, list=text("terms.separator", lang).join(listed)) + where
    if cut.sensitivity is None:
        return decided, read_beside
    sure = text("explain.sensitivity", lang, range=range_words(cut.sensitivity, cut.code, lang))
    return decided, sure, read_beside
