import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from capshare.base.notes import detail, stop
from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import LANGUAGES


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.levels, self.ids, self.links, self.charts, self.lang = [], [], [], {}, None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "html":
            self.lang = found["lang"]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if "data-chart" in found:
            self.charts[found["data-chart"]] = found["aria-label"]


def outline(html):
    parsed = Outline()
    # What is inside scripts is not part of the document.
    parsed.feed(re.sub(r"(?s)(<script[^>]*>).*?(</script>)", r"\1\2", html))
    return parsed


@pytest.fixture
def page(pages):
    return pages["en"]


def test_the_story_is_in_order(page):
    found = [place for place in outline(page).links if place.startswith("#")]
    steps = ["overview", "cap", "weights", "groups", "quotas", "prices", "balance", "market", "potential"]
    assert found == ["#content", *(f"#{step}" for step in [*steps, "comparison", "checks", "record"])]


@pytest.mark.slow
def test_what_must_be_read_first_stands_first_and_detail_is_folded(result, undrawn):
    warned = replace(result, notes=(stop("uncovered", provinces=[("640000", 2.0, "")]), *result.notes))
    for lang, mark, last in (("en", "Stop", "Detail"), ("zh", "警示", "说明")):
        overview = report_html(warned, lang).partition('id="overview"')[2].partition("</section>")[0]
        told = [
            f'<li class="stop"><strong class="mark">{mark}</strong>',
            '<ol class="brief">',
            'data-chart="balance_map"',
            'id="price-table-caption"',
            '<li class="caution">',
            "<details><summary>",
            f'<li class="detail"><strong class="mark">{last}',
            '<dl class="figures">',
        ]
        assert [overview.index(part) for part in told] == sorted(overview.index(part) for part in told)
        assert overview.partition('<ol class="brief">')[2].partition("</ol>")[0].count("<li>") == 3


@pytest.mark.slow
def test_of_a_plan_the_page_leads_with_what_decided_its_cuts(with_cuts, undrawn):
    page = report_html(with_cuts)
    assert "<h1>How 17 % of carbon intensity from 2012 to 2017 is split across provinces</h1>" in page
    assert page.index("Of 7 cuts: 4 decided by cost") < page.index('<dl class="figures">')
    assert "<h1>2012至2017年17%的碳强度降幅如何分解到各省份</h1>" in report_html(with_cuts, "zh")


def test_headings_descend_one_level_at_a_time_and_ids_are_unique(page):
    found = outline(page)
    assert found.levels[0] == 1
    assert found.levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(found.levels, found.levels[1:], strict=False))
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)


def test_every_chart_has_words_instead_of_it(page):
    charts = outline(page).charts
    assert "quotas" in charts
    assert all(len(words) > 20 for words in charts.values())


def test_nothing_is_fetched(page):
    document = re.sub(r"(?s)<script>.*?</script>", "", page)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", document)
    assert "@import" not in document
    assert "url(" not in document


@pytest.mark.parametrize(("lang", "tag", "word"), [("en", "en", "Balance"), ("zh", "zh-CN", "初始空间余额")])
def test_it_speaks_the_language_asked_for(pages, lang, tag, word):
    html = pages[lang]
    assert outline(html).lang == tag
    assert word in html


@pytest.mark.slow
def test_text_of_a_study_cannot_become_markup(result, changed, undrawn):
    note = detail("no_rank_correlation", figure="</script><script>alert(1)</script>")
    evil = changed(study__name="<b>x</b>", notes=(note,))
    html = report_html(evil)
    assert "<b>x</b>" not in html
    assert "<script>alert" not in html
    provinces = result.allocation.provinces
    named = provinces.assign(name_en=["</script><i>", *provinces["name_en"].iloc[1:]])
    assert "</script><i>" not in report_html(changed(allocation__provinces=named))


@pytest.mark.slow
def test_the_same_result_gives_the_same_page(result, pages):
    assert report_html(result) == pages["en"]


def test_infeasible_sides_of_a_price_are_words(page):
    assert "infeasible" in page
    assert "NaN" not in re.sub(r"(?s)<script>.*?</script>", "", page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_study_of_targets_leads_with_its_cuts(with_cuts, undrawn, lang):
    html = report_html(with_cuts, lang)
    found = outline(html)
    assert [place for place in found.links if place.startswith("#")][1:4] == ["#overview", "#targets", "#cap"]
    assert "targets" in found.charts
    section = html.partition('id="targets"')[2].partition('id="cap"')[0]
    word = {"en": "distance to the entitled cut", "zh": "与应承担降幅的距离"}[lang]
    for shown in (word, ">III<", ">18.5<", ">37.5<", ">2010<"):
        assert shown in section, shown


def test_another_study_has_no_section_of_targets(page):
    assert "targets" not in outline(page).ids


def test_what_an_indicator_does_to_a_cut_is_said_of_a_burden(with_cuts, page, undrawn):
    html = report_html(with_cuts)
    section = html.partition('id="weights"')[2].partition('id="groups"')[0]
    assert "more asks for a larger cut" in section
    assert "earns" not in section
    assert "1 asks for the largest cut" in section
    assert "earns more quota" in page
