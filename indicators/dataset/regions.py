"""Regions: every spelling under which a province is known, resolved to its code or refused."""

from __future__ import annotations

import numbers
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import exact_key, loose_key, nearest

_PROVINCE_CODE = re.compile(r"\d{2}0000")
_REMEDY = "Write its code or one of its names."


@dataclass(frozen=True, eq=False)
class Regions:
    """The regions of a dataset and the spellings that mean them.

    Attributes
    ----------
    names : index ``code``, sorted; ``name_en, name_zh``
    """

    names: pd.DataFrame
    _exact: Mapping[str, frozenset[str]] = field(repr=False)
    _loose: Mapping[str, frozenset[str]] = field(repr=False)

    @classmethod
    def from_table(cls, table: pd.DataFrame, source: str = "regions") -> Regions:
        """Regions of a table that lists their names.

        Parameters
        ----------
        table : columns ``code`` and ``name_en``; optional ``name_zh`` (without it the English name
            stands in both places), ``name_zh_long`` and ``aliases`` (separated by ``|``)
        source : what to call the table in a message

        Returns
        -------
        Regions

        Raises
        ------
        CapshareError
            where a column is missing, or one spelling names two regions.
        """
        lacking = [column for column in ("code", "name_en") if column not in table.columns]
        if lacking:
            raise CapshareError(
                Problem(source, f"column {column}", "a column of this name", "none", "Add the column.")
                for column in lacking
            )
        text = table.astype("str").fillna("").set_index("code").sort_index()
        spellings = {row["code"]: _spellings(row) for row in text.reset_index().to_dict("records")}
        exact = _codes_by(exact_key, spellings)
        _require_distinct(text.index, exact, source)
        name_zh = text["name_zh"] if "name_zh" in text else text["name_en"]
        names = pd.DataFrame({"name_en": text["name_en"], "name_zh": name_zh})
        return cls(names, exact, _codes_by(loose_key, spellings))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all regions, sorted."""
        return tuple(self.names.index)

    def label(self, code: str) -> str:
        """Code and English name, for messages: ``150000 (Inner Mongolia)``.

        Parameters
        ----------
        code : of a province
        """
        return f"{code} ({self.names['name_en'].loc[code]})"

    def resolve(self, name: object, source: str = "region", place: str = "") -> str:
        """Code of the one region that a spelling means.

        Case, width, blanks and hyphens do not matter; tone marks and apostrophes only where two
        regions would be confused. A beginning of a name is never completed.

        Parameters
        ----------
        name : code (also its first two digits, where it ends in 0000), name or alias
        source, place : where the name was found, for the message

        Returns
        -------
        code of the region

        Raises
        ------
        CapshareError
            where no region has this name (with the nearest one), or several have.
        """
        code = self.find(name)
        if code is not None:
            return code
        raise CapshareError(self.problem(name, source, place))

    def find(self, name: object) -> str | None:
        """Code of the one region that a spelling means, None where there is none or several.

        Parameters
        ----------
        name : as for `resolve`

        Returns
        -------
        code of the region, or None
        """
        codes = self._meant(_as_text(name))
        return next(iter(codes)) if len(codes) == 1 else None

    def resolve_all(self, names: Iterable[object], source: str, place: str) -> tuple[str, ...]:
        """Codes of a list of names, each region at most once.

        Parameters
        ----------
        names : spellings as for `resolve`
        source, place : where the list was found, for the messages

        Returns
        -------
        codes, in the order of the names

        Raises
        ------
        CapshareError
            with every unknown, ambiguous or repeated name.
        """
        first_spelling: dict[str, str] = {}
        problems: list[Problem] = []
        for name in names:
            try:
                code = self.resolve(name, source, place)
            except CapshareError as error:
                problems.extend(error.problems)
                continue
            text = _as_text(name)
            if code in first_spelling:
                found = f"{shown(first_spelling[code])} and {shown(text)}, both {self.label(code)}"
                problems.append(Problem(source, place, "each region once", found, "Remove one of them."))
            first_spelling.setdefault(code, text)
        if problems:
            raise CapshareError(problems)
        return tuple(first_spelling)

    def _meant(self, text: str) -> frozenset[str]:
        return self._exact.get(exact_key(text)) or self._loose.get(loose_key(text)) or frozenset()

    def problem(self, name: object, source: str, place: str, suggest: bool = True) -> Problem:
        """What is wrong with a spelling that means no region, or several.

        Parameters
        ----------
        name : as for `resolve`, which refuses it
        source, place : where the name was found
        suggest : whether to look for the nearest region, which takes a while where there are thousands

        Returns
        -------
        Problem
        """
        text = _as_text(name)
        candidates = sorted(self._meant(text)) or (self._beginning_with(loose_key(text)) if suggest else [])
        if len(candidates) > 1:
            found = f"{shown(text)}, which may mean {self._labels(candidates)}"
            return Problem(source, place, "the name of one region", found, "Write one of them in full.")
        match = nearest(text, self._loose) if suggest and not candidates else None
        if match is not None:
            candidates = sorted(self._loose[match])
        remedy = f"Did you mean {self._labels(candidates)}?" if candidates else _REMEDY
        return Problem(source, place, f"one of the {len(self.names)} regions", shown(text), remedy)

    def _labels(self, codes: Iterable[str]) -> str:
        return " or ".join(self.label(code) for code in codes)

    def _beginning_with(self, key: str) -> list[str]:
        if not key or key.isdecimal():
            return []
        return sorted({c for name, codes in self._loose.items() if name.startswith(key) for c in codes})


def _as_text(name: object) -> str:
    """Whole number as its digits: spreadsheets hand 110000 over as 110000.0."""
    if isinstance(name, numbers.Real) and not isinstance(name, bool) and float(name).is_integer():
        return f"{float(name):.0f}"
    return str(name)


def _spellings(row: Mapping[Hashable, str]) -> list[str]:
    code = row["code"]
    short_code = [code[:2]] if _PROVINCE_CODE.fullmatch(code) else []
    names = [row.get(column, "") for column in ("name_en", "name_zh", "name_zh_long")]
    spellings = [code, *short_code, *names, *row.get("aliases", "").split("|")]
    return [spelling for spelling in spellings if spelling.strip()]


def _codes_by(key: Callable[[str], str], spellings: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    codes: dict[str, frozenset[str]] = {}
    for code, names in spellings.items():
        for name in names:
            codes[key(name)] = codes.get(key(name), frozenset()) | {code}
    return MappingProxyType(codes)


def _require_distinct(codes: pd.Index, exact: Mapping[str, frozenset[str]], source: str) -> None:
    problems = [
        Problem(source, f"code {code}", "each region once", "a second row", "Remove the row.")
        for code in codes[codes.duplicated()].unique()
    ]
    problems += [
        Problem(source, f"name {shown(name)}", "one region", " and ".join(sorted(meant)), "Keep it for one.")
        for name, meant in exact.items()
        if len(meant) > 1
    ]
    if problems:
        raise CapshareError(problems)
