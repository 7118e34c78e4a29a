"""A session: one study held ready, and changed copies of it for whoever asks, several at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from queue import Empty, LifoQueue
from typing import Any

from capshare.base.conventions import following
from capshare.chain.from_inputs import engine_of, solver_limits
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.chain.prepared_again import prepared_again
from capshare.model.allocation.engine import Engine
from capshare.solvers.guard import ending, within
from capshare.study.reading import LoadedStudy, with_changes
from capshare.workbench.changes import settings_of
from capshare.workbench.elsewhere import refuse_elsewhere

# Solves at once; more only wait for one another.
SEATS = 4
# Of one solve, and of waiting for a seat.
LONGEST_S = 10.0
# Of a province's story, or of a frontier, each of which takes dozens of solves.
LONGEST_LOOK_S = 30.0


class BusyError(Exception):
    """Nobody gave up a seat in time."""


class Session:
    """A study held ready to be solved with changes.

    Nothing that a request finds out changes what another one sees: the study stays as it was prepared, and an
    engine, which remembers the programmes it has compiled, serves one request at a time.

    Parameters
    ----------
    loaded : the study and its file

    Raises
    ------
    CapshareError
        where the study or its dataset is wrong.
    """

    def __init__(self, loaded: LoadedStudy) -> None:
        self.loaded = loaded
        with within(solver_limits(loaded.study)):
            self.base = prepare(loaded, bootstrap=False)
        self._engines: LifoQueue[Engine] = LifoQueue()
        for _ in range(SEATS):
            self._engines.put(engine_of(loaded.study))

    def changed(self, changes: Mapping[str, Any]) -> LoadedStudy:
        """The study with changes, as its file would have it.

        Parameters
        ----------
        changes : key as of ``--set`` → value

        Raises
        ------
        CapshareError
            where a key or a value is wrong, with every problem.
        """
        changed = with_changes(self.loaded, settings_of(changes))
        refuse_elsewhere(changed.study, self.loaded.study)
        return changed

    @contextmanager
    def prepared(self, changes: Mapping[str, Any], seconds: float = LONGEST_S) -> Iterator[PreparedStudy]:
        """The study with changes, ready to be solved by an engine that nobody else uses meanwhile.

        Parameters
        ----------
        changes : as of :meth:`changed`
        seconds : how long all runs of the solver may take together

        Raises
        ------
        CapshareError
            as of :meth:`changed`, or where the changed study does not fit its dataset.
        BusyError
            where no engine became free in time.
        TimeoutError
            where the solver took too long.
        """
        changed = self.changed(changes)
        own = within(solver_limits(changed.study))
        with self._engine() as engine, ending(seconds), own, following(self.conventions):
            same = changed.study.solver == self.loaded.study.solver
            like = replace(self.base, engine=engine if same else engine_of(changed.study))
            yield prepared_again(changed, like) if changes else like

    def in_its_words(self) -> AbstractContextManager[None]:
        """Name and count as the readers of the study's dataset do."""
        return following(self.conventions)

    @property
    def conventions(self) -> Any:
        """What the readers of the study's dataset call money, regions and gas."""
        return self.base.inputs.dataset.facts.conventions

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        try:
            engine = self._engines.get(timeout=LONGEST_S)
        except Empty:
            raise BusyError from None
        try:
            yield engine
        finally:
            self._engines.put(engine)
