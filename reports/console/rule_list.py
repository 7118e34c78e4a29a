"""What ``capshare rules`` prints: every rule with its principle, formula, needs, parameters and source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from capshare.model.rules.rule import Rule

if TYPE_CHECKING:
    from rich.console import Console


def print_rules(rules: Iterable[Rule], console: Console) -> None:
    """Print one block per rule, readable at 80 columns and more.

    Parameters
    ----------
    rules : what to list, in the order to print
    console : where to print
    """
    from rich.table import Table
    from rich.text import Text

    for rule in rules:
        console.print(Text(rule.name, style="bold cyan"))
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for word, text in _lines(rule):
            table.add_row(Text(f"  {word}", style="dim"), Text(text))
        console.print(table)
        console.print()
    console.print(
        "Q: cap, x: quota, E: emissions, P: population, Y: output (GDP), H: past emissions, q: shadow price, "
        "s: score.",
        highlight=False,
    )
    console.print(
        "In a study file: [allocation] within = NAME, [comparison] rules = [NAMES], "
        "[rules.NAME] parameter = value.",
        markup=False,
        highlight=False,
    )


def _lines(rule: Rule) -> list[tuple[str, str]]:
    lines = [("principle", rule.principle), ("formula", rule.formula)]
    lines.append(("needs", ", ".join(rule.needs) or "nothing"))
    parameters = ", ".join(_parameter(rule, name) for name in rule.parameters)
    if parameters:
        lines.append(("parameters", parameters))
    return [*lines, ("reference", rule.reference)]


def _parameter(rule: Rule, name: str) -> str:
    default = rule.parameters[name]
    if isinstance(default, bool):
        return f"{name} = {str(default).lower()}"
    if isinstance(default, tuple):
        return f"{name} = [{', '.join(default)}]"
    low, high = rule.limits.get(name, (0.0, float("inf")))
    bounds = f"≥ {low:g}" if high == float("inf") else f"{low:g} to {high:g}"
    return f"{name} = {default:.4g} ({bounds})"
