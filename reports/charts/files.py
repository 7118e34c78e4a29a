"""The folder of ``capshare charts``: every chart of a run as images."""

from __future__ import annotations

import json

from capshare.model.outcome.outcome import Outcome
from capshare.reports.charts.gallery import charts
from capshare.reports.charts.save import images
from capshare.reports.folder.manifest import versions
from capshare.reports.folder.write import sha256
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE


def chart_files(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> dict[str, bytes]:
    """Every chart as SVG and PNG, and the manifest that says what they show.

    Parameters
    ----------
    outcome : of a run; of several the last is drawn
    lang : language of the texts

    Returns
    -------
    dict of file name to bytes
    """
    files = images(charts(outcome, lang))
    manifest = {
        "study": outcome.study.name,
        "seed": outcome.study.seed,
        "language": lang,
        "inputs": sha256(outcome.study.files),
        "files": sha256(files),
        "versions": versions(),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return {**files, "manifest.json": text.encode()}
