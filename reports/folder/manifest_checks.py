"""Whether a manifest is one that capshare wrote and can be read by: its types, names and sizes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.reports.folder.files import MOST_FILES, is_plain, printable
from capshare.reports.words.catalogue import LANGUAGES
from capshare.reports.words.shown_units import PER_MT

MANIFEST = "manifest.json"
BENCHMARK = "benchmark"
"""Key of what `capshare benchmark` was asked for; a folder whose manifest has it is of that command."""
# Objects and lists inside one another; a run writes about five.
_DEEPEST = 10
_REMEDY = "Put the file back as the run left it, or run the study again."


def read_manifest(data: bytes) -> dict[str, Any]:
    """The content of a ``manifest.json``.

    Parameters
    ----------
    data : the file's bytes

    Returns
    -------
    dict, as deep as a manifest may be; nothing more is known of it

    Raises
    ------
    CapshareError
        where it is no JSON object, or one that no program of ours wrote
    """
    try:
        found = json.loads(data.decode())
        # Half of a surrogate pair can be written in JSON, but not printed.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _wrong("", "JSON in UTF-8", str(error)) from None
    if not isinstance(found, dict):
        raise _wrong("", "an object", _what(found))
    if _is_deeper(found, _DEEPEST):
        raise _wrong("", f"at most {_DEEPEST} levels", "more")
    return found


def is_ours(manifest: Mapping[str, Any]) -> bool:
    """Whether this program wrote it; other software writes files of this name too, without its versions.

    Parameters
    ----------
    manifest : as read
    """
    versions = manifest.get("versions")
    return isinstance(versions, dict) and "capshare" in versions


def is_of_run(manifest: Mapping[str, Any]) -> bool:
    """Whether it is that of a run, not of another command.

    Parameters
    ----------
    manifest : as read
    """
    return is_ours(manifest) and "inputs" in manifest and "allocation" in manifest


def manifest_problems(manifest: Mapping[str, Any]) -> list[Problem]:
    """What in the manifest of a run is not as a run writes it.

    Parameters
    ----------
    manifest : of a run, as :func:`read_manifest` gives it
    """
    return [
        _wrong(key, expected, _what(manifest[key])).problems[0]
        for key, (expected, is_right) in _TYPES.items()
        if key in manifest and not is_right(manifest[key])
    ]


def is_digests(value: object) -> bool:
    """Whether it names files inside a folder, each with its digest.

    Parameters
    ----------
    value : of a manifest
    """
    if not isinstance(value, dict) or len(value) > MOST_FILES:
        return False
    return all(_is_inside(name) and isinstance(digest, str) for name, digest in value.items())


def _is_inside(name: str) -> bool:
    path = PurePath(name)
    in_shortest_form = name == path.as_posix() and name != "."
    return in_shortest_form and is_plain(name) and not path.anchor and ".." not in path.parts


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_checks(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, dict) and isinstance(item.get("name"), str) and isinstance(item.get("passed"), bool)
        for item in value
    )


_TYPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "study": ("a name", lambda value: isinstance(value, str) and is_plain(value)),
    "lang": (f"one of {', '.join(LANGUAGES)}", lambda value: value in LANGUAGES),
    "unit": (f"one of {', '.join(PER_MT)}", lambda value: value in PER_MT),
    "sources": ("names of sources", _is_texts),
    "references": ("a list of runs", _is_list_of_texts),
    "inputs": (f"at most {MOST_FILES} files inside the folder, each with its SHA-256", is_digests),
    "files": (f"at most {MOST_FILES} files inside the folder, each with its SHA-256", is_digests),
    "versions": ("versions of packages", _is_texts),
    "checks": ("a list of checks, each with name and passed", _is_checks),
    "ensemble": ("an object", lambda value: isinstance(value, dict)),
    "notes": ("a list of sentences", lambda value: isinstance(value, list)),
}


def _is_deeper(value: object, levels: int) -> bool:
    inner = [value]
    for _ in range(levels):
        inner = [item for outer in inner for item in _items(outer)]
    return bool(inner)


def _items(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _what(value: object) -> str:
    said = printable(json.dumps(value, ensure_ascii=False))
    return said if len(said) <= 60 else f"{said[:60]}…"


def _wrong(place: str, expected: str, found: str) -> CapshareError:
    return CapshareError(Problem(MANIFEST, place, expected, found, _REMEDY))
