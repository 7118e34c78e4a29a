"""The workbench's page in Chromium: what is turned is solved by Python, and drawn as it was solved."""

import json
import subprocess
import sys
import urllib.request
from functools import partial
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit

import pytest

import capshare
from capshare.reports.words.catalogue import LANGUAGES

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]
STUDY = "china-15fyp"
WIDTHS = (320, 768, 1920)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLED = "body:not([data-state=solving], [data-state=starting])"
BARS = """Object.fromEntries([...document.querySelectorAll('#bars .row')].map(
    (row) => [row.dataset.code, Number(row.dataset.value)]))"""

SQUARES = """(tiles) => tiles.map(
    (tile) => [tile.dataset.code, parseFloat(tile.querySelector(".value").textContent)])"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Address of a workbench, with its token; and the folder that it exports to."""
    folder = tmp_path_factory.mktemp("exports")
    options = ["--no-browser", "--export-folder", folder]
    command = [sys.executable, "-m", "capshare", "workbench", STUDY, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip(), folder
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def ask(served):
    """What the server answers to a program: the contract beside which the page is held."""
    address = urlsplit(served[0])
    token = address.query.removeprefix("token=")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def asked(path, body):
        url = f"http://{address.netloc}{path}"
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except HTTPError as error:
            return {"status": "refused"} | json.load(error)

    return asked


@pytest.fixture(scope="module")
def chromium(executable):
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def heard():
    """What the console said, and the hosts that were asked, by all tests of the file."""
    return {"console": [], "hosts": set()}


@pytest.fixture
def opened(chromium, served, heard):
    """What opens the workbench anew, at a link, in a window of a width and a scheme of colours."""
    contexts = []

    def fresh(link="", width=1280, scheme="light"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard["console"].append(message.text))
        page.on("pageerror", lambda error: heard["console"].append(str(error)))
        page.on("request", lambda request: heard["hosts"].add(urlsplit(request.url).netloc))
        page.goto(served[0] + link)
        settled(page)
        page.evaluate("for (const box of document.querySelectorAll('details.section')) box.open = true")
        return page

    yield fresh
    for context in contexts:
        context.close()


def settled(page):
    page.wait_for_selector(SETTLED)
    return page.get_attribute("body", "data-state")


def changes_of(page):
    """The settings of the link, which follows them after a moment."""
    page.wait_for_timeout(220)
    return json.loads(unquote(urlsplit(page.url).fragment))["changes"]


def assert_drawn(page, answer):
    """Hold every bar against the answer; where there is none, the page says so."""
    assert page.get_attribute("body", "data-state") == answer["status"]
    if answer["status"] == "solved":
        cuts = {code: province["rounded_cut_pct"] for code, province in answer["provinces"].items()}
        assert page.evaluate(BARS) == pytest.approx(cuts, rel=1e-9)
        assert dict(page.locator("#map .tile").evaluate_all(SQUARES)) == pytest.approx(cuts, abs=0.051)
    elif answer["status"] == "infeasible":
        assert page.is_visible("#conflict")
    else:
        assert answer["problems"][0]["said_en"] in page.inner_text("#content")


def violations(page):
    """What axe-core finds wrong, each with a few places."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    broken = axe.run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in broken]


def sliders(page):
    return page.locator("#settings input[type=range]").count()


def value_after(page, slider, turn):
    """Turn a slider and wait; whether it went anywhere."""
    before = slider.input_value()
    turn()
    settled(page)
    return slider.input_value() != before


def at_part(part, slider):
    """Click a slider at a part of its width."""
    box = slider.bounding_box()
    slider.click(position={"x": part * box["width"], "y": box["height"] / 2})


def by_key(key, slider):
    slider.press(key)


TURNS = {
    "keyboard": [partial(by_key, "ArrowRight"), partial(by_key, "ArrowLeft")],
    "mouse": [partial(at_part, 0.58), partial(at_part, 0.4)],
}


@pytest.mark.parametrize("device", list(TURNS))
def test_every_slider_draws_what_python_solves(opened, ask, device):
    page = opened()
    count = sliders(page)
    assert count >= 10
    for place in range(count):
        slider = page.locator("#settings input[type=range]").nth(place)
        slider.scroll_into_view_if_needed()
        turns = [partial(turn, slider) for turn in TURNS[device]]
        assert any(value_after(page, slider, turn) for turn in turns), slider.get_attribute("aria-label")
        changes = changes_of(page)
        assert len(changes) == 1, changes
        assert_drawn(page, ask("/api/solve", {"changes": changes}))
        page.click("#reset")
        settled(page)


def test_choices_and_flags_are_solved_too(opened, ask):
    page = opened()
    page.select_option("[data-key='prices.method'] select", "logarithmic")
    settled(page)
    changes = changes_of(page)
    assert changes == {"prices.method": "logarithmic"}
    assert_drawn(page, ask("/api/solve", {"changes": changes}))


def test_a_wrong_value_is_told_at_its_setting_in_the_words_of_the_command_line(opened):
    page = opened()
    box = page.locator("[data-key='targets.band_pct'] input[type=number]").first
    box.fill("30")
    box.press("Enter")
    assert settled(page) == "refused"
    assert "band_pct" in page.inner_text("[data-key='targets.band_pct'] .problem")
    assert box.input_value() == "30"
    page.click("#undo")
    assert settled(page) == "solved"
    assert page.inner_text("[data-key='targets.band_pct'] .problem") == ""


def test_rules_that_collide_are_told_and_one_click_mends_them(opened, ask):
    page = opened()
    page.click("#own .areas button:nth-child(3)")
    page.fill("#own input[type=number]", "34")
    page.click("#own button.main")
    assert settled(page) == "infeasible"
    assert page.locator("#conflict li").count() >= 2
    assert violations(page) == []
    page.locator("#conflict .mends button").last.click()
    assert settled(page) == "solved"
    assert page.is_hidden("#conflict")
    assert_drawn(page, ask("/api/solve", {"changes": changes_of(page)}))


def test_undo_and_redo_by_key_step_through_gestures(opened):
    page = opened()
    start = page.evaluate(BARS)
    slider = page.locator("[data-key='targets.distance_points'] input[type=range]")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowLeft")
    settled(page)
    turned = page.evaluate(BARS)
    assert turned != start
    for _ in range(3):
        page.keyboard.press("Control+z")
    settled(page)
    assert page.evaluate(BARS) == start
    assert page.is_disabled("#undo")
    for _ in range(3):
        page.keyboard.press("Control+y")
    settled(page)
    assert page.evaluate(BARS) == turned


def test_a_link_restores_settings_language_provinces_and_pins(opened):
    page = opened()
    page.locator("[data-key='burden.spread_points'] input[type=range]").press("ArrowLeft")
    settled(page)
    page.click("#pinned button.main")
    page.click("#map [data-code='140000']")
    page.click("[data-lang=zh]")
    changes, drawn = changes_of(page), page.evaluate(BARS)
    again = opened("#" + urlsplit(page.url).fragment)
    assert changes_of(again) == changes
    assert again.evaluate(BARS) == drawn
    assert again.get_attribute("html", "lang") == "zh-CN"
    assert again.locator("#stories .card").count() == 1
    assert again.locator("#pinned .pins li").count() == 1


def test_a_link_that_is_none_is_said_and_changes_nothing(opened):
    page = opened("#nonsense")
    assert "link" in page.inner_text("#status")
    assert changes_of(page) == {}


def test_provinces_are_reached_by_arrow_keys_and_stand_side_by_side(opened):
    page = opened()
    page.locator("#map [data-code='140000']").focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.code") == "640000"
    page.keyboard.press("Enter")
    page.locator("#bars [tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press(" ")
    assert page.locator("#stories .card").count() == 2
    page.wait_for_selector(".card .story.stale", state="detached")
    assert all(len(text) > 100 for text in page.locator(".card .story").all_inner_texts())


def test_what_it_would_take_is_found_and_taken(opened):
    page = opened()
    page.click("#bars [data-code='140000']")
    page.fill("#seek input", "16")
    page.select_option("#seek select", "targets.distance_points")
    page.click("#seek button[type=submit]")
    page.wait_for_selector("#seek .bar button:not([hidden])", timeout=60_000)
    page.click("#seek .bar button")
    settled(page)
    assert page.evaluate(BARS)["140000"] == 16.0
    assert set(changes_of(page)) == {"targets.distance_points"}


def test_the_study_file_gives_the_run_that_the_page_shows(opened, tmp_path):
    page = opened()
    page.locator("[data-key='targets.distance_points'] input[type=range]").press("ArrowLeft")
    settled(page)
    drawn = page.evaluate(BARS)
    page.click(".menu summary")
    with page.expect_download() as saved:
        page.click("#study")
    path = tmp_path / "study.toml"
    saved.value.save_as(path)
    cuts = capshare.run(capshare.load_study(path), ()).targets.cuts
    assert drawn == pytest.approx(cuts["rounded_cut_pct"].to_dict(), rel=1e-9)


def test_the_frontier_shows_where_the_settings_are(opened):
    page = opened()
    page.click("#frontier button")
    page.wait_for_selector("#frontier svg .here", timeout=60_000)
    assert page.locator("#frontier svg .point").count() >= 3


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_no_rule_of_accessibility_is_broken_and_nothing_overflows(opened, lang, scheme):
    page = opened(scheme=scheme)
    page.click("#pinned button.main")
    page.click("#map [data-code='140000']")
    page.click("#bars [data-code='440000']")
    page.locator("[data-key='targets.distance_points'] input[type=range]").press("ArrowLeft")
    page.click(f"[data-lang={lang}]")
    settled(page)
    page.click(".menu summary")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        assert violations(page) == [], width


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_brief_is_two_pages(opened, lang):
    page = opened()
    page.click(f"[data-lang={lang}]")
    page.locator("[data-key='targets.distance_points'] input[type=range]").press("ArrowLeft")
    settled(page)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 2


def test_the_page_says_when_the_server_is_lost_and_asks_again(opened):
    page = opened()
    page.route("**/api/solve", lambda route: route.abort())
    page.locator("[data-key='targets.distance_points'] input[type=range]").press("ArrowLeft")
    page.wait_for_selector("body[data-state=lost]")
    assert page.is_visible("#lost")
    page.unroute("**/api/solve")
    page.click("#again")
    page.wait_for_selector("body[data-state=solved]")
    assert page.is_hidden("#lost")


def test_the_console_stays_silent_and_no_other_host_is_asked(opened, heard, served):
    opened()
    # What a test took away or had refused is not the page's fault.
    said = [line for line in heard["console"] if "ERR_FAILED" not in line and "422" not in line]
    assert said == []
    assert heard["hosts"] == {urlsplit(served[0]).netloc}
