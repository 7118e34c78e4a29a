"""The registry of rules: what each one needs, all of them by name, and how to apply one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note
from capshare.base.spelling import suggestion
from capshare.model.allocation.projection import project
from capshare.model.rules.requirements import require_inputs
from capshare.model.rules.rule import Noticing, Rule, RuleFunction

Registered = TypeVar("Registered", bound=RuleFunction)

_REGISTERED: dict[str, Rule] = {}


def register(
    name: str,
    *,
    principle: str,
    formula: str,
    reference: str,
    needs: tuple[str, ...] = (),
    positive: tuple[str, ...] = (),
    limits: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    share_of: str | None = None,
    notices: Noticing | None = None,
) -> Callable[[Registered], Registered]:
    """Register a function as a rule; its keyword-only arguments are the rule's parameters.

    Parameters
    ----------
    name, principle, formula, reference, needs, positive, limits, share_of, notices : see :class:`Rule`

    Returns
    -------
    decorator that leaves the function as it is
    """

    def add(function: Registered) -> Registered:
        arguments = inspect.signature(function).parameters.values()
        parameters = {a.name: a.default for a in arguments if a.kind is a.KEYWORD_ONLY}
        _REGISTERED[name] = Rule(
            name=name,
            principle=principle,
            formula=formula,
            reference=reference,
            needs=needs,
            function=function,
            parameters=MappingProxyType(parameters),
            positive=positive,
            limits=limits,
            share_of=share_of,
            notices=notices,
        )
        return function

    return add


def rules() -> Mapping[str, Rule]:
    """All rules by name, in alphabetical order; a file in this folder is enough to add one."""
    _read_folder()
    return MappingProxyType(dict(sorted(_REGISTERED.items())))


@cache
def _read_folder() -> None:
    package = importlib.import_module("capshare.model.rules")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)


def find(name: str) -> Rule:
    """Rule of a name.

    Parameters
    ----------
    name : as studies write it, "per-capita"

    Raises
    ------
    CapshareError
        where no rule has it, with the nearest name.
    """
    known = rules()
    if name not in known:
        remedy = suggestion(name, known)
        raise CapshareError(Problem("rule", "name", "the name of a rule", repr(name), remedy))
    return known[name]


def apply(
    name: str,
    table: pd.DataFrame,
    cap_mt: float,
    parameters: Mapping[str, Any] | None = None,
    floor_mt: pd.Series | None = None,
    ceiling_mt: pd.Series | None = None,
) -> pd.Series:
    r"""Split a cap by a rule, inside floors and ceilings where there are any.

    .. math:: x_i = \mathrm{clip}(\vartheta r_i, \ell_i, u_i),\qquad \sum_i x_i = Q

    with :math:`r_i` the quota by the rule alone, so that those at no bound keep their proportions.

    Parameters
    ----------
    name : of the rule
    table : index ``code``; the columns that the rule needs, others are ignored
    cap_mt : Q, Mt CO2
    parameters : name → value; the defaults for the others
    floor_mt, ceiling_mt : index ``code``, Mt CO2; without them quotas are only ≥ 0

    Returns
    -------
    Series ``quota_mt``, index and order of `table`, Mt CO2, adds up to the cap

    Raises
    ------
    CapshareError
        where there is no such rule, a column or parameter is missing, unknown or out of range, the
        bounds are of other regions, or leave no room for the cap.
    """
    rule = find(name)
    chosen = {**rule.parameters, **(parameters or {})}
    require_inputs(rule, table, cap_mt, chosen)
    floor = pd.Series(0.0, index=table.index) if floor_mt is None else floor_mt
    ceiling = pd.Series(np.inf, index=table.index) if ceiling_mt is None else ceiling_mt
    if floor_mt is not None or ceiling_mt is not None:
        # Says what is wrong with the bounds before a rule that knows them runs into it.
        project(pd.Series(1.0, index=table.index), cap_mt, floor, ceiling, source=f"rule {name}")
    inputs = table.assign(floor_mt=floor, ceiling_mt=ceiling)
    split = project(alone(rule, inputs, cap_mt, chosen), cap_mt, floor, ceiling, source=f"rule {name}")
    return split.amount_mt.rename("quota_mt")


def alone(rule: Rule, inputs: pd.DataFrame, cap_mt: float, parameters: Mapping[str, Any]) -> pd.Series:
    """The quotas by a rule alone, before floors and ceilings, of inputs that it can use.

    Parameters
    ----------
    rule : from :func:`find`
    inputs : index ``code``; the columns that the rule needs, ``floor_mt, ceiling_mt``
    cap_mt : Q, Mt CO2
    parameters : all of the rule's
    """
    return rule.function(inputs, cap_mt, **parameters)


def rule_notes(
    name: str, table: pd.DataFrame, cap_mt: float, parameters: Mapping[str, Any] | None = None
) -> tuple[Note, ...]:
    """What a planner should know about the quotas that a rule gives.

    Parameters
    ----------
    name : of the rule
    table : index ``code``; columns that :func:`apply` has accepted
    cap_mt : Mt CO2
    parameters : name → value; the defaults for the others
    """
    rule = find(name)
    if rule.notices is None:
        return ()
    return rule.notices(table, cap_mt, **{**rule.parameters, **(parameters or {})})
