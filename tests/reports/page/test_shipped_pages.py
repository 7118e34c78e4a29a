import pytest

from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import LANGUAGES
from capshare.study.reading import shipped_studies

pytestmark = pytest.mark.slow
MOST_BYTES = 2_500_000


@pytest.mark.parametrize("study", shipped_studies())
def test_a_page_can_be_mailed_and_is_the_same_each_time(finished, study):
    outcome = finished(study)
    for lang in LANGUAGES:
        page = report_html(outcome, lang)
        assert len(page.encode()) <= MOST_BYTES, lang
        assert page == report_html(outcome, lang), lang
