"""The files of a comparison: workbook, page, and what they were made from."""

from __future__ import annotations

import json
from collections.abc import Mapping

from capshare.base.progress import stage
from capshare.reports.comparison.compare import RunComparison
from capshare.reports.comparison.page import comparison_html
from capshare.reports.comparison.workbook import comparison_workbook
from capshare.reports.folder.manifest import versions
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.write import sha256
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE


@stage("comparison")
def comparison_files(found: RunComparison, lang: str = DEFAULT_LANGUAGE) -> Mapping[str, bytes]:
    """Every file of a comparison's folder by name.

    Parameters
    ----------
    found : the runs side by side
    lang : language of the workbook and the page

    Returns
    -------
    dict of file name to bytes
    """
    files = {
        "comparison.xlsx": comparison_workbook(found, lang),
        "comparison.html": comparison_html(found, lang).encode(),
    }
    manifest = {
        # The manifest of a run has the digests of all its other files.
        "runs": [{"name": run.label, **sha256({MANIFEST: run.folder.read(MANIFEST)})} for run in found.runs],
        "year": found.year,
        "lang": lang,
        "files": sha256(files),
        "versions": versions(),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, allow_nan=False)
    return files | {MANIFEST: f"{text}\n".encode()}
