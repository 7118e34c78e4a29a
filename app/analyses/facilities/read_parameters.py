"""Reading the parameters of a market: the shipped ones, and what a user's file states in their place."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w
from pydantic import ValidationError

from capshare.analyses.facilities.parameters import Parameters
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import STUDY_BYTES, read_bytes
from capshare.base.shown import shown
from capshare.indicators.facilities.shipped import BENCHMARKS, RULES, shipped_bytes
from capshare.study.problems import validation_problems
from capshare.study.toml_text import read_toml


def shipped_parameters() -> Parameters:
    """The parameters that come with the package, benchmarks of power filled in."""
    return _validated(read_toml(shipped_bytes(RULES), RULES), RULES)


def read_parameters(path: Path) -> tuple[Parameters, bytes]:
    """The shipped parameters, with what a file states in their place.

    Parameters
    ----------
    path : of a TOML file: single terms, and whole sectors, replace the shipped ones of their name

    Returns
    -------
    Parameters, and the content of the file

    Raises
    ------
    CapshareError
        with every problem of the file
    """
    data = read_bytes(path, STUDY_BYTES, path.name)
    return _validated(
        _over(read_toml(shipped_bytes(RULES), RULES), read_toml(data, path.name)), path.name
    ), data


def parameters_of(data: bytes, source: str) -> Parameters:
    """Parameters of a file that states all of them, as :func:`parameters_toml` writes it.

    Parameters
    ----------
    data : content of the file
    source : what to call it in a message

    Raises
    ------
    CapshareError
        with every problem of the file
    """
    return _validated(read_toml(data, source), source)


def parameters_toml(parameters: Parameters) -> bytes:
    """Parameters as a TOML file, every default and every benchmark filled in.

    Parameters
    ----------
    parameters : any
    """
    return tomli_w.dumps(_plain(parameters.model_dump(by_alias=True))).encode()


def _plain(value: Any) -> Any:
    """TOML has no null and no tuple."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _over(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What a file states over what is shipped; anything odd in it is left for the validation to find."""
    whole = {**shipped, **own}
    if isinstance(own.get("terms"), Mapping):
        whole["terms"] = {**shipped["terms"], **own["terms"]}
    sectors = own.get("sector")
    if isinstance(sectors, tuple) and all(isinstance(sector, Mapping) for sector in sectors):
        named = {sector.get("name") for sector in sectors}
        # The user's own come first, so that a place in a message is one of the file.
        kept = [sector for sector in shipped["sector"] if sector["name"] not in named]
        whole["sector"] = (*sectors, *kept)
    return whole


def _validated(said: Mapping[str, Any], source: str) -> Parameters:
    try:
        parameters = Parameters.model_validate(said)
    except ValidationError as error:
        raise CapshareError(validation_problems(source, said, error, Parameters)) from None
    return _with_published(parameters, source)


def _with_published(parameters: Parameters, source: str) -> Parameters:
    """The parameters, the shipped benchmarks of power standing as classes in the rules that name a period."""
    plain = parameters.model_dump(by_alias=True)
    problems: list[Problem] = []
    for sector in plain["sector"]:
        for rule in sector["rule"]:
            if rule["published"]:
                rule["class"] = (
                    *_published(rule["published"], sector["name"], source, problems),
                    *rule["class"],
                )
                rule["published"] = ""
    if problems:
        raise CapshareError(problems)
    return Parameters.model_validate(plain)


def _published(period: str, sector: str, source: str, problems: list[Problem]) -> list[dict[str, Any]]:
    table = pd.read_csv(io.BytesIO(shipped_bytes(BENCHMARKS)), dtype={"period": "str"})
    rows = table[table["period"] == period]
    if rows.empty:
        expected = f"a period of {BENCHMARKS}: {', '.join(table['period'].unique())}"
        remedy = "Name one of them, or state the classes with [[sector.rule.class]]."
        problems.append(Problem(source, f"sector {sector}, published", expected, shown(period), remedy))
    return [
        {
            "name": row["unit_class"],
            "benchmark": float(row["power_tco2_per_mwh"]),
            "heat_benchmark": float(row["heat_tco2_per_gj"]),
            "source": row["source"],
            "status": row["status"],
        }
        for row in rows.to_dict("records")
    ]
