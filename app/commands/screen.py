"""Where commands print: as wide as the terminal, or as the variable COLUMNS asks."""

from __future__ import annotations

import shutil

from rich.console import Console

# A pipe has no width of its own; 100 columns fit every table.
PIPE_WIDTH = 100


def screen() -> Console:
    """The console on standard output."""
    return _Screen(width=shutil.get_terminal_size((PIPE_WIDTH, 0)).columns)


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        # Rich would end the program with 1, the code of a fault.
        raise
