"""The files of a comparison: workbook, page, and what they were made from."""

from __future__ import annotations

from collections.abc import Mapping

from capshare.base.progress import stage
from capshare.reports.comparison.compare import RunComparison
from capshare.reports.comparison.page import comparison_html
from capshare.reports.comparison.workbook import comparison_workbook
from capshare.reports.folder.manifest import with_manifest
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
    runs = [{"name": run.label, **run.digest} for run in found.runs]
    return with_manifest(files, runs=runs, year=found.year, lang=lang)
