"""What differs between runs: settings, figures, quotas, groups, classes and notes, run beside run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from capshare.base.notes import SEVERITIES, by_severity
from capshare.reports.comparison.comparable import common_year, common_years, require_comparable
from capshare.reports.comparison.compared_run import ComparedRun
from capshare.reports.comparison.groups import groups_of_runs
from capshare.reports.comparison.setting_effects import SettingEffects
from capshare.reports.comparison.settings import by_effect, setting_differences
from capshare.reports.words.columns import MONEY, MT, PRICE
from capshare.reports.words.cuts import assigned_cuts

# Figure → its unit; a figure of no unit is a count or text.
FIGURES = {
    "cap": MT,
    "emissions": MT,
    "provinces": "",
    "surplus": "",
    "deficit": "",
    "deficits": MT,
    "abatement": MT,
    "purchases": MT,
    "uncovered": MT,
    "cost": MONEY,
    "penalty": MONEY,
    "cap_price": PRICE,
    "market_price": PRICE,
    "checks": "",
    "files": "",
}
YEAR_COLUMNS = (
    "cap_mt", "emissions_mt", "abatement_mt", "purchase_mt", "cost_1e8yuan", "price_yuan_per_t",
    "market_price_yuan_per_t",
)  # fmt: skip


@dataclass(frozen=True)
class Checks:
    """The checks of a run: how many passed, how many there are, and which failed."""

    passed: int
    made: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class RunComparison:
    """Runs side by side.

    Attributes
    ----------
    runs : the first is what the others are compared with
    year : one that all allocate; the tables of provinces and groups are of it
    years : all that every run allocates
    settings : index ``part, name``; per run the value as text, None where it has none; only what
        differs, what moves most first
    figures : index ``figure``, as in ``FIGURES``; per run its value
    quotas : index ``code``; columns ``quantity, run``: emissions and quota, Mt, and against the first run the
        difference, Mt and %
    groups : index ``group, run``; ``members`` (codes), caps, Mt, and prices, yuan/t
    classes : index ``code``, provinces whose class is not the same in all runs; columns ``quantity, run``
    by_year : index ``year, run``; sums and prices of every year in common
    notes : index ``note``, the severest first; per run whether it has the note
    effects : what each setting that differs does alone
    """

    runs: tuple[ComparedRun, ...]
    year: int
    years: tuple[int, ...]
    settings: pd.DataFrame
    figures: pd.DataFrame
    quotas: pd.DataFrame
    groups: pd.DataFrame
    classes: pd.DataFrame
    by_year: pd.DataFrame
    notes: pd.DataFrame
    effects: SettingEffects

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the runs, in order."""
        return tuple(run.label for run in self.runs)

    @property
    def cuts(self) -> pd.DataFrame | None:
        """Rounded cuts, index code, per run; None where a run sets no targets for the year."""
        assigned = {run.label: assigned_cuts(run.outcome) for run in self.runs}
        cuts = {
            label: own.cuts["rounded_cut_pct"]
            for label, own in assigned.items()
            if own is not None and own.year == self.year
        }
        return pd.DataFrame(cuts) if len(cuts) == len(self.runs) else None

    def names(self, lang: str) -> pd.Series:
        """What the provinces are called, index code.

        Parameters
        ----------
        lang : "en" or "zh"
        """
        return self.runs[0].outcome.in_year(self.year).provinces[f"name_{lang}"]


def of_quantity(frame: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """One quantity of a table, one column per run.

    Parameters
    ----------
    frame : columns ``quantity, run``
    quantity : for example ``quota_mt``
    """
    return frame.loc[:, [quantity]].droplevel("quantity", axis=1)


def compare_runs(
    runs: Sequence[ComparedRun], year: int | None = None, effects: SettingEffects | None = None
) -> RunComparison:
    """Set runs side by side in one year that all of them allocate.

    Parameters
    ----------
    runs : two or more; the first is what the others are compared with
    year : by default the last that all allocate
    effects : of the settings that differ; None where they were not looked for

    Returns
    -------
    RunComparison

    Raises
    ------
    CapshareError
        where they are of different regions, or have no year in common
    """
    require_comparable(runs)
    years = common_years(runs)
    year, effects = common_year(runs, year), effects or SettingEffects()
    return RunComparison(
        runs=tuple(runs),
        year=year,
        years=years,
        settings=by_effect(setting_differences(runs), effects.largest()),
        figures=pd.DataFrame({run.label: pd.Series(_figures(run, year), dtype=object) for run in runs})
        .reindex(list(FIGURES))
        .rename_axis("figure"),
        quotas=_quotas(runs, year),
        groups=groups_of_runs(runs, year),
        classes=_classes(runs, year),
        by_year=pd.DataFrame.from_dict(
            {(y, run.label): _of_year(run, y) for y in years for run in runs}, orient="index"
        ).rename_axis(["year", "run"]),
        notes=_notes(runs),
        effects=effects,
    )


def _figures(run: ComparedRun, year: int) -> dict[str, object]:
    frame, own = run.outcome.in_year(year).provinces, _of_year(run, year)
    balance, classes = frame["balance_mt"], frame["balance_class"]
    passed = run.outcome.allocation.checks["passed"].astype(bool)
    failed = tuple(map(str, passed.index[~passed]))
    return {
        "cap": own["cap_mt"],
        "emissions": own["emissions_mt"],
        "provinces": len(frame),
        "surplus": int(classes.str.endswith("surplus").sum()),
        "deficit": int(classes.str.endswith("deficit").sum()),
        "deficits": float(-balance.clip(upper=0.0).sum()),
        "abatement": own["abatement_mt"],
        "purchases": own["purchase_mt"],
        "uncovered": float(frame["uncovered_mt"].sum()),
        "cost": own["cost_1e8yuan"],
        "penalty": float(frame["penalty_1e8yuan"].sum()),
        "cap_price": own["price_yuan_per_t"],
        "market_price": own["market_price_yuan_per_t"],
        "checks": Checks(len(passed) - len(failed), len(passed), failed),
        "files": run.state,
    }


def _of_year(run: ComparedRun, year: int) -> dict[str, float]:
    """Sums and prices of one year, in the order of ``YEAR_COLUMNS``."""
    found = run.outcome.in_year(year)
    provinces, groups, prices = found.provinces, found.blocks, found.prices["price_yuan_per_t"]
    caps = groups["cap_mt"]
    sums = ("emissions_mt", "abatement_mt", "purchase_mt", "cost_1e8yuan")
    values = (
        float(run.outcome.cap.path["cap_mt"][year]),
        *(float(provinces[column].sum()) for column in sums),
        float((groups["price_yuan_per_t"] * caps).sum() / caps.sum()),
        float(prices.xs("market", level="constraint").iloc[0]),
    )
    return dict(zip(YEAR_COLUMNS, values, strict=True))


def _quotas(runs: Sequence[ComparedRun], year: int) -> pd.DataFrame:
    frames = {run.label: run.outcome.in_year(year).provinces for run in runs}
    first, *others = frames
    quota = pd.DataFrame({label: frame["quota_mt"] for label, frame in frames.items()})
    emissions = pd.DataFrame({label: frame["emissions_mt"] for label, frame in frames.items()})
    base = quota[first]
    difference = quota[others].sub(base, axis=0)
    # A province that had no quota has no percentage either.
    relative = difference.div(base.where(base != 0.0), axis=0).mul(100.0)
    found = {
        "emissions_mt": emissions,
        "quota_mt": quota,
        "difference_mt": difference,
        "difference_pct": relative,
    }
    return pd.concat(found, axis=1, names=["quantity", "run"])


def _classes(runs: Sequence[ComparedRun], year: int) -> pd.DataFrame:
    frames = {run.label: run.outcome.in_year(year).provinces for run in runs}
    found = {
        column: pd.DataFrame({label: frame[column] for label, frame in frames.items()})
        for column in ("balance_mt", "balance_class")
    }
    changed = found["balance_class"].nunique(axis=1) > 1
    return pd.concat(found, axis=1, names=["quantity", "run"])[changed]


def _notes(runs: Sequence[ComparedRun]) -> pd.DataFrame:
    said = {run.label: run.outcome.notes for run in runs}
    every = by_severity(note for notes in said.values() for note in notes)
    frame = pd.DataFrame(
        {label: [note in notes for note in every] for label, notes in said.items()},
        index=pd.Index(every, name="note", dtype=object),
    )
    # Inside a severity, what all runs say comes first.
    common = frame.all(axis=1).tolist()
    order = sorted(
        range(len(every)), key=lambda place: (SEVERITIES.index(every[place].severity), not common[place])
    )
    return frame.iloc[order]
