"""Writes the part of files.md that lists every table and column: python docs/tables_of_a_run.py."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

import capshare
from capshare.analyses.ensemble.ensemble import Plan, ensemble
from capshare.analyses.from_workbook.run_from import with_edits
from capshare.model.outcome.before_after import beside_before, figures
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.edits_tables import EDITS
from capshare.reports.folder.table import Table
from capshare.reports.folder.tables import tables
from capshare.reports.words.columns import describe
from capshare.study.reading import LoadedStudy, load_study
from capshare.study.study import Study

PAGE = Path(__file__).parent / "files.md"
# Pledges against an earlier year are in no shipped study.
PLEDGE = Path(__file__).parents[1] / "tests" / "studies" / "pledge-2021.toml"
MARK = "<!-- every table and column, written by tables_of_a_run.py -->\n"


def outcomes() -> list[Outcome]:
    """Runs that together have every table; of years ahead, two."""
    names = ("tian-lin-2021", "tian-lin-2021-given", PLEDGE, "china-2035", "china-15fyp")
    found = [capshare.run(_quick(name)) for name in names]
    return [*found, _regrouped(str(names[0])), _with_ensemble(_quick(names[0])), _edited(found[0])]


def _regrouped(name: str) -> Outcome:
    """The split of a study that puts a province into another group than the one found."""
    return capshare.run(load_study(name, ['groups.given={110000="II"}']), ())


def _edited(outcome: Outcome) -> Outcome:
    """A run as if it was made from an edited workbook, whose edit changed nothing."""
    cells = pd.DataFrame([dict.fromkeys(EDITS[0].columns, "")], pd.RangeIndex(1, 2, name="edit"))
    return with_edits(outcome, beside_before(cells, figures(outcome), outcome))


def _with_ensemble(loaded: LoadedStudy) -> Outcome:
    """The split of a study with an ensemble of a few draws."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = ensemble(loaded, Plan(12, Path(folder) / "ensemble")).folder
        return capshare.run(loaded, (), drawn)


def _quick(name: str | Path) -> LoadedStudy:
    """A study with as little as its columns need."""
    loaded = load_study(name)
    study = loaded.study
    less = {
        "study": study.study.model_copy(update={"years": study.study.years and _ends(study)}),
        "groups": study.groups.model_copy(update={"diagnostics_draws": 1}),
        "prices": study.prices.model_copy(update={"bootstrap_draws": 2}),
    }
    return replace(loaded, study=study.model_copy(update=less))


def _ends(study: Study) -> tuple[int, int]:
    """A year near the base year and one far from it, of the study's own."""
    years = study.allocation_years()
    return years[0], 2030 if 2030 in years else years[-1]


def columns(found: Iterable[Outcome]) -> dict[Table, list[str]]:
    """Every table that one of the runs has, and its columns; keys first."""
    several: dict[Table, list[str]] = {}
    for outcome in found:
        for table, frame in tables(outcome).items():
            names = [
                str(name)
                for name in frame.reset_index().columns
                if name != "year" or len(frame.index.names) == 1
            ]
            if table.open:
                names = names[: 1 + len(table.columns)]
            if table.name == "balance_values":
                names = [name for name in names if not name.endswith("_1e8yuan")]
            known = several.setdefault(table, [])
            known += [name for name in names if name not in known]
    return several


def section(table: Table, names: Iterable[str]) -> str:
    """Heading, meaning and columns of a table."""
    lines = [f"## `{table.file}`", "", f"{table.title}. {table.meaning}", ""]
    lines += ["| column | called | unit | meaning |", "|---|---|---|---|"]
    for name in names:
        shown = describe(table.name, name)
        # Words of the catalogue would say % for a share, which the file holds as a fraction.
        unit = shown.unit.replace("CO2", "CO₂")
        lines.append(f"| `{name}` | {shown.label} | {unit} | {shown.meaning} |")
    return "\n".join([*lines, "", _besides(table)]).rstrip()


def _besides(table: Table) -> str:
    """What columns a table has that the study names."""
    if table.name == "normalised":
        return "Then one column per indicator of the study, from 0 to 1, where 1 earns the most quota."
    if table.name != "normalised" and table.open:
        return "Then the columns that the study names."
    if table.name == "balance_values":
        return "One column per carbon price of the dataset, 1e8 yuan; negative: to be paid."
    return ""


def main() -> None:
    """Write the page anew, as far as it is about tables."""
    text = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    sections = [section(table, names) for table, names in columns(outcomes()).items()]
    PAGE.write_text(text + MARK + "\n" + "\n\n".join(sections) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
