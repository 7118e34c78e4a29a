"""One line on the terminal: what a command is doing and how far it is. Nothing where there is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from capshare.base.progress import told_to
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

if TYPE_CHECKING:
    from rich.progress import Progress

# Stages in the order in which a run announces them; a study may do without some.
CHAIN = ("inputs", "costs", "groups")
RUN = (*CHAIN, "allocation", "group_checks", "rules", "drivers")
FILES = ("workbook", "page")
# Steps of which the pace is told, once there has been time to know it.
_MANY, _SOON_SECONDS = 100, 2.0


@contextmanager
def progress_shown(plan: Sequence[str], lang: str = DEFAULT_LANGUAGE) -> Iterator[None]:
    """Show on standard error what is announced inside the block; the line is gone afterwards.

    Parameters
    ----------
    plan : stages to come, in their order; how many of them are over is how far the command is
    lang : language of the line
    """
    if not sys.stderr.isatty():
        yield
        return
    with _bar() as bar:
        line = _Line(bar, tuple(plan), lang)
        with told_to(line):
            yield


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    class Visible(Console):
        def show_cursor(self, show: bool = True) -> bool:
            # Never hidden: whoever kills the command shall find it there.
            return False

    # What a command prints meanwhile is no part of the line, and may go elsewhere.
    return Progress(
        BarColumn(20), TimeElapsedColumn(), TextColumn("{task.description}", markup=False),
        console=Visible(stderr=True), transient=True, redirect_stdout=False,
    )  # fmt: skip


@dataclass
class _Stage:
    name: str
    of: int | None
    done: int = 0
    began: float = field(default_factory=time.monotonic)


class _Line:
    """Listens to a calculation and draws the line."""

    def __init__(self, bar: Progress, plan: tuple[str, ...], lang: str) -> None:
        self._bar, self._plan, self._lang = bar, plan, lang
        self._open: list[_Stage] = []
        self._next = 0
        self._task = bar.add_task(text("progress.start", lang), total=max(len(plan), 1))

    def began(self, stage: str, of: int | None) -> None:
        if not self._open and stage in self._plan[self._next :]:
            self._next = self._plan.index(stage, self._next) + 1
        self._open.append(_Stage(stage, of))
        # At once: while native code runs, the thread that draws may not get its turn.
        self._draw(refresh=True)

    def advanced(self) -> None:
        self._open[-1].done += 1
        self._draw()

    def ended(self) -> None:
        self._open.pop()
        if self._open:
            self._draw()
        else:
            self._bar.update(self._task, completed=self._next)

    def _draw(self, refresh: bool = False) -> None:
        outer = self._open[0]
        part = outer.done / outer.of if outer.of else 0.0
        said = [self._said(stage) for stage in self._open if stage.of or stage is self._open[-1]]
        completed = max(self._next - 1, 0) + part
        self._bar.update(self._task, completed=completed, description=", ".join(said), refresh=refresh)

    def _said(self, stage: _Stage) -> str:
        what = text(f"progress.{stage.name}", self._lang)
        if not stage.of:
            return what
        counted = f"{what} {min(stage.done + 1, stage.of)}/{stage.of}"
        seconds = time.monotonic() - stage.began
        if stage.of < _MANY or not stage.done or seconds < _SOON_SECONDS:
            return counted
        rate = stage.done / seconds
        left = timedelta(seconds=round((stage.of - stage.done) / rate))
        return f"{counted}, {text('progress.pace', self._lang, rate=rate, left=left)}"
