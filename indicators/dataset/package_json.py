"""Package JSON: the text of a datapackage.json as plain data, or what is wrong with the text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.encodings import utf8_text

FILE_NAME = "datapackage.json"


def read_package(data: bytes) -> Mapping[str, Any]:
    """What the JSON of a data package says.

    Parameters
    ----------
    data : content of a datapackage.json

    Returns
    -------
    its outermost object

    Raises
    ------
    CapshareError
        where it is no JSON, no object, or has numbers or nesting that no description has.
    """
    text = utf8_text(data, FILE_NAME, "UTF-8 text", "Save it as UTF-8.")
    try:
        package = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        remedy = "Mend the JSON there; a missing comma or quote shortly before is usual."
        raise CapshareError(Problem(FILE_NAME, place, "valid JSON", error.msg, remedy)) from error
    except (ValueError, RecursionError) as error:
        # Of a whole number of more than 4300 digits; of lists a thousand deep in one another.
        found = "too many lists or tables inside one another"
        if isinstance(error, ValueError):
            found = "a whole number of thousands of digits"
        raise CapshareError(Problem(FILE_NAME, "", "a description", found, "Remove it.")) from None
    if not isinstance(package, Mapping):
        remedy = 'Write {"name": ..., "resources": [...]}.'
        raise CapshareError(Problem(FILE_NAME, "", "an object", type(package).__name__, remedy))
    return package
