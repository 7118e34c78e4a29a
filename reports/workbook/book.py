"""The Excel workbook of a run: live formulas from the inputs to the checks."""

from __future__ import annotations

from capshare.base.conventions import as_its_readers_say
from capshare.base.progress import stage
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.tables import refuse_gaps, tables
from capshare.reports.words.shown_units import DEFAULT_UNIT, require_unit
from capshare.reports.workbook.book_formats import add_formats
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.charts import add_charts
from capshare.reports.workbook.cost_curve import cost_curve
from capshare.reports.workbook.entries import add_entries
from capshare.reports.workbook.figures import require_figures
from capshare.reports.workbook.on_paper import put_on_paper
from capshare.reports.workbook.packed import packed
from capshare.reports.workbook.sheets import (
    allocation,
    baseline,
    cap_path,
    constraints,
    costs,
    electricity,
    entitlements,
    groups,
    indicators,
    inputs,
    market,
    market_sectors,
    prices,
    projection,
    rules,
    steps,
)
from capshare.reports.workbook.sheets.assumptions import assumptions_sheet
from capshare.reports.workbook.sheets.balance import balance_sheet
from capshare.reports.workbook.sheets.baseline import has_baseline
from capshare.reports.workbook.sheets.before_after import before_after_sheet
from capshare.reports.workbook.sheets.checks import checks_sheet
from capshare.reports.workbook.sheets.comparison import comparison_sheet
from capshare.reports.workbook.sheets.contents import contents_sheet
from capshare.reports.workbook.sheets.cover import cover_sheet
from capshare.reports.workbook.sheets.drivers import drivers_sheet, has_drivers
from capshare.reports.workbook.sheets.edited import edited_sheet
from capshare.reports.workbook.sheets.ensemble import ensemble_sheets
from capshare.reports.workbook.sheets.free_market import free_market
from capshare.reports.workbook.sheets.group_firmness import group_firmness_sheet
from capshare.reports.workbook.sheets.guide import guide_sheet, notes_sheet
from capshare.reports.workbook.sheets.inequality import has_inequality, inequality_sheet
from capshare.reports.workbook.sheets.integrity import integrity_sheet
from capshare.reports.workbook.sheets.intensity import intensity_sheet
from capshare.reports.workbook.sheets.potential import potential_sheet
from capshare.reports.workbook.sheets.published import published_sheet
from capshare.reports.workbook.sheets.readings import has_readings, readings_sheet
from capshare.reports.workbook.sheets.scores import scores_sheet
from capshare.reports.workbook.sheets.sensitivity import sensitivity_sheet
from capshare.reports.workbook.sheets.study_file import study_file_sheet
from capshare.reports.workbook.sheets.summary import summary_sheet
from capshare.reports.workbook.sheets.targets import targets_sheet
from capshare.reports.workbook.sheets.weights import weights_sheet
from capshare.reports.workbook.stale import mark_stale
from capshare.reports.workbook.workbook_data import WorkbookData, workbook_data

SHEETS = (
    *("cover", "contents", "summary", "notes", "inputs", "assumptions"),
    *("cap", "indicators", "weights", "scores"),
    *("groups", "projection", "entitlements", "allocation", "costs", "steps", "constraints", "prices"),
    *("balance", "market", "potential", "comparison", "intensity"),
    *("checks", "edited", "integrity", "guide", "study_file"),
)
# Sheets that only some runs have: before the inputs where quotas are cuts, where the study names choices that
# could have been others, where an ensemble was given, and where what decides was asked for.
_BASELINE = "baseline"
_TARGETS, _SENSITIVITY, _DRIVERS = "targets", "sensitivity", "drivers"
_ENSEMBLE, _SPREAD = "ensemble", "spread"
_BEFORE_AFTER = "before_after"
# And behind another sheet: other years than the dataset's, electricity, what the national market allocates,
# how firm groups are, published results and what else their text allows, how unequal the rules' quotas are.
_GROUPING, _INEQUALITY, _PUBLISHED, _READINGS = "grouping", "inequality", "published", "readings"
_BEHIND = {
    _PUBLISHED: "comparison",
    **{_BASELINE: "assumptions", electricity.SHEET: "assumptions", market_sectors.SHEET: "balance"},
    **{_GROUPING: "groups", _INEQUALITY: "comparison", _READINGS: "published"},
}


@as_its_readers_say
def builder(outcome: Outcome, lang: str = "en", unit: str = DEFAULT_UNIT) -> WorkbookBuilder:
    """The workbook of a run with what every formula in it must give.

    Parameters
    ----------
    outcome : of a run; what it does not keep of its inputs is shown as values
    lang : language of headings and texts
    unit : in which the summary shows amounts of CO2, until a reader chooses another

    Returns
    -------
    WorkbookBuilder

    Raises
    ------
    CapshareError
        naming every cell of a table that is missing, an unknown language or unit, or figures that an older
        version did not keep
    """
    for table, frame in tables(outcome).items():
        refuse_gaps(frame, table.file)
    require_unit(unit)
    data = workbook_data(outcome)
    require_figures(data)
    found = WorkbookBuilder(data, lang, sheets(data), unit)
    _fill(found)
    add_formats(found)
    add_charts(found)
    add_entries(found)
    for sheet in found.book:
        sheet.protected = True
    put_on_paper(found)
    found.book.title = outcome.study.name
    return found


def sheets(data: WorkbookData) -> tuple[str, ...]:
    """Keys of the sheets of a run, in their order.

    Parameters
    ----------
    data : of the run
    """
    outcome, place = data.outcome, SHEETS.index("inputs")
    further = {
        _BEFORE_AFTER: outcome.study.edits is not None,
        _TARGETS: outcome.targets is not None and outcome.targets.cuts is not None,
        _SENSITIVITY: outcome.drivers.sensitivity is not None,
        _ENSEMBLE: outcome.drivers.ensemble is not None,
        _SPREAD: outcome.drivers.ensemble is not None,
        _DRIVERS: has_drivers(outcome.drivers),
    }
    found = [*SHEETS[:place], *(name for name, there in further.items() if there), *SHEETS[place:]]
    behind = {
        electricity.SHEET: electricity.has_electricity(data),
        _BASELINE: has_baseline(data),
        market_sectors.SHEET: market_sectors.has_market_sectors(data),
        _GROUPING: outcome.groups.firmness is not None,
        _PUBLISHED: outcome.published is not None,
        _INEQUALITY: has_inequality(data),
        _READINGS: has_readings(data),
    }
    for name, there in behind.items():
        if there:
            found.insert(found.index(_BEHIND[name]) + 1, name)
    return tuple(found)


def _fill(found: WorkbookBuilder) -> None:
    """Write the sheets in an order in which every table has its place before it is referred to."""
    cleared, curve = free_market(found.data), cost_curve(found.data)
    assumptions_sheet(found)
    for reserve in (
        *(inputs, baseline, electricity, cap_path, indicators),
        *(groups, entitlements, projection, allocation, constraints, prices),
    ):
        reserve.reserve(found)
    rules.reserve(found)
    costs.reserve(found, curve)
    steps.reserve(found, cleared, curve)
    market.reserve(found, cleared)
    inputs.inputs_sheet(found)
    baseline.baseline_sheet(found)
    electricity.electricity_sheet(found)
    indicators.indicators_sheet(found)
    weights_sheet(found)
    scores_sheet(found)
    cap_path.cap_path_sheet(found)
    groups.groups_sheet(found)
    projection.projection_sheet(found)
    entitlements.entitlements_sheet(found)
    allocation.allocation_sheet(found)
    costs.costs_sheet(found, curve)
    steps.steps_sheet(found, cleared, curve)
    constraints.constraints_sheet(found)
    prices.prices_sheet(found)
    balance_sheet(found)
    market_sectors.market_sectors_sheet(found)
    market.market_sheet(found, cleared)
    potential_sheet(found)
    comparison_sheet(found)
    inequality_sheet(found)
    group_firmness_sheet(found)
    published_sheet(found)
    readings_sheet(found)
    targets_sheet(found)
    sensitivity_sheet(found)
    ensemble_sheets(found)
    drivers_sheet(found)
    intensity_sheet(found)
    before_after_sheet(found)
    study_file_sheet(found)
    edited_sheet(found)
    checks_sheet(found)
    summary_sheet(found)
    cover_sheet(found)
    notes_sheet(found)
    contents_sheet(found, sheets(found.data))
    cover_sheet(found)
    mark_stale(found)
    integrity_sheet(found)
    guide_sheet(found)


@as_its_readers_say
@stage("workbook")
def workbook_bytes(outcome: Outcome, lang: str = "en", unit: str = DEFAULT_UNIT) -> bytes:
    """The workbook as a file, its formulas with their values; the same outcome gives the same bytes.

    Parameters
    ----------
    outcome, lang, unit : as for :func:`builder`
    """
    return packed(builder(outcome, lang, unit).book)
