"""The folder of ``capshare charts``: every chart of a run as images."""

from __future__ import annotations

from capshare.base.conventions import as_its_readers_say
from capshare.model.outcome.outcome import Outcome
from capshare.reports.charts.gallery import charts
from capshare.reports.charts.save import images
from capshare.reports.folder.manifest import sha256, with_manifest
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE


@as_its_readers_say
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
    study = outcome.study
    inputs = sha256(study.files)
    drawn = images(charts(outcome, lang))
    return with_manifest(drawn, study=study.name, seed=study.seed, language=lang, inputs=inputs)
