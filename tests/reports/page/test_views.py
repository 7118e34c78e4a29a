import base64
import gzip
import json

import pandas as pd
import pytest

from capshare.reports.page.chart import with_stills
from capshare.reports.page.page import report_html
from capshare.reports.page.views import packed, year_charts, year_view


@pytest.fixture
def two_years(result, changed):
    """The seven in 2017 and in 2030, with half the quotas there and nobody who trades in the last year."""
    names = ("provinces", "steps", "blocks", "contributions")
    frames = {name: getattr(result.allocation, name) for name in names}
    later = {name: frame.rename(index={2017: 2030}, level="year") for name, frame in frames.items()}
    later["provinces"] = later["provinces"].assign(purchase_mt=0.0, sale_mt=0.0, quota_mt=100.0)
    cap = pd.DataFrame({"cap_mt": [2700.0, 700.0]}, index=pd.Index([2017, 2030], name="year"))
    return changed(
        cap__path=cap,
        prices=pd.concat([result.prices, result.prices.rename(index={2017: 2030}, level="year")]),
        **{f"allocation__{name}": pd.concat([frames[name], later[name]]) for name in names},
    )


@pytest.fixture
def views(two_years, undrawn):
    last, first = two_years.in_year(2030), two_years.in_year(2017)
    drawn = year_charts(last)
    shown = year_view(last, with_stills(drawn)())
    return shown, {2017: year_view(first, year_charts(first, last=drawn), beside=shown)}


def unpacked(written):
    return json.loads(gzip.decompress(base64.b64decode(written)))


def test_what_another_year_shows_is_packed_once(views):
    found = unpacked(packed(*views))
    assert len(found["parts"]) == len(set(found["parts"]))
    quotas = "".join(found["parts"][place] for place in found["years"]["2017"]["quotas"])
    assert 'data-sort="700.0"' in quotas
    assert "market" in found["years"]["2017"]
    drawn = found["specifications"][found["charts"]["2017"]["market"]]
    assert drawn["description"].startswith("Bars for")


def test_what_no_year_changes_is_not_packed(views):
    found = unpacked(packed(*views))
    assert "weights" not in found["years"]["2017"]
    assert not {"weights", "groups", "cap"} & set(found["charts"]["2017"])
    # Potential and comparison are of the last year.
    assert not {"potential", "comparison"} & set(found["years"]["2017"])


def test_a_chart_that_only_another_year_has_is_packed(views):
    shown, _ = views
    assert "market" not in shown.charts
    assert "market" in unpacked(packed(*views))["charts"]["2017"]


def test_the_first_year_alone_has_drawings(views):
    shown, others = views
    assert shown.charts["balance"].still.startswith("<svg")
    assert others[2017].charts["balance"].still == ""


@pytest.mark.slow
def test_years_are_offered_with_the_last_chosen(pages, two_years, undrawn):
    page = report_html(two_years)
    assert '<option value="2030" selected>2030</option>' in page
    assert '<option value="2017">2017</option>' in page
    assert "Of the years allocated the last, 2030, is shown" in page
    assert 'id="packed-years"' not in pages["en"].partition("<script>")[0]
    assert report_html(two_years) == page
