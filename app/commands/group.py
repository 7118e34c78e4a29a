"""The command line as a whole: its commands, its help, and what may stop one of them."""

from __future__ import annotations

from typing import Any

import click

from capshare.commands.backtest import backtest
from capshare.commands.benchmark import benchmark
from capshare.commands.charts import charts
from capshare.commands.check import check
from capshare.commands.compare import compare
from capshare.commands.compare_rules import compare_rules
from capshare.commands.data import data
from capshare.commands.ensemble import ensemble
from capshare.commands.explain import explain
from capshare.commands.frontier import frontier
from capshare.commands.new import new
from capshare.commands.rules import rules
from capshare.commands.run import run
from capshare.commands.runs import runs
from capshare.commands.sweep import sweep
from capshare.commands.verify import verify
from capshare.commands.workbench import workbench

NAME = "capshare"
_COMPLETION = f"""\b
Completion of commands and options by the Tab key, as a line of ~/.bashrc or ~/.zshrc:
  eval "$(_CAPSHARE_COMPLETE=bash_source {NAME})"
  eval "$(_CAPSHARE_COMPLETE=zsh_source {NAME})"
and for fish, in ~/.config/fish/completions/{NAME}.fish:
  _CAPSHARE_COMPLETE=fish_source {NAME} | source"""


class Stopped(BaseException):
    """An interrupt or a closed pipe, which click would tell in its own way; the cause says which."""


class Commands(click.Group):
    """A group whose list of commands shows each one's first sentence to its end."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; click itself cuts the sentences at the width of the terminal.

        Parameters
        ----------
        ctx : of click; not used
        formatter : is written to
        """
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, _first_sentence(self.commands[name])) for name in sorted(self.commands)]
            )

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what stops it is passed through click untouched.

        Parameters
        ----------
        ctx : of click
        """
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, BrokenPipeError) as stopped:
            raise Stopped from stopped


def _first_sentence(command: click.Command) -> str:
    return command.get_short_help_str(limit=len(command.help or "") + 1)


@click.group(
    NAME,
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_COMPLETION,
)
@click.version_option(package_name=NAME, prog_name=NAME)
def cli() -> None:
    """Split a national CO2 cap across provinces, put a price on every rule, rank reduction potential.

    STUDY is the name of a shipped study (by default china-15fyp) or the path of a study file (.toml).
    """


for _command in (
    backtest, benchmark, charts, check, compare, compare_rules, data, ensemble, explain, frontier, new, rules,
    run, runs, sweep, verify, workbench,
):  # fmt: skip
    cli.add_command(_command)
