"""Reading study files: shipped by name or from a path, every problem of the file at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import STUDY_BYTES, read_bytes
from capshare.base.spelling import nearest
from capshare.study.problems import validation_problems
from capshare.study.study import Study

DEFAULT = "tian-lin-2021"


@dataclass(frozen=True)
class LoadedStudy:
    """A study and the file it came from.

    Attributes
    ----------
    study : the validated study
    path : the file; relative datasets are looked for beside it
    data : content of the file as it was read
    """

    study: Study
    path: Path
    data: bytes


def shipped_studies() -> tuple[str, ...]:
    """Names of the studies that come with the package."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load_study(name_or_path: str | Path = DEFAULT) -> LoadedStudy:
    """Load a study by its shipped name or from a file.

    Raises
    ------
    CapshareError
        with every problem of the file: not there, not TOML, unknown keys, wrong values.
    """
    path = study_path(name_or_path)
    data = read_bytes(path, STUDY_BYTES, path.name)
    said = _tuples(_toml(data, path.name))
    try:
        return LoadedStudy(Study.model_validate(said), path, data)
    except ValidationError as error:
        raise CapshareError(validation_problems(path.name, said, error)) from None


def study_path(name_or_path: str | Path) -> Path:
    """File of a study.

    Raises
    ------
    CapshareError
        where neither a shipped study nor a file has this name.
    """
    text = str(name_or_path)
    if text in shipped_studies():
        return _folder() / f"{text}.toml"
    path = Path(name_or_path)
    if path.is_file():
        return path
    names = ", ".join(shipped_studies())
    close = nearest(text, shipped_studies())
    remedy = f"Did you mean {close}?" if close else "Give a shipped name or the path of a .toml file."
    raise CapshareError(Problem("study", "", f"a shipped study ({names}) or a file", repr(text), remedy))


def _folder() -> Path:
    return Path(str(files("capshare") / "studies"))


def _toml(data: bytes, source: str) -> dict[str, Any]:
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CapshareError(
            Problem(source, "", "a TOML file in UTF-8", str(error),
                    "Compare with a fresh study from `capshare new`.")
        ) from None  # fmt: skip
    if not said:
        raise CapshareError(Problem(source, "", "a study", "an empty file", "Start from `capshare new DIR`."))
    return said


def _tuples(value: Any) -> Any:
    """TOML's arrays as tuples, so that a validated study is frozen throughout."""
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value
