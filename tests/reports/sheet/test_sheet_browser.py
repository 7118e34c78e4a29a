"""Sheets in Chromium: readable by everybody, silent, and on two pages of paper at most."""

import re

import pytest

from capshare.analyses.province_sheets import province_sheets
from capshare.reports.sheet.files import sheet_files

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]
WIDTHS = (320, 1280)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The longest texts, the fewest, one that a limit on trade decides, and the page that leads to them.
SHOWN = ("140000-shanxi", "440000-guangdong", "630000-qinghai", "index")


@pytest.fixture(scope="module")
def chromium(executable):
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(left_behind, tmp_path_factory):
    """Language → folder of the sheets of china-15fyp."""
    folders = {}
    for lang in ("en", "zh"):
        folder = tmp_path_factory.mktemp(lang)
        sheets = province_sheets(None, left_behind("china-15fyp"), lang=lang).sheets
        for name, data in sheet_files(sheets, lang).items():
            (folder / name).write_bytes(data)
        folders[lang] = folder
    return folders


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "dark")])
def test_everybody_can_read_them_and_nothing_is_asked_from_elsewhere(chromium, pages, lang, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for width in WIDTHS:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        for name in SHOWN:
            page, said, asked = context.new_page(), [], []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto((pages[lang] / f"{name}.html").as_uri())
            found = axe.run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (name, width)
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert (overflow <= 0, said) == (True, []), (name, width)
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        context.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sheet_prints_on_two_pages_at_most(chromium, pages, lang):
    page = chromium.new_page()
    counts = {}
    for path in sorted(pages[lang].glob("[0-9]*.html")):
        page.goto(path.as_uri())
        printed = page.pdf(prefer_css_page_size=True)
        counts[path.name] = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert len(counts) == 30
    assert {name: count for name, count in counts.items() if count > 2} == {}
