"""The page in Chromium: in both languages, light and dark, wide and narrow, and without scripts."""

import re

import pytest

from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import LANGUAGES

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]
STUDY = "china-15fyp"
WIDTHS = (320, 768, 1920)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DRAWN = """async () => {
  await window.chartsDrawn;
  const places = [...document.querySelectorAll("[data-chart]")];
  return {
    charts: places.length,
    drawn: places.filter((place) => place.dataset.state === "drawn").length,
    marks: Math.min(...places.map((place) => place.querySelectorAll("svg path, svg text").length)),
    overflow: document.documentElement.scrollWidth - window.innerWidth,
  };
}"""


# Chart → how far its texts and marks reach above or below its drawing, pixels.
BEYOND = """() => [...document.querySelectorAll("[data-chart] svg")].map((svg) => {
  const own = svg.getBoundingClientRect();
  const places = [...svg.querySelectorAll("text, path")].map((part) => part.getBoundingClientRect());
  const seen = places.filter(({ width }) => width);
  const over = seen.map(({ top, bottom }) => Math.max(own.top - top, bottom - own.bottom));
  return [svg.closest("[data-chart]").dataset.chart, Math.round(Math.max(0, ...over))];
})"""


@pytest.fixture(scope="module")
def outcome(finished):
    return finished(STUDY)


@pytest.fixture(scope="module")
def addresses(outcome, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    places = {lang: folder / f"{lang}.html" for lang in LANGUAGES}
    for lang, place in places.items():
        place.write_text(report_html(outcome, lang), encoding="utf-8")
    return {lang: place.as_uri() for lang, place in places.items()}


@pytest.fixture(scope="module")
def chromium(executable):
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright
    with playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable("chromium"), args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, addresses):
    """A page opened, what its console says and what it asks for; closed with the test."""
    contexts = []

    def open_page(lang="en", width=1100, theme="light", scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(addresses[lang])
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("zh", "dark")])
def test_everybody_can_use_it_and_all_of_it_is_drawn_at_every_width(opened, addresses, lang, theme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(lang, WIDTHS[0], theme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        drawn = page.evaluate(DRAWN)
        assert drawn["drawn"] == drawn["charts"] >= 14, (width, drawn)
        assert drawn["marks"] > 5, (width, drawn)
        assert drawn["overflow"] <= 0, (width, drawn)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    assert page.said == []
    assert page.asked == [addresses[lang]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_row_of_a_chart_is_cut_off(opened, lang):
    page = opened(lang, 390)
    page.evaluate(DRAWN)
    page.wait_for_timeout(500)
    for width in (390, 1100, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        # Chinese letters stand a little above the line they are measured with.
        assert [(name, pixels) for name, pixels in page.evaluate(BEYOND) if pixels > 4] == [], width


def test_its_policy_lets_no_other_script_in_and_no_text_become_code(opened):
    page = opened()
    page.evaluate(DRAWN)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.strange = true";
          document.body.append(script);
          const style = document.createElement("style");
          style.textContent = "body { display: none }";
          document.head.append(style);
        }"""
    )
    assert page.evaluate("window.strange") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    policy = page.get_attribute('meta[http-equiv="Content-Security-Policy"]', "content")
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert len(page.said) == 2
    assert all("Content Security Policy" in said for said in page.said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_scripts_every_chart_is_a_drawing_and_the_year_is_said(opened, outcome, lang):
    page = opened(lang, scripts=False)
    drawings = page.locator("[data-chart] svg.still")
    assert drawings.count() == page.locator("[data-chart]").count() >= 14
    for place in range(drawings.count()):
        box = drawings.nth(place).bounding_box()
        assert box["width"] > 300, place
        assert box["height"] > 30, place
    assert str(outcome.years[-1]) in page.locator("header noscript").inner_text()
    assert not page.locator("#year").is_visible()
    assert page.said == []


DATA_OF_BALANCE = """() => {
  const state = document.querySelector("#chart-balance").drawnChart.getState({ data: () => true });
  return Object.values(state.data).find((rows) => rows?.length && "balance_mt" in rows[0]);
}"""


def column(table, place):
    return table.locator("tbody tr").evaluate_all(
        "(rows, place) => rows.map((row) => Number(row.cells[place].dataset.sort))", place
    )


def test_tables_sort_both_ways(opened):
    page = opened()
    page.evaluate(DRAWN)
    table = page.locator("#quotas table").first
    button = table.locator("thead button").nth(5)
    button.click()
    up = column(table, 5)
    assert len(up) == 30
    assert up == sorted(up)
    button.click()
    assert column(table, 5) == up[::-1]
    assert button.locator("xpath=..").get_attribute("aria-sort") == "descending"


def test_another_year_is_shown_whole_and_the_last_comes_back(opened, outcome):
    page = opened()
    page.evaluate(DRAWN)
    first, last = outcome.years[0], outcome.years[-1]
    assert [int(year) for year in page.locator("#year option").all_inner_texts()] == list(outcome.years)
    for year in (first, last):
        page.select_option("#year", str(year))
        drawn = page.evaluate(DRAWN)
        assert drawn["drawn"] == drawn["charts"] >= 14
        quotas = outcome.in_year(year).provinces["quota_mt"]
        told = column(page.locator("#quotas table").first, 6)
        assert sorted(told) == pytest.approx(sorted(quotas), rel=1e-6)
        shown = page.evaluate(DATA_OF_BALANCE)
        balance = outcome.in_year(year).provinces["balance_mt"]
        assert sorted(row["balance_mt"] for row in shown) == pytest.approx(sorted(balance), rel=1e-5)
        assert f" {year} " in page.locator("#overview .brief").inner_text()
        notes = page.locator("[data-of-year]")
        assert notes.count() >= 4
        assert notes.first.is_visible() == (year != last)
    assert page.said == []


def test_it_prints_on_paper_that_is_light(opened, tmp_path):
    page = opened(theme="dark")
    page.evaluate(DRAWN)
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 10 <= pages <= 40
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("nav").is_visible()
    assert not page.locator("#year-choice").is_visible()
    assert page.locator("#year-shown").is_visible()


SQUARES = """() => Object.fromEntries([...document.querySelectorAll("#map .tile")].map(
    (tile) => [tile.dataset.code, parseFloat(tile.querySelector(".value").textContent)]))"""
BARS = """() => Object.fromEntries([...document.querySelectorAll("#bars .row")].map(
    (row) => [row.dataset.code, Number(row.dataset.value)]))"""


def sides(outcome):
    panel = outcome.drivers.sensitivity
    return [f"{choice}/{side}/{value}" for (choice, side), value in panel.nation["value"].items()]


def cuts_of(outcome, key):
    panel = outcome.drivers.sensitivity.provinces
    return panel.xs(tuple(key.split("/")), level=("choice", "side", "value"))


def test_a_scenario_chosen_is_drawn_with_the_numbers_of_the_panel(opened, outcome):
    page = opened()
    nation = outcome.drivers.sensitivity.nation
    for place in (2, 10):
        key = sides(outcome)[place]
        page.select_option("#scenario", key)
        rows = cuts_of(outcome, key)
        assert page.evaluate(BARS) == pytest.approx(rows["cut_pct"].to_dict(), rel=1e-6)
        assert page.evaluate(SQUARES) == pytest.approx(rows["cut_pct"].to_dict(), abs=0.0501)
        cost = page.locator('#scenario-figures [data-figure="cost"] .value').inner_text()
        assert float(cost) == pytest.approx(nation["cost_1e8yuan"].iloc[place], abs=0.005)
        assert nation["reason"].iloc[place] in page.locator("#scenario-said").inner_text()
    page.locator('#measures input[value="quota"]').check()
    assert page.evaluate(BARS) == pytest.approx(rows["quota_mt"].to_dict(), rel=1e-6)
    assert page.said == []


def test_scenarios_are_chosen_and_pinned_by_keyboard_up_to_four(opened, outcome):
    page = opened()
    names = page.locator("#scenario option:not([disabled])").all_inner_texts()
    assert page.locator("#pin").is_disabled()
    for _ in range(4):
        page.locator("#scenario").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert [line.rstrip("\n×") for line in page.locator("#pins li").all_inner_texts()] == names[1:5]
    page.select_option("#scenario", sides(outcome)[8])
    assert page.locator("#pin").is_disabled()
    for table in page.locator("#beside table").all()[1:]:
        apart = table.locator("tbody tr").evaluate_all(
            "rows => rows.map((row) => Number(row.lastChild.textContent))"
        )
        assert len(apart) == 10
        assert apart == sorted(apart, reverse=True)
    page.locator("#more").click()
    assert page.locator("#beside table").nth(1).locator("tbody tr").count() == 30
    page.locator("#pins button").first.click()
    assert page.locator("#pins li").count() == 3
    assert page.locator("#pin").is_enabled()
    assert page.said == []


def test_a_province_chosen_by_keyboard_is_told_under_every_scenario(opened, outcome):
    page = opened("zh")
    page.locator('#bars .row[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    code = page.evaluate("document.activeElement.dataset.code")
    table = page.locator("#scenario-province table")
    name = outcome.in_year().provinces["name_zh"][code]
    assert name in table.locator("caption").inner_text()
    own = outcome.drivers.sensitivity.ranges["cut_pct"][code]
    row = table.locator("tr.shown td").all_inner_texts()
    assert float(row[0]) == pytest.approx(own, abs=0.0501)
    assert table.locator("tbody tr").count() == page.locator("#scenario option:not([disabled])").count()


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (1280, "dark")])
def test_everybody_can_use_scenarios_that_are_pinned(opened, outcome, width, theme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened("en", width, theme)
    page.evaluate(DRAWN)
    for place in (3, 7):
        page.select_option("#scenario", sides(outcome)[place])
        page.locator("#pin").click()
    page.locator("#bars .row").nth(4).click()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_without_scripts_the_scenarios_are_said_to_stand_in_the_panel(opened):
    page = opened(scripts=False)
    assert not page.locator("#what-if").is_visible()
    assert "JavaScript" in page.locator("#scenarios noscript").inner_text()
    assert page.locator("#sensitivity table").first.is_visible()
