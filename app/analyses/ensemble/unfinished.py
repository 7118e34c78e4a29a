"""An unfinished ensemble: chunks kept beside the folder that they will become, each whole or not there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from capshare.analyses.ensemble.plan_difference import differences
from capshare.analyses.ensemble.tasks import DRAWS, DRIVERS
from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.reports.folder.atomic import rename_in_place, write_whole
from capshare.reports.folder.manifest import json_text
from capshare.reports.folder.manifest_checks import MANIFEST

ENDING = ".unfinished"
PLAN = "plan.json"
# Differences that a message names one by one.
_NAMED = 8


class Unfinished:
    """The place of an ensemble until it is whole.

    Parameters
    ----------
    target : the folder that it will be
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(target.name + ENDING)

    def begin(self, plan: Mapping[str, Any], resume: bool, force: bool) -> None:
        """Make the place, or go on where an earlier call stopped.

        Parameters
        ----------
        plan : what the ensemble is of, plain data; it has to be what it was
        resume : whether to go on with what is there
        force : whether to throw away what is there

        Raises
        ------
        CapshareError
            where something is there that may be neither continued nor thrown away.
        """
        if self.path.exists() and resume:
            self._require_same(plan)
            return
        if self.path.exists() and not force:
            raise CapshareError(
                Problem("output folder", str(self.path), "nothing of an earlier ensemble",
                        "one that was not finished", "Go on with --resume, or begin anew with --force.")
            )  # fmt: skip
        if self.path.exists():
            self._require_own()
            shutil.rmtree(self.path)
        for part in (DRAWS, DRIVERS):
            (self.path / part).mkdir(parents=True, exist_ok=True)
        write_whole(self.path / PLAN, json_text(plan).encode())

    def kept(self, wanted: Collection[str]) -> set[str]:
        """Chunks that are there already; others than those wanted are removed.

        Parameters
        ----------
        wanted : their files
        """
        found = set()
        for path in [*self.path.glob(f"{DRAWS}/*"), *self.path.glob(f"{DRIVERS}/*")]:
            name = f"{path.parent.name}/{path.name}"
            if name in wanted:
                found.add(name)
            else:
                # The last chunk of an ensemble of another size, or one that was being written.
                path.unlink()
        return found

    def keep(self, name: str, data: bytes) -> None:
        """Keep a file.

        Parameters
        ----------
        name : in the folder
        data : its content
        """
        write_whole(self.path / name, data)

    def finish(self, force: bool) -> Path:
        """Make it the ensemble's folder.

        Parameters
        ----------
        force : whether a folder that is there is replaced

        Returns
        -------
        Path of the folder
        """
        (self.path / PLAN).unlink(missing_ok=True)
        rename_in_place(self.path, self.target, force)
        return self.target

    def _require_own(self) -> None:
        own = {DRAWS, DRIVERS, PLAN, MANIFEST}
        if not (self.path / PLAN).exists() and any(path.name not in own for path in self.path.iterdir()):
            raise CapshareError(
                Problem("output folder", str(self.path), "what an earlier ensemble left", "other files",
                        "Move them elsewhere, or name another folder with -o.")
            )  # fmt: skip

    def _require_same(self, plan: Mapping[str, Any]) -> None:
        try:
            before = json.loads((self.path / PLAN).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CapshareError(
                Problem("output folder", str(self.path / PLAN), "what the ensemble is of", str(error),
                        "Begin anew with --force.")
            ) from error  # fmt: skip
        changed = differences(before, json.loads(json_text(plan)))
        if changed:
            raise CapshareError([
                Problem("--resume", key, f"{shown(then)}, as when the ensemble began", shown(now),
                        "Put it back, or begin anew with --force.")
                for key, (then, now) in list(changed.items())[:_NAMED]
            ])  # fmt: skip
