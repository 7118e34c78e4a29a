import pytest

from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import LANGUAGES
from capshare.study.reading import shipped_studies

pytestmark = pytest.mark.slow
MOST_BYTES = 2_500_000


@pytest.mark.parametrize("study", shipped_studies())
def test_a_page_can_be_mailed_and_is_the_same_each_time(finished, study):
    outcome = finished(study)
    pages = {lang: report_html(outcome, lang) for lang in LANGUAGES}
    assert {lang: len(page.encode()) for lang, page in pages.items() if len(page.encode()) > MOST_BYTES} == {}
    assert report_html(outcome, "zh") == pages["zh"]
