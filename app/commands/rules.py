"""``capshare rules``."""

from __future__ import annotations

import click


@click.command()
def rules() -> None:
    """List the rules that split a cap: principle, formula, needs, parameters, reference."""
    from capshare.commands.screen import screen
    from capshare.model.rules.registry import rules as all_rules
    from capshare.reports.console.rule_list import print_rules

    print_rules(all_rules().values(), screen())
