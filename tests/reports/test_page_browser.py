"""The page in a real browser: Chromium without a window, driven by its own command line."""

import functools
import json
import re
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from capshare.analyses.run import run
from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import LANGUAGES

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]
WIDTHS = (320, 768, 1920)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=30000",
    "--enable-logging=stderr",
)
# Frames have widths of their own, down to that of a phone; a window of Chromium does not.
PROBE = """<!DOCTYPE html><title>probe</title><body><script>
const answers = [];
async function probe(lang, width) {
  const frame = document.createElement("iframe");
  frame.style = `width: ${width}px; height: 900px; border: 0`;
  frame.src = `${lang}.html`;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  document.body.append(frame);
  await loaded;
  const page = frame.contentDocument, inside = frame.contentWindow;
  await inside.chartsDrawn;
  const places = [...page.querySelectorAll("[data-chart]")];
  const table = page.querySelector("#quotas table");
  const button = table.querySelectorAll("thead button")[5];
  const column = () => [...table.tBodies[0].rows].map((row) => Number(row.cells[5].dataset.sort));
  button.click();
  const up = column();
  button.click();
  answers.push({ lang, width, overflow: page.documentElement.scrollWidth - inside.innerWidth,
    charts: places.length, drawn: places.filter((p) => p.dataset.state === "drawn").length,
    marks: Math.min(...places.map((p) => p.querySelectorAll("svg path, svg text").length)),
    widest: Math.max(...places.map((p) => p.querySelector("svg").getBoundingClientRect().width)),
    up, down: column(), sorted: button.closest("th").getAttribute("aria-sort") });
  frame.remove();
}
(async () => {
  for (const lang of LANGS) for (const width of WIDTHS) await probe(lang, width);
  document.body.innerHTML = `<pre>${JSON.stringify(answers)}</pre>`;
})();
</script></body>"""


@pytest.fixture(scope="module")
def browser_says(tmp_path_factory, executable):
    folder = tmp_path_factory.mktemp("page")
    result = run()
    for lang in LANGUAGES:
        (folder / f"{lang}.html").write_text(report_html(result, lang), encoding="utf-8")
    probe = PROBE.replace("LANGS", json.dumps(LANGUAGES)).replace("WIDTHS", json.dumps(WIDTHS))
    (folder / "probe.html").write_text(probe, encoding="utf-8")
    handler = functools.partial(_Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/probe.html"
        profile = tmp_path_factory.mktemp("profile")
        command = [executable("chromium"), *QUIET, f"--user-data-dir={profile}", "--dump-dom", address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
        server.shutdown()
    answers = re.search(r"<pre>(.*)</pre>", done.stdout, re.DOTALL)
    assert answers, done.stdout[-500:]
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return json.loads(answers[1]), console


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Say nothing of requests."""


def test_the_console_stays_silent(browser_says):
    assert browser_says[1] == []


def test_every_chart_is_drawn_in_both_languages_at_every_width(browser_says):
    answers = browser_says[0]
    assert {(a["lang"], a["width"]) for a in answers} == {(lang, w) for lang in LANGUAGES for w in WIDTHS}
    for answer in answers:
        assert answer["drawn"] == answer["charts"] >= 12, answer
        assert answer["marks"] > 5, answer


def test_the_page_is_never_wider_than_the_window(browser_says):
    for answer in browser_says[0]:
        assert answer["overflow"] <= 0, answer
        assert answer["widest"] <= answer["width"], answer


def test_tables_sort_both_ways(browser_says):
    for answer in browser_says[0]:
        assert len(answer["up"]) == 30
        assert answer["up"] == sorted(answer["up"])
        assert answer["down"] == sorted(answer["down"], reverse=True)
        assert answer["sorted"] == "descending"
