"""Reading study files: shipped by name or from a path, every problem of the file at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import STUDY_BYTES, is_there, read_bytes
from capshare.base.shown import shown
from capshare.base.spelling import nearest
from capshare.study.price_keys import PriceKey, inside, place_in_file, price_keys
from capshare.study.problems import validation_problems
from capshare.study.setting import (
    Setting,
    as_the_study_types_them,
    read_settings,
    told_of_settings,
    with_settings,
)
from capshare.study.study import Study
from capshare.study.toml_text import read_toml

DEFAULT = "china-15fyp"


@dataclass(frozen=True)
class LoadedStudy:
    """A study and the file it came from.

    Attributes
    ----------
    study : the validated study
    path : the file; relative datasets are looked for beside it
    data : content of the file as it was read
    price_keys : its keys that end in a currency
    replaced : files of its dataset and its scenario, by their names in a run's folder, that have another
        content than where the study names them: those of an edited workbook
    """

    study: Study
    path: Path
    data: bytes
    price_keys: tuple[PriceKey, ...] = ()
    replaced: Mapping[str, bytes] = field(default_factory=dict)


def shipped_studies() -> tuple[str, ...]:
    """Names of the studies that come with the package."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load_study(name_or_path: str | Path = DEFAULT, settings: Iterable[str] = ()) -> LoadedStudy:
    """Load a study by its shipped name or from a file.

    Parameters
    ----------
    name_or_path : of a shipped study, or of a .toml file
    settings : ``KEY=VALUE`` each, for keys that shall have another value than the file gives them, for
        example ``cap.cut_pct=18``

    Raises
    ------
    CapshareError
        with every problem of the file or the settings: not there, not TOML, unknown keys, wrong values.
    """
    path = study_path(name_or_path)
    changes = read_settings(settings)
    data = read_bytes(path, STUDY_BYTES, path.name)
    study, keys = _validated(_said(data, path.name), path.name, changes)
    return LoadedStudy(study, path, data, keys)


def study_of_text(data: bytes, path: Path) -> LoadedStudy:
    """Load a study from the text of a study file.

    Parameters
    ----------
    data : the text, in UTF-8
    path : of the file that it would be; relative datasets are looked for beside it

    Raises
    ------
    CapshareError
        as of :func:`load_study`.
    """
    study, keys = _validated(_said(data, path.name), path.name, ())
    return LoadedStudy(study, path, data, keys)


def with_changes(loaded: LoadedStudy, settings: Sequence[Setting]) -> LoadedStudy:
    """A loaded study with other values for some keys, of the same file as it was read.

    Parameters
    ----------
    loaded : as it was
    settings : keys that shall have another value

    Raises
    ------
    CapshareError
        with every problem of the settings.
    """
    if not settings:
        return loaded
    said = _said(loaded.data, loaded.path.name)
    study, keys = _validated(said, loaded.path.name, settings)
    return replace(loaded, study=study, price_keys=keys)


def _validated(
    written: Mapping[str, Any], source: str, settings: Sequence[Setting]
) -> tuple[Study, tuple[PriceKey, ...]]:
    whole = with_settings(written, settings)
    keys, said = price_keys(whole), inside(whole, source)
    try:
        return Study.model_validate(said), keys
    except ValidationError as error:
        typed = as_the_study_types_them(settings, said, error)
        if typed != settings:
            return _validated(written, source, typed)
        problems = validation_problems(source, said, error)
        in_file = [replace(problem, place=place_in_file(problem, keys)) for problem in problems]
        raise CapshareError(told_of_settings(in_file, whole, settings)) from None


def study_path(name_or_path: str | Path) -> Path:
    """File of a study.

    Parameters
    ----------
    name_or_path : as of :func:`load_study`

    Raises
    ------
    CapshareError
        where neither a shipped study nor a file has this name.
    """
    text = str(name_or_path)
    if text in shipped_studies():
        return _folder() / f"{text}.toml"
    path = Path(name_or_path)
    if is_there(path):
        return path
    names = ", ".join(shipped_studies())
    close = nearest(text, shipped_studies())
    remedy = f"Did you mean {close}?" if close else "Give a shipped name or the path of a .toml file."
    raise CapshareError(Problem("study", "", f"a shipped study ({names}) or a file", shown(text), remedy))


def _folder() -> Path:
    return Path(str(files("capshare") / "studies"))


# A workbench asks for the same file with every change.
@lru_cache(maxsize=4)
def _said(data: bytes, source: str) -> Mapping[str, Any]:
    said = read_toml(data, source)
    if not said:
        raise CapshareError(Problem(source, "", "a study", "an empty file", "Start from `capshare new DIR`."))
    return said
