"""``capshare benchmark`` as a function: from what was asked to what is written, and again from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capshare.analyses.facilities.benchmark import benchmark, chosen_year, read_table
from capshare.analyses.facilities.beside import COPY, copies_of, from_copies, run_beside
from capshare.analyses.facilities.files import KEYS, PARAMETERS, benchmark_files
from capshare.analyses.facilities.parameters import Parameters
from capshare.analyses.facilities.read_parameters import parameters_of, read_parameters, shipped_parameters
from capshare.analyses.facilities.source import POWER_PLANTS, SHIPPED, FacilitySource, facility_source
from capshare.base.errors import CapshareError, Problem
from capshare.base.memory import give_back_memory
from capshare.model.facilities.outcome import FacilityOutcome
from capshare.reports.folder.benchmark_folder import read_benchmark
from capshare.reports.folder.manifest_checks import BENCHMARK, MANIFEST
from capshare.reports.folder.run_folder import INPUTS, RunFolder
from capshare.reports.folder.verification import Verification, verification

_TABLE, _RUN, _OWN = "table", "run", "parameters"
_REMEDY = "Put the file back as it was."


@dataclass(frozen=True, eq=False)
class BenchmarkRun:
    """What was asked for and what was found.

    Attributes
    ----------
    outcome : quotas of the facilities, and their sums
    parameters : of the market
    asked : plain data, what the manifest keeps of it
    inputs : content of everything that was read, by its name among the copies
    """

    outcome: FacilityOutcome
    parameters: Parameters
    asked: Mapping[str, Any]
    inputs: Mapping[str, bytes]

    def files(self, lang: str) -> dict[str, bytes]:
        """Every file of its folder.

        Parameters
        ----------
        lang : language of what is for people
        """
        return benchmark_files(self.outcome, self.parameters, self.asked, self.inputs, lang)


def run_benchmark(
    table: str,
    against: Path | None = None,
    parameters: Path | None = None,
    year: int | None = None,
    against_year: int | None = None,
) -> BenchmarkRun:
    """Quotas of a table of facilities by the rules of their market.

    Parameters
    ----------
    table : a CSV, a workbook, or ``power-plants``
    against : folder of a run of provinces to set the sums beside; None for none
    parameters : TOML file of what shall differ from the shipped rules; None for none
    year : of the facilities; None for the last that the table has
    against_year : of the run; None for that of the facilities, or the nearest

    Returns
    -------
    BenchmarkRun

    Raises
    ------
    CapshareError
        with every problem of what was read
    """
    source = facility_source(table)
    said, own = (shipped_parameters(), None) if parameters is None else read_parameters(parameters)
    read = read_table(source, said)
    chosen = chosen_year(read[0], year, source.name) if not read[1] or year is not None else _last(read[0])
    beside = None if against is None else run_beside(against, chosen, against_year)
    outcome = benchmark(source, said, read, chosen, beside)
    del read
    give_back_memory()
    inputs = {f"{_TABLE}/{name}": data for name, data in source.files.items()}
    asked: dict[str, Any] = {"table": source.name, "shipped": source.is_shipped, "year": chosen}
    if own is not None and parameters is not None:
        inputs[f"{_OWN}/{parameters.name}"] = own
    if beside is not None:
        inputs |= {f"{_RUN}/{name}": data for name, data in copies_of(beside).items()}
        asked["against"] = {"study": beside.study, "year": beside.year}
    return BenchmarkRun(outcome, said, asked, dict(sorted(inputs.items())))


def verify_benchmark(path: Path) -> Verification:
    """Compute the quotas of a folder again from its copies alone, and compare every file.

    Parameters
    ----------
    path : of a folder that ``capshare benchmark`` wrote

    Raises
    ------
    CapshareError
        where it can no longer be computed: its manifest or its copies are gone or wrong
    """
    folder = read_benchmark(path)
    again = _again(folder)
    return verification(folder, again.files(folder.lang), KEYS)


def _again(folder: RunFolder) -> BenchmarkRun:
    asked, inputs = folder.manifest[BENCHMARK], _inputs(folder)
    files = _below(_TABLE, inputs)
    name = POWER_PLANTS if asked["shipped"] else asked["table"]
    source = FacilitySource(name, files, bool(asked["shipped"]))
    parameters = parameters_of(folder.read(PARAMETERS), PARAMETERS)
    against, beside = asked.get("against"), None
    if against is not None:
        beside = from_copies(_below(_RUN, inputs), against["study"], against["year"])
    read = read_table(source, parameters)
    year = asked["year"] if read[1] else chosen_year(read[0], asked["year"], source.name)
    return BenchmarkRun(benchmark(source, parameters, read, year, beside), parameters, asked, inputs)


def _below(place: str, inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    """The copies of one part of what was read, by their own names."""
    return {
        name.removeprefix(f"{place}/"): data for name, data in inputs.items() if name.startswith(f"{place}/")
    }


def _inputs(folder: RunFolder) -> dict[str, bytes]:
    """The copies of what was read, all that the table and the run need among them."""
    asked = folder.manifest[BENCHMARK]
    needed = [f"{_TABLE}/{name}" for name in (SHIPPED if asked["shipped"] else [asked["table"]])]
    needed += [f"{_RUN}/{COPY}"] if "against" in asked else []
    lacking = [name for name in needed if name not in folder.manifest["inputs"]]
    if lacking:
        raise CapshareError(
            Problem(MANIFEST, "inputs", f"the copy {name}", "none", _REMEDY) for name in lacking
        )
    return {name: folder.read(f"{INPUTS}/{name}") for name in folder.manifest["inputs"]}


def _last(table: Any) -> int:
    """The last year of a table that has problems, whose year may be among them."""
    years = table["year"].dropna() if "year" in table else []
    return int(max(years)) if len(years) else 0
