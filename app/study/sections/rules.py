"""Sections on the rules of sharing: their parameters, and which of them are set beside the allocation."""

from __future__ import annotations

from collections.abc import Mapping

from capshare.study.sections.base import Amount, Name, Number, Section

# What a rule of the study file may be told; the registry of rules knows which of it fits which rule.
RuleValue = bool | int | Number | Name | tuple[Name, ...] | Mapping[Name, Amount]
RuleSettings = Mapping[Name, RuleValue]


class ComparisonSection(Section):
    """Rules that are set beside the allocation."""

    rules: tuple[Name, ...] | None = None
    """Names of the rules, as `capshare rules` lists them; by default all whose columns there are."""
    mix: tuple[Name, ...] | None = None
    """Rules to explain a table by; by default all that are compared, without those that are mixtures."""
    bounded: bool = False
    """Whether the rules, too, keep the study's floors and ceilings."""
