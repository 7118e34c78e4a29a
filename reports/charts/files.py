"""The folder of ``capshare charts``: every chart of a run as images."""

from __future__ import annotations

import json

from capshare.model.outcome.result import Result
from capshare.reports.charts.gallery import charts
from capshare.reports.charts.save import images
from capshare.reports.folder.manifest import versions
from capshare.reports.folder.write import sha256
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE


def chart_files(result: Result, lang: str = DEFAULT_LANGUAGE) -> dict[str, bytes]:
    """Every chart as SVG and PNG, and the manifest that says what they show.

    Parameters
    ----------
    result : of one year or of several; of several the last is drawn
    lang : language of the texts

    Returns
    -------
    dict of file name to bytes
    """
    manifest = {
        "study": result.name,
        "seed": result.seed,
        "language": lang,
        "inputs": sha256(result.inputs),
        "versions": versions(),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return {**images(charts(result, lang)), "manifest.json": text.encode()}
